// All that the innermost loop is made of stands in this one file: the compiler makes an object of each file, and what lies in
// another one would be called there, and not become part of the loop.

/// A block of a matrix product that stays in registers while its terms are added up: some rows of some times eight columns.
///
/// Both are part of the type, so that the loops over them unroll and the sums become registers.
private struct Tile<let rows: Int, let vectors: Int> {
  private var sums: InlineArray<rows, InlineArray<vectors, Vector>>

  /// Begins with a row of values for every row, or with zeros.
  @inline(__always)
  init(start: UnsafePointer<Float>?) {
    sums = InlineArray(repeating: InlineArray(repeating: .zero))
    guard let start else { return }
    for j in 0..<vectors {
      let values = start.vector(at: 8 &* j)
      for i in 0..<rows { sums[unchecked: i][unchecked: j] = values }
    }
  }

  /// Begins with what stands in a matrix.
  @inline(__always)
  init(continuing result: UnsafeMutablePointer<Float>, stride: Int) {
    sums = InlineArray(repeating: InlineArray(repeating: .zero))
    for i in 0..<rows {
      let row = result + i &* stride
      for j in 0..<vectors { sums[unchecked: i][unchecked: j] = row.vector(at: 8 &* j) }
    }
  }

  /// Adds left[i, d] · right[d, j] for `depth` steps.
  @inline(__always)
  mutating func add(
    depth: Int, left: UnsafePointer<Float>, leftRowStride: Int, leftDepthStride: Int, right: UnsafePointer<Float>,
    rightStride: Int
  ) {
    var l = left
    var r = right
    var remaining = depth
    while remaining > 0 {
      var values = InlineArray<vectors, Vector>(repeating: .zero)
      for j in 0..<vectors { values[unchecked: j] = r.vector(at: 8 &* j) }
      for i in 0..<rows {
        let factor = Vector(repeating: l[i &* leftRowStride])
        for j in 0..<vectors {
          sums[unchecked: i][unchecked: j] = sums[unchecked: i][unchecked: j].addingProduct(
            factor, values[unchecked: j])
        }
      }
      l += leftDepthStride
      r += rightStride
      remaining &-= 1
    }
  }

  /// Writes all sums.
  @inline(__always)
  func store(to result: UnsafeMutablePointer<Float>, stride: Int) {
    for i in 0..<rows {
      let row = result + i &* stride
      for j in 0..<vectors { row.store(sums[unchecked: i][unchecked: j], at: 8 &* j) }
    }
  }
}

/// One matrix product, result[r, c] = start[c] + Σ_d left[r, d] · right[d, c], with fused multiply-adds.
///
/// The innermost loop holds a tile of six rows by sixteen columns in twelve registers: a step along the depth reads sixteen
/// values of `right` and multiplies them by six of `left`, 96 multiply-adds for eight loads, which keeps both multipliers
/// busy. Small products run over the matrices as they lie. Large ones first copy what a stretch of the depth needs, so
/// that it lies in the order in which it is read and stays in the caches (Goto and van de Geijn, Anatomy of
/// High-Performance Matrix Multiplication, 2008).
///
/// Whatever the tile, each value begins with its start and adds its terms in order, one rounding each: neither the way a
/// product is cut nor the thread that computed a piece of it changes a bit.
struct Product {
  let rows: Int
  let columns: Int
  let depth: Int
  let left: UnsafePointer<Float>
  let leftRowStride: Int
  let leftDepthStride: Int
  let right: UnsafePointer<Float>
  let rightDepthStride: Int
  /// This or ``rightDepthStride`` is 1.
  let rightColumnStride: Int
  /// What the sums begin with, a value for each column; zeros if there is none.
  let start: UnsafePointer<Float>?
  let result: UnsafeMutablePointer<Float>
  let resultStride: Int

  /// So many steps along the depth are added up in registers at a time: sixteen columns of them fill half of a first cache.
  private static let stretch = 256
  /// So many rows of `left` are copied at a time, at most: with a stretch they fill a quarter of a second cache.
  private static let block = 264
  /// So many columns of `right` are copied at a time: rows of them are read in one go, which spares the pages of memory.
  private static let breadth = 128
  /// Between two tiles of copied rows, as the last step of one writes over its end.
  private static let gap = 8
  private static let edgeScratch = 16
  private static let rightScratch = stretch * breadth

  /// The floats of scratch memory that a product may take: for a row's edge, panels of `right`, and a block of `left`.
  static let scratchCount = edgeScratch + rightScratch + block / 6 * (6 * stretch + gap)

  /// Computes the product. `scratch` has ``scratchCount`` floats.
  @inline(never)
  func run(scratch: UnsafeMutablePointer<Float>) {
    // What lies in the first cache anyhow, or is read only once, is not worth a copy.
    let isSmall = rows < 12 || depth <= 64 || depth &* columns <= 16_384
    if isSmall && rightColumnStride == 1 && columns >= 8 {
      runInPlace()
    } else {
      runInPieces(scratch: scratch)
    }
  }

  // MARK: As it lies

  @inline(__always)
  private func runInPlace() {
    var row = 0
    if rows < 6 {
      while row < rows {
        runRow(row)
        row &+= 1
      }
      return
    }
    // The last tile moves back inside and computes some values again: the same ones.
    while row < rows {
      let first = min(row, rows &- 6)
      if columns >= 16 {
        var column = 0
        while column < columns {
          runTile(Tile<6, 2>.self, row: first, column: min(column, columns &- 16))
          column &+= 16
        }
      } else {
        runTile(Tile<6, 1>.self, row: first, column: 0)
        if columns > 8 { runTile(Tile<6, 1>.self, row: first, column: columns &- 8) }
      }
      row &+= 6
    }
  }

  @inline(__always)
  private func runTile<let rows: Int, let vectors: Int>(_ type: Tile<rows, vectors>.Type, row: Int, column: Int) {
    var tile = Tile<rows, vectors>(start: start.map { $0 + column })
    tile.add(
      depth: depth, left: left + row &* leftRowStride, leftRowStride: leftRowStride, leftDepthStride: leftDepthStride,
      right: right + column, rightStride: rightDepthStride)
    tile.store(to: result + row &* resultStride + column, stride: resultStride)
  }

  /// One row alone: many columns at a time, as each sum waits for itself.
  @inline(__always)
  private func runRow(_ row: Int) {
    var column = 0
    while column &+ 64 <= columns {
      runTile(Tile<1, 8>.self, row: row, column: column)
      column &+= 64
    }
    while column &+ 16 <= columns {
      runTile(Tile<1, 2>.self, row: row, column: column)
      column &+= 16
    }
    while column < columns {
      runTile(Tile<1, 1>.self, row: row, column: min(column, columns &- 8))
      column &+= 8
    }
  }

  // MARK: In pieces

  @inline(__always)
  private func runInPieces(scratch: UnsafeMutablePointer<Float>) {
    let copiesLeft = leftRowStride == 1 && depth > 64
    let panels = scratch + Product.edgeScratch
    let copy = panels + Product.rightScratch
    // Blocks of equal size: a short last one would copy `right` for little.
    let blocks = (rows &+ Product.block &- 1) / Product.block
    let most = blocks == 0 ? 0 : ((rows &+ blocks &- 1) / blocks &+ 5) / 6 &* 6
    var first = 0
    while first < rows {
      let count = min(most, rows &- first)
      var step = 0
      repeat {
        let steps = min(Product.stretch, depth &- step)
        var from = left + (first &* leftRowStride &+ step &* leftDepthStride)
        var strides = (row: leftRowStride, depth: leftDepthStride, tile: 6 &* leftRowStride)
        if copiesLeft {
          copyLeft(from, rows: count, steps: steps, to: copy)
          from = UnsafePointer(copy)
          strides = (row: 1, depth: 6, tile: 6 &* steps &+ Product.gap)
        }
        runStretch(
          rows: (first, first &+ count), step: step, steps: steps, left: from, strides: strides, panels: panels,
          edge: scratch)
        step &+= steps
      } while step < depth
      first &+= count
    }
  }

  /// Adds a stretch of the depth to some rows of the result, panel after panel of columns.
  @inline(__always)
  private func runStretch(
    rows: (first: Int, end: Int), step: Int, steps: Int, left: UnsafePointer<Float>,
    strides: (row: Int, depth: Int, tile: Int), panels: UnsafeMutablePointer<Float>, edge: UnsafeMutablePointer<Float>
  ) {
    let width = columns <= 8 ? 8 : 16
    // A stretch that is the whole depth adds nothing to what stands there, so panels may overlap.
    let mayOverlap = steps == depth && columns >= width
    var firstColumn = 0
    while firstColumn < columns {
      let end = min(firstColumn &+ Product.breadth, columns)
      copyRight(columns: (firstColumn, end), width: width, mayOverlap: mayOverlap, step: step, steps: steps, to: panels)
      var panel = UnsafePointer(panels)
      var column = firstColumn
      while column < end {
        let place = mayOverlap ? min(column, columns &- width) : column
        let used = min(width, columns &- place)
        var from = left
        var row = rows.first
        while row < rows.end {
          let piece = Piece(
            row: row, usedRows: min(6, rows.end &- row), column: place, used: used, isFirst: step == 0, steps: steps,
            left: from, rowStride: strides.row, depthStride: strides.depth, panel: panel)
          if width == 16 {
            runPiece(piece, Tile<6, 2>.self, edge: edge)
          } else {
            runPiece(piece, Tile<6, 1>.self, edge: edge)
          }
          from += strides.tile
          row &+= 6
        }
        panel += width &* steps
        column &+= width
      }
      firstColumn &+= Product.breadth
    }
  }

  /// What one tile of a stretch is made from.
  private struct Piece {
    let row: Int
    let usedRows: Int
    let column: Int
    let used: Int
    let isFirst: Bool
    let steps: Int
    let left: UnsafePointer<Float>
    let rowStride: Int
    let depthStride: Int
    let panel: UnsafePointer<Float>
  }

  @inline(__always)
  private func runPiece<let vectors: Int>(
    _ piece: Piece, _ type: Tile<6, vectors>.Type, edge: UnsafeMutablePointer<Float>
  ) {
    let place = result + (piece.row &* resultStride &+ piece.column)
    let width = 8 &* vectors
    if piece.usedRows == 6 && piece.used == width {
      var tile =
        piece.isFirst
        ? Tile<6, vectors>(start: start.map { $0 + piece.column })
        : Tile<6, vectors>(continuing: place, stride: resultStride)
      tile.add(
        depth: piece.steps, left: piece.left, leftRowStride: piece.rowStride, leftDepthStride: piece.depthStride,
        right: piece.panel, rightStride: width)
      tile.store(to: place, stride: resultStride)
      return
    }
    // Over the edge: row by row, as rows that are not there must not be read, and through memory of its own.
    var i = 0
    while i < piece.usedRows {
      let values = place + i &* resultStride
      var j = 0
      while j < piece.used {
        edge[j] = piece.isFirst ? start.map { $0[piece.column &+ j] } ?? 0 : values[j]
        j &+= 1
      }
      var tile = Tile<1, vectors>(start: UnsafePointer(edge))
      tile.add(
        depth: piece.steps, left: piece.left + i &* piece.rowStride, leftRowStride: 0,
        leftDepthStride: piece.depthStride, right: piece.panel, rightStride: width)
      tile.store(to: edge, stride: 0)
      j = 0
      while j < piece.used {
        values[j] = edge[j]
        j &+= 1
      }
      i &+= 1
    }
  }

  // MARK: Copies

  /// Copies rows of `left` that lie side by side, so that six of them follow each other step by step.
  @inline(__always)
  private func copyLeft(_ from: UnsafePointer<Float>, rows: Int, steps: Int, to copy: UnsafeMutablePointer<Float>) {
    var step = 0
    while step < steps {
      let source = from + step &* leftDepthStride
      var row = 0
      var target = copy + 6 &* step
      // Eight at a time, of which the next step writes two again.
      while row &+ 8 <= rows {
        target.store(source.vector(at: row), at: 0)
        target += 6 &* steps &+ Product.gap
        row &+= 6
      }
      while row < rows {
        var i = 0
        while i < 6 && row &+ i < rows {
          target[i] = source[row &+ i]
          i &+= 1
        }
        target += 6 &* steps &+ Product.gap
        row &+= 6
      }
      step &+= 1
    }
  }

  /// Copies columns of `right`, in panels of `width` that follow each other step by step, filled up with zeros.
  @inline(__always)
  private func copyRight(
    columns range: (first: Int, end: Int), width: Int, mayOverlap: Bool, step: Int, steps: Int,
    to panels: UnsafeMutablePointer<Float>
  ) {
    let source = right + step &* rightDepthStride
    let whole = (range.end &- range.first) / width
    if rightColumnStride == 1 {
      // Step by step through all panels, so that memory is read as it lies.
      var s = 0
      while s < steps {
        var from = source + (s &* rightDepthStride &+ range.first)
        var target = panels + s &* width
        var panel = 0
        while panel < whole {
          target.store(from.vector(at: 0), at: 0)
          if width == 16 { target.store(from.vector(at: 8), at: 8) }
          from += width
          target += width &* steps
          panel &+= 1
        }
        s &+= 1
      }
    } else {
      var panel = 0
      while panel < whole {
        turnPanel(
          source + (range.first &+ panel &* width) &* rightColumnStride, width: width, steps: steps,
          to: panels + panel &* width &* steps)
        panel &+= 1
      }
    }
    let column = range.first &+ whole &* width
    if column == range.end { return }
    let place = mayOverlap ? columns &- width : column
    copyEdge(
      source + place &* rightColumnStride, used: min(width, columns &- place), width: width, steps: steps,
      to: panels + whole &* width &* steps)
  }

  @inline(__always)
  private func turnPanel(
    _ source: UnsafePointer<Float>, width: Int, steps: Int, to panel: UnsafeMutablePointer<Float>
  ) {
    if steps < 8 {
      copyEdge(source, used: width, width: width, steps: steps, to: panel)
      return
    }
    var s = 0
    while s < steps {
      let at = min(s, steps &- 8)
      Product.turn(source + at, stride: rightColumnStride, to: panel + at &* width, stride: width)
      if width == 16 {
        Product.turn(
          source + (8 &* rightColumnStride &+ at), stride: rightColumnStride, to: panel + (at &* width &+ 8),
          stride: width)
      }
      s &+= 8
    }
  }

  @inline(__always)
  private func copyEdge(
    _ source: UnsafePointer<Float>, used: Int, width: Int, steps: Int, to panel: UnsafeMutablePointer<Float>
  ) {
    if used == width && rightColumnStride == 1 {
      var s = 0
      while s < steps {
        let from = source + s &* rightDepthStride
        let target = panel + s &* width
        target.store(from.vector(at: 0), at: 0)
        if width == 16 { target.store(from.vector(at: 8), at: 8) }
        s &+= 1
      }
      return
    }
    if used == width && steps >= 8 {
      turnPanel(source, width: width, steps: steps, to: panel)
      return
    }
    var s = 0
    while s < steps {
      var c = 0
      while c < width {
        panel[s &* width &+ c] = c < used ? source[s &* rightDepthStride &+ c &* rightColumnStride] : 0
        c &+= 1
      }
      s &+= 1
    }
  }

  /// Turns eight rows of eight values into columns: three times the rows of both halves are shuffled into each other.
  @inline(__always)
  private static func turn(
    _ from: UnsafePointer<Float>, stride: Int, to: UnsafeMutablePointer<Float>, stride targetStride: Int
  ) {
    var rows = InlineArray<8, Vector>(repeating: .zero)
    for i in 0..<8 { rows[unchecked: i] = from.vector(at: i &* stride) }
    for _ in 0..<3 {
      let old = rows
      for i in 0..<4 {
        let a = old[unchecked: i]
        let b = old[unchecked: i &+ 4]
        rows[unchecked: 2 &* i].evenHalf = a.lowHalf
        rows[unchecked: 2 &* i].oddHalf = b.lowHalf
        rows[unchecked: 2 &* i &+ 1].evenHalf = a.highHalf
        rows[unchecked: 2 &* i &+ 1].oddHalf = b.highHalf
      }
    }
    for i in 0..<8 { to.store(rows[unchecked: i], at: i &* targetStride) }
  }
}

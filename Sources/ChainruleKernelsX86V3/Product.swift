import VectorIntrinsics

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

  /// Begins as ``init(start:)`` or ``init(continuing:stride:)``, where only some of the rows, from `first` up to `end`, and only
  /// the first columns are there; the row `first` stands at `result`.
  @inline(__always)
  init(
    start: UnsafePointer<Float>?, result: UnsafeMutablePointer<Float>, stride: Int, isFirst: Bool, first: Int, end: Int,
    columns: Int
  ) {
    sums = InlineArray(repeating: InlineArray(repeating: .zero))
    for i in 0..<rows where i >= first && i < end {
      let row = result + (i &- first) &* stride
      for j in 0..<vectors {
        let count = columns &- 8 &* j
        if !isFirst {
          sums[unchecked: i][unchecked: j] = row.vector(at: 8 &* j, count: count)
        } else if let start {
          sums[unchecked: i][unchecked: j] = start.vector(at: 8 &* j, count: count)
        }
      }
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

  /// Writes the sums of the rows from `first` up to `end`, and of the first columns.
  @inline(__always)
  func store(to result: UnsafeMutablePointer<Float>, stride: Int, first: Int, end: Int, columns: Int) {
    for i in 0..<rows where i >= first && i < end {
      let row = result + (i &- first) &* stride
      for j in 0..<vectors { row.store(sums[unchecked: i][unchecked: j], at: 8 &* j, count: columns &- 8 &* j) }
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

  /// So many steps along the depth are added up in registers at a time, at most: sixteen columns of them fill half of a first
  /// cache.
  private static let stretch = 288
  /// So many rows of `left` are copied at a time, at most: with a stretch they fill a third of a second cache.
  private static let block = 264
  /// Between two tiles of copied rows, as the last step of one writes over its end.
  private static let gap = 8
  private static let panelScratch = stretch * 16

  /// The floats of scratch memory that a product may take: for a panel of `right` and a block of `left`.
  static let scratchCount = panelScratch + block / 6 * (6 * stretch + gap)

  /// Computes the product. `scratch` has ``scratchCount`` floats.
  @inline(never)
  func run(scratch: UnsafeMutablePointer<Float>) {
    // What lies in the first cache anyhow, or is read only once, is not worth a copy.
    let isSmall = rows < 12 || depth <= 64 || depth &* columns <= 16_384
    // Nine to fifteen columns would take two tiles of eight; copied, they fill one of sixteen.
    let isNarrow = columns < 8 || (columns > 8 && columns < 16 && rows >= 24)
    if isSmall && rightColumnStride == 1 && !isNarrow {
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
    let panel = scratch
    let copy = panel + Product.panelScratch
    let copiesLeft = rows < 6 || (leftRowStride == 1 ? depth > 64 && columns > 16 : columns >= 192)
    // Blocks and stretches of equal size: short last ones would copy for little.
    let most = Product.part(of: rows, most: Product.block, unit: 6)
    let longest = Product.part(of: depth, most: Product.stretch, unit: 8)
    var first = 0
    while first < rows {
      let count = min(most, rows &- first)
      var step = 0
      repeat {
        let steps = min(longest, depth &- step)
        var from = left + (first &* leftRowStride &+ step &* leftDepthStride)
        var strides = (row: leftRowStride, depth: leftDepthStride, tile: 6 &* leftRowStride)
        if copiesLeft {
          if leftRowStride == 1 {
            copyLeft(from, rows: count, steps: steps, to: copy)
          } else {
            turnLeft(from, rows: count, steps: steps, to: copy)
          }
          from = UnsafePointer(copy)
          strides = (row: 1, depth: 6, tile: 6 &* steps &+ Product.gap)
        }
        runStretch(
          rows: (first, first &+ count), step: step, steps: steps, left: from, strides: strides, panel: panel)
        step &+= steps
      } while step < depth
      first &+= count
    }
  }

  /// The size of equal parts of `count` that are no larger than `most`, in multiples of `unit`.
  @inline(__always)
  private static func part(of count: Int, most: Int, unit: Int) -> Int {
    if count <= most { return count }
    let parts = (count &+ most &- 1) / most
    return ((count &+ parts &- 1) / parts &+ unit &- 1) / unit &* unit
  }

  /// Adds a stretch of the depth to some rows of the result, panel after panel of columns.
  @inline(__always)
  private func runStretch(
    rows: (first: Int, end: Int), step: Int, steps: Int, left: UnsafePointer<Float>,
    strides: (row: Int, depth: Int, tile: Int), panel: UnsafeMutablePointer<Float>
  ) {
    let width = columns <= 8 ? 8 : 16
    // A stretch that is the whole depth adds nothing to what stands there, so panels may overlap.
    let mayOverlap = steps == depth && columns >= width
    // The next panel is asked for while this one is at work: some lines of memory before each tile.
    let lines = rightColumnStride == 1 ? steps : (steps &+ 15) / 16 &* 16
    let tiles = (rows.end &- rows.first &+ 5) / 6
    let share = (lines &+ tiles &- 1) / tiles
    var column = 0
    while column < columns {
      let place = mayOverlap ? min(column, columns &- width) : column
      let used = min(width, columns &- place)
      copyPanel(column: place, used: used, width: width, step: step, steps: steps, to: panel)
      var from = left
      var row = rows.first
      var line = column &+ width < columns ? 0 : lines
      while row < rows.end {
        let end = min(line &+ share, lines)
        prefetchPanel(column: column &+ width, step: step, lines: (line, end))
        line = end
        // Copied rows are filled up to six; others begin again with some that have been computed.
        let usedRows = min(6, rows.end &- row)
        let skip = strides.depth == 6 ? 0 : 6 &- usedRows
        let piece = Piece(
          row: row, skip: skip, usedRows: usedRows, column: place, used: used, isFirst: step == 0, steps: steps,
          left: from - skip &* strides.row, rowStride: strides.row, depthStride: strides.depth,
          panel: UnsafePointer(panel))
        if width == 16 {
          runPiece(piece, Tile<6, 2>.self)
        } else {
          runPiece(piece, Tile<6, 1>.self)
        }
        from += strides.tile
        row &+= 6
      }
      column &+= width
    }
  }

  /// Asks for some of a panel's lines of memory, so that they are near when it is copied.
  @inline(__always)
  private func prefetchPanel(column: Int, step: Int, lines: (first: Int, end: Int)) {
    let source = right + (step &* rightDepthStride &+ column &* rightColumnStride)
    var line = lines.first
    if rightColumnStride == 1 {
      var at = source + line &* rightDepthStride
      while line < lines.end {
        cache_prefetch(at)
        cache_prefetch(at + 15)
        at += rightDepthStride
        line &+= 1
      }
    } else {
      // Sixteen floats are a line of a cache.
      while line < lines.end {
        let c = min(line & 15, columns &- column &- 1)
        cache_prefetch(source + (c &* rightColumnStride &+ line & ~15))
        line &+= 1
      }
    }
  }

  /// What one tile of a stretch is made from.
  private struct Piece {
    let row: Int
    /// So many of the tile's rows stand before `row`, and are not wanted.
    let skip: Int
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
  private func runPiece<let vectors: Int>(_ piece: Piece, _ type: Tile<6, vectors>.Type) {
    let place = result + (piece.row &* resultStride &+ piece.column)
    let width = 8 &* vectors
    if piece.usedRows == 6 && piece.used == width {
      var tile =
        piece.isFirst
        ? Tile<6, vectors>(start: start.map { $0 + piece.column })
        : Tile<6, vectors>(continuing: place, stride: resultStride)
      add(piece, to: &tile)
      tile.store(to: place, stride: resultStride)
      return
    }
    // Over the edge.
    let end = piece.skip &+ piece.usedRows
    var tile = Tile<6, vectors>(
      start: start.map { $0 + piece.column }, result: place, stride: resultStride, isFirst: piece.isFirst,
      first: piece.skip, end: end, columns: piece.used)
    add(piece, to: &tile)
    tile.store(to: place, stride: resultStride, first: piece.skip, end: end, columns: piece.used)
  }

  @inline(__always)
  private func add<let vectors: Int>(_ piece: Piece, to tile: inout Tile<6, vectors>) {
    if piece.depthStride == 6 {
      // Copied rows, at distances that the compiler knows.
      tile.add(
        depth: piece.steps, left: piece.left, leftRowStride: 1, leftDepthStride: 6, right: piece.panel,
        rightStride: 8 &* vectors)
    } else {
      tile.add(
        depth: piece.steps, left: piece.left, leftRowStride: piece.rowStride, leftDepthStride: piece.depthStride,
        right: piece.panel, rightStride: 8 &* vectors)
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

  /// Copies six rows of `left` after the other, so that the six follow each other step by step: as ``copyLeft``, where a row's
  /// steps lie side by side.
  @inline(__always)
  private func turnLeft(_ from: UnsafePointer<Float>, rows: Int, steps: Int, to copy: UnsafeMutablePointer<Float>) {
    var row = 0
    var target = copy
    while row < rows {
      let source = from + row &* leftRowStride
      let used = min(6, rows &- row)
      var s = 0
      if used == 6 && steps >= 8 {
        while s < steps {
          let at = min(s, steps &- 8)
          Product.turnSix(source + at, stride: leftRowStride, to: target + 6 &* at)
          s &+= 8
        }
      } else {
        while s < steps {
          var i = 0
          while i < used {
            target[6 &* s &+ i] = source[i &* leftRowStride &+ s]
            i &+= 1
          }
          s &+= 1
        }
      }
      target += 6 &* steps &+ Product.gap
      row &+= 6
    }
  }

  /// Copies some columns of `right` so that they follow each other step by step, filled up with zeros to `width`.
  @inline(__always)
  private func copyPanel(
    column: Int, used: Int, width: Int, step: Int, steps: Int, to panel: UnsafeMutablePointer<Float>
  ) {
    let source = right + (step &* rightDepthStride &+ column &* rightColumnStride)
    if used == width && rightColumnStride == 1 {
      var from = source
      var target = panel
      var s = 0
      while s < steps {
        target.store(from.vector(at: 0), at: 0)
        if width == 16 { target.store(from.vector(at: 8), at: 8) }
        from += rightDepthStride
        target += width
        s &+= 1
      }
    } else if used == width && steps >= 8 {
      turnPanel(source, width: width, steps: steps, to: panel)
    } else {
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
  }

  @inline(__always)
  private func turnPanel(
    _ source: UnsafePointer<Float>, width: Int, steps: Int, to panel: UnsafeMutablePointer<Float>
  ) {
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

  /// Turns eight rows of eight values into columns: three times the rows of both halves are shuffled into each other.
  @inline(__always)
  private static func turn(
    _ from: UnsafePointer<Float>, stride: Int, to: UnsafeMutablePointer<Float>, stride targetStride: Int
  ) {
    var rows = InlineArray<8, Vector>(repeating: .zero)
    for i in 0..<8 { rows[unchecked: i] = from.vector(at: i &* stride) }
    turn(&rows)
    for i in 0..<8 { to.store(rows[unchecked: i], at: i &* targetStride) }
  }

  /// Turns six rows of eight values into eight groups of six, the last of which writes two values more.
  @inline(__always)
  private static func turnSix(_ from: UnsafePointer<Float>, stride: Int, to: UnsafeMutablePointer<Float>) {
    var rows = InlineArray<8, Vector>(repeating: .zero)
    for i in 0..<6 { rows[unchecked: i] = from.vector(at: i &* stride) }
    turn(&rows)
    for i in 0..<8 { to.store(rows[unchecked: i], at: 6 &* i) }
  }

  @inline(__always)
  private static func turn(_ rows: inout InlineArray<8, Vector>) {
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
  }
}

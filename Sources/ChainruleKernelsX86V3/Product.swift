import VectorIntrinsics

/// One matrix product, result[r, c] = start[c] + Σ_d left[r, d] · right[d, c], with fused multiply-adds.
///
/// The innermost loop holds a tile of six rows by sixteen columns in twelve registers: a step along the depth reads
/// sixteen values of `right` and multiplies them by six of `left`, 96 multiply-adds for eight loads, which keeps both
/// multipliers busy. Small products read the matrices in place. Large ones first pack what a stretch of the depth needs
/// in the order in which it's read, so that it stays in the caches (Goto and van de Geijn, Anatomy of High-Performance
/// Matrix Multiplication, 2008).
///
/// In every tile, each value begins with its start and adds its terms in order, with one rounding each. So neither the
/// way a product is cut nor the thread that computes a piece changes the bits.
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
  /// The initial sums, one for each column; zeros if `nil`.
  let start: UnsafePointer<Float>?
  let result: UnsafeMutablePointer<Float>
  let resultStride: Int
  /// The last operation on complete values.
  var finish = Finish.none
  /// The part of a matrix packed by ``pack(columns:depth:right:to:)`` that ``right`` is; `nil` if it isn't packed.
  var packing: Packing?

  /// The last operation on values while they're still in registers. Its matrices have the result's layout.
  enum Finish {
    case none
    /// Writes the result z, and to another matrix z where z > 0, else slope · z: ReLU and leaky ReLU.
    case rectify(UnsafeMutablePointer<Float>, slope: Float)
    /// Multiplies by `slope` where another matrix isn't above zero: the derivatives of ReLU and leaky ReLU.
    case scale(UnsafePointer<Float>, slope: Float)
  }

  /// The most steps along the depth that are summed in registers at a time. Sixteen columns of them fill half of an L1
  /// cache.
  private static let stretch = 288
  /// The most rows of `left` that are copied at a time. With a stretch, they fill a third of an L2 cache.
  static let block = 264
  /// The gap between two tiles of copied rows, because the last step of a tile writes past its end.
  static let gap = 8
  private static let panelScratch = stretch * 16
  private static let edgeScratch = 6 * 16

  /// The number of floats of scratch memory that a product needs: for a panel of `right`, a tile over the edge, and a
  /// block of `left`.
  static let scratchCount = panelScratch + edgeScratch + block * stretch + (block / 6 + 2) * gap

  /// Computes the product. `scratch` has ``scratchCount`` floats.
  @inline(never)
  func run(scratch: UnsafeMutablePointer<Float>) {
    // It doesn't pay to copy what is in the L1 cache anyway, or is read only once.
    let isSmall = rows < 12 || Product.isSmall(columns: columns, depth: depth)
    // Nine to fifteen columns would take two tiles of eight; copied, they fit in one of sixteen.
    let isNarrow = columns < 8 || (columns > 8 && columns < 16 && rows >= 24)
    if isSmall && rightColumnStride == 1 && !isNarrow && packing == nil {
      runInPlace()
    } else if rightColumnStride != 1 && !isNarrow && rows >= 6 && columns >= 8 && depth >= 8
      && depth &* columns <= 4_096
    {
      runTurned(scratch: scratch)
    } else {
      runInPieces(scratch: scratch)
    }
  }

  /// Whether a right matrix is read in place.
  @inline(__always)
  static func isSmall(columns: Int, depth: Int) -> Bool { depth <= 64 || depth &* columns <= 8_192 }

  /// The number of rows of the next tile, given how many are left: six, or four if that comes out even.
  @inline(__always)
  static func height(remaining: Int) -> Int { remaining == 8 || remaining == 4 ? 4 : 6 }

  // MARK: In place

  @inline(__always)
  func runInPlace() {
    var row = 0
    if rows < 4 {
      // Two rows at once: a single one would have too few independent sums.
      while row &+ 2 <= rows && columns >= 16 && columns < 64 {
        runRows(Tile<2, 2>.self, row)
        row &+= 2
      }
      while row < rows {
        runRow(row)
        row &+= 1
      }
      return
    }
    while row < rows {
      if Product.height(remaining: rows &- row) == 6 && rows >= 6 {
        // The last tile reaches back, and computes some values again, with the same result.
        let first = min(row, rows &- 6)
        if columns >= 16 { runRows(Tile<6, 2>.self, first) } else { runRows(Tile<6, 1>.self, first) }
        row &+= 6
      } else {
        let first = min(row, rows &- 4)
        if columns >= 16 { runRows(Tile<4, 2>.self, first) } else { runRows(Tile<4, 1>.self, first) }
        row &+= 4
      }
    }
  }

  @inline(__always)
  private func runRows<let rows: Int, let vectors: Int>(_ type: Tile<rows, vectors>.Type, _ row: Int) {
    let width = 8 &* vectors
    var column = 0
    while column < columns {
      runTile(type, row: row, column: min(column, columns &- width))
      column &+= width
    }
  }

  @inline(never)
  private func runTile<let rows: Int, let vectors: Int>(_ type: Tile<rows, vectors>.Type, row: Int, column: Int) {
    var tile = Tile<rows, vectors>(start: start.map { $0 + column })
    tile.add(
      depth: depth, left: left + row &* leftRowStride, leftRowStride: leftRowStride, leftDepthStride: leftDepthStride,
      right: right + column, rightStride: rightDepthStride)
    let offset = row &* resultStride &+ column
    tile.store(to: result, offset: offset, stride: resultStride, finish: finish)
  }

  /// A single row: many columns at a time, for enough independent sums.
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
    let copy = panel + Product.panelScratch + Product.edgeScratch
    let copiesLeft = rows < 6 || (leftRowStride == 1 ? depth > 64 && columns > 16 : columns >= 192)
    // Equal blocks and stretches: for short last ones, the copies wouldn't pay.
    let most = Product.part(of: rows, most: Product.block, unit: 6)
    let longest = longestStretch
    var first = 0
    while first < rows {
      let count = min(most, rows &- first)
      var step = 0
      repeat {
        let steps = min(longest, depth &- step)
        let from = left + (first &* leftRowStride &+ step &* leftDepthStride)
        // The tiles of the first panel copy contiguous rows.
        let source = copiesLeft && rows >= 6 && leftRowStride == 1 && packing == nil ? from : nil
        if copiesLeft && source == nil { copyLeft(from, rows: count, steps: steps, to: copy) }
        let stretch = Stretch(
          first: first, end: first &+ count, step: step, steps: steps, left: copiesLeft ? UnsafePointer(copy) : from,
          isCopied: copiesLeft, source: source, panel: panel, edge: panel + Product.panelScratch)
        if let packing { runPackedStretch(stretch, packing) } else { runStretch(stretch) }
        step &+= steps
      } while step < depth
      first &+= count
    }
  }

  /// The number of steps of the depth in a stretch, except the last one.
  @inline(__always)
  var longestStretch: Int { Product.part(of: depth, most: Product.stretch, unit: 8) }

  /// The size of equal parts of `count` that are no larger than `most`, in multiples of `unit`.
  @inline(__always)
  static func part(of count: Int, most: Int, unit: Int) -> Int {
    if count <= most { return count }
    let parts = (count &+ most &- 1) / most
    return ((count &+ parts &- 1) / parts &+ unit &- 1) / unit &* unit
  }

  /// Adds a stretch of the depth to some rows of the result, panel after panel of columns.
  @inline(__always)
  private func runStretch(_ stretch: Stretch) {
    let width = columns <= 8 ? 8 : 16
    // If one stretch is the whole depth, it overwrites the result instead of adding to it, so panels may overlap.
    let mayOverlap = stretch.steps == depth && columns >= width
    // Prefetch the next panel meanwhile: some cache lines before each tile.
    let lines = rightColumnStride == 1 ? stretch.steps : (stretch.steps &+ 15) / 16 &* 16
    let tiles = (stretch.end &- stretch.first &+ 5) / 6
    let isNear = depth &* columns <= 16_384
    let share = isNear ? 0 : (lines &+ tiles &- 1) / tiles
    var column = 0
    while column < columns {
      let place = mayOverlap ? min(column, columns &- width) : column
      let used = min(width, columns &- place)
      var left = stretch.left
      var row = stretch.first
      let source = column == 0 ? stretch.source : nil
      if used == 16 && rightColumnStride == 1 && stretch.end &- row >= 12 && source == nil {
        // The first tile copies the panel.
        runFirstTile(Tile<6, 2>.self, stretch, column: place)
        left += leftDistance(6, stretch)
        row &+= 6
      } else {
        copyPanel(
          column: place, used: used, width: width, step: stretch.step, steps: stretch.steps, to: stretch.panel)
      }
      var line = column &+ width < columns && !isNear ? 0 : lines
      while row < stretch.end {
        let end = min(line &+ share, lines)
        prefetchPanel(column: column &+ width, step: stretch.step, lines: (line, end))
        line = end
        let height = Product.height(remaining: stretch.end &- row)
        if let source {
          runCopyingTile(height: height, stretch, source + (row &- stretch.first), to: left, row: row)
        } else {
          runTile(height: height, width: width, stretch, left, row: row, column: place, used: used)
        }
        left += leftDistance(height, stretch)
        row &+= height
      }
      column &+= width
    }
  }

  /// The distance from a tile's first row of `left` to the next tile's.
  @inline(__always)
  func leftDistance(_ height: Int, _ stretch: Stretch) -> Int {
    stretch.isCopied ? height &* stretch.steps &+ Product.gap : height &* leftRowStride
  }

  /// A tile of six or four rows and sixteen or eight columns, of which `rows` and `width` are used.
  @inline(__always)
  func runTile(
    height: Int, width: Int, _ stretch: Stretch, _ left: UnsafePointer<Float>, row: Int, column: Int, used: Int
  ) {
    if height == 6 {
      if width == 16 {
        run(Tile<6, 2>.self, stretch, left, row: row, column: column, used: used)
      } else {
        run(Tile<6, 1>.self, stretch, left, row: row, column: column, used: used)
      }
    } else {
      if width == 16 {
        run(Tile<4, 2>.self, stretch, left, row: row, column: column, used: used)
      } else {
        run(Tile<4, 1>.self, stretch, left, row: row, column: column, used: used)
      }
    }
  }

  @inline(__always)
  private func run<let rows: Int, let vectors: Int>(
    _ type: Tile<rows, vectors>.Type, _ stretch: Stretch, _ left: UnsafePointer<Float>, row: Int, column: Int, used: Int
  ) {
    if stretch.end &- row >= rows && used == 8 &* vectors {
      runTile(type, stretch, left, row: row, column: column)
    } else {
      runEdge(type, stretch, left, row: row, column: column, used: used)
    }
  }

  // The functions that hold a tile are separate: in a function that's too long, the compiler leaves the sums in memory.

  /// A tile inside the result.
  @inline(never)
  private func runTile<let rows: Int, let vectors: Int>(
    _ type: Tile<rows, vectors>.Type, _ stretch: Stretch, _ left: UnsafePointer<Float>, row: Int, column: Int
  ) {
    let offset = row &* resultStride &+ column
    let place = result + offset
    let panel = UnsafePointer(stretch.panel)
    for i in 0..<rows { cache_prefetch(place + i &* resultStride) }
    var tile =
      stretch.step == 0
      ? Tile<rows, vectors>(start: start.map { $0 + column })
      : Tile<rows, vectors>(continuing: place, stride: resultStride)
    if stretch.isCopied {
      // With strides that the compiler knows.
      tile.add(
        depth: stretch.steps, left: left, leftRowStride: 1, leftDepthStride: rows, right: panel,
        rightStride: 8 &* vectors)
    } else {
      tile.add(
        depth: stretch.steps, left: left, leftRowStride: leftRowStride, leftDepthStride: leftDepthStride,
        right: panel, rightStride: 8 &* vectors)
    }
    tile.store(
      to: result, offset: offset, stride: resultStride,
      finish: stretch.step &+ stretch.steps == depth ? finish : .none)
  }

  /// The first tile of a panel, which copies it.
  @inline(never)
  private func runFirstTile<let rows: Int, let vectors: Int>(
    _ type: Tile<rows, vectors>.Type, _ stretch: Stretch, column: Int
  ) {
    let offset = stretch.first &* resultStride &+ column
    let place = result + offset
    let source = right + (stretch.step &* rightDepthStride &+ column)
    var tile =
      stretch.step == 0
      ? Tile<rows, vectors>(start: start.map { $0 + column })
      : Tile<rows, vectors>(continuing: place, stride: resultStride)
    tile.addCopying(
      depth: stretch.steps, left: stretch.left, leftRowStride: stretch.isCopied ? 1 : leftRowStride,
      leftDepthStride: stretch.isCopied ? rows : leftDepthStride, right: source, rightStride: rightDepthStride,
      copy: stretch.panel)
    tile.store(
      to: result, offset: offset, stride: resultStride,
      finish: stretch.step &+ stretch.steps == depth ? finish : .none)
  }

  /// A tile that reaches over an edge, computed in memory that has room for all of it. Copied rows are padded to a
  /// tile; otherwise the tile reaches back over rows that are already computed.
  @inline(never)
  private func runEdge<let rows: Int, let vectors: Int>(
    _ type: Tile<rows, vectors>.Type, _ stretch: Stretch, _ left: UnsafePointer<Float>, row: Int, column: Int, used: Int
  ) {
    let offset = row &* resultStride &+ column
    let usedRows = min(rows, stretch.end &- row)
    let begin = start.map { $0 + column }
    let panel = UnsafePointer(stretch.panel)
    let skip = stretch.isCopied ? 0 : rows &- usedRows
    let edge = stretch.edge
    let wanted = edge + 16 &* skip
    var tile = Tile<rows, vectors>(start: stretch.step == 0 ? begin : nil, count: used)
    if stretch.step > 0 {
      var i = 0
      while i < usedRows {
        for j in 0..<vectors {
          let count = used &- 8 &* j
          wanted.store((result + offset + i &* resultStride).vector(at: 8 &* j, count: count), at: 16 &* i &+ 8 &* j)
        }
        i &+= 1
      }
      tile = Tile<rows, vectors>(continuing: edge, stride: 16)
    }
    if stretch.isCopied {
      tile.add(
        depth: stretch.steps, left: left, leftRowStride: 1, leftDepthStride: rows, right: panel,
        rightStride: 8 &* vectors)
    } else {
      tile.add(
        depth: stretch.steps, left: left - skip &* leftRowStride, leftRowStride: leftRowStride,
        leftDepthStride: leftDepthStride, right: panel, rightStride: 8 &* vectors)
    }
    tile.store(to: edge, stride: 16)
    let isComplete = stretch.step &+ stretch.steps == depth
    var i = 0
    while i < usedRows {
      let row = offset &+ i &* resultStride
      for j in 0..<vectors {
        let count = used &- 8 &* j
        store(
          wanted.vector(at: 16 &* i &+ 8 &* j), at: row &+ 8 &* j, count: count, finish: isComplete ? finish : .none)
      }
      i &+= 1
    }
  }

  @inline(__always)
  private func store(_ values: Vector, at offset: Int, count: Int, finish: Finish) {
    switch finish {
    case .none: result.store(values, at: offset, count: count)
    case .rectify(let outputs, let slope):
      result.store(values, at: offset, count: count)
      outputs.store(rectified(values, slope), at: offset, count: count)
    case .scale(let other, let slope):
      result.store(scaled(values, where: other.vector(at: offset, count: count), slope), at: offset, count: count)
    }
  }
}

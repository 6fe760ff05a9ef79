import VectorIntrinsics

/// Packing: copies of both matrices, in the order in which a large product reads them.
extension Product {
  // MARK: Panels of the right matrix

  /// Prefetches some of a panel's cache lines before it's copied.
  @inline(__always)
  func prefetchPanel(column: Int, step: Int, lines: (first: Int, end: Int)) {
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
      // A cache line is sixteen floats.
      while line < lines.end {
        let c = min(line & 15, columns &- column &- 1)
        cache_prefetch(source + (c &* rightColumnStride &+ line & ~15))
        line &+= 1
      }
    }
  }

  /// Copies some columns of `right`, step by step, padded with zeros to `width`.
  @inline(__always)
  func copyPanel(
    column: Int, used: Int, width: Int, step: Int, steps: Int, to panel: UnsafeMutablePointer<Float>
  ) {
    let source = right + (step &* rightDepthStride &+ column &* rightColumnStride)
    if rightColumnStride == 1 {
      var from = source
      var target = panel
      var s = 0
      while s < steps {
        target.store(from.vector(at: 0, count: used), at: 0)
        if width == 16 { target.store(from.vector(at: 8, count: used &- 8), at: 8) }
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
      vector_turn(source + at, rightColumnStride, 8, panel + at &* width, width)
      if width == 16 {
        vector_turn(
          source + (8 &* rightColumnStride &+ at), rightColumnStride, 8, panel + (at &* width &+ 8), width)
      }
      s &+= 8
    }
  }

  /// A small product with a transposed right matrix: transposes it back, and runs on the copy.
  @inline(never)
  func runTurned(scratch: UnsafeMutablePointer<Float>) {
    let stride = (columns &+ 7) & ~7
    var column = 0
    while column < columns {
      // The last columns reach back, and some are transposed again.
      let c = min(column, columns &- 8)
      var step = 0
      while step < depth {
        let s = min(step, depth &- 8)
        vector_turn(right + (c &* rightColumnStride &+ s), rightColumnStride, 8, scratch + (s &* stride &+ c), stride)
        step &+= 8
      }
      column &+= 8
    }
    Product(
      rows: rows, columns: columns, depth: depth, left: left, leftRowStride: leftRowStride,
      leftDepthStride: leftDepthStride, right: scratch, rightDepthStride: stride, rightColumnStride: 1, start: start,
      result: result, resultStride: resultStride, finish: finish
    ).runInPlace()
  }

  // MARK: Rows of the left matrix

  /// Copies rows of `left`, tile after tile, with the rows of a tile interleaved step by step.
  @inline(__always)
  func copyLeft(_ from: UnsafePointer<Float>, rows: Int, steps: Int, to copy: UnsafeMutablePointer<Float>) {
    if leftRowStride == 1 {
      var step = 0
      while step < steps {
        copyStep(from + step &* leftDepthStride, rows: rows, step: step, steps: steps, to: copy)
        step &+= 1
      }
    } else {
      var row = 0
      var target = copy
      while row < rows {
        let height = Product.height(remaining: rows &- row)
        turnTile(
          from + row &* leftRowStride, height: height, used: min(height, rows &- row), steps: steps, to: target)
        target += height &* steps &+ Product.gap
        row &+= height
      }
    }
  }

  /// A tile of six or four rows in the first panel, which copies its rows of `left`.
  @inline(__always)
  func runCopyingTile(
    height: Int, _ stretch: Stretch, _ source: UnsafePointer<Float>, to left: UnsafePointer<Float>, row: Int
  ) {
    // Eight rows are read at a time.
    if row &+ 8 > rows {
      copyLeft(
        source, rows: stretch.end &- row, steps: stretch.steps, to: UnsafeMutablePointer(mutating: left))
      runTile(height: height, width: 16, stretch, left, row: row, column: 0, used: 16)
    } else if height == 6 {
      runCopyingTile(Tile<6, 2>.self, stretch, source, to: left, row: row)
    } else {
      runCopyingTile(Tile<4, 2>.self, stretch, source, to: left, row: row)
    }
  }

  /// A tile of the first panel, inside the result, which copies its rows of `left`.
  @inline(never)
  private func runCopyingTile<let rows: Int, let vectors: Int>(
    _ type: Tile<rows, vectors>.Type, _ stretch: Stretch, _ source: UnsafePointer<Float>,
    to left: UnsafePointer<Float>, row: Int
  ) {
    let offset = row &* resultStride
    var tile =
      stretch.step == 0
      ? Tile<rows, vectors>(start: start)
      : Tile<rows, vectors>(continuing: result + offset, stride: resultStride)
    tile.addCopyingLeft(
      depth: stretch.steps, left: source, leftDepthStride: leftDepthStride, right: UnsafePointer(stretch.panel),
      rightStride: 8 &* vectors, copy: UnsafeMutablePointer(mutating: left))
    tile.store(
      to: result, offset: offset, stride: resultStride,
      finish: stretch.step &+ stretch.steps == depth ? finish : .none)
  }

  /// Copies one step of rows that are contiguous.
  @inline(__always)
  private func copyStep(
    _ source: UnsafePointer<Float>, rows: Int, step: Int, steps: Int, to copy: UnsafeMutablePointer<Float>
  ) {
    var row = 0
    // Eight at a time; the next step overwrites some of them.
    var target = copy + 6 &* step
    while rows &- row > 8 {
      target.store(source.vector(at: row), at: 0)
      target += 6 &* steps &+ Product.gap
      row &+= 6
    }
    target -= 6 &* step
    while row < rows {
      let height = Product.height(remaining: rows &- row)
      var i = 0
      while i < height && row &+ i < rows {
        target[height &* step &+ i] = source[row &+ i]
        i &+= 1
      }
      target += height &* steps &+ Product.gap
      row &+= height
    }
  }

  /// Copies the rows of a tile whose steps are contiguous.
  @inline(__always)
  private func turnTile(
    _ source: UnsafePointer<Float>, height: Int, used: Int, steps: Int, to target: UnsafeMutablePointer<Float>
  ) {
    var step = 0
    if used == height && steps >= 8 {
      while step < steps {
        let at = min(step, steps &- 8)
        vector_turn(source + at, leftRowStride, height, target + height &* at, height)
        step &+= 8
      }
      return
    }
    while step < steps {
      var i = 0
      while i < used {
        target[height &* step &+ i] = source[i &* leftRowStride &+ step]
        i &+= 1
      }
      step &+= 1
    }
  }
}

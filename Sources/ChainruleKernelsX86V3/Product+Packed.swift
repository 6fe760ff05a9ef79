import VectorIntrinsics

/// Products whose right matrix is packed beforehand, because it's always the same: the weights of a predictor.
extension Product {
  /// Identifies a part of a packed matrix.
  struct Packing {
    /// The number of panels in all columns.
    let panels: Int
    /// The first panel of the product's own columns.
    let first: Int
  }

  /// The number of floats in a packed matrix.
  static func packedCount(columns: Int, depth: Int) -> Int { (columns &+ 15) / 16 &* 16 &* depth }

  /// Packs a matrix in the order in which a product reads it: one stretch of the depth after another, and in each one
  /// panel of sixteen columns after another. The last panel is padded with zeros.
  static func pack(columns: Int, depth: Int, right: UnsafePointer<Float>, to packed: UnsafeMutablePointer<Float>) {
    let product = Product(
      rows: 0, columns: columns, depth: depth, left: right, leftRowStride: 0, leftDepthStride: 0, right: right,
      rightDepthStride: columns, rightColumnStride: 1, start: nil, result: packed, resultStride: 0)
    let longest = product.longestStretch
    var panel = packed
    var step = 0
    while step < depth {
      let steps = min(longest, depth &- step)
      var column = 0
      while column < columns {
        product.copyPanel(
          column: column, used: min(16, columns &- column), width: 16, step: step, steps: steps, to: panel)
        panel += 16 &* steps
        column &+= 16
      }
      step &+= steps
    }
  }

  /// Adds a stretch of the depth to some rows of the result, panel after panel. Prefetches the next panel meanwhile.
  @inline(never)
  func runPackedStretch(_ stretch: Stretch, _ packing: Packing) {
    let place = stretch.step &* packing.panels &+ stretch.steps &* packing.first
    var panel = UnsafeMutablePointer(mutating: right) + 16 &* place
    let share = (stretch.steps &* 6 &+ stretch.end &- stretch.first &- 1) / (stretch.end &- stretch.first)
    var column = 0
    while column < columns {
      let part = Stretch(
        first: stretch.first, end: stretch.end, step: stretch.step, steps: stretch.steps, left: stretch.left,
        isCopied: stretch.isCopied, panel: panel, edge: stretch.edge)
      panel += 16 &* stretch.steps
      let used = min(16, columns &- column)
      var left = stretch.left
      var row = stretch.first
      var line = 0
      while row < stretch.end {
        for _ in 0..<share {
          cache_prefetch(panel + 16 &* line)
          line &+= 1
        }
        let height = Product.height(remaining: stretch.end &- row)
        runTile(height: height, width: 16, part, left, row: row, column: column, used: used)
        left += leftDistance(height, part)
        row &+= height
      }
      column &+= 16
    }
  }
}

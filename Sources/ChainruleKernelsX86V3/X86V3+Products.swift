import VectorIntrinsics

/// The three products of a layer.
extension X86V3 {
  /// The number of floats of scratch memory that a layer's products need.
  public static let scratchCount = Product.scratchCount + narrowScratch

  /// A layer with fewer perceptrons than this doesn't fill a tile.
  private static let widthOfTile = 16
  /// The number of inputs of such a layer that are computed at a time.
  private static let narrowInputs = 512
  private static let narrowScratch = widthOfTile * narrowInputs

  /// result[r, o] = biases[o] + Σᵢ inputs[r, i] · weights[i, o], and, if requested, also that where it's above zero,
  /// else slope times that. Computes some of the outputs; if the weights are packed, in groups of sixteen.
  @inline(never)
  public static func affine(
    rows: Int, inputs: Int, outputs: Int, values: UnsafePointer<Float>, weights: UnsafePointer<Float>,
    biases: UnsafePointer<Float>, result: UnsafeMutablePointer<Float>,
    outputs activated: UnsafeMutablePointer<Float>? = nil,
    slope: Float = 1, columns: (first: Int, end: Int), isPacked: Bool = false, scratch: UnsafeMutablePointer<Float>
  ) {
    Product(
      rows: rows, columns: columns.end &- columns.first, depth: inputs, left: values, leftRowStride: inputs,
      leftDepthStride: 1, right: isPacked ? weights : weights + columns.first, rightDepthStride: outputs,
      rightColumnStride: 1, start: biases + columns.first, result: result + columns.first, resultStride: outputs,
      finish: activated.map { .rectify($0 + columns.first, slope: slope) } ?? .none,
      packing: isPacked ? Product.Packing(panels: (outputs &+ 15) / 16, first: columns.first / 16) : nil
    ).run(scratch: scratch)
  }

  /// Whether packing a layer's weights pays, for more than a few rows.
  public static func suitsPacking(inputs: Int, outputs: Int) -> Bool {
    outputs >= 8 && !Product.isSmall(columns: outputs, depth: inputs)
  }

  /// The number of floats that ``pack(inputs:outputs:weights:to:)`` writes for a layer's weights.
  public static func packedCount(inputs: Int, outputs: Int) -> Int {
    Product.packedCount(columns: outputs, depth: inputs)
  }

  /// Packs a layer's weights in the order in which
  /// ``affine(rows:inputs:outputs:values:weights:biases:result:outputs:slope:columns:isPacked:scratch:)`` reads them.
  @inline(never)
  public static func pack(
    inputs: Int, outputs: Int, weights: UnsafePointer<Float>, to packed: UnsafeMutablePointer<Float>
  ) {
    Product.pack(columns: outputs, depth: inputs, right: weights, to: packed)
  }

  /// The number of inputs of a gradient that are computed at a time.
  public static func gradientBlock(of inputs: Int) -> Int { Product.part(of: inputs, most: Product.block, unit: 6) }

  /// gradient[i, o] = Σᵣ inputs[r, i] · delta[r, o], for some of the inputs.
  @inline(never)
  public static func weightGradient(
    rows: Int, inputs: Int, outputs: Int, values: UnsafePointer<Float>, delta: UnsafePointer<Float>,
    result: UnsafeMutablePointer<Float>, range: (first: Int, end: Int), scratch: UnsafeMutablePointer<Float>
  ) {
    if outputs < widthOfTile && range.end &- range.first >= widthOfTile {
      narrowWeightGradient(
        rows: rows, inputs: inputs, outputs: outputs, values: values, delta: delta, result: result, range: range,
        scratch: scratch)
      return
    }
    Product(
      rows: range.end &- range.first, columns: outputs, depth: rows, left: values + range.first, leftRowStride: 1,
      leftDepthStride: inputs, right: delta, rightDepthStride: outputs, rightColumnStride: 1, start: nil,
      result: result + range.first &* outputs, resultStride: outputs
    ).run(scratch: scratch)
  }

  /// The same for a layer whose outputs don't fill a tile but whose inputs do: computes the transposed gradient, deltaᵀ
  /// · inputs, whose terms are the same in the same order, and transposes it.
  private static func narrowWeightGradient(
    rows: Int, inputs: Int, outputs: Int, values: UnsafePointer<Float>, delta: UnsafePointer<Float>,
    result: UnsafeMutablePointer<Float>, range: (first: Int, end: Int), scratch: UnsafeMutablePointer<Float>
  ) {
    let turned = scratch + Product.scratchCount
    var first = range.first
    while first < range.end {
      let count = min(narrowInputs, range.end &- first)
      Product(
        rows: outputs, columns: count, depth: rows, left: delta, leftRowStride: 1, leftDepthStride: outputs,
        right: values + first, rightDepthStride: inputs, rightColumnStride: 1, start: nil, result: turned,
        resultStride: count
      ).run(scratch: scratch)
      var to = result + first &* outputs
      for i in 0..<count {
        for o in 0..<outputs { to[o] = turned[o &* count &+ i] }
        to += outputs
      }
      first &+= count
    }
  }

  /// gradient[o] = Σᵣ delta[r, o], for some of the outputs.
  @inline(never)
  public static func biasGradient(
    rows: Int, outputs: Int, delta: UnsafePointer<Float>, result: UnsafeMutablePointer<Float>,
    range: (first: Int, end: Int)
  ) {
    // Four vectors of sums at a time, because each addition waits for the one before.
    var column = range.first
    while column < range.end {
      let count = range.end &- column
      let (from, to) = (delta + column, result + column)
      if count > 24 {
        sumColumns(InlineArray<4, Vector>.self, rows: rows, count: min(count, 32), from, stride: outputs, to)
      } else if count > 16 {
        sumColumns(InlineArray<3, Vector>.self, rows: rows, count: count, from, stride: outputs, to)
      } else if count > 8 {
        sumColumns(InlineArray<2, Vector>.self, rows: rows, count: count, from, stride: outputs, to)
      } else {
        sumColumns(InlineArray<1, Vector>.self, rows: rows, count: count, from, stride: outputs, to)
      }
      column &+= 32
    }
  }

  /// Sums some columns of a matrix. Only the last vector of columns may be partial.
  @inline(__always)
  private static func sumColumns<let vectors: Int>(
    _ type: InlineArray<vectors, Vector>.Type, rows: Int, count: Int, _ from: UnsafePointer<Float>, stride: Int,
    _ to: UnsafeMutablePointer<Float>
  ) {
    var sums = InlineArray<vectors, Vector>(repeating: .zero)
    let last = vectors &- 1
    let rest = count &- 8 &* last
    var row = from
    for _ in 0..<rows {
      for j in 0..<last { sums[unchecked: j] += row.vector(at: 8 &* j) }
      sums[unchecked: last] += vector_load_first(row + 8 &* last, rest)
      row += stride
    }
    for j in 0..<last { to.store(sums[unchecked: j], at: 8 &* j) }
    to.store(sums[unchecked: last], at: 8 &* last, count: rest)
  }

  /// inputGradient[r, i] = Σₒ delta[r, o] · weights[i, o], times `slope` where `sums` are given and not above zero.
  /// Computes some of the inputs.
  @inline(never)
  public static func inputGradient(
    rows: Int, inputs: Int, outputs: Int, delta: UnsafePointer<Float>, weights: UnsafePointer<Float>,
    result: UnsafeMutablePointer<Float>, sums: UnsafePointer<Float>? = nil, slope: Float = 1,
    range: (first: Int, end: Int), scratch: UnsafeMutablePointer<Float>
  ) {
    Product(
      rows: rows, columns: range.end &- range.first, depth: outputs, left: delta, leftRowStride: outputs,
      leftDepthStride: 1, right: weights + range.first &* outputs, rightDepthStride: 1, rightColumnStride: outputs,
      start: nil, result: result + range.first, resultStride: inputs,
      finish: sums.map { .scale($0 + range.first, slope: slope) } ?? .none
    ).run(scratch: scratch)
  }
}

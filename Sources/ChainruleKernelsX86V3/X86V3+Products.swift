/// The three products of a layer.
extension X86V3 {
  /// The floats of scratch memory that the products of a layer take.
  public static let scratchCount = Product.scratchCount

  /// result[r, o] = biases[o] + Σᵢ inputs[r, i] · weights[i, o], and if asked for also that where it is above zero, else slope times
  /// that; for some of the outputs.
  @inline(never)
  public static func affine(
    rows: Int, inputs: Int, outputs: Int, values: UnsafePointer<Float>, weights: UnsafePointer<Float>,
    biases: UnsafePointer<Float>, result: UnsafeMutablePointer<Float>,
    outputs activated: UnsafeMutablePointer<Float>? = nil,
    slope: Float = 1, columns: (first: Int, end: Int), scratch: UnsafeMutablePointer<Float>
  ) {
    Product(
      rows: rows, columns: columns.end &- columns.first, depth: inputs, left: values, leftRowStride: inputs,
      leftDepthStride: 1, right: weights + columns.first, rightDepthStride: outputs, rightColumnStride: 1,
      start: biases + columns.first, result: result + columns.first, resultStride: outputs,
      finish: activated.map { .rectify($0 + columns.first, slope: slope) } ?? .none
    ).run(scratch: scratch)
  }

  /// gradient[i, o] = Σᵣ inputs[r, i] · delta[r, o], for some of the inputs.
  @inline(never)
  public static func weightGradient(
    rows: Int, inputs: Int, outputs: Int, values: UnsafePointer<Float>, delta: UnsafePointer<Float>,
    result: UnsafeMutablePointer<Float>, range: (first: Int, end: Int), scratch: UnsafeMutablePointer<Float>
  ) {
    Product(
      rows: range.end &- range.first, columns: outputs, depth: rows, left: values + range.first, leftRowStride: 1,
      leftDepthStride: inputs, right: delta, rightDepthStride: outputs, rightColumnStride: 1, start: nil,
      result: result + range.first &* outputs, resultStride: outputs
    ).run(scratch: scratch)
  }

  /// gradient[o] = Σᵣ delta[r, o], for some of the outputs.
  @inline(never)
  public static func biasGradient(
    rows: Int, outputs: Int, delta: UnsafePointer<Float>, result: UnsafeMutablePointer<Float>,
    range: (first: Int, end: Int)
  ) {
    var column = range.first
    while column < range.end {
      // Four sums at a time, as each waits for itself.
      let count = range.end &- column
      var sums = (Vector.zero, Vector.zero, Vector.zero, Vector.zero)
      var from = delta + column
      var row = 0
      while row < rows {
        sums.0 += from.vector(at: 0, count: count)
        if count > 8 { sums.1 += from.vector(at: 8, count: count &- 8) }
        if count > 16 { sums.2 += from.vector(at: 16, count: count &- 16) }
        if count > 24 { sums.3 += from.vector(at: 24, count: count &- 24) }
        from += outputs
        row &+= 1
      }
      result.store(sums.0, at: column, count: count)
      if count > 8 { result.store(sums.1, at: column &+ 8, count: count &- 8) }
      if count > 16 { result.store(sums.2, at: column &+ 16, count: count &- 16) }
      if count > 24 { result.store(sums.3, at: column &+ 24, count: count &- 24) }
      column &+= 32
    }
  }

  /// inputGradient[r, i] = Σₒ delta[r, o] · weights[i, o], times `slope` where `sums` are given and not above zero; for some of the
  /// inputs.
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

/// The products of a small layer as ``LaneProduct`` has them, bit for bit, for samples that fill so many vectors: their sums stay in
/// registers, and no loop goes over them.
enum LaneGroup<let vectors: Int> {
  /// outputs[o, r] = biases[o] + Σᵢ inputs[i, r] · weights[i, o]
  @inline(__always)
  static func affine(
    stride: Int, inputCount: Int, outputCount: Int, inputs: UnsafePointer<Float>, weights: UnsafePointer<Float>,
    biases: UnsafePointer<Float>, outputs: UnsafeMutablePointer<Float>
  ) {
    var output = 0
    while output < outputCount {
      sum(
        stride: stride, depth: inputCount, values: inputs, factors: weights + output, factorStride: outputCount,
        start: biases[output], result: outputs + output &* stride)
      output &+= 1
    }
  }

  /// inputGradient[i, r] = Σₒ delta[o, r] · weights[i, o]
  @inline(__always)
  static func inputGradient(
    stride: Int, inputCount: Int, outputCount: Int, delta: UnsafePointer<Float>, weights: UnsafePointer<Float>,
    inputGradient: UnsafeMutablePointer<Float>
  ) {
    var input = 0
    while input < inputCount {
      sum(
        stride: stride, depth: outputCount, values: delta, factors: weights + input &* outputCount, factorStride: 1,
        start: 0, result: inputGradient + input &* stride)
      input &+= 1
    }
  }

  /// result[r] = start + Σ_d values[d, r] · factors[d], in the order of d.
  @inline(__always)
  private static func sum(
    stride: Int, depth: Int, values: UnsafePointer<Float>, factors: UnsafePointer<Float>, factorStride: Int,
    start: Float, result: UnsafeMutablePointer<Float>
  ) {
    var sums = InlineArray<vectors, LaneVector>(repeating: LaneVector(repeating: start))
    var value = values
    var factor = factors
    var remaining = depth
    while remaining > 0 {
      let f = LaneVector(repeating: factor.pointee)
      for k in 0..<vectors { sums[unchecked: k] = sums[unchecked: k].adding(f, times: value.vector(at: 8 &* k)) }
      value += stride
      factor += factorStride
      remaining &-= 1
    }
    for k in 0..<vectors { result.store(sums[unchecked: k], at: 8 &* k) }
  }

  /// weightGradient[i, o] = Σᵣ inputs[i, r] · delta[o, r] and biasGradient[o] = Σᵣ delta[o, r]
  @inline(__always)
  static func weightGradient(
    stride: Int, inputCount: Int, outputCount: Int, inputs: UnsafePointer<Float>, delta: UnsafePointer<Float>,
    weightGradient: UnsafeMutablePointer<Float>, biasGradient: UnsafeMutablePointer<Float>
  ) {
    var output = 0
    while output < outputCount {
      var d = InlineArray<vectors, LaneVector>(repeating: .zero)
      var total = LaneVector.zero
      for k in 0..<vectors {
        d[unchecked: k] = (delta + output &* stride).vector(at: 8 &* k)
        total += d[unchecked: k]
      }
      biasGradient[output] = total.laneSum
      var x = inputs
      var result = weightGradient + output
      var remaining = inputCount
      while remaining > 0 {
        var sum = LaneVector.zero
        for k in 0..<vectors { sum = sum.adding(x.vector(at: 8 &* k), times: d[unchecked: k]) }
        result.pointee = sum.laneSum
        x += stride
        result += outputCount
        remaining &-= 1
      }
      output &+= 1
    }
  }
}

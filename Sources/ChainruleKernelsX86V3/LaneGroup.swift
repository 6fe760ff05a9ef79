/// The products of a small layer, with the same bits as ``LaneProduct``, for samples that fill `vectors` vectors. The
/// sums stay in registers, and the loops over them are unrolled.
enum LaneGroup<let vectors: Int> {
  /// results[c, r] = starts[c] + Σ_d values[d, r] · factors[c, d], in the order of d. Without starts, the sums begin
  /// with zero.
  @inline(__always)
  static func sums(
    stride: Int, count: Int, depth: Int, values: UnsafePointer<Float>, factors: UnsafePointer<Float>,
    factorStride: Int, factorDepthStride: Int, starts: UnsafePointer<Float>?, results: UnsafeMutablePointer<Float>
  ) {
    var c = 0
    while c < count {
      var sums = InlineArray<vectors, LaneVector>(repeating: LaneVector(repeating: starts.map { $0[c] } ?? 0))
      var value = values
      var factor = factors + c &* factorStride
      var remaining = depth
      while remaining > 0 {
        let f = LaneVector(repeating: factor.pointee)
        for k in 0..<vectors { sums[unchecked: k] = sums[unchecked: k].adding(f, times: value.vector(at: 8 &* k)) }
        value += stride
        factor += factorDepthStride
        remaining &-= 1
      }
      let result = results + c &* stride
      for k in 0..<vectors { result.store(sums[unchecked: k], at: 8 &* k) }
      c &+= 1
    }
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

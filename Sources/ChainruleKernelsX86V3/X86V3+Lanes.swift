/// The products of small layers with interleaved samples, up to four vectors of samples at once.
extension X86V3 {
  /// The number of samples in a vector.
  public static let laneCount = LaneVector.scalarCount

  /// outputs[o, r] = biases[o] + Σᵢ inputs[i, r] · weights[i, o]
  @inline(never)
  public static func laneAffine(
    samples: Int, stride: Int, inputCount: Int, outputCount: Int, inputs: UnsafePointer<Float>,
    weights: UnsafePointer<Float>, biases: UnsafePointer<Float>, outputs: UnsafeMutablePointer<Float>
  ) {
    laneSums(
      samples: samples, stride: stride, count: outputCount, depth: inputCount, values: inputs, factors: weights,
      factorStride: 1, factorDepthStride: outputCount, starts: biases, results: outputs)
  }

  /// inputGradient[i, r] = Σₒ delta[o, r] · weights[i, o]
  @inline(never)
  public static func laneInputGradient(
    samples: Int, stride: Int, inputCount: Int, outputCount: Int, delta: UnsafePointer<Float>,
    weights: UnsafePointer<Float>, inputGradient: UnsafeMutablePointer<Float>
  ) {
    laneSums(
      samples: samples, stride: stride, count: inputCount, depth: outputCount, values: delta, factors: weights,
      factorStride: outputCount, factorDepthStride: 1, starts: nil, results: inputGradient)
  }

  /// results[c, r] = starts[c] + Σ_d values[d, r] · factors[c, d]
  @inline(__always)
  private static func laneSums(
    samples: Int, stride: Int, count: Int, depth: Int, values: UnsafePointer<Float>, factors: UnsafePointer<Float>,
    factorStride: Int, factorDepthStride: Int, starts: UnsafePointer<Float>?, results: UnsafeMutablePointer<Float>
  ) {
    var sample = 0
    while sample < samples {
      let (x, result) = (values + sample, results + sample)
      switch (samples &- sample) / laneCount {
      case 1:
        LaneGroup<1>.sums(
          stride: stride, count: count, depth: depth, values: x, factors: factors, factorStride: factorStride,
          factorDepthStride: factorDepthStride, starts: starts, results: result)
      case 2:
        LaneGroup<2>.sums(
          stride: stride, count: count, depth: depth, values: x, factors: factors, factorStride: factorStride,
          factorDepthStride: factorDepthStride, starts: starts, results: result)
      case 3:
        LaneGroup<3>.sums(
          stride: stride, count: count, depth: depth, values: x, factors: factors, factorStride: factorStride,
          factorDepthStride: factorDepthStride, starts: starts, results: result)
      default:
        LaneGroup<4>.sums(
          stride: stride, count: count, depth: depth, values: x, factors: factors, factorStride: factorStride,
          factorDepthStride: factorDepthStride, starts: starts, results: result)
      }
      sample &+= 4 &* laneCount
    }
  }

  /// weightGradient[i, o] = Σᵣ inputs[i, r] · delta[o, r] and biasGradient[o] = Σᵣ delta[o, r]
  @inline(never)
  public static func laneWeightGradient(
    samples: Int, stride: Int, inputCount: Int, outputCount: Int, inputs: UnsafePointer<Float>,
    delta: UnsafePointer<Float>, weightGradient: UnsafeMutablePointer<Float>, biasGradient: UnsafeMutablePointer<Float>
  ) {
    switch samples / laneCount {
    case 1:
      LaneGroup<1>.weightGradient(
        stride: stride, inputCount: inputCount, outputCount: outputCount, inputs: inputs, delta: delta,
        weightGradient: weightGradient, biasGradient: biasGradient)
    case 2:
      LaneGroup<2>.weightGradient(
        stride: stride, inputCount: inputCount, outputCount: outputCount, inputs: inputs, delta: delta,
        weightGradient: weightGradient, biasGradient: biasGradient)
    case 3:
      LaneGroup<3>.weightGradient(
        stride: stride, inputCount: inputCount, outputCount: outputCount, inputs: inputs, delta: delta,
        weightGradient: weightGradient, biasGradient: biasGradient)
    case 4:
      LaneGroup<4>.weightGradient(
        stride: stride, inputCount: inputCount, outputCount: outputCount, inputs: inputs, delta: delta,
        weightGradient: weightGradient, biasGradient: biasGradient)
    default:
      LaneProduct.weightGradient(
        samples: samples, stride: stride, inputCount: inputCount, outputCount: outputCount, inputs: inputs,
        delta: delta, weightGradient: weightGradient, biasGradient: biasGradient)
    }
  }
}

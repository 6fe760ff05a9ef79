/// The products of small layers with samples side by side, up to four vectors of samples at once.
extension X86V3 {
  /// How many samples a vector holds.
  public static let laneCount = LaneVector.scalarCount

  /// outputs[o, r] = biases[o] + Σᵢ inputs[i, r] · weights[i, o]
  @inline(never)
  public static func laneAffine(
    samples: Int, stride: Int, inputCount: Int, outputCount: Int, inputs: UnsafePointer<Float>,
    weights: UnsafePointer<Float>, biases: UnsafePointer<Float>, outputs: UnsafeMutablePointer<Float>
  ) {
    var sample = 0
    while sample < samples {
      let (x, y) = (inputs + sample, outputs + sample)
      switch (samples &- sample) / laneCount {
      case 1:
        LaneGroup<1>.affine(
          stride: stride, inputCount: inputCount, outputCount: outputCount, inputs: x, weights: weights,
          biases: biases, outputs: y)
      case 2:
        LaneGroup<2>.affine(
          stride: stride, inputCount: inputCount, outputCount: outputCount, inputs: x, weights: weights,
          biases: biases, outputs: y)
      case 3:
        LaneGroup<3>.affine(
          stride: stride, inputCount: inputCount, outputCount: outputCount, inputs: x, weights: weights,
          biases: biases, outputs: y)
      default:
        LaneGroup<4>.affine(
          stride: stride, inputCount: inputCount, outputCount: outputCount, inputs: x, weights: weights,
          biases: biases, outputs: y)
      }
      sample &+= 4 &* laneCount
    }
  }

  /// inputGradient[i, r] = Σₒ delta[o, r] · weights[i, o]
  @inline(never)
  public static func laneInputGradient(
    samples: Int, stride: Int, inputCount: Int, outputCount: Int, delta: UnsafePointer<Float>,
    weights: UnsafePointer<Float>, inputGradient: UnsafeMutablePointer<Float>
  ) {
    var sample = 0
    while sample < samples {
      let (d, result) = (delta + sample, inputGradient + sample)
      switch (samples &- sample) / laneCount {
      case 1:
        LaneGroup<1>.inputGradient(
          stride: stride, inputCount: inputCount, outputCount: outputCount, delta: d, weights: weights,
          inputGradient: result)
      case 2:
        LaneGroup<2>.inputGradient(
          stride: stride, inputCount: inputCount, outputCount: outputCount, delta: d, weights: weights,
          inputGradient: result)
      case 3:
        LaneGroup<3>.inputGradient(
          stride: stride, inputCount: inputCount, outputCount: outputCount, delta: d, weights: weights,
          inputGradient: result)
      default:
        LaneGroup<4>.inputGradient(
          stride: stride, inputCount: inputCount, outputCount: outputCount, delta: d, weights: weights,
          inputGradient: result)
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

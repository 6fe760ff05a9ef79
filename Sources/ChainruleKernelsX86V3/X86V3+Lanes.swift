/// The products of small layers with samples side by side.
extension X86V3 {
  /// How many samples a vector holds.
  public static let laneCount = LaneVector.scalarCount

  /// outputs[o, r] = biases[o] + Σᵢ inputs[i, r] · weights[i, o]
  @inline(never)
  public static func laneAffine(
    samples: Int, stride: Int, inputCount: Int, outputCount: Int, inputs: UnsafePointer<Float>,
    weights: UnsafePointer<Float>, biases: UnsafePointer<Float>, outputs: UnsafeMutablePointer<Float>
  ) {
    LaneProduct.affine(
      samples: samples, stride: stride, inputCount: inputCount, outputCount: outputCount, inputs: inputs,
      weights: weights, biases: biases, outputs: outputs)
  }

  /// weightGradient[i, o] = Σᵣ inputs[i, r] · delta[o, r] and biasGradient[o] = Σᵣ delta[o, r]
  @inline(never)
  public static func laneWeightGradient(
    samples: Int, stride: Int, inputCount: Int, outputCount: Int, inputs: UnsafePointer<Float>,
    delta: UnsafePointer<Float>, weightGradient: UnsafeMutablePointer<Float>, biasGradient: UnsafeMutablePointer<Float>
  ) {
    LaneProduct.weightGradient(
      samples: samples, stride: stride, inputCount: inputCount, outputCount: outputCount, inputs: inputs, delta: delta,
      weightGradient: weightGradient, biasGradient: biasGradient)
  }

  /// inputGradient[i, r] = Σₒ delta[o, r] · weights[i, o]
  @inline(never)
  public static func laneInputGradient(
    samples: Int, stride: Int, inputCount: Int, outputCount: Int, delta: UnsafePointer<Float>,
    weights: UnsafePointer<Float>, inputGradient: UnsafeMutablePointer<Float>
  ) {
    LaneProduct.inputGradient(
      samples: samples, stride: stride, inputCount: inputCount, outputCount: outputCount, delta: delta,
      weights: weights, inputGradient: inputGradient)
  }
}

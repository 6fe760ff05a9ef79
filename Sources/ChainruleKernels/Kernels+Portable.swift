extension Kernels {
  /// SIMD forms over four lanes that give the same bits on every machine, natively and in WebAssembly.
  ///
  /// Sums run in a fixed order: a product adds its terms one by one, as the reference does; a dot product adds them in
  /// four lanes and then the lanes. So a sample's result does not depend on the batch it came in.
  public static let portable = Kernels(
    affine: PortableProduct.affine,
    weightGradient: PortableProduct.weightGradient,
    inputGradient: PortableProduct.inputGradient,
    rectifiedAffine: PortableProduct.rectifiedAffine,
    rectifiedInputGradient: PortableProduct.rectifiedInputGradient,
    relu: PortableActivation.relu,
    reluGradient: PortableActivation.reluGradient,
    leakyReLU: PortableActivation.leakyReLU,
    leakyReLUGradient: PortableActivation.leakyReLUGradient,
    elu: PortableActivation.elu,
    eluGradient: PortableActivation.eluGradient,
    selu: PortableActivation.selu,
    seluGradient: PortableActivation.seluGradient,
    gelu: PortableActivation.gelu,
    geluGradient: PortableActivation.geluGradient,
    geluTanh: PortableActivation.geluTanh,
    geluTanhGradient: PortableActivation.geluTanhGradient,
    silu: PortableActivation.silu,
    siluGradient: PortableActivation.siluGradient,
    softplus: PortableActivation.softplus,
    softplusGradient: PortableActivation.softplusGradient,
    softsign: PortableActivation.softsign,
    softsignGradient: PortableActivation.softsignGradient,
    hardSigmoid: PortableActivation.hardSigmoid,
    hardSigmoidGradient: PortableActivation.hardSigmoidGradient,
    sigmoid: PortableActivation.sigmoid,
    sigmoidGradient: PortableActivation.sigmoidGradient,
    tanh: PortableActivation.tanh,
    tanhGradient: PortableActivation.tanhGradient,
    softmax: PortableReduction.softmax,
    softmaxGradient: ReferenceReduction.softmaxGradient,
    largestMagnitude: PortableReduction.largestMagnitude,
    squaredDistance: PortableReduction.squaredDistance,
    lanes: .portable,
    normalization: .reference,
    updates: .reference
  )

  /// What ``portable`` computes as ``weightGradient``, for some of the layer's inputs: one piece of the work, for one of several
  /// threads. The piece that has the last input does the biases as well.
  ///
  /// - Parameters:
  ///   - shape: the whole layer's.
  ///   - range: which of its inputs.
  ///   - inputs: (rows, inputs), all of them, as ``WeightGradient`` reads them.
  ///   - delta: (rows, outputs).
  ///   - weightGradient: (inputs, outputs), of which the range is written.
  ///   - biasGradient: the gradients of all biases.
  public static func portableWeightGradient(
    _ shape: LayerShape, ofInputs range: Range<Int>, _ inputs: UnsafePointer<Float>, _ delta: UnsafePointer<Float>,
    _ weightGradient: UnsafeMutablePointer<Float>, _ biasGradient: UnsafeMutablePointer<Float>
  ) {
    PortableProduct.weightGradient(shape, ofInputs: range, inputs, delta, weightGradient, biasGradient)
  }
}

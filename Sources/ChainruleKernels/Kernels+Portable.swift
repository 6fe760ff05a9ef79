extension Kernels {
  /// SIMD loops with four lanes that give the same bits on every machine, natively and in WebAssembly.
  ///
  /// Sums run in a fixed order: a product adds its terms one by one, as the reference does; a dot product adds them in
  /// four lanes and then the lanes. So a sample's result doesn't depend on its batch.
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

  /// The ``weightGradient`` of ``portable`` for some of a layer's inputs: one thread's piece of the work. The piece
  /// with the last input also computes the biases' gradients.
  ///
  /// - Parameters:
  ///   - shape: the whole layer's shape.
  ///   - range: the inputs to compute.
  ///   - inputs: (rows, inputs), all of them.
  ///   - delta: (rows, outputs).
  ///   - weightGradient: (inputs, outputs); only the range is written.
  ///   - biasGradient: the gradients of all biases.
  public static func portableWeightGradient(
    _ shape: LayerShape, ofInputs range: Range<Int>, _ inputs: UnsafePointer<Float>, _ delta: UnsafePointer<Float>,
    _ weightGradient: UnsafeMutablePointer<Float>, _ biasGradient: UnsafeMutablePointer<Float>
  ) {
    PortableProduct.weightGradient(shape, ofInputs: range, inputs, delta, weightGradient, biasGradient)
  }
}

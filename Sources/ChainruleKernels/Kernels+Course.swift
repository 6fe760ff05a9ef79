extension Kernels {
  /// Only the portable loops that the course needs. All others trap.
  ///
  /// Every loop that a table names is in the WebAssembly module, whether it's called or not. With this table, a page
  /// loads a fifth less. It has the activations linear, ReLU, leaky ReLU, sigmoid and tanh, the penalties, and the
  /// updates of SGD, momentum, RMSProp, Adam and AdaMax.
  public static let course = Kernels(
    affine: PortableProduct.affine,
    weightGradient: PortableProduct.weightGradient,
    inputGradient: PortableProduct.inputGradient,
    rectifiedAffine: PortableProduct.rectifiedAffine,
    rectifiedInputGradient: PortableProduct.rectifiedInputGradient,
    relu: PortableActivation.relu,
    reluGradient: PortableActivation.reluGradient,
    leakyReLU: PortableActivation.leakyReLU,
    leakyReLUGradient: PortableActivation.leakyReLUGradient,
    elu: untaught,
    eluGradient: untaughtGradient,
    selu: untaught,
    seluGradient: untaughtGradient,
    gelu: untaught,
    geluGradient: untaughtGradient,
    geluTanh: untaught,
    geluTanhGradient: untaughtGradient,
    silu: untaught,
    siluGradient: untaughtGradient,
    softplus: PortableActivation.softplus,
    softplusGradient: untaughtGradient,
    softsign: untaught,
    softsignGradient: untaughtGradient,
    hardSigmoid: untaught,
    hardSigmoidGradient: untaughtGradient,
    sigmoid: PortableActivation.sigmoid,
    sigmoidGradient: PortableActivation.sigmoidGradient,
    tanh: PortableActivation.tanh,
    tanhGradient: PortableActivation.tanhGradient,
    softmax: { _, _, _, _ in missing() },
    softmaxGradient: { _, _, _, _ in missing() },
    largestMagnitude: PortableReduction.largestMagnitude,
    squaredDistance: PortableReduction.squaredDistance,
    lanes: .portable,
    normalization: NormalizationKernels(
      batchMoments: { _, _, _, _, _, _ in missing() },
      batchApply: { _, _, _, _, _, _, _, _ in missing() },
      batchParameterGradient: { _, _, _, _, _, _, _, _ in missing() },
      batchInputGradient: { _, _, _, _, _, _, _, _, _ in missing() },
      layerMoments: { _, _, _, _, _, _ in missing() },
      layerApply: { _, _, _, _, _, _, _, _ in missing() },
      layerParameterGradient: { _, _, _, _, _, _, _, _ in missing() },
      layerInputGradient: { _, _, _, _, _, _, _, _, _ in missing() }
    ),
    updates: UpdateKernels(
      penalize: ReferenceUpdate.penalize,
      clip: ReferenceUpdate.clip,
      scale: ReferenceUpdate.scale,
      add: ReferenceUpdate.add,
      sumOfSquares: ReferenceUpdate.sumOfSquares,
      descend: ReferenceUpdate.descend,
      momentum: ReferenceUpdate.momentum,
      adagrad: untaughtUpdate,
      adadelta: untaughtUpdate,
      rmsProp: ReferenceUpdate.rmsProp,
      centeredRMSProp: untaughtUpdate,
      adam: ReferenceUpdate.adam,
      amsGrad: untaughtUpdate,
      adaMax: ReferenceUpdate.adaMax,
      lion: untaughtUpdate
    )
  )

  /// The same with softmax: apart, so that only a module that teaches it carries it. Its gradient is missing here too, as
  /// cross-entropy from the sums doesn't ask for it.
  public static let courseWithSoftmax: Kernels = {
    var kernels = course
    kernels.softmax = PortableReduction.softmax
    return kernels
  }()

  private static let untaught: Elementwise = { _, _, _, _ in missing() }
  private static let untaughtGradient: ElementwiseGradient = { _, _, _, _, _ in missing() }
  private static let untaughtUpdate: UpdateKernels.Update = { _, _, _, _, _, _ in missing() }

  private static func missing() -> Never {
    trap("the kernels .course have only the loops of the course's figures; use .portable")
  }
}

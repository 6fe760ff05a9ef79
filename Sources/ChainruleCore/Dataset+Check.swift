// Data is checked against the network and the loss once, not again in each step.

extension Dataset {
  /// The range of weights other than 0. Within it, sums over any number of samples are finite and exact enough.
  static let weightRange: ClosedRange<Float> = 1e-20...1e20

  /// Checks that networks of a schema can learn from these samples under a loss. ``TrainingRun``, ``GradientCheck``,
  /// ``Network/report(on:loss:kernels:)`` and ``Network/meanLoss(_:on:kernels:)`` call it themselves. Call it before
  /// you pass a data set's arrays to a ``TrainingStep``, which doesn't check single targets.
  ///
  /// ```swift
  /// try data.check(for: "4, 16 relu, 3 softmax", loss: .crossEntropy)
  /// ```
  ///
  /// - Throws: ``TrainingError`` that says what doesn't fit: the number of inputs or targets, a value or weight that
  ///   isn't finite, a loss that can't follow the last layer or whose parameter is out of range, a target that the loss
  ///   isn't defined for, or data without samples.
  public func check(for schema: Schema, loss: Loss) throws(TrainingError) {
    try checkShape(for: schema)
    if count == 0 { throw .noSamples }
    try loss.check()
    if !loss.fits(schema) { throw .lossDoesNotFit(loss, schema: schema) }
    for (index, layer) in schema.layers.enumerated() where layer.perceptrons == 1 && layer.activation == .softmax {
      throw .singleSoftmax(layer: index)
    }
    if let i = Dataset.firstNonFinite(inputs) { throw .nonFiniteSample(index: i / inputCount) }
    if let i = Dataset.firstNonFinite(targets) { throw .nonFiniteSample(index: i / targetCount) }
    try checkWeights()
    try checkTargets(loss)
  }

  /// - Throws: ``TrainingError/mismatch(schema:inputCount:targetCount:)`` if the samples' sizes aren't the schema's.
  func checkShape(for schema: Schema) throws(TrainingError) {
    if inputCount != schema.inputs || targetCount != schema.outputs {
      throw .mismatch(schema: schema, inputCount: inputCount, targetCount: targetCount)
    }
  }

  private func checkWeights() throws(TrainingError) {
    guard let weights else { return }
    var areAllZero = true
    for (sample, weight) in weights.enumerated() where weight != 0 {
      if !Dataset.weightRange.contains(weight) { throw .badWeight(weight, sample: sample) }
      areAllZero = false
    }
    if areAllZero { throw .badTotalWeight(0) }
  }

  private func checkTargets(_ loss: Loss) throws(TrainingError) {
    switch loss.kind {
    case .binaryCrossEntropy: try checkTargets(loss) { $0 >= 0 && $0 <= 1 }
    case .poisson: try checkTargets(loss) { $0 >= 0 }
    case .hinge:
      // A target of 0 counts as −1, so the two can't mean different things.
      let smallest: Float = targets.contains(-1) ? -1 : 0
      try checkTargets(loss) { $0 == smallest || $0 == 1 }
    case .crossEntropy:
      try checkTargets(loss) { $0 >= 0 && $0 <= 1.001 }
      for sample in 0..<count {
        var sum: Double = 0
        for i in (sample * targetCount)..<((sample + 1) * targetCount) { sum += Double(targets[i]) }
        if !((sum - 1).magnitude <= 0.001) { throw .badTargetSum(sum, sample: sample) }
      }
    case .squaredError, .meanSquaredError, .meanAbsoluteError, .huber, .quantile, .logCosh: break
    }
  }

  private func checkTargets(_ loss: Loss, _ isDefined: (Float) -> Bool) throws(TrainingError) {
    for (i, target) in targets.enumerated() where !isDefined(target) {
      throw .badTarget(target, sample: i / targetCount, loss: loss)
    }
  }

  private static func firstNonFinite(_ values: [Float]) -> Int? {
    // The bits of magnitudes are ordered, with infinity and NaN at the top, so this maximum vectorizes.
    var largest: UInt32 = 0
    for value in values { largest = max(largest, value.bitPattern & 0x7fff_ffff) }
    if largest < Float.infinity.bitPattern { return nil }
    return values.firstIndex { !$0.isFinite }
  }
}

#if !hasFeature(Embedded)
  extension Loss {
    /// The targets that the loss is defined for.
    var expectedTargets: String {
      switch kind {
      case .binaryCrossEntropy: "0 and 1, or probabilities between them"
      case .crossEntropy: "probabilities of classes, from 0 to 1"
      case .poisson: "counts, 0 or more"
      case .hinge: "−1 and 1, or 0 and 1"
      default: "any number"
      }
    }

    /// The last layer that the loss requires.
    var expectedLastLayer: String {
      switch kind {
      case .binaryCrossEntropy: "sigmoid"
      case .crossEntropy: "softmax"
      case .poisson, .hinge: "values below 0 too, such as a linear one"
      default: "any activation"
      }
    }
  }
#endif

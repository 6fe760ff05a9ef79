// Settings can hold any number, from code or from a user's text. They're checked here before training.

extension TrainingError {
  /// - Throws: ``outOfRange(_:found:)`` unless the condition holds.
  @inline(__always)
  static func check(_ isInRange: Bool, _ setting: Setting, _ found: Double) throws(TrainingError) {
    if !isInRange { throw .outOfRange(setting, found: found) }
  }

  static func checkAmount(_ value: Float, _ setting: Setting) throws(TrainingError) {
    try check(value >= 0 && value <= Optimizer.largestAmount, setting, Double(value))
  }

  static func checkPositive(_ value: Float, _ setting: Setting) throws(TrainingError) {
    try check(value > 0 && value.isFinite, setting, Double(value))
  }

  static func checkPositive(_ value: Double, _ setting: Setting) throws(TrainingError) {
    try check(value > 0 && value.isFinite, setting, value)
  }

  /// Checks that a part is in `0..<1`.
  static func checkShare(_ value: Double, _ setting: Setting) throws(TrainingError) {
    try check(value >= 0 && value < 1, setting, value)
  }

  static func checkFactor(_ value: Double, _ setting: Setting) throws(TrainingError) {
    try check(value >= 0 && value <= 1, setting, value)
  }
}

extension Optimizer {
  /// The largest learning rate and penalty. Up to it, if squares of gradients are finite, no update overflows.
  static let largestAmount: Float = 1e10
  /// The smallest epsilon by which a gradient can be divided.
  static let smallestEpsilon: Float = 1e-30

  /// - Throws: ``TrainingError/outOfRange(_:found:)`` for the first setting that is out of its range.
  func check() throws(TrainingError) {
    try TrainingError.checkAmount(learningRate, .learningRate)
    try TrainingError.checkAmount(biasLearningRate, .biasLearningRate)
    try TrainingError.check(
      weightDecay >= 0 && weightDecay.isFinite && learningRate * weightDecay <= 1, .weightDecay, Double(weightDecay))
    switch clipping {
    case .none: break
    case .value(let limit), .norm(let limit): try TrainingError.checkPositive(limit, .clipping)
    }
    switch method {
    case .sgd: break
    case .momentum(let decay, _): try TrainingError.checkShare(decay, .momentum)
    case .adagrad(let epsilon): try check(epsilon: epsilon)
    case .adadelta(let decay, let epsilon), .rmsProp(let decay, let epsilon, _):
      try TrainingError.checkShare(decay, .decay)
      try check(epsilon: epsilon)
    case .adam(let beta1, let beta2, let epsilon, let variant):
      try check(beta1, beta2)
      try check(epsilon: epsilon)
      if case .nAdam(let decay) = variant {
        try TrainingError.check(decay >= 0 && decay.isFinite, .momentumDecay, decay)
      }
    case .adaMax(let beta1, let beta2, let epsilon):
      try check(beta1, beta2)
      try check(epsilon: epsilon)
    case .lion(let beta1, let beta2): try check(beta1, beta2)
    case .lbfgs(let history): try TrainingError.check(history >= 1, .history, Double(history))
    }
  }

  private func check(_ beta1: Double, _ beta2: Double) throws(TrainingError) {
    try TrainingError.checkShare(beta1, .beta1)
    try TrainingError.checkShare(beta2, .beta2)
  }

  private func check(epsilon: Float) throws(TrainingError) {
    try TrainingError.check(
      epsilon >= Optimizer.smallestEpsilon && epsilon <= Optimizer.largestAmount, .epsilon, Double(epsilon))
  }
}

extension Regularizer {
  /// - Throws: ``TrainingError/outOfRange(_:found:)``.
  func check() throws(TrainingError) {
    try TrainingError.checkAmount(l1, .l1)
    try TrainingError.checkAmount(l2, .l2)
    if let maxNorm { try TrainingError.checkPositive(maxNorm, .maxNorm) }
  }
}

extension Stopping {
  /// - Throws: ``TrainingError/outOfRange(_:found:)``.
  func check() throws(TrainingError) {
    try TrainingError.check(epochs >= 0, .epochs, Double(epochs))
    if let patience { try TrainingError.check(patience >= 1, .patience, Double(patience)) }
    try TrainingError.check(
      minimumImprovement >= 0 && minimumImprovement.isFinite, .minimumImprovement, Double(minimumImprovement))
  }
}

extension Loss {
  /// - Throws: ``TrainingError/outOfRange(_:found:)``.
  func check() throws(TrainingError) {
    switch kind {
    case .huber(let threshold): try TrainingError.checkPositive(threshold, .huberThreshold)
    case .quantile(let q): try TrainingError.check(q > 0 && q < 1, .quantile, Double(q))
    case .binaryCrossEntropy(let smoothing), .crossEntropy(let smoothing):
      try TrainingError.checkShare(Double(smoothing), .labelSmoothing)
    default: break
    }
  }
}

extension Schedule {
  /// - Throws: ``TrainingError/outOfRange(_:found:)``.
  func check() throws(TrainingError) {
    try TrainingError.check(warmUpLength >= 0 && warmUpLength.isFinite, .warmUp, warmUpLength)
    try TrainingError.checkFactor(warmUpStart, .warmUpStart)
    switch kind {
    case .constant: break
    case .step(let every, let factor):
      try TrainingError.checkPositive(every, .period)
      try TrainingError.checkPositive(factor, .factor)
    case .exponential(let factor): try TrainingError.checkPositive(factor, .factor)
    case .cosine(let period, let growth, let floor):
      try TrainingError.checkPositive(period, .period)
      // Periods are counted one by one, and with less growth there could be too many.
      try TrainingError.check(growth == 1 || growth >= 1.001 && growth.isFinite, .growth, growth)
      try TrainingError.checkFactor(floor, .floor)
    case .oneCycle(let length, let rise, let start, let end):
      try TrainingError.checkPositive(length, .length)
      try TrainingError.check(rise > 0 && rise < 1, .rise, rise)
      try TrainingError.checkFactor(start, .start)
      try TrainingError.checkFactor(end, .end)
    case .polynomial(let length, let power, let floor):
      try TrainingError.checkPositive(length, .length)
      try TrainingError.checkPositive(power, .power)
      try TrainingError.checkFactor(floor, .floor)
    case .plateau(let plateau):
      try TrainingError.check(plateau.factor > 0 && plateau.factor < 1, .plateauFactor, plateau.factor)
      try TrainingError.check(plateau.patience >= 0, .plateauPatience, Double(plateau.patience))
      try TrainingError.checkShare(plateau.threshold, .plateauThreshold)
      try TrainingError.check(plateau.cooldown >= 0, .cooldown, Double(plateau.cooldown))
      try TrainingError.checkFactor(plateau.floor, .floor)
    }
  }
}

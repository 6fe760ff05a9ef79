extension TrainingError {
  /// What stopped being a finite number.
  public enum Quantity: Equatable, Sendable {
    /// A layer's outputs in the forward pass.
    case outputs
    /// The derivatives of a layer's parameters.
    case gradients
    /// The loss itself.
    case loss
    /// The running mean and variance of a batch normalization.
    case statistics
  }

  /// The likely cause.
  public enum Cause: Equatable, Sendable {
    /// An input is larger than 1,000, or isn't finite.
    case unscaledInputs
    /// A target is larger than 1,000.
    case unscaledTargets
    /// Gradients grow from layer to layer: the initial weights are too large for this depth.
    case explodingGradient
    /// The steps are too long.
    case learningRateTooHigh
    /// The penalty's step moves weights past zero.
    case penaltyTooLarge
    /// The network's weights are too large, and no training in this call could be the cause.
    case weightsTooLarge
  }

  /// What stopped being finite, where, when and why.
  public struct NonFinite: Equatable, Sendable {
    /// What stopped being finite.
    public let quantity: Quantity
    /// The first layer in which it appeared, from 0; the last one for the loss.
    public let layer: Int
    /// The step in which it appeared, from 1, over the whole run; 0 if steps aren't counted.
    public let step: Int
    /// The likely cause.
    public let cause: Cause
  }

  /// The same error with its step, and with the likely cause in that step. Unless the data or a penalty is the cause,
  /// it's the initial weights in the first step, and the learning rate in later ones.
  public func atStep(_ step: Int) -> TrainingError {
    guard case .nonFinite(let found) = self else { return self }
    let cause: Cause =
      switch found.cause {
      case .unscaledInputs, .unscaledTargets, .penaltyTooLarge: found.cause
      case .explodingGradient, .learningRateTooHigh, .weightsTooLarge:
        step == 1 ? .explodingGradient : .learningRateTooHigh
      }
    return .nonFinite(NonFinite(quantity: found.quantity, layer: found.layer, step: step, cause: cause))
  }

  /// The same error in a step with these penalties, which may be the cause in any step except the first.
  func atStep(_ step: Int, optimizer: Optimizer, regularizer: Regularizer) -> TrainingError {
    let error = atStep(step)
    #if !hasFeature(Embedded)
      let rate = optimizer.learningRate
      if case .nonFinite(let found) = error, found.cause == .learningRateTooHigh,
        2 * rate * regularizer.l2 > 1 || rate * regularizer.l1 > 1_000
      {
        return .nonFinite(
          NonFinite(quantity: found.quantity, layer: found.layer, step: step, cause: .penaltyTooLarge))
      }
    #endif
    return error
  }
}

#if !hasFeature(Embedded)
  extension TrainingError.NonFinite {
    var description: String {
      let place = step > 0 ? "at step \(step) " : ""
      let what =
        switch quantity {
        case .outputs: "the outputs of layer \(layer + 1)"
        case .gradients: "the gradients of layer \(layer + 1)"
        case .loss: "the loss"
        case .statistics: "the variance that the batch normalization in layer \(layer + 1) sees"
        }
      return "\(place)\(what) stopped being finite; probably \(reason)"
    }

    private var reason: String {
      switch cause {
      case .unscaledInputs: "the inputs are not scaled: bring them to a mean near 0 and a deviation near 1"
      case .unscaledTargets: "the targets are not scaled: bring them to a mean near 0 and a deviation near 1"
      case .explodingGradient:
        "the gradient explodes because the initial weights are too large: use another initializer, clip gradients or add "
          + "a normalization"
      case .learningRateTooHigh: "the learning rate is too high: lower it, clip gradients or scale the targets"
      case .penaltyTooLarge: "the penalty on weights is too large: lower l1 and l2"
      case .weightsTooLarge: "the network's weights are too large: train it again"
      }
    }
  }
#endif

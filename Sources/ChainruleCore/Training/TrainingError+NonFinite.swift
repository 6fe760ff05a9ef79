extension TrainingError {
  /// What stopped being a finite number.
  public enum Quantity: Equatable, Sendable {
    /// The values a layer gave in the forward pass.
    case outputs
    /// The derivatives of a layer's parameters.
    case gradients
    /// The loss itself.
    case loss
    /// The running mean and variance of a batch normalization.
    case statistics
  }

  /// Why, most likely.
  public enum Cause: Equatable, Sendable {
    /// The inputs are larger than 1,000, or not numbers of one size.
    case unscaledInputs
    /// The targets are numbers larger than 1,000.
    case unscaledTargets
    /// Gradients grow from layer to layer: the first weights are too large for this depth.
    case explodingGradient
    /// Steps go too far.
    case learningRateTooHigh
    /// The penalty on weights moves them farther than to zero.
    case penaltyTooLarge
    /// The network's weights are too large; nothing was trained here that could have made them so.
    case weightsTooLarge
  }

  /// What stopped being finite, where, when and why.
  public struct NonFinite: Equatable, Sendable {
    /// What it was.
    public let quantity: Quantity
    /// The first layer in which it appeared, from 0; the last one for the loss.
    public let layer: Int
    /// The step in which it appeared, from 1, over the whole run; 0 where steps are not counted.
    public let step: Int
    /// The likely cause.
    public let cause: Cause
  }

  /// The same error, told with its step, and with the cause that is likely in it: before the first update it is the weights,
  /// after it the learning rate, unless the data is the cause.
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

  /// The same error in a step with these penalties, which after the first one may be the cause.
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
      case .unscaledInputs: "the inputs are not scaled: bring them near 0, with a deviation near 1"
      case .unscaledTargets: "the targets are not scaled: bring them near 0, with a deviation near 1"
      case .explodingGradient:
        "the gradient explodes, the first weights being too large: choose another initializer, clip gradients or add "
          + "a normalization"
      case .learningRateTooHigh: "the learning rate is too high: lower it, clip gradients or scale the targets"
      case .penaltyTooLarge: "the penalty on weights is too large: lower l1 and l2"
      case .weightsTooLarge: "the network's weights are too large: train it again"
      }
    }
  }
#endif

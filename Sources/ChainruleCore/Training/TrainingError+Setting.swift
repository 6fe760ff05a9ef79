extension TrainingError {
  /// A number that has a range. Settings can hold any number; training checks them first, and throws
  /// ``outOfRange(_:found:)``.
  public enum Setting: Equatable, Sendable {
    /// Of ``Stopping`` and ``TrainingOptions``.
    case epochs, batchSize, patience, minimumImprovement, validationFraction, classWeights
    /// Of an ``Optimizer``.
    case learningRate, biasLearningRate, weightDecay, clipping, momentum, decay, beta1, beta2, epsilon, momentumDecay,
      history
    /// Of a ``Regularizer``.
    case l1, l2, maxNorm
    /// Of a ``Loss``.
    case huberThreshold, quantile, labelSmoothing
    /// Of a ``Schedule``.
    case period, length, growth, factor, plateauFactor, floor, rise, start, end, power, plateauPatience,
      plateauThreshold, cooldown, warmUp, warmUpStart
  }
}

#if !hasFeature(Embedded)
  extension TrainingError.Setting {
    /// Its name in messages.
    var name: String {
      switch self {
      case .epochs: "the number of epochs"
      case .batchSize: "the batch size"
      case .patience: "the patience"
      case .minimumImprovement: "the minimum improvement"
      case .validationFraction: "the validation fraction"
      case .classWeights: "the class weights"
      case .learningRate: "the learning rate"
      case .biasLearningRate: "the learning rate of biases"
      case .weightDecay: "the weight decay"
      case .clipping: "the clipping limit"
      case .momentum: "the momentum"
      case .decay: "the decay of the running mean"
      case .beta1: "the optimizer's beta1"
      case .beta2: "the optimizer's beta2"
      case .epsilon: "the optimizer's epsilon"
      case .momentumDecay: "the momentum decay"
      case .history: "the history of L-BFGS"
      case .l1: "the L1 penalty"
      case .l2: "the L2 penalty"
      case .maxNorm: "the maximum norm"
      case .huberThreshold: "the threshold of the Huber loss"
      case .quantile: "the quantile of the loss"
      case .labelSmoothing: "the label smoothing"
      case .period: "the schedule's period"
      case .length: "the schedule's length"
      case .growth: "the growth of the schedule's period"
      case .factor, .plateauFactor: "the schedule's factor"
      case .floor: "the schedule's floor"
      case .rise: "the schedule's rise"
      case .start: "the schedule's start"
      case .end: "the schedule's end"
      case .power: "the schedule's power"
      case .plateauPatience: "the schedule's patience"
      case .plateauThreshold: "the schedule's threshold"
      case .cooldown: "the schedule's cooldown"
      case .warmUp: "the length of the warm-up"
      case .warmUpStart: "the start of the warm-up"
      }
    }

    /// Its range in messages.
    var range: String {
      switch self {
      case .epochs: "from 0 to \(TrainingRun.State.longestRun)"
      case .batchSize, .patience, .history: "1 or more"
      case .minimumImprovement, .momentumDecay, .plateauPatience, .cooldown, .warmUp: "a finite number, 0 or more"
      case .validationFraction, .momentum, .decay, .beta1, .beta2, .labelSmoothing, .plateauThreshold:
        "at least 0 and below 1"
      case .classWeights: "a number from 0 to \(Optimizer.largestAmount) for each class"
      case .learningRate, .biasLearningRate, .l1, .l2: "from 0 to \(Optimizer.largestAmount)"
      case .weightDecay: "at least 0, and at most 1 if multiplied by the learning rate"
      case .epsilon: "from \(Optimizer.smallestEpsilon) to \(Optimizer.largestAmount)"
      case .clipping, .maxNorm, .huberThreshold, .period, .length, .factor, .power: "a finite number above 0"
      case .quantile, .plateauFactor, .rise: "above 0 and below 1"
      case .growth: "1, or a finite number from 1.001 on"
      case .floor, .start, .end, .warmUpStart: "from 0 to 1"
      }
    }
  }
#endif

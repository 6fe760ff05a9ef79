/// Why training could not start, or stopped.
public enum TrainingError: Error, Equatable, Sendable {
  /// What stopped being a finite number.
  public enum Quantity: Equatable, Sendable {
    /// The values a layer gave in the forward pass.
    case outputs
    /// The derivatives of a layer's parameters.
    case gradients
    /// The loss itself.
    case loss
  }

  /// Why, most likely.
  public enum Cause: Equatable, Sendable {
    /// The inputs are larger than 1,000, or not numbers of one size.
    case unscaledInputs
    /// Gradients grow from layer to layer: the first weights are too large for this depth.
    case explodingGradient
    /// Steps go too far.
    case learningRateTooHigh
  }

  /// What L-BFGS has no use for.
  public enum IgnoredSetting: Equatable, Sendable {
    /// A learning rate other than 1, of weights or biases.
    case learningRate
    /// A schedule other than the constant one.
    case schedule
    /// Clipping.
    case clipping
    /// A decoupled weight decay.
    case weightDecay
    /// A longest norm.
    case maxNorm
  }

  /// A number of ``TrainingOptions``.
  public enum Setting: Equatable, Sendable {
    /// The numbers that have a range.
    case epochs, batchSize, patience, minimumImprovement, learningRate, biasLearningRate, weightDecay, clipping, l1, l2,
      maxNorm, validationFraction, classWeights
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

  /// A number is not finite any more, or a gradient is so large that its square is not. The network is as it was before
  /// this step.
  case nonFinite(NonFinite)
  /// A sample of the data holds an infinite value or NaN.
  case nonFiniteSample(index: Int)
  /// The data's samples do not have the network's inputs or outputs.
  case mismatch(schema: Schema, inputCount: Int, targetCount: Int)
  /// The loss can't follow the schema's last layer.
  case lossDoesNotFit(Loss, schema: Schema)
  /// There is nothing to learn from.
  case noSamples
  /// A batch holds at least one sample.
  case emptyBatch
  /// A number of the options is out of its range.
  case outOfRange(Setting)
  /// Classes can't weigh differently under a loss for numbers.
  case classWeightsNeedClasses(Loss)
  /// L-BFGS needs all samples at once: it can't learn from some more.
  case optimizerNeedsAllSamples
  /// L-BFGS takes whole steps of its own: it has no use for what is set.
  case optimizerIgnores(IgnoredSetting)
  /// L-BFGS needs a loss without chance, but the schema has this layer of dropout or batch normalization.
  case optimizerNeedsCertainty(layer: Int)
  /// A state to go on from belongs to a network of another schema, to another optimizer or to more samples or fewer.
  case stateDoesNotFit

  /// A loss that is not finite, seen after a step: the rate was too high.
  public static func nonFiniteLoss(of schema: Schema, step: Int) -> TrainingError {
    .nonFinite(NonFinite(quantity: .loss, layer: schema.layers.count - 1, step: step, cause: .learningRateTooHigh))
  }

  /// The same error, told with its step. In the first one no learning rate can be the cause.
  public func atStep(_ step: Int) -> TrainingError {
    guard case .nonFinite(let found) = self else { return self }
    let cause = step == 1 && found.cause == .learningRateTooHigh ? Cause.explodingGradient : found.cause
    return .nonFinite(NonFinite(quantity: found.quantity, layer: found.layer, step: step, cause: cause))
  }
}

#if !hasFeature(Embedded)
  extension TrainingError.IgnoredSetting {
    fileprivate var words: String {
      switch self {
      case .learningRate: "a learning rate"
      case .schedule: "a schedule"
      case .clipping: "gradient clipping"
      case .weightDecay: "weight decay (an L2 penalty it takes)"
      case .maxNorm: "a longest norm"
      }
    }
  }

  extension TrainingError.Setting {
    fileprivate var words: String {
      switch self {
      case .epochs: "the number of epochs must be from 0 to \(TrainingRun.State.longestRun)"
      case .batchSize: "the batch size must be 1 or more"
      case .patience: "the patience must be an epoch or more"
      case .minimumImprovement: "the least improvement must be a finite number from 0 on"
      case .learningRate: "the learning rate must be a finite number from 0 on"
      case .biasLearningRate: "the learning rate of biases must be a finite number from 0 on"
      case .weightDecay: "the weight decay must be a finite number from 0 on"
      case .clipping: "the limit of clipping must be a finite number above 0"
      case .l1: "the L1 penalty must be a finite number from 0 on"
      case .l2: "the L2 penalty must be a finite number from 0 on"
      case .maxNorm: "the longest norm must be a finite number above 0"
      case .validationFraction: "the validation part must be from 0 up to, and without, 1"
      case .classWeights: "there must be a finite weight from 0 on for each class"
      }
    }
  }

  extension TrainingError: CustomStringConvertible {
    /// One line: what was found, what was expected, where, and what to do.
    public var description: String {
      switch self {
      case .nonFinite(let found):
        let place = found.step > 0 ? "step \(found.step)" : "this step"
        let what =
          switch found.quantity {
          case .outputs: "the outputs of layer \(found.layer + 1)"
          case .gradients: "the gradients of layer \(found.layer + 1)"
          case .loss: "the loss"
          }
        let cause =
          switch found.cause {
          case .unscaledInputs: "the inputs are not scaled: bring them near 0, with a deviation near 1"
          case .explodingGradient:
            "the gradient explodes, the first weights being too large: choose another initializer, clip gradients or add "
              + "a normalization"
          case .learningRateTooHigh: "the learning rate is too high: lower it, clip gradients or scale the targets"
          }
        return "at \(place) \(what) stopped being finite; probably \(cause)"
      case .nonFiniteSample(let index):
        return "sample \(index + 1) holds an infinite value or NaN; remove or replace it"
      case .mismatch(let schema, let inputCount, let targetCount):
        return "the schema \(schema.text) has \(schema.inputs) inputs and \(schema.outputs) outputs, but the data has "
          + "\(inputCount) inputs and \(targetCount) targets a sample"
      case .lossDoesNotFit(let loss, let schema):
        let expected = loss.isCrossEntropy ? "softmax" : "sigmoid"
        return "the loss \(loss.name) needs a last layer with \(expected), found \(schema.outputActivation.name); "
          + "change the schema's last layer or the loss"
      case .noSamples: return "there are no samples to learn from"
      case .emptyBatch: return "a batch must hold at least one sample"
      case .outOfRange(let setting): return setting.words
      case .classWeightsNeedClasses(let loss):
        return
          "the loss \(loss.name) is for numbers, so there are no classes to weigh; leave the class weights out, or take "
          + "a cross-entropy"
      case .optimizerNeedsAllSamples:
        return
          "L-BFGS needs all samples at once and can't learn from some more; begin a run with all of them, or take another "
          + "optimizer"
      case .optimizerIgnores(let setting):
        return
          "L-BFGS finds the length of its steps by itself and has no use for \(setting.words); leave it out, or take "
          + "another optimizer"
      case .optimizerNeedsCertainty(let layer):
        return
          "L-BFGS needs a loss without chance, found dropout or batch normalization in layer \(layer + 1); take another "
          + "optimizer, or layernorm"
      case .stateDoesNotFit:
        return "the saved state does not fit this run: network, optimizer and number of samples must be those it was "
          + "saved with"
      }
    }
  }
#endif

/// Why training couldn't start, or why it stopped.
public enum TrainingError: Error, Equatable, Sendable {
  /// A number is no longer finite, or a gradient is so large that its square isn't finite. The network is as it was
  /// before the step.
  case nonFinite(NonFinite)
  /// A sample of the data holds an infinite value or NaN.
  case nonFiniteSample(index: Int)
  /// A layer of the network holds an infinite value or NaN.
  case nonFiniteNetwork(layer: Int)
  /// The data's inputs or targets don't match the network's inputs and outputs.
  case mismatch(schema: Schema, inputCount: Int, targetCount: Int)
  /// The loss can't follow the schema's last layer.
  case lossDoesNotFit(Loss, schema: Schema)
  /// A layer is a softmax of a single perceptron, which gives 1 for every sample.
  case singleSoftmax(layer: Int)
  /// The loss isn't defined for a target of this sample, counted from 0.
  case badTarget(Float, sample: Int, loss: Loss)
  /// The targets of this sample sum to this number; as probabilities of classes, they must sum to 1.
  case badTargetSum(Double, sample: Int)
  /// A sample's weight is neither 0 nor in the range of weights: sums with it would overflow or lose their digits.
  case badWeight(Float, sample: Int)
  /// The weights of the samples sum to 0, or to a number so large or so small that a mean can't be computed.
  case badTotalWeight(Float)
  /// There are no samples.
  case noSamples
  /// Batch normalization would see a batch of one sample, which has no variance.
  case batchOfOne(layer: Int)
  /// A setting is out of its range.
  case outOfRange(Setting, found: Double)
  /// There are class weights, but the loss is for numbers.
  case classWeightsNeedClasses(Loss)
  /// L-BFGS needs all samples at once: it can't learn from a few new ones.
  case optimizerNeedsAllSamples
  /// L-BFGS finds its own steps: this setting would have no effect.
  case optimizerIgnores(IgnoredSetting)
  /// L-BFGS needs a deterministic loss, but this layer of the schema is dropout or batch normalization.
  case optimizerNeedsCertainty(layer: Int)
  /// A saved state is damaged, or belongs to another schema, another optimizer or another number of samples.
  case stateDoesNotFit

  /// A setting that has no effect on L-BFGS.
  public enum IgnoredSetting: Equatable, Sendable {
    /// A learning rate other than 1, of weights or biases.
    case learningRate
    /// A schedule other than the constant one.
    case schedule
    /// Clipping.
    case clipping
    /// A decoupled weight decay.
    case weightDecay
    /// A maximum norm.
    case maxNorm
  }

  /// A loss that isn't finite after a step: the rate was too high.
  public static func nonFiniteLoss(of schema: Schema, step: Int) -> TrainingError {
    .nonFinite(NonFinite(quantity: .loss, layer: schema.layers.count - 1, step: step, cause: .learningRateTooHigh))
  }
}

#if !hasFeature(Embedded)
  extension TrainingError.IgnoredSetting {
    fileprivate var words: String {
      switch self {
      case .learningRate: "a learning rate"
      case .schedule: "a schedule"
      case .clipping: "gradient clipping"
      case .weightDecay: "weight decay (an L2 penalty works)"
      case .maxNorm: "a maximum norm"
      }
    }
  }

  extension TrainingError: CustomStringConvertible {
    /// One line: what was found, what was expected, where, and what to do.
    public var description: String {
      switch self {
      case .nonFinite(let found): return found.description
      case .nonFiniteSample(let index):
        return "sample \(index + 1) holds an infinite value or NaN; remove or replace it"
      case .nonFiniteNetwork(let layer):
        return "layer \(layer + 1) of the network holds an infinite value or NaN; start with another network"
      case .mismatch(let schema, let inputCount, let targetCount):
        return
          "the schema \(schema.text) has \(schema.inputs.counted("input")) and \(schema.outputs.counted("output")), "
          + "but the data has \(inputCount.counted("input")) and \(targetCount.counted("target")) per sample"
      case .lossDoesNotFit(let loss, let schema):
        return "the loss \(loss.name) needs a last layer with \(loss.expectedLastLayer), found "
          + "\(schema.outputActivation.name); change the schema's last layer or the loss"
      case .singleSoftmax(let layer):
        return
          "layer \(layer + 1) is a softmax of one perceptron, which gives 1 for every sample; use “1 sigmoid” for two "
          + "classes, or “2 softmax”"
      case .badTarget(let value, let sample, let loss):
        return "sample \(sample + 1) has the target \(value), but the loss \(loss.name) takes \(loss.expectedTargets); "
          + "change the target or the loss"
      case .badTargetSum(let sum, let sample):
        return
          "the targets of sample \(sample + 1) sum to \(sum), but the loss cross-entropy takes the probabilities of "
          + "classes, which sum to 1; set one target to 1 and the others to 0, or use another loss"
      case .badWeight(let weight, let sample):
        return
          "sample \(sample + 1) weighs \(weight); a weight must be 0, or from \(Dataset.weightRange.lowerBound) to "
          + "\(Dataset.weightRange.upperBound)"
      case .badTotalWeight(let total):
        return "the weights of the samples sum to \(total), so no mean can be computed; give some of them a weight "
          + "from \(Dataset.weightRange.lowerBound) to \(Dataset.weightRange.upperBound)"
      case .noSamples: return "there are no samples to learn from"
      case .batchOfOne(let layer):
        return
          "the batch normalization in layer \(layer + 1) would see a batch of one sample, which has no variance; use "
          + "batches of two samples or more, or layernorm"
      case .outOfRange(let setting, let found):
        return "found \(Self.text(found)) for \(setting.name); it must be \(setting.range)"
      case .classWeightsNeedClasses(let loss):
        return
          "the loss \(loss.name) is for numbers, so there are no classes to weigh; leave the class weights out, or use "
          + "a cross-entropy"
      case .optimizerNeedsAllSamples:
        return
          "L-BFGS needs all samples at once and can't learn from a few new ones; start a run with all of them, or use "
          + "another optimizer"
      case .optimizerIgnores(let setting):
        return
          "L-BFGS finds the length of its steps by itself, so \(setting.words) would have no effect; leave it out, "
          + "or use another optimizer"
      case .optimizerNeedsCertainty(let layer):
        return
          "L-BFGS needs a deterministic loss, found dropout or batch normalization in layer \(layer + 1); use another "
          + "optimizer, or layernorm"
      case .stateDoesNotFit:
        return
          "the saved state is damaged or doesn't fit this run: network, optimizer and number of samples must be those "
          + "that it was saved with"
      }
    }

    /// The number as a whole number or a `Float`, as most settings are.
    private static func text(_ value: Double) -> String {
      if let whole = Int(exactly: value) { return "\(whole)" }
      return Double(Float(value)) == value ? "\(Float(value))" : "\(value)"
    }
  }
#endif

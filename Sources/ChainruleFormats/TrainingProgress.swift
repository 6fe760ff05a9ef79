import Chainrule

/// What ``TabularModel`` tells after each epoch of a training.
public struct TrainingProgress: Sendable {
  /// The epoch, from 1.
  public let epoch: Int
  /// The most epochs there will be.
  public let epochs: Int
  /// The mean loss of the samples trained on, in the target's own units where the loss has one.
  public let loss: Double
  /// The mean loss of the validation part; `nil` if there is none.
  public let validationLoss: Double?
  /// The best epoch so far; `nil` if none is kept.
  public let bestEpoch: Int?
  /// The fold, from 1, in a cross-validation.
  public internal(set) var fold: Int?

  init(_ epoch: TrainingRun.Epoch, of epochs: Int, bestEpoch: Int?, scale: Double) {
    self.epoch = epoch.index
    self.epochs = epochs
    loss = Double(epoch.loss) * scale
    validationLoss = epoch.validationLoss.map { Double($0) * scale }
    self.bestEpoch = bestEpoch
  }
}

import Chainrule

/// The progress that ``TabularModel`` reports after each training epoch.
public struct TrainingProgress: Sendable {
  /// The epoch, from 1.
  public let epoch: Int
  /// The largest number of epochs.
  public let epochs: Int
  /// The mean training loss, in the target's own units if the loss has a unit.
  public let loss: Double
  /// The mean validation loss; `nil` without validation data.
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

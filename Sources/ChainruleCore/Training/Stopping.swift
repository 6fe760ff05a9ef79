/// When training ends.
///
/// ```swift
/// let stopping = Stopping.early(patience: 10, epochs: 500)
/// ```
///
/// It can hold any number. A ``TrainingRun`` checks them, and throws ``TrainingError/outOfRange(_:found:)``.
public struct Stopping: Equatable, Sendable {
  /// The most epochs, 0 or more.
  public var epochs: Int
  /// How many epochs may pass without a better loss (of the validation data, if there is some) before training ends, 1 or
  /// more; `nil` to train for all epochs.
  public var patience: Int?
  /// By how much a loss must be lower than the best one to count as better, 0 or more.
  public var minimumImprovement: Float
  /// Whether the network goes back to where the loss was best when training ends.
  public var restoresBest: Bool

  /// After this number of epochs. The network stays as it is then.
  public static func after(epochs: Int) -> Stopping {
    Stopping(epochs: epochs, patience: nil, minimumImprovement: 0, restoresBest: false)
  }

  /// After this number of epochs. The network then goes back to where the loss (of the validation data, if there is some)
  /// was best.
  public static func best(epochs: Int) -> Stopping {
    Stopping(epochs: epochs, patience: nil, minimumImprovement: 0, restoresBest: true)
  }

  /// When the loss has not improved for `patience` epochs, or after `epochs`; then the best network is restored.
  public static func early(patience: Int, epochs: Int = 1_000, minimumImprovement: Float = 0) -> Stopping {
    Stopping(
      epochs: epochs, patience: patience, minimumImprovement: minimumImprovement, restoresBest: true)
  }

  private init(epochs: Int, patience: Int?, minimumImprovement: Float, restoresBest: Bool) {
    self.epochs = epochs
    self.patience = patience
    self.minimumImprovement = minimumImprovement
    self.restoresBest = restoresBest
  }
}

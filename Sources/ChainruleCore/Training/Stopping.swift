/// When training ends.
///
/// ```swift
/// let stopping = Stopping.early(patience: 10, epochs: 500)
/// ```
public struct Stopping: Equatable, Sendable {
  /// The most epochs.
  public var epochs: Int
  /// How many epochs may pass without a better loss (of the validation data, if there is some) before training ends; `nil`
  /// if all epochs are to pass.
  public var patience: Int?
  /// By how much a loss must be lower than the best one to count as better.
  public var minimumImprovement: Float
  /// Whether the network goes back to where the loss was best when training ends.
  public var restoresBest: Bool

  /// After so many epochs, the network staying what it is then.
  public static func after(epochs: Int) -> Stopping {
    Stopping(epochs: epochs, patience: nil, minimumImprovement: 0, restoresBest: false)
  }

  /// After so many epochs; then the network goes back to where the loss (of the validation data, if there is some) was
  /// best.
  public static func best(epochs: Int) -> Stopping {
    Stopping(epochs: epochs, patience: nil, minimumImprovement: 0, restoresBest: true)
  }

  /// When the loss has not improved for `patience` epochs, or after so many epochs; then the best network is restored.
  public static func early(patience: Int, epochs: Int = 1_000, minimumImprovement: Float = 0) -> Stopping {
    precondition(patience > 0, "there must be patience for an epoch at least")
    return Stopping(
      epochs: epochs, patience: patience, minimumImprovement: minimumImprovement, restoresBest: true)
  }

  private init(epochs: Int, patience: Int?, minimumImprovement: Float, restoresBest: Bool) {
    precondition(epochs >= 0, "a number of epochs is not negative")
    self.epochs = epochs
    self.patience = patience
    self.minimumImprovement = minimumImprovement
    self.restoresBest = restoresBest
  }
}

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
  /// How many epochs without a better loss (of the validation data, if there is some) end training, 1 or more; `nil` to
  /// train for all epochs.
  public var patience: Int?
  /// How much lower than the best loss a loss must be to count as better, 0 or more.
  public var minimumImprovement: Float
  /// Whether the best network is restored at the end.
  public var restoresBest: Bool

  /// Ends after this number of epochs, and keeps the last network.
  public static func after(epochs: Int) -> Stopping {
    Stopping(epochs: epochs, patience: nil, minimumImprovement: 0, restoresBest: false)
  }

  /// Ends after this number of epochs, and restores the network with the best loss (of the validation data, if there is
  /// some).
  public static func best(epochs: Int) -> Stopping {
    Stopping(epochs: epochs, patience: nil, minimumImprovement: 0, restoresBest: true)
  }

  /// Ends when the loss hasn't improved for `patience` epochs, or after `epochs`, and restores the best network.
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

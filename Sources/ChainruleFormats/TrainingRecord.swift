/// How a model was trained, and with what result. It's saved with the model.
///
/// ```swift
/// model.training.bestEpoch         // 37
/// model.training.scores["accuracy"]  // 0.98, on rows held out
/// ```
public struct TrainingRecord: Codable, Equatable, Sendable {
  /// Why training ended.
  public enum Ending: String, Codable, Sendable {
    /// All epochs were trained.
    case completed
    /// The loss hadn't improved for `patience` epochs, or L-BFGS couldn't lower it any further.
    case converged
    /// It was stopped from outside.
    case stopped
    /// A number stopped being finite, and the best epoch before that was kept.
    case diverged
  }

  /// One epoch's losses, in the target's own units if the loss has a unit.
  public struct Point: Codable, Equatable, Sendable {
    /// The epoch, from 1.
    public let epoch: Int
    /// The mean training loss.
    public let loss: Double
    /// The mean validation loss; `nil` without validation data.
    public let validationLoss: Double?

    /// Creates a point.
    public init(epoch: Int, loss: Double, validationLoss: Double?) {
      self.epoch = epoch
      self.loss = loss
      self.validationLoss = validationLoss
    }
  }

  /// The most points that are kept.
  public static let mostPoints = 100

  /// The number of training rows.
  public var rows = 0
  /// The number of validation rows.
  public var validationRows = 0
  /// The number of test rows.
  public var testRows = 0
  /// The number of rows left out because they have no target.
  public var rowsWithoutTarget = 0
  /// The number of epochs trained.
  public var epochs = 0
  /// The epoch whose weights were kept; `nil` if it's the last one.
  public var bestEpoch: Int?
  /// Why training ended.
  public var ending = Ending.completed
  /// The losses of at most ``mostPoints`` evenly spaced epochs, including the first and the last.
  public var history: [Point] = []
  /// The settings by name, for people to read.
  public var settings: [String: String] = [:]
  /// Notices about how the columns were understood.
  public var notices: [String] = []
  /// The scores on the test rows: ``Evaluation/scores``.
  public var scores: [String: Double] = [:]
  /// The exact command that trained it.
  public var command: String?
  /// The version of Chainrule that trained it.
  public var version: String?

  /// An empty record.
  public init() {}

  /// The version of this library, as files record it.
  public static let libraryVersion = "0.1.0"

  /// At most `count` evenly spaced points, including the first and the last.
  static func thinned(_ points: [Point], to count: Int = mostPoints) -> [Point] {
    if points.count <= count { return points }
    return (0..<count).map { points[$0 * (points.count - 1) / (count - 1)] }
  }

  /// The first impossible value, because a file can contain anything; `nil` if there is none.
  var problem: String? {
    for number in [rows, validationRows, testRows, rowsWithoutTarget, epochs] where number < 0 {
      return "holds a negative number of rows or epochs"
    }
    if let bestEpoch, bestEpoch < 1 || bestEpoch > epochs { return "names a best epoch that never was" }
    if history.count > Self.mostPoints { return "holds too long a history" }
    return nil
  }
}

/// How a model was trained, and what came of it: saved with the model.
///
/// ```swift
/// model.training.bestEpoch         // 37
/// model.training.scores["accuracy"]  // 0.98, on rows held out
/// ```
public struct TrainingRecord: Codable, Equatable, Sendable {
  /// Why training ended.
  public enum Ending: String, Codable, Sendable {
    /// All epochs have passed.
    case completed
    /// The loss had not improved for as many epochs as there was patience, or L-BFGS found no way further down.
    case converged
    /// Somebody stopped it.
    case stopped
    /// A number stopped being finite; the best epoch before that was kept.
    case diverged
  }

  /// What one epoch gave, in the target's own units where the loss has one.
  public struct Point: Codable, Equatable, Sendable {
    /// The epoch, from 1.
    public let epoch: Int
    /// The mean loss of the samples trained on.
    public let loss: Double
    /// The mean loss of the validation part; `nil` if there was none.
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

  /// Rows trained on.
  public var rows = 0
  /// Rows that chose the best epoch.
  public var validationRows = 0
  /// Rows held out to judge the model.
  public var testRows = 0
  /// Rows left out because they have no target.
  public var rowsWithoutTarget = 0
  /// Epochs trained.
  public var epochs = 0
  /// The epoch whose weights were kept; `nil` if they are those of the last one.
  public var bestEpoch: Int?
  /// Why training ended.
  public var ending = Ending.completed
  /// How the losses went: at most ``mostPoints`` epochs, evenly spread, with the first and the last.
  public var history: [Point] = []
  /// What was chosen, by name, for people.
  public var settings: [String: String] = [:]
  /// What a person should know about how the columns were understood.
  public var notices: [String] = []
  /// How good the model is on the rows held out: ``Evaluation/scores``.
  public var scores: [String: Double] = [:]
  /// The command that trained it, exactly.
  public var command: String?
  /// The chainrule that trained it.
  public var version: String?

  /// A record of nothing.
  public init() {}

  /// The version of this library, as files record it.
  public static let libraryVersion = "0.1.0"

  /// The same points, thinned out evenly to at most `count`, the first and the last among them.
  static func thinned(_ points: [Point], to count: Int = mostPoints) -> [Point] {
    if points.count <= count { return points }
    return (0..<count).map { points[$0 * (points.count - 1) / (count - 1)] }
  }

  /// The first thing that can't be true: a file may hold anything.
  var problem: String? {
    for number in [rows, validationRows, testRows, rowsWithoutTarget, epochs] where number < 0 {
      return "holds a negative number of rows or epochs"
    }
    if let bestEpoch, bestEpoch < 1 || bestEpoch > epochs { return "names a best epoch that never was" }
    if history.count > Self.mostPoints { return "holds too long a history" }
    return nil
  }
}

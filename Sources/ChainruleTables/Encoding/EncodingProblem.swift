/// Why a table can't be encoded.
public enum EncodingProblem: Sendable {
  /// Something is wrong with these columns: all there are, and the names in the table.
  case columns([BadColumn], known: [String])
  /// No column is left to learn from.
  case noInputs([LeftOut])
  /// No row has a target, or none is left to train on.
  case noRows(targets: [String])
  /// A full schema asks for another number of inputs than the columns make.
  case wrongInputs(schema: Int, columns: Int, inputs: Int)
  /// A schema's last layer doesn't fit what is predicted; `expected` is how it may end.
  case wrongOutputs(found: String, expected: String, target: String)
  /// The loss doesn't fit what is predicted.
  case wrongLoss(String, target: String)
  /// All rows belong to the same group, so they can't be divided by it.
  case oneGroup(column: String)
}

/// A column that can't be what it has to be.
public struct BadColumn: Sendable {
  /// What is wrong with a column.
  public enum Problem: Sendable {
    /// There is no such column; perhaps the name is meant that is nearest.
    case unknown(nearest: String?)
    /// It must hold numbers, and mostly doesn't.
    case notNumbers(count: Int, of: Int, examples: [TextCount])
    /// The target holds nothing.
    case emptyTarget
    /// The target is the same in every row.
    case constantTarget(String)
    /// The target holds dates.
    case dateTarget(example: String)
    /// The target has too many classes, or one for nearly every row.
    case tooManyClasses(different: Int, rows: Int)
    /// The target holds negative numbers, which the loss doesn't allow.
    case negativeTarget(Double)
    /// The column is named twice, in ways that exclude each other.
    case contradiction(String, String)
    /// Its texts weren't kept when the table was read.
    case textsNotKept(different: Int)
    /// Rows can't be ordered by it, since it holds neither numbers nor dates.
    case notOrdered(example: String)
  }

  /// The column's name.
  public let name: String
  /// What is wrong with it.
  public let problem: Problem

  /// Creates a bad column.
  public init(name: String, problem: Problem) {
    self.name = name
    self.problem = problem
  }
}

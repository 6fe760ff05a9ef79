/// A column that can't be used as requested.
public struct BadColumn: Sendable {
  /// What is wrong with a column.
  public enum Problem: Sendable {
    /// There is no such column; `nearest` is the most similar name.
    case unknown(nearest: String?)
    /// It must hold numbers, but mostly doesn't.
    case notNumbers(count: Int, of: Int, examples: [TextCount])
    /// The target has no values.
    case emptyTarget
    /// The target is the same in every row.
    case constantTarget(String)
    /// The target holds dates.
    case dateTarget(example: String)
    /// The target has too many classes, or one for nearly every row.
    case tooManyClasses(different: Int, rows: Int)
    /// The target holds negative numbers, which the loss doesn't allow.
    case negativeTarget(Double)
    /// The column is named for two uses that exclude each other.
    case contradiction(String, String)
    /// Its texts weren't kept when the table was read.
    case textsNotKept(examples: [TextCount])
    /// Rows can't be ordered by it, because it holds neither numbers nor dates.
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

#if !hasFeature(Embedded)
  extension BadColumn: Equatable {}
  extension BadColumn.Problem: Equatable {}
#endif

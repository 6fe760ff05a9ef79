/// What the rows of a table should have been predicted as, for the rows that say so.
public struct EncodedTargets: Sendable {
  /// The rows that have a target the model knows, in the order asked for.
  public let rows: [Int]
  /// (rows, outputs): what the network should give.
  public let values: [Float]
  /// Values in one row.
  public let outputCount: Int
  /// Rows left out because their target is missing.
  public let missing: Int
  /// Rows left out because their target is not a number, or a class that the training rows never had.
  public let unknownCount: Int
  /// What is written in those rows, the most frequent first, up to ten.
  public let unknown: [TextCount]

  package init(
    rows: [Int], values: [Float], outputCount: Int, missing: Int, unknownCount: Int, unknown: [TextCount]
  ) {
    self.rows = rows
    self.values = values
    self.outputCount = outputCount
    self.missing = missing
    self.unknownCount = unknownCount
    self.unknown = unknown
  }
}

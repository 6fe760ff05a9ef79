/// The encoded targets of a table's rows, for the rows that have one.
public struct EncodedTargets: Sendable {
  /// The rows with a known target, in the requested order.
  public let rows: [Int]
  /// The targets of the network's outputs, (rows, outputs).
  public let values: [Float]
  /// The number of values in a row.
  public let outputCount: Int
  /// The number of rows left out because their target is missing.
  public let missing: Int
  /// The number of rows left out because their target isn't a number, or is a class that no training row has.
  public let unknownCount: Int
  /// The targets of those rows, the most frequent first, up to ten.
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

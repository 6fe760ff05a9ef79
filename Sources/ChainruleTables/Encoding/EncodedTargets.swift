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
  /// Rows left out because their target is not a number, or a class that the training rows never had: what was written,
  /// and how often, the most frequent first.
  public let unknown: [TextCount]

  /// How many rows ``unknown`` stands for.
  public var unknownCount: Int {
    var sum = 0
    for text in unknown { sum += text.count }
    return sum
  }

  package init(rows: [Int], values: [Float], outputCount: Int, missing: Int, unknown: [TextCount]) {
    self.rows = rows
    self.values = values
    self.outputCount = outputCount
    self.missing = missing
    self.unknown = unknown
  }
}

/// A text, and how often it occurs.
public struct TextCount: Sendable {
  /// The text.
  public let text: String
  /// How often it occurs.
  public let count: Int

  package init(_ text: String, _ count: Int) {
    self.text = text
    self.count = count
  }
}

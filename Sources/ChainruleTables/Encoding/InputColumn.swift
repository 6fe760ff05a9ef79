/// A column that a network reads, and how.
public struct InputColumn: Sendable {
  /// The column's name; tables are searched for it.
  public let name: String
  /// What it holds.
  public let kind: ColumnKind
  /// How its cells become inputs.
  public let coding: InputCoding
  /// Whether one more input, the last, is 1 where the cell was missing: so if one was in the training rows.
  public let hasMissingInput: Bool

  /// Creates an input column.
  public init(name: String, kind: ColumnKind, coding: InputCoding, hasMissingInput: Bool) {
    self.name = name
    self.kind = kind
    self.coding = coding
    self.hasMissingInput = hasMissingInput
  }

  /// How many inputs it becomes.
  public var width: Int { coding.width + (hasMissingInput ? 1 : 0) }
}

#if !hasFeature(Embedded)
  extension InputColumn: Equatable {}
#endif

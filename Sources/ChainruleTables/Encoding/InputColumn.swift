/// A column that a network reads, and how it's encoded.
public struct InputColumn: Sendable {
  /// The column's name, by which it's found in tables.
  public let name: String
  /// What it holds.
  public let kind: ColumnKind
  /// How its cells become inputs.
  public let coding: InputCoding
  /// Whether the last input is 1 for missing cells and 0 otherwise. It's there if the training rows have missing cells.
  public let hasMissingInput: Bool

  /// Creates an input column.
  public init(name: String, kind: ColumnKind, coding: InputCoding, hasMissingInput: Bool) {
    self.name = name
    self.kind = kind
    self.coding = coding
    self.hasMissingInput = hasMissingInput
  }

  /// The number of inputs.
  public var width: Int { coding.width + (hasMissingInput ? 1 : 0) }
}

#if !hasFeature(Embedded)
  extension InputColumn: Equatable {}
#endif

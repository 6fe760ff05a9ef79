/// One of the different spellings in a column, and what it means.
public struct Level: Sendable {
  /// The text as it is written in the table.
  public let text: String
  /// The number; NaN if it isn't a number.
  public let number: Double

  /// Creates a level.
  public init(text: String, number: Double) {
    self.text = text
    self.number = number
  }
}

#if !hasFeature(Embedded)
  extension Level: Equatable {
    /// Whether both are spelled the same.
    public static func == (first: Level, second: Level) -> Bool { first.text.utf8.elementsEqual(second.text.utf8) }
  }
#endif

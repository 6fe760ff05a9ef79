/// One column of a table: its name and its cells, stored by type rather than as text.
///
/// A column with few different spellings keeps each spelling once, and a code for each row. A column with many
/// different numbers or dates keeps the numbers alone. A column with many different texts (names, free text) keeps
/// only some examples, as no network learns from it.
public struct Column: Sendable {
  /// How the cells are stored.
  package enum Storage: Sendable {
    /// `codes[row]` is a position in `levels`, or -1 if the cell is missing.
    case levels(codes: [Int32], levels: [Level])
    /// `values[row]` is the number (for dates: seconds since 1970-01-01T00:00 in the table's own time zone), or NaN if
    /// the cell is missing or is one of `others`.
    case dense(values: [Double], others: [OtherText], dates: DateFormat?)
    /// More different texts than are worth keeping.
    case discarded(count: Int, missing: Int, examples: [String])
  }

  /// A cell of a dense column that is neither missing nor a number (or date).
  package struct OtherText: Sendable {
    package let row: Int
    package let text: String
  }

  /// The column's name: never empty, and different from all others in the table.
  public let name: String
  package var storage: Storage
}

/// What the reader guessed or changed and a person should know. Its `description` is one line.
public enum Notice: Sendable {
  /// The bytes aren't UTF-8; they were read in this encoding.
  case encodingGuessed(TextEncoding)
  /// The first row holds data, so the columns are called “column 1” and so on.
  case noHeader(firstRow: [String])
  /// The first line counts rows and names classes (as in scikit-learn's files) and was passed over.
  case countingLine(String)
  /// A column has no name and got one.
  case unnamedColumn(String)
  /// The first column has no name and only numbers or names the rows.
  case indexColumn(String)
  /// A column has the name of an earlier one, and got another one.
  case renamedColumn(String, to: String)
  /// A nameless column without any cell was left out.
  case emptyColumnDropped(position: Int)
  /// Lines that begin with “#” were passed over.
  case commentLines(count: Int)
  /// Rows with fewer cells than columns; the others count as missing.
  case shortRows(count: Int, firstLine: Int)
  /// Commas or points can be read in two ways.
  case ambiguousNumbers(example: String, decimal: Unicode.Scalar)
  /// Thousands separators were taken off.
  case thousands(Unicode.Scalar)
  /// A unit that stands at every number of a column was taken off.
  case unit(String, column: String)
  /// Days and months can't be told apart; the first number was taken for the month.
  case ambiguousDates(column: String, example: String)
}

#if !hasFeature(Embedded)
  extension Notice: Equatable {}
#endif

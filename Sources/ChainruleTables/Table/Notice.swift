/// Something that the reader guessed or changed, and that you should know. Its description is one line:
///
/// ```swift
/// let table = try Table(csv: ",a\n1,5\n2,6\n")
/// for notice in table.notices { print(notice) }  // a column without a name is called “column 1”, …
/// ```
public enum Notice: Sendable {
  /// The bytes aren't UTF-8; they were read in this encoding.
  case encodingGuessed(TextEncoding)
  /// The first row holds data, so the columns are called “column 1” and so on.
  case noHeader(firstRow: [String])
  /// The first line has the number of rows and the class names (as in scikit-learn's files) and was skipped.
  case countingLine(String)
  /// A column has no name and got one.
  case unnamedColumn(String)
  /// The first column has no name and only numbers or names the rows.
  case indexColumn(String)
  /// A column has the name of an earlier one, and got a new one.
  case renamedColumn(String, to: String)
  /// A column without a name and without cells was left out.
  case emptyColumnDropped(position: Int)
  /// Lines that begin with “#” were skipped.
  case commentLines(count: Int)
  /// Rows with fewer cells than columns; the rest count as missing.
  case shortRows(count: Int, firstLine: Int)
  /// Commas or points can be read in two ways.
  case ambiguousNumbers(example: String, decimal: Unicode.Scalar)
  /// Thousands separators were found in numbers.
  case thousands(Unicode.Scalar)
  /// A unit beside each number of a column was removed.
  case unit(String, column: String)
  /// Days and months can't be told apart; the first number was read as the month.
  case ambiguousDates(column: String, example: String)
  /// Some dates of a column have an offset from UTC and others don't; all are used as written.
  case mixedOffsets(column: String)
}

#if !hasFeature(Embedded)
  extension Notice: Equatable {}
#endif

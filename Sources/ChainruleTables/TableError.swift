/// Why a table can't be read or used, and where the mistake is.
public struct TableError: Error, Sendable {
  /// What is wrong.
  public enum Problem: Sendable {
    /// The file can't be opened or read; `reason` is the system's message.
    case unreadable(reason: String, isMissing: Bool)
    /// The file holds bytes that aren't text.
    case notText(byte: UInt8)
    /// Bytes that aren't valid in the encoding.
    case invalidText(TextEncoding)
    /// The file is empty.
    case empty
    /// There is only a header, but rows are needed.
    case noRows
    /// A quotation mark was opened and never closed.
    case unclosedQuote
    /// A cell is longer than the limit.
    case cellTooLarge(limit: Int, isQuoted: Bool)
    /// The cells take more memory than the limit.
    case memoryLimit(Int, rows: Int)
    /// The rows have more columns than a table can have.
    case tooManyColumns(limit: Int)
    /// Rows that have more or fewer cells than there are columns: how many, and the lines of the first ones.
    case raggedRows(count: Int, lines: [Int], found: Int, expected: Int)
    /// ARFF: a declaration that can't be understood.
    case badDeclaration(String)
    /// ARFF: rows written as pairs of positions and values.
    case sparseARFF
    /// The separator, quotation mark or the like isn't one byte, or two of them are the same.
    case badOption(String)
    /// No columns have these names.
    case noSuchColumn([String], known: [String])
    /// Columns made in memory have different numbers of rows.
    case unequalColumns(rows: Int, expected: Int)
    /// Columns made in memory have the same name, or none.
    case badName(String)
    /// A row made in memory can't become cells.
    case notARow(String)
    /// The columns don't make inputs and targets.
    case encoding(EncodingProblem)
  }

  /// What is wrong.
  public let problem: Problem
  /// The table's name, usually its file's path.
  public let table: String
  /// The row, from 0 and without the header; `nil` if the mistake isn't in one row.
  public let row: Int?
  /// The line of the file, from 1; `nil` if the mistake isn't in one line.
  public let line: Int?
  /// The column's name.
  public let column: String?

  package init(_ problem: Problem, table: String, row: Int? = nil, line: Int? = nil, column: String? = nil) {
    self.problem = problem
    self.table = table
    self.row = row
    self.line = line
    self.column = column
  }
}

#if !hasFeature(Embedded)
  extension TableError: Equatable {}
  extension TableError.Problem: Equatable {}
#endif

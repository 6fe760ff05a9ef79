/// Why a table can't be read or used, and where the reason is found.
public struct TableError: Error, Equatable, Sendable {
  /// What is wrong.
  public enum Problem: Equatable, Sendable {
    /// The file can't be read.
    case unreadable(InputFileError)
    /// The file holds bytes that are not UTF-8 text.
    case notText
    /// There is nothing in the file.
    case empty
    /// There is a header and nothing below it.
    case noRows
    /// A quotation mark was opened and never closed.
    case unclosedQuote
    /// A quotation mark stands inside a cell.
    case strayQuote
    /// A row has more or fewer cells than the header.
    case raggedRow(found: Int, expected: Int)
    /// A column's name is empty; columns count from 1.
    case unnamedColumn(Int)
    /// Two columns have the same name.
    case duplicateColumn(first: Int, second: Int)
    /// No column has the name.
    case noSuchColumn(known: [String])
    /// A cell that should hold a number or a label holds nothing.
    case emptyCell
    /// A cell that should hold a number holds this text.
    case notANumber(String)
    /// A number is too large for the engine.
    case tooLarge(String)
    /// A label is not one of the classes that a model knows.
    case unknownLabel(String, known: [String])
  }

  /// What is wrong.
  public let problem: Problem
  /// The table's name, usually its file's path.
  public let table: String
  /// The row, from 0 and without the header; `nil` if the mistake is not in one row.
  public let row: Int?
  /// The line of the file on which the row starts, from 1.
  public let line: Int?
  /// The column's name.
  public let column: String?

  init(_ problem: Problem, table: String, row: Int? = nil, line: Int? = nil, column: String? = nil) {
    self.problem = problem
    self.table = table
    self.row = row
    self.line = line
    self.column = column
  }
}

extension TableError: CustomStringConvertible {
  /// One line: where, what was found, what was expected, and what to do.
  public var description: String {
    if case .unreadable(let error) = problem { return error.description }
    var place = table
    if let row, let line {
      place += ", row \(row + 1) (line \(line))"
    } else if let line {
      place += ", line \(line)"
    }
    if let column { place += ", column “\(column)”" }
    return place + ": " + advice
  }

  private var advice: String {
    switch problem {
    case .unreadable(let error): error.reason
    case .notText: "found bytes that are not text; save the table as CSV in UTF-8"
    case .empty: "the file is empty; expected a header and rows of comma-separated values"
    case .noRows: "found a header and no row below it; add at least one row of data"
    case .unclosedQuote: "a quotation mark opens in this row and never closes; add the missing one"
    case .strayQuote:
      "a quotation mark stands inside a cell; put the whole cell in quotation marks and write each one inside it twice"
    case .raggedRow(let found, let expected):
      "found \(Self.count(found, "cell")), the header has \(expected); add or remove cells in this row"
    case .unnamedColumn(let number): "column \(number) has no name; write one in the header"
    case .duplicateColumn(let first, let second):
      "columns \(first) and \(second) have this same name; rename one of them in the header"
    case .noSuchColumn(let known): "there is no such column; found \(Self.list(known))"
    case .emptyCell: "the cell is empty; fill it in or remove the row"
    case .notANumber(let text):
      "expected a number, found “\(text.prefix(40))”; write a number with a decimal point, or remove the row or column"
    case .tooLarge(let text): "the number \(text.prefix(40)) is too large; the largest is 3.4e38"
    case .unknownLabel(let label, let known):
      "the label “\(label.prefix(40))” is none of the model's classes, \(Self.list(known))"
    }
  }

  /// A number and its noun, in the plural where that is right.
  static func count(_ number: Int, _ noun: String) -> String {
    number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
  }

  /// Names in a row, the first ones of many.
  static func list(_ names: [String]) -> String {
    let shown = names.prefix(12).joined(separator: ", ")
    return names.count > 12 ? "\(shown) and \(names.count - 12) more" : shown
  }
}

import Foundation

/// A table of text: named columns, and rows with a cell for each.
///
/// It is read from comma-separated values (semicolons and tabs are recognised too) with a header. Blank lines are
/// skipped, and spaces around a cell are not part of it.
///
/// ```swift
/// let table = try Table(contentsOf: "iris.csv")
/// let lengths = try table.numbers(inColumn: table.column(named: "petal_length"))
/// ```
public struct Table: Equatable, Sendable {
  /// What the table is called in messages: its file's path.
  public let name: String
  /// The names of the columns, all different, none empty.
  public let header: [String]
  /// The rows' cells, as many in each as there are columns. Never empty.
  public let rows: [[String]]
  /// The line of the file on which each row starts, counted from 1.
  public let lines: [Int]

  /// Reads the table at `path`.
  ///
  /// - Throws: ``TableError``, which says where in the file the mistake is.
  public init(contentsOf path: String) throws(TableError) {
    let data: Data
    do {
      data = try InputFile.read(path)
    } catch {
      throw TableError(.unreadable(error), table: path)
    }
    try self.init(csv: data, name: path)
  }

  /// Reads a table from the bytes of a file.
  ///
  /// - Parameters:
  ///   - data: comma-separated values in UTF-8, with or without a byte order mark.
  ///   - name: what to call the table in messages.
  /// - Throws: ``TableError``.
  public init(csv data: Data, name: String) throws(TableError) {
    guard !data.contains(0), let text = String(validating: data, as: UTF8.self) else {
      throw TableError(.notText, table: name, line: Self.lineOfFirstBadByte(in: data))
    }
    let csv = CSVText(text)
    if let mistake = csv.mistake { throw TableError(mistake.problem, table: name, line: mistake.line) }
    guard let header = csv.records.first else { throw TableError(.empty, table: name) }
    try Self.check(header: header, table: name)
    let body = csv.records.dropFirst()
    if body.isEmpty { throw TableError(.noRows, table: name) }
    for (index, record) in body.enumerated() where record.cells.count != header.cells.count {
      throw TableError(
        .raggedRow(found: record.cells.count, expected: header.cells.count), table: name, row: index, line: record.line)
    }
    self.name = name
    self.header = header.cells
    rows = body.map(\.cells)
    lines = body.map(\.line)
  }

  private static func check(header: CSVText.Record, table: String) throws(TableError) {
    var seen: [String: Int] = [:]
    for (index, column) in header.cells.enumerated() {
      if column.isEmpty { throw TableError(.unnamedColumn(index + 1), table: table, line: header.line) }
      if let first = seen[column] {
        throw TableError(
          .duplicateColumn(first: first, second: index + 1), table: table, line: header.line, column: column)
      }
      seen[column] = index + 1
    }
  }

  private static func lineOfFirstBadByte(in data: Data) -> Int {
    let lines = data.split(separator: 0x0A, omittingEmptySubsequences: false)
    let bad = lines.firstIndex { $0.contains(0) || String(validating: $0, as: UTF8.self) == nil }
    return (bad ?? 0) + 1
  }

  /// The position of the column of that name, from 0.
  ///
  /// - Throws: ``TableError`` with the names that there are.
  public func column(named column: String) throws(TableError) -> Int {
    guard let index = header.firstIndex(of: column) else {
      throw TableError(.noSuchColumn(known: header), table: name, column: column)
    }
    return index
  }

  /// A column's cells as numbers.
  ///
  /// - Throws: ``TableError`` for the first cell that is empty, not a number, or too large for the engine's `Float`.
  public func numbers(inColumn column: Int) throws(TableError) -> [Double] {
    var numbers: [Double] = []
    numbers.reserveCapacity(rows.count)
    for row in rows.indices {
      let cell = rows[row][column]
      guard let number = Self.number(cell) else {
        throw error(cell.isEmpty ? .emptyCell : .notANumber(cell), row: row, column: column)
      }
      guard Float(number).isFinite else { throw error(.tooLarge(cell), row: row, column: column) }
      numbers.append(number)
    }
    return numbers
  }

  /// A column's cells as scaled numbers.
  ///
  /// - Throws: ``TableError``, as ``numbers(inColumn:)`` does, and for a number that is too large once it is scaled.
  public func numbers(inColumn column: Int, scaledBy scaling: Scaling) throws(TableError) -> [Float] {
    let numbers = try numbers(inColumn: column).map(scaling.apply)
    if let row = numbers.firstIndex(where: { !$0.isFinite }) {
      throw error(.tooLarge(rows[row][column]), row: row, column: column)
    }
    return numbers
  }

  /// A column's cells as labels, which may be any text but none.
  ///
  /// - Throws: ``TableError`` for the first empty cell.
  public func labels(inColumn column: Int) throws(TableError) -> [String] {
    for row in rows.indices where rows[row][column].isEmpty { throw error(.emptyCell, row: row, column: column) }
    return rows.map { $0[column] }
  }

  /// The number that a cell holds: decimal digits with a point, and an exponent if need be.
  static func number(_ cell: String) -> Double? {
    let isDecimal = cell.utf8.allSatisfy {
      switch $0 {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "e"), UInt8(ascii: "E"):
        true
      default: false
      }
    }
    return isDecimal ? Double(cell) : nil
  }

  /// The error for a cell, with its place in the file.
  func error(_ problem: TableError.Problem, row: Int, column: Int) -> TableError {
    TableError(problem, table: name, row: row, line: lines[row], column: header[column])
  }
}

import ChainruleKernels

/// A table: named columns of equal length, each with its own type.
///
/// It comes from a file (`Table(contentsOf:)` of ChainruleData), from bytes, or from values in memory:
///
/// ```swift
/// let table = try Table(csv: "width,kind\n2.5,oak\n0.5,ash\n")
/// table.rowCount  // 2
/// try table.column(named: "width").number(at: 0)  // 2.5
/// ```
public struct Table: Sendable {
  /// Its name in messages, usually its file's path.
  public let name: String
  /// The columns, in the file's order. No two have the same name.
  public let columns: [Column]
  /// The number of rows, without the header.
  public let rowCount: Int
  /// How the file was read; `nil` for a table made in memory.
  public let dialect: Dialect?
  /// What the reader guessed or changed, and you should know.
  public let notices: [Notice]
  let lines: LineMap

  init(name: String, columns: [Column], rowCount: Int, dialect: Dialect?, notices: [Notice], lines: LineMap) {
    self.name = name
    self.columns = columns
    self.rowCount = rowCount
    self.dialect = dialect
    self.notices = notices
    self.lines = lines
  }

  /// Reads a text in any dialect.
  ///
  /// - Throws: ``TableError``.
  public init(csv text: String, name: String = "table", options: ReadingOptions = .init()) throws(TableError) {
    var copy = text
    let bytes = copy.withUTF8 { [UInt8]($0) }
    try self.init(bytes: bytes, name: name, options: options)
  }

  /// Reads the bytes of a file in any dialect and any encoding.
  ///
  /// - Throws: ``TableError``.
  public init(bytes: [UInt8], name: String = "table", options: ReadingOptions = .init()) throws(TableError) {
    var reader = TableReader(name: name, options: options)
    let failure: TableError? = bytes.withUnsafeBytes { buffer in
      do throws(TableError) {
        try reader.read(buffer)
        return nil
      } catch {
        return error
      }
    }
    if let failure { throw failure }
    self = try reader.finish()
  }

  /// Traps unless all of the rows exist.
  func checkRows(_ rows: [Int]) {
    for row in rows {
      require(
        row >= 0 && row < rowCount, "table \(name): found row \(row), expected one below \(rowCount); rows count from 0"
      )
    }
  }

  /// The line of the file on which a row starts, counted from 1; `nil` for a table made in memory.
  public func line(ofRow row: Int) -> Int? { lines.line(ofRow: row) }

  /// The position of the column with this name; `nil` if there is none.
  public func index(of name: String) -> Int? {
    columns.firstIndex { $0.name.utf8.elementsEqual(name.utf8) }
  }

  /// The column with this name.
  ///
  /// - Throws: ``TableError``, which lists the table's columns.
  public func column(named name: String) throws(TableError) -> Column {
    guard let index = index(of: name) else {
      throw TableError(.noSuchColumn([name], known: columns.map { $0.name }), table: self.name)
    }
    return columns[index]
  }
}

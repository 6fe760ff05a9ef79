/// Reads a table from bytes as they come.
///
/// ```swift
/// var reader = TableReader(name: "measurements.csv")
/// while let chunk = next() { try chunk.withUnsafeBytes { try reader.read($0) } }
/// let table = try reader.finish()
/// ```
public struct TableReader {
  /// Starts a table.
  public init(name: String, options: ReadingOptions = .init()) {
    self.name = name
  }

  let name: String
  /// The columns' names; `nil` until enough is read to know them.
  public var header: [String]? { nil }
  /// How many rows are read.
  public var rowsRead: Int { 0 }

  /// Reads the next bytes of the file, any number of them.
  public mutating func read(_ bytes: UnsafeRawBufferPointer) throws(TableError) {}

  /// Ends the table.
  public mutating func finish() throws(TableError) -> Table {
    throw TableError(.empty, table: name)
  }
}

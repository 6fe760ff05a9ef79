/// Reads a table from bytes as they come.
///
/// ```swift
/// var reader = TableReader(name: "measurements.csv")
/// while let chunk = next() { try chunk.withUnsafeBytes { bytes throws(TableError) in try reader.read(bytes) } }
/// let table = try reader.finish()
/// ```
///
/// A copy goes on with the same table.
public struct TableReader {
  private let reading: TableReading

  /// Starts a table.
  ///
  /// - Parameters:
  ///   - name: what messages call it, usually its file's path.
  ///   - options: what should not be guessed.
  public init(name: String, options: ReadingOptions = .init()) {
    reading = TableReading(name: name, options: options)
  }

  /// The columns' names; `nil` until enough is read to know them, which takes some hundred kilobytes or the end.
  public var header: [String]? { reading.header }

  /// How many rows are read.
  public var rowsRead: Int { reading.rowsRead }

  /// Reads the next bytes of the file, any number of them.
  ///
  /// - Throws: ``TableError``. Then nothing more can be read.
  public mutating func read(_ bytes: UnsafeRawBufferPointer) throws(TableError) { try reading.read(bytes) }

  /// Ends the table. Nothing can be read afterwards.
  ///
  /// - Throws: ``TableError``.
  public mutating func finish() throws(TableError) -> Table { try reading.finish() }
}

/// Reads a table from a stream of bytes.
///
/// ```swift
/// var reader = TableReader(name: "measurements.csv")
/// while let chunk = next() { try chunk.withUnsafeBytes { bytes throws(TableError) in try reader.read(bytes) } }
/// let table = try reader.finish()
/// ```
///
/// Copies share the same table.
public struct TableReader {
  private let reading: TableReading

  /// Starts a table.
  ///
  /// - Parameters:
  ///   - name: its name in messages, usually its file's path.
  ///   - options: settings that you don't want guessed.
  public init(name: String, options: ReadingOptions = .init()) {
    reading = TableReading(name: name, options: options)
  }

  /// The columns' names; `nil` until they're known, after a few hundred kilobytes or at the end.
  public var header: [String]? { reading.header }

  /// The number of rows read so far.
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

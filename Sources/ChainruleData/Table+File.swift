import ChainruleKernels
import ChainruleTables

extension Table {
  /// Reads the table in a file.
  ///
  /// ```swift
  /// let table = try Table(contentsOf: "penguins.csv.gz")
  /// ```
  ///
  /// - Parameters:
  ///   - path: the file's path; `-` is standard input. It can be gzipped.
  ///   - options: settings that you don't want guessed.
  ///   - progress: called after each part of the file with the progress so far.
  /// - Throws: ``/ChainruleTables/TableError``.
  public init(
    contentsOf path: String, options: ReadingOptions = .init(), progress: ((ReadingProgress) -> Void)? = nil
  ) throws(TableError) {
    let name = path == "-" ? "standard input" : path
    var reader = TableReader(name: name, options: options)
    do {
      try InputFile.stream(
        path,
        progress: {
          progress?(ReadingProgress(bytesRead: $0.bytesRead, fileSize: $0.fileSize, rowsRead: reader.rowsRead))
        }, body: { try reader.read($0) })
    } catch let error as TableError {
      throw error
    } catch let error as InputFileError {
      throw TableError(.unreadable(reason: error.reason, isMissing: error.isMissing), table: name)
    } catch {
      trap("found the error \(error) while reading \(name), expected a TableError or an InputFileError")
    }
    self = try reader.finish()
  }
}

/// How much of a table has been read.
public struct ReadingProgress: Sendable {
  /// The bytes read, as they are in the file.
  public let bytesRead: Int
  /// The file's size; `nil` for a pipe or a device.
  public let fileSize: Int?
  /// The rows read.
  public let rowsRead: Int
}

import ChainruleData
import ChainruleTables
import Foundation

/// A table to read, with its options.
struct TableSource {
  private let path: String
  private let options: ReadingOptions

  /// - Parameter keeping: columns whose cells' texts are all needed.
  init(_ path: String, reading: ReadingArguments, keeping: [String] = []) {
    self.path = path
    var options = reading.options
    options.keptColumns = keeping
    self.options = options
  }

  /// Every name that an option's values could mean: each value itself, and its parts between commas.
  static func candidates(_ values: [String]) -> [String] {
    values.flatMap { value in
      let parts = value.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
      return ([value] + parts).flatMap { Int($0) == nil ? [$0] : [$0, "column \($0)"] }
    }
  }

  /// Reads the table; `-` is standard input.
  ///
  /// - Parameter checkHeader: called with the columns' names before the rows are read.
  func read(progress: Progress, checkHeader: ([String]) throws -> Void = { _ in }) throws -> Table {
    let name = path == "-" ? "standard input" : path
    defer { progress.end() }
    var reader = TableReader(name: name, options: options)
    var isChecked = false
    do {
      try InputFile.stream(
        path,
        progress: {
          progress.showReading(name, bytes: $0.bytesRead, of: $0.fileSize, rows: reader.rowsRead)
        },
        body: { bytes in
          try reader.read(bytes)
          if !isChecked, let header = reader.header {
            try checkHeader(header)
            isChecked = true
          }
        })
    } catch let error as InputFileError {
      throw Failure(code: error.isMissing ? .noInput : .inputOutput, message: "\(name): \(error.reason)")
    }
    let table = try reader.finish()
    if !isChecked { try checkHeader(table.columns.map(\.name)) }
    return table
  }
}

import ChainruleData
import ChainruleTables
import Foundation

/// A table to read, and what is known about it before.
struct TableSource {
  private let path: String
  private let options: ReadingOptions

  /// - Parameter keeping: columns of which every cell's text is needed.
  init(_ path: String, reading: ReadingArguments, keeping: [String] = []) {
    self.path = path
    var options = reading.options
    options.keptColumns = keeping
    self.options = options
  }

  /// Every name that the values of an option might mean: each as it is, and its parts between commas.
  static func candidates(_ values: [String]) -> [String] {
    values.flatMap { value in
      let parts = value.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
      return ([value] + parts).flatMap { Int($0) == nil ? [$0] : [$0, "column \($0)"] }
    }
  }

  /// Reads the table; `-` is standard input.
  ///
  /// - Parameter checkHeader: is given the columns' names before the rows are read.
  func read(progress: Progress, checkHeader: ([String]) throws -> Void = { _ in }) throws -> Table {
    let name = path == "-" ? "standard input" : path
    var reader = TableReader(name: name, options: options)
    let isChecked = false
    let data = try InputFile.read(path == "-" ? "/dev/stdin" : path)
    try data.withUnsafeBytes { try reader.read($0) }
    let table = try reader.finish()
    progress.end()
    if !isChecked { try checkHeader(table.columns.map(\.name)) }
    return table
  }
}

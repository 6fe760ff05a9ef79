import ChainruleTables

/// Reads bytes in parts of this size; 0 reads all at once.
func read(_ bytes: [UInt8], chunk: Int = 0, options: ReadingOptions = .init()) throws(TableError) -> Table {
  var reader = TableReader(name: "t", options: options)
  var position = 0
  while position < bytes.count {
    let end = chunk == 0 ? bytes.count : min(position + chunk, bytes.count)
    let failure: TableError? = bytes.withUnsafeBytes { all in
      do throws(TableError) {
        try reader.read(UnsafeRawBufferPointer(rebasing: all[position..<end]))
        return nil
      } catch {
        return error
      }
    }
    if let failure { throw failure }
    position = end
  }
  return try reader.finish()
}

func read(_ text: String, chunk: Int = 0, options: ReadingOptions = .init()) throws(TableError) -> Table {
  try read(Array(text.utf8), chunk: chunk, options: options)
}

extension Table {
  /// All cells as texts, row by row; a dash for a missing one.
  var cells: [[String]] {
    (0..<rowCount).map { row in columns.map { $0.text(at: row) ?? "–" } }
  }

  var names: [String] { columns.map(\.name) }

  /// The numbers of a column.
  func numbers(_ name: String) throws -> [Double] {
    let column = try column(named: name)
    return (0..<rowCount).map { column.number(at: $0) }
  }
}

/// The sizes of the parts in which every file is read.
let chunks = [1, 7, 0]

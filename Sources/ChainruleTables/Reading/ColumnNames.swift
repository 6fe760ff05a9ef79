/// The columns' names, each different and none empty.
struct ColumnNames {
  private(set) var all: [String] = []
  private(set) var notices: [Notice] = []
  private var nameless: [Bool] = []
  private var table = LevelTable()

  init() {}

  /// Names columns as in the header. Columns without a name are called “column 3” and so on, by position.
  init(_ written: [String], count: Int, hasHeader: Bool) {
    for index in 0..<count {
      let name = hasHeader && index < written.count ? written[index] : ""
      nameless.append(name.utf8.isEmpty)
      if name.utf8.isEmpty {
        let invented = takeUnused("column ", index + 1)
        if hasHeader { notices.append(.unnamedColumn(invented)) }
      } else if !take(name) {
        notices.append(.renamedColumn(name, to: takeUnused(name + " ", 2)))
      }
    }
  }

  /// Whether the header has no name for a column.
  func isNameless(_ index: Int) -> Bool { nameless[index] }

  /// Adds a name unless it's taken.
  private mutating func take(_ name: String) -> Bool {
    // Eight bytes must be readable.
    var padded = name
    padded.append("\0\0\0\0\0\0\0\0")
    let length = name.utf8.count
    let isNew = padded.withUTF8 { bytes in
      if table.find(bytes.baseAddress!, length) >= 0 { return false }
      _ = table.insert(bytes.baseAddress!, length, number: .nan, isMissing: false)
      return true
    }
    if isNew { all.append(name) }
    return isNew
  }

  private mutating func takeUnused(_ beginning: String, _ first: Int) -> String {
    var number = first
    while !take(beginning + NumberText.whole(number)) { number += 1 }
    return all[all.count - 1]
  }
}

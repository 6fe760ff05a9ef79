import ChainruleTables

/// Groups rows by one column.
enum RowGroups {
  /// The group of each of these rows, numbered from 0 in order of appearance. Rows without a value are one group.
  static func numbers(_ table: Table, column: String, rows: [Int]) throws -> [Int] {
    let column = try table.column(named: column)
    var known: [String?: Int] = [:]
    return rows.map { row in
      let text = column.text(at: row)
      if let number = known[text] { return number }
      known[text] = known.count
      return known.count - 1
    }
  }
}

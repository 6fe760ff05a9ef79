import ChainruleTables

/// The groups that rows belong to by one column.
enum RowGroups {
  /// The group of each of these rows, numbered from 0 as they appear. Rows without a value are a group together.
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

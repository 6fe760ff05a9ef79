extension TableError {
  /// The error if no row has a target: the table is empty, or the targets' cells are all missing.
  static func noRows(with targets: [String], in table: Table) -> TableError {
    TableError(table.rowCount == 0 ? .noRows : .encoding(.noRows(targets: targets)), table: table.name)
  }
}

extension TableError {
  /// No row has the targets: because the table has none at all, or because their cells are missing.
  static func noRows(with targets: [String], in table: Table) -> TableError {
    TableError(table.rowCount == 0 ? .noRows : .encoding(.noRows(targets: targets)), table: table.name)
  }
}

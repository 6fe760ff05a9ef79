import Chainrule
import ChainruleFormats
import ChainruleTables

/// A table for continued training. The model's encoding determines what its columns mean.
struct ContinuedTask {
  let model: TabularModel
  /// The rows to train on.
  let trainingTable: Table
  /// The rows that choose the best epoch; `nil` if there are none.
  let validationTable: Table?
  /// The rows of the whole table for training, validation and testing.
  let trainingRows: [Int]
  let validationRows: [Int]
  let testRows: [Int]
  /// Rows left out because of their target.
  let rowsWithoutTarget: Int
  let unknownTargets: [TextCount]

  /// Divides the rows that have a target.
  init(
    _ model: TabularModel, table: Table, test: Double, validation: Double, isLast: Bool, seed: UInt64
  ) throws {
    let encoding = model.encoding
    let targets = try encoding.targets(from: table)
    if let labels = encoding.target.labels, !targets.unknown.isEmpty {
      throw TabularModelError.unknownClasses(targets.unknown.map(\.text), known: labels, table: table.name)
    }
    if targets.rows.isEmpty { throw TabularModelError.noRows(table: table.name) }
    self.model = model
    rowsWithoutTarget = targets.missing
    unknownTargets = targets.unknown
    func divide(_ rows: [Int], _ fraction: Double) throws -> Split {
      if isLast { return Split(lastOf: rows, fraction: fraction) }
      let classes = try encoding.target.labels.map { _ in
        let text = try table.column(named: encoding.target.names[0])
        return try RowGroups.numbers(table, column: text.name, rows: rows)
      }
      return Split(rows: rows, classes: classes, fraction: fraction, seed: seed)
    }
    let outer = try divide(targets.rows, test)
    let inner = try divide(outer.training, validation)
    trainingTable = table.rows(inner.training)
    validationTable = inner.heldOut.isEmpty ? nil : table.rows(inner.heldOut)
    trainingRows = inner.training
    validationRows = inner.heldOut
    testRows = outer.heldOut
  }
}

/// The rows of a table that have a target, with their classes if the target is a class.
struct LabelledRows {
  let table: Table
  let targets: [String]
  let options: EncodingOptions
  /// The rows, in order.
  let rows: [Int]
  /// The number of rows without a target.
  let withoutTarget: Int
  /// The class of every row of the table, from 0, for rows without a target too; `nil` if the target is a number.
  private let classes: [Int]?

  /// - Throws: ``TableError`` if a target isn't there, or no row has one.
  init(_ table: Table, targets: [String], options: EncodingOptions) throws(TableError) {
    let planner = TargetPlanner(table: table, targets: targets, options: options)
    let bad = planner.unknownColumns()
    if !bad.isEmpty {
      throw TableError(.encoding(.columns(bad, known: table.columns.map { $0.name })), table: table.name)
    }
    let rows = planner.labelledRows(nil) ?? Array(0..<table.rowCount)
    if rows.isEmpty { throw TableError.noRows(with: targets, in: table) }
    self.table = table
    self.targets = targets
    self.rows = rows
    withoutTarget = table.rowCount - rows.count

    // All rows decide what the target is, so that parts of a table can't disagree.
    var options = options
    let (task, classes) = planner.classes(of: rows)
    options.suggestedTask = task
    self.options = options
    self.classes = classes
  }

  func division(by rule: SplitRule, seed: UInt64) -> RowDivision {
    RowDivision(table: table, rule: rule, seed: seed, classes: classes)
  }
}

/// The rows of a table that have a target, and each one's class if it's one.
struct LabelledRows {
  let table: Table
  let targets: [String]
  let options: EncodingOptions
  /// The rows, in order.
  let rows: [Int]
  /// How many have no target.
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
    if rows.isEmpty { throw TableError(.encoding(.noRows(targets: targets)), table: table.name) }
    self.table = table
    self.targets = targets
    self.rows = rows
    withoutTarget = table.rowCount - rows.count

    // All rows decide what the target is, lest two parts of a table disagree.
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

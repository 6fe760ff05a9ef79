import ChainruleKernels

extension TableEncoding {
  /// Learns an encoding from the training rows.
  ///
  /// - Parameters:
  ///   - table: the table.
  ///   - targets: the column to predict, or several columns of numbers. All others are inputs, unless left out.
  ///   - options: your decisions about the columns.
  ///   - trainingRows: the rows to learn from; `nil` takes all of them. Rows without a target are skipped.
  /// - Precondition: there is at least one target, and the table has all of `trainingRows`.
  /// - Throws: ``TableError``, which lists every bad column.
  public static func fit(
    _ table: Table, targets: [String], options: EncodingOptions = EncodingOptions(), trainingRows: [Int]? = nil
  ) throws(TableError) -> TableEncoding {
    require(!targets.isEmpty, "found no target; name the column to predict")
    if let trainingRows { table.checkRows(trainingRows) }
    let names = table.columns.map { $0.name }
    var bad = unknownColumns(targets, options, known: names) + contradictions(targets, options)
    let planner = TargetPlanner(table: table, targets: targets, options: options)
    let rows = planner.labelledRows(trainingRows)
    if rows?.isEmpty ?? (table.rowCount == 0) && bad.isEmpty {
      throw TableError.noRows(with: targets, in: table)
    }

    let target = planner.plan(rows: rows, bad: &bad)
    var notices = target?.notices ?? []
    var inputs: [InputColumn] = []
    var leftOut: [LeftOut] = []
    for (index, column) in table.columns.enumerated() where !ByteText.contains(targets, column.name) {
      if ByteText.contains(options.ignore, column.name) {
        leftOut.append(LeftOut(name: column.name, reason: .ignored))
        continue
      }
      if !options.only.isEmpty && !ByteText.contains(options.only, column.name) {
        leftOut.append(LeftOut(name: column.name, reason: .notChosen))
        continue
      }
      let planner = ColumnPlanner(
        summary: ColumnSummary(column, rows: rows, isFirst: index == 0), options: options)
      switch planner.plan() {
      case .input(let input, let found):
        inputs.append(input)
        notices += found
      case .leftOut(let reason): leftOut.append(LeftOut(name: column.name, reason: reason))
      case .bad(let problem): bad.append(BadColumn(name: column.name, problem: problem))
      }
    }
    guard bad.isEmpty, let target else {
      throw TableError(.encoding(.columns(bad, known: names)), table: table.name)
    }
    if inputs.isEmpty { keepIdentifiers(&inputs, &leftOut, &notices, table: table, rows: rows, options: options) }
    if inputs.isEmpty { throw TableError(.encoding(.noInputs(leftOut)), table: table.name) }
    return TableEncoding(
      inputs: inputs, leftOut: leftOut, target: target.target, clampsPredictions: options.clampsPredictions,
      notices: notices)
  }

  /// If no other inputs are left, keeps numbers that look like identifiers: they may be the x of a curve.
  private static func keepIdentifiers(
    _ inputs: inout [InputColumn], _ leftOut: inout [LeftOut], _ notices: inout [EncodingNotice], table: Table,
    rows: [Int]?, options: EncodingOptions
  ) {
    var others: [LeftOut] = []
    for column in leftOut {
      if case .identifier = column.reason, let index = table.index(of: column.name) {
        let planner = ColumnPlanner(summary: ColumnSummary(table.columns[index], rows: rows), options: options)
        if case .input(let input, let found)? = planner.numberAnyway() {
          inputs.append(input)
          notices += found + [.identifierKept(column: column.name)]
          continue
        }
      }
      others.append(column)
    }
    leftOut = others
  }

  /// The names for which there is no column.
  private static func unknownColumns(
    _ targets: [String], _ options: EncodingOptions, known: [String]
  ) -> [BadColumn] {
    var bad: [BadColumn] = []
    var seen: [String] = []
    for name in targets + options.ignore + options.only + options.categorical + options.numeric {
      if ByteText.contains(known, name) || ByteText.contains(seen, name) { continue }
      seen.append(name)
      bad.append(BadColumn(name: name, problem: .unknown(nearest: ColumnName.nearest(to: name, among: known))))
    }
    return bad
  }

  /// The columns that are named for two uses that exclude each other.
  private static func contradictions(_ targets: [String], _ options: EncodingOptions) -> [BadColumn] {
    var bad: [BadColumn] = []
    func check(_ first: [String], _ firstWord: String, _ second: [String], _ secondWord: String) {
      for name in first where ByteText.contains(second, name) {
        bad.append(BadColumn(name: name, problem: .contradiction(firstWord, secondWord)))
      }
    }
    check(options.ignore, "ignored", targets, "the target")
    check(options.ignore, "ignored", options.only, "among the only ones to read")
    check(options.categorical, "categorical", options.numeric, "numeric")
    for (index, name) in targets.enumerated() where ByteText.contains(Array(targets[..<index]), name) {
      bad.append(BadColumn(name: name, problem: .contradiction("a target", "a target again")))
    }
    return bad
  }
}

import ChainruleCore

extension TableEncoding {
  /// The targets of all rows of a table, or of some. Rows without a target, or with a class that no training row has,
  /// are left out and counted.
  ///
  /// - Throws: ``TableError``, which names every target column that is missing.
  public func targets(from table: Table, rows: [Int]? = nil) throws(TableError) -> EncodedTargets {
    if let rows { table.checkRows(rows) }
    var columns: [Column] = []
    var bad: [BadColumn] = []
    let names = table.columns.map { $0.name }
    for name in target.names {
      guard let index = table.index(of: name) else {
        bad.append(BadColumn(name: name, problem: .unknown(nearest: ColumnName.nearest(to: name, among: names))))
        continue
      }
      columns.append(table.columns[index])
      if table.columns[index].isDiscarded {
        let examples = table.columns[index].examples.map { TextCount($0, 1) }
        bad.append(BadColumn(name: name, problem: .textsNotKept(examples: examples)))
      }
    }
    if !bad.isEmpty { throw TableError(.encoding(.columns(bad, known: names)), table: table.name) }
    switch target {
    case .classes(_, let labels): return classes(labels, columns[0], rows: rows)
    case .numbers(let targets): return numbers(targets, columns, rows: rows)
    }
  }

  /// The samples from all rows of a table with targets, or from some. Rows without a target are left out;
  /// ``targets(from:rows:)`` counts them.
  ///
  /// - Throws: ``TableError``, which names every column that is missing.
  public func dataset(from table: Table, rows: [Int]? = nil) throws(TableError) -> Dataset {
    try dataset(from: table, targets: targets(from: table, rows: rows))
  }

  /// The samples from the rows in `targets`.
  ///
  /// - Throws: ``TableError``, which names every column that is missing.
  public func dataset(from table: Table, targets: EncodedTargets) throws(TableError) -> Dataset {
    let areAll = targets.rows.count == table.rowCount && targets.isInOrder
    return Dataset(
      inputs: try inputs(from: table, rows: areAll ? nil : targets.rows), targets: targets.values,
      inputCount: inputCount, targetCount: outputCount)
  }

  private func classes(_ labels: [String], _ column: Column, rows: [Int]?) -> EncodedTargets {
    let matcher = LevelMatcher(labels)
    var builder = TargetBuilder(outputCount: outputCount, capacity: rows?.count ?? column.count)
    func add(_ row: Int, _ label: Int?, _ text: @autoclosure () -> String) {
      guard let label else { return builder.addUnknown(text()) }
      builder.addRow(row)
      if outputForm == .distribution {
        for other in labels.indices { builder.values.append(other == label ? 1 : 0) }
      } else {
        builder.values.append(Float(label))
      }
    }

    var labelOfCode: [Int?] = []
    for level in column.levels ?? [] { labelOfCode.append(matcher.index(of: level)) }
    for position in 0..<(rows?.count ?? column.count) {
      let row = rows?[position] ?? position
      switch column.storage {
      case .levels(let codes, let levels, _):
        let code = Int(codes[row])
        if code < 0 { builder.missing += 1 } else { add(row, labelOfCode[code], levels[code].text) }
      case .dense, .discarded:
        let number = column.number(at: row)
        if !number.isNaN {
          add(row, matcher.index(of: number), NumberText.shortest(number))
        } else if let text = column.text(at: row) {
          add(row, matcher.index(of: text), text)
        } else {
          builder.missing += 1
        }
      }
    }
    return builder.finish()
  }

  private func numbers(_ targets: [NumberTarget], _ columns: [Column], rows: [Int]?) -> EncodedTargets {
    var builder = TargetBuilder(outputCount: targets.count, capacity: rows?.count ?? columns[0].count)
    for position in 0..<(rows?.count ?? columns[0].count) {
      let row = rows?[position] ?? position
      var unreadable: String?
      var isMissing = false
      for column in columns where column.number(at: row).isNaN {
        if let text = column.text(at: row) { unreadable = text } else { isMissing = true }
      }
      if isMissing {
        builder.missing += 1
      } else if let unreadable {
        builder.addUnknown(unreadable)
      } else {
        builder.addRow(row)
        for (index, target) in targets.enumerated() {
          builder.values.append(target.apply(columns[index].number(at: row)))
        }
      }
    }
    return builder.finish()
  }
}

extension EncodedTargets {
  /// Whether the rows are the first ones of the table, in its order.
  fileprivate var isInOrder: Bool {
    for (position, row) in rows.enumerated() where row != position { return false }
    return true
  }
}

/// Collects targets row by row.
private struct TargetBuilder {
  private var rows: [Int] = []
  var values: [Float] = []
  var missing = 0
  private var unknownCount = 0
  private var unknown: [String] = []
  private let outputCount: Int

  init(outputCount: Int, capacity: Int) {
    self.outputCount = outputCount
    rows.reserveCapacity(capacity)
    values.reserveCapacity(capacity * outputCount)
  }

  mutating func addRow(_ row: Int) { rows.append(row) }

  mutating func addUnknown(_ text: String) {
    unknownCount += 1
    // Enough to show the most frequent ones.
    if unknown.count < 10_000 { unknown.append(text) }
  }

  func finish() -> EncodedTargets {
    EncodedTargets(
      rows: rows, values: values, outputCount: outputCount, missing: missing, unknownCount: unknownCount,
      unknown: Array(TextCount.counted(unknown).prefix(10)))
  }
}

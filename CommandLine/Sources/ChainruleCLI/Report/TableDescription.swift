import ChainruleTables

/// What a table holds, and what training would make of it.
struct TableDescription: Encodable {
  /// One column.
  struct ColumnDescription: Encodable {
    let name: String
    let kind: String
    let missing: Int
    /// The smallest and the largest number.
    var minimum: Double?
    var maximum: Double?
    /// The number of different values, if they were counted.
    var different: Int?
    /// Some of the values.
    let examples: [String]
    /// “input”, “target”, “left out”.
    let use: String
    /// How it's encoded, in words.
    let coding: String
    /// The number of a network's inputs that it becomes.
    let inputs: Int
  }

  let table: String
  let rows: Int
  /// The file's dialect.
  let dialect: String?
  let columns: [ColumnDescription]
  /// The number of inputs that a network needs.
  let inputs: Int
  let notices: [String]

  /// Describes all columns. With a target, it uses them as training would.
  init(_ table: Table, targets: [String], options: EncodingOptions) throws {
    self.table = table.name
    rows = table.rowCount
    dialect = table.dialect.map { "\($0)" }
    let encoding = targets.isEmpty ? nil : try TableEncoding.fit(table, targets: targets, options: options)
    columns = table.columns.enumerated().map { index, column in
      Self.describe(column, isFirst: index == 0, encoding: encoding, targets: targets, options: options)
    }
    inputs = columns.reduce(0) { $0 + $1.inputs }
    notices = table.notices.map { "\($0)" } + (encoding?.notices.map { "\($0)" } ?? [])
  }

  private static func describe(
    _ column: Column, isFirst: Bool, encoding: TableEncoding?, targets: [String], options: EncodingOptions
  ) -> ColumnDescription {
    let kind = ColumnKind.infer(column, isFirst: isFirst)
    var use = "input"
    var coding = ColumnText.treatment(kind)
    var inputs = 0
    var name = kind.name
    if targets.contains(column.name), let encoding {
      use = "target"
      coding = ColumnText.target(encoding.target, column.name)
    } else if let input = encoding?.inputs.first(where: { $0.name == column.name }) {
      name = input.kind.name
      coding = ColumnText.coding(input)
      inputs = input.width
    } else if let leftOut = encoding?.leftOut.first(where: { $0.name == column.name }) {
      use = "left out"
      coding = ColumnText.reason(leftOut.reason)
    } else if kind.isLeftOut || options.ignore.contains(column.name) {
      use = "left out"
      coding = options.ignore.contains(column.name) ? "ignored" : kind.name
    }
    var description = ColumnDescription(
      name: column.name, kind: name, missing: column.missingCount, examples: column.examples, use: use, coding: coding,
      inputs: inputs)
    description.different = column.levels?.count
    if kind == .number || kind == .identifier || kind == .constant {
      let range = range(of: column)
      description.minimum = range?.lowerBound
      description.maximum = range?.upperBound
    }
    return description
  }

  private static func range(of column: Column) -> ClosedRange<Double>? {
    var range: ClosedRange<Double>?
    func add(_ number: Double) {
      if number.isNaN { return }
      range = min(range?.lowerBound ?? number, number)...max(range?.upperBound ?? number, number)
    }
    if let levels = column.levels {
      for level in levels { add(level.number) }
    } else if !column.isDiscarded {
      for row in 0..<column.count { add(column.number(at: row)) }
    }
    return range
  }

  /// The description for a person.
  var text: String {
    var head =
      "\(TextFormat.printable(table)): \(TextFormat.count(rows, "row")), "
      + TextFormat.count(columns.count, "column")
    if let dialect { head += "; \(dialect)" }
    var grid = [["column", "holds", "missing", "values", "use"]]
    for column in columns {
      let missing =
        column.missing == 0
        ? "–"
        : "\(TextFormat.grouped(column.missing)) (\(TextFormat.percent(Double(column.missing) / Double(max(1, rows)))))"
      grid.append([TextFormat.short(column.name), column.kind, missing, values(column), use(column)])
    }
    var sections = [head + "\n", TextFormat.leftAligned(grid)]
    if inputs > 0 { sections.append("A network for this table has \(TextFormat.count(inputs, "input")).\n") }
    if !notices.isEmpty { sections.append(notices.map { "Note: \(TextFormat.printable($0))\n" }.joined()) }
    return sections.joined(separator: "\n")
  }

  private func values(_ column: ColumnDescription) -> String {
    if let minimum = column.minimum, let maximum = column.maximum {
      return "\(TextFormat.number(minimum)) to \(TextFormat.number(maximum))"
    }
    let shown = column.examples.prefix(3).map { TextFormat.short($0, 20) }.joined(separator: ", ")
    guard let different = column.different, column.kind == "category" || column.kind == "yes/no" else {
      return shown + (column.examples.count > 3 ? ", …" : "")
    }
    return "\(different) different: \(shown)" + (different > 3 ? ", …" : "")
  }

  private func use(_ column: ColumnDescription) -> String {
    let words = column.use == "input" ? column.coding : "\(column.use): \(column.coding)"
    return column.inputs > 0 ? "\(TextFormat.count(column.inputs, "input")): \(column.coding)" : words
  }
}

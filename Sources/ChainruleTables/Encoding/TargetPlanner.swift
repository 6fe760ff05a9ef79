/// Decides what the target columns mean.
struct TargetPlanner {
  let table: Table
  let targets: [String]
  let options: EncodingOptions

  /// The decision.
  struct Plan {
    let target: TargetEncoding
    let notices: [EncodingNotice]
  }

  /// The most classes that a network can have.
  private static let mostClasses = 10_000

  // MARK: Classes or numbers

  /// Whether a target column's cells in some rows are classes or numbers.
  ///
  /// Texts are classes. Numbers are classes if there are only two different ones, or up to ten small whole ones that
  /// each occur several times, such as digits, ratings or numbers of cylinders.
  func task(_ summary: ColumnSummary) -> TaskKind {
    if let task = options.task { return task }
    let name = summary.column.name
    if targets.count > 1 || ByteText.contains(options.numeric, name) { return .numbers }
    if ByteText.contains(options.categorical, name) || !summary.areNumbers { return .classes }
    if let task = options.suggestedTask { return task }
    let different = summary.differentNumbers(limit: 10)
    if different <= 2 && summary.numbers > 2 { return .classes }
    let areCodes = different <= 10 && summary.minimum >= -10 && summary.maximum <= 100 && summary.areWhole
    return areCodes && summary.numbers >= 5 * different ? .classes : .numbers
  }

  /// A notice about the decision, if it's debatable.
  private func notice(_ task: TaskKind, _ summary: ColumnSummary) -> EncodingNotice? {
    if options.task != nil || targets.count > 1 || !summary.areNumbers { return nil }
    let name = summary.column.name
    if ByteText.contains(options.numeric + options.categorical, name) { return nil }
    let different = summary.differentNumbers(limit: 30)
    switch task {
    case .classes: return different > 2 ? .numbersAsClasses(column: name, different: different) : nil
    case .numbers:
      return different <= 30 && summary.areWhole ? .numbersAsNumbers(column: name, different: different) : nil
    }
  }

  // MARK: The rows

  /// The targets for which there is no column.
  func unknownColumns() -> [BadColumn] {
    let known = table.columns.map { $0.name }
    var bad: [BadColumn] = []
    for name in targets where !ByteText.contains(known, name) {
      bad.append(BadColumn(name: name, problem: .unknown(nearest: ColumnName.nearest(to: name, among: known))))
    }
    return bad
  }

  /// The task for some rows and, if it's classes, the class number of every row of the table, to divide the rows by.
  func classes(of rows: [Int]) -> (task: TaskKind, classes: [Int]?) {
    guard targets.count == 1, let index = table.index(of: targets[0]) else { return (.numbers, nil) }
    let column = table.columns[index]
    let summary = ColumnSummary(column, rows: rows)
    let task = task(summary)
    guard task == .classes, let groups = summary.groups ?? LevelGroup.groups(of: column, rows: rows) else {
      return (task, nil)
    }
    let matcher = LevelMatcher(groups: LevelGroup.sorted(groups))
    var codes: [Int] = []
    for level in column.levels ?? [] { codes.append(matcher.index(of: level) ?? 0) }
    var classes = [Int](repeating: 0, count: table.rowCount)
    for row in rows {
      if column.levels != nil {
        classes[row] = column.code(at: row).map { codes[$0] } ?? 0
      } else {
        let number = column.number(at: row)
        let found = number.isNaN ? column.text(at: row).flatMap { matcher.index(of: $0) } : matcher.index(of: number)
        classes[row] = found ?? 0
      }
    }
    return (task, classes)
  }

  /// The rows, among some, in which no target is missing.
  func labelledRows(_ rows: [Int]?) -> [Int]? {
    var masks: [Column] = []
    for name in targets {
      if let index = table.index(of: name), table.columns[index].missingCount > 0 { masks.append(table.columns[index]) }
    }
    if masks.isEmpty { return rows }
    var labelled: [Int] = []
    for position in 0..<(rows?.count ?? table.rowCount) {
      let row = rows?[position] ?? position
      var isMissing = false
      for column in masks where column.isMissing(at: row) { isMissing = true }
      if !isMissing { labelled.append(row) }
    }
    return labelled
  }

  // MARK: The plan

  /// What the targets mean in the training rows, or what is wrong with them.
  func plan(rows: [Int]?, bad: inout [BadColumn]) -> Plan? {
    var numbers: [NumberTarget] = []
    var notices: [EncodingNotice] = []
    for name in targets {
      guard let index = table.index(of: name) else { continue }
      let summary = ColumnSummary(table.columns[index], rows: rows)
      if summary.present == 0 {
        bad.append(BadColumn(name: name, problem: .emptyTarget))
        continue
      }
      let task = task(summary)
      if targets.count == 1, let notice = notice(task, summary) { notices.append(notice) }
      if task == .classes && targets.count == 1 {
        return classes(summary, notices: notices, bad: &bad)
      }
      if let number = number(summary, bad: &bad) { numbers.append(number) }
    }
    if numbers.count < targets.count { return nil }
    return Plan(target: .numbers(numbers), notices: notices)
  }

  private func classes(_ summary: ColumnSummary, notices: [EncodingNotice], bad: inout [BadColumn]) -> Plan? {
    let name = summary.column.name
    guard let found = summary.groups ?? LevelGroup.groups(of: summary.column, rows: summary.rows) else {
      bad.append(BadColumn(name: name, problem: .textsNotKept(examples: summary.otherTexts(limit: 3))))
      return nil
    }
    let groups = LevelGroup.sorted(found)
    if groups.count < 2 {
      bad.append(BadColumn(name: name, problem: .constantTarget(groups[0].text)))
      return nil
    }
    let areUnique = groups.count > 20 && groups.count * 2 > summary.present && options.task == nil
    if groups.count > Self.mostClasses || areUnique {
      let isDate = summary.dates > 0
      bad.append(
        BadColumn(
          name: name,
          problem: isDate
            ? .dateTarget(example: groups[0].text) : .tooManyClasses(different: groups.count, rows: summary.present)))
      return nil
    }
    var notices = notices
    var labels: [String] = []
    for group in groups {
      labels.append(ColumnPlanner.label(group))
      if group.count == 1 { notices.append(.rareClass(column: name, label: group.text)) }
    }
    if labels.count <= 100 { notices += similar(labels, column: name) }
    return Plan(target: .classes(name: name, labels: labels), notices: notices)
  }

  /// Notices about labels that differ only in upper and lower case.
  private func similar(_ labels: [String], column: String) -> [EncodingNotice] {
    var notices: [EncodingNotice] = []
    for (index, label) in labels.enumerated() {
      for other in labels[(index + 1)...] where ByteText.equalIgnoringCase(label, other) {
        notices.append(.similarClasses(column: column, label, other))
      }
    }
    return notices
  }

  private func number(_ summary: ColumnSummary, bad: inout [BadColumn]) -> NumberTarget? {
    let name = summary.column.name
    if summary.numbers * 2 <= summary.present || summary.column.dates != nil {
      let problem: BadColumn.Problem =
        summary.dates > 0
        ? .dateTarget(example: summary.example)
        : .notNumbers(count: summary.texts, of: summary.present, examples: summary.otherTexts(limit: 3))
      bad.append(BadColumn(name: name, problem: problem))
      return nil
    }
    let (low, high) = (summary.minimum, summary.maximum)
    if low == high {
      bad.append(BadColumn(name: name, problem: .constantTarget(summary.example)))
      return nil
    }
    if !options.standardize { return NumberTarget(name: name, mean: 0, scale: 1, minimum: low, maximum: high) }
    // Divided by the largest of them, sums and squares can neither overflow nor vanish.
    let unit = max(abs(low), abs(high))
    let count = Double(summary.numbers)
    var mean = 0.0
    _ = summary.allValues { _, value in
      mean += value / unit / count
      return true
    }
    var variance = 0.0
    _ = summary.allValues { _, value in
      let difference = value / unit - mean
      variance += difference * difference / count
      return true
    }
    // For nearly equal numbers, the deviation is only rounding error.
    let deviation = variance.squareRoot()
    let scale = deviation > 1e-15 ? deviation * unit : high / 2 - low / 2
    return NumberTarget(
      name: name, mean: mean * unit, scale: max(min(scale, .greatestFiniteMagnitude), 0x1p-1020), minimum: low,
      maximum: high)
  }
}

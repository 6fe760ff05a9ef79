import ChainruleCore

/// Divides the rows of a table by a rule.
struct RowDivision {
  let table: Table
  let rule: SplitRule
  let seed: UInt64
  /// The class of every row of the table, from 0; `nil` if the target is a number.
  let classes: [Int]?

  /// Holds out a part of some rows.
  ///
  /// - Throws: ``TableError`` if the fraction isn't in `0..<1`, or the rule names a column that can't divide the rows.
  func split(_ rows: [Int], fraction: Double) throws(TableError) -> Split {
    if !(fraction >= 0 && fraction < 1) { throw problem(.badFraction(fraction)) }
    if fraction == 0 || rows.count < 2 { return Split(training: rows, heldOut: []) }
    switch rule {
    case .random: return Split(rows: rows, classes: classes(of: rows), fraction: fraction, seed: seed)
    case .last: return Split(lastOf: rows, fraction: fraction)
    case .group(let name):
      let (groups, count) = try self.groups(of: rows, inColumn: name)
      if count < 2 { throw problem(.fewGroups(column: name, groups: count, parts: 2)) }
      return Split(rows: rows, groups: groups, fraction: fraction, seed: seed)
    case .time(let name):
      let times = try self.times(of: rows, inColumn: name)
      return Split(rows: rows, times: times, fraction: fraction)
    }
  }

  /// Divides some rows into folds, each of which is held out once.
  ///
  /// - Throws: ``TableError`` if there are too few folds or rows, or the rule names a column that can't divide the
  ///   rows.
  func folds(_ rows: [Int], count: Int) throws(TableError) -> Folds {
    if count < 2 { throw problem(.tooFewFolds(count)) }
    // Ordered parts need rows before the first one.
    let needed = rule.isOrdered ? count + 1 : count
    if needed > rows.count { throw problem(.fewRows(rows: rows.count, parts: needed)) }
    switch rule {
    case .random: return Folds(rows: rows, classes: classes(of: rows), count: count, seed: seed)
    case .last: return Folds(inOrder: rows, count: count)
    case .group(let name):
      let (groups, found) = try self.groups(of: rows, inColumn: name)
      if found < count { throw problem(.fewGroups(column: name, groups: found, parts: count)) }
      return Folds(rows: rows, groups: groups, count: count, seed: seed)
    case .time(let name):
      let times = try self.times(of: rows, inColumn: name)
      var order = Array(rows.indices)
      // Rows without a time come first.
      func time(_ position: Int) -> Double { times[position].isNaN ? -.infinity : times[position] }
      order.sort { time($0) == time($1) ? $0 < $1 : time($0) < time($1) }
      return Folds(inOrder: order.map { rows[$0] }, count: count)
    }
  }

  private func problem(_ problem: EncodingProblem) -> TableError { TableError(.encoding(problem), table: table.name) }

  private func classes(of rows: [Int]) -> [Int]? { classes.map { classes in rows.map { classes[$0] } } }

  private func column(_ name: String) throws(TableError) -> Column {
    guard let index = table.index(of: name) else {
      let names = table.columns.map { $0.name }
      let bad = BadColumn(name: name, problem: .unknown(nearest: ColumnName.nearest(to: name, among: names)))
      throw problem(.columns([bad], known: names))
    }
    let column = table.columns[index]
    if column.isDiscarded {
      let examples = column.examples.map { TextCount($0, 1) }
      throw problem(.columns([BadColumn(name: name, problem: .textsNotKept(examples: examples))], known: []))
    }
    return column
  }

  /// Each row's group by its value in a column, from 0, and the number of groups. Rows without a value are one group.
  private func groups(of rows: [Int], inColumn name: String) throws(TableError) -> (groups: [Int], count: Int) {
    let column = try column(name)
    let found = LevelGroup.sorted(LevelGroup.groups(of: column, rows: rows) ?? [])
    let matcher = LevelMatcher(groups: found)
    var codes: [Int] = []
    for level in column.levels ?? [] { codes.append(matcher.index(of: level) ?? found.count) }
    var hasMissing = false
    var groups: [Int] = []
    groups.reserveCapacity(rows.count)
    for row in rows {
      var group: Int?
      if column.levels != nil {
        group = column.code(at: row).map { codes[$0] }
      } else {
        let number = column.number(at: row)
        group = number.isNaN ? column.text(at: row).flatMap { matcher.index(of: $0) } : matcher.index(of: number)
      }
      if group == nil { hasMissing = true }
      groups.append(group ?? found.count)
    }
    return (groups, found.count + (hasMissing ? 1 : 0))
  }

  /// Each row's time in a column of dates or numbers; NaN if there is none.
  private func times(of rows: [Int], inColumn name: String) throws(TableError) -> [Double] {
    let column = try column(name)
    let known = column.dates == nil ? column.numberCount : column.dateCount
    if known * 2 <= column.count - column.missingCount || known == 0 {
      let example = column.examples.first ?? ""
      throw problem(.columns([BadColumn(name: name, problem: .notOrdered(example: example))], known: []))
    }
    var times: [Double] = []
    times.reserveCapacity(rows.count)
    for row in rows { times.append(column.dates == nil ? column.number(at: row) : column.seconds(at: row)) }
    return times
  }
}

/// Decides how one column becomes inputs.
struct ColumnPlanner {
  let summary: ColumnSummary
  let options: EncodingOptions

  /// The decision about a column.
  enum Plan {
    case input(InputColumn, [EncodingNotice])
    case leftOut(LeftOut.Reason)
    case bad(BadColumn.Problem)
  }

  private var name: String { summary.column.name }

  /// The decision from the column's cells and the options.
  func plan() -> Plan {
    if ByteText.contains(options.categorical, name) {
      if summary.column.isDiscarded { return .bad(.textsNotKept(examples: summary.otherTexts(limit: 3))) }
      if summary.present == 0 { return .leftOut(.empty) }
      return summary.isConstant ? .leftOut(.constant(summary.example)) : category(kind: .category)
    }
    if ByteText.contains(options.numeric, name) {
      if summary.present == 0 { return .leftOut(.empty) }
      if summary.numbers * 2 <= summary.present || summary.column.dates != nil {
        return .bad(
          .notNumbers(
            count: summary.present - summary.numbers, of: summary.present, examples: summary.otherTexts(limit: 3)))
      }
      return summary.minimum == summary.maximum ? .leftOut(.constant(summary.example)) : number()
    }
    switch ColumnKind.infer(summary) {
    case .number: return number()
    case .yesNo: return category(kind: .yesNo)
    case .category: return category(kind: .category)
    case .date: return date()
    case .identifier: return .leftOut(.identifier)
    case .freeText: return .leftOut(.freeText)
    case .constant: return .leftOut(.constant(summary.example))
    case .empty: return .leftOut(.empty)
    }
  }

  /// The column as numbers, although it looks like an identifier; `nil` if it doesn't hold different numbers.
  func numberAnyway() -> Plan? {
    summary.areNumbers && summary.minimum < summary.maximum ? number() : nil
  }

  // MARK: Numbers and dates

  private func number() -> Plan {
    var notices: [EncodingNotice] = []
    if summary.texts > 0 {
      notices.append(.textsInNumbers(column: name, count: summary.texts, examples: summary.otherTexts(limit: 3)))
    }
    let column = InputColumn(
      name: name, kind: .number, coding: .number(scaling(standardizes: options.standardize)),
      hasMissingInput: summary.missing + summary.texts + summary.dates > 0)
    return .input(column, notices)
  }

  private func scaling(standardizes: Bool) -> NumberScaling {
    let (low, high) = (summary.minimum, summary.maximum)
    var statistics = summary.sample()
    let median = min(max(statistics.quantile(0.5), low), high)
    if !standardizes {
      return NumberScaling(center: 0, scale: 1, fill: median, minimum: low, maximum: high, isLimited: false)
    }
    // Two values become −1 and 1, even if one is rare.
    if summary.hasTwoValues {
      return NumberScaling(
        center: low / 2 + high / 2, scale: Self.usable(high / 2 - low / 2), fill: median, minimum: low, maximum: high)
    }
    var spread = Self.finite(statistics.quantile(0.75) - statistics.quantile(0.25))
    // If most rows have the same number, take the typical distance of the others from it.
    if spread == 0 { spread = statistics.typicalDistance(from: median) ?? Self.finite(high / 2 - low / 2) }
    return NumberScaling(center: median, scale: Self.usable(spread), fill: median, minimum: low, maximum: high)
  }

  private static func finite(_ number: Double) -> Double { min(number, .greatestFiniteMagnitude) }

  /// The smallest scale whose inverse is finite.
  private static func usable(_ scale: Double) -> Double { max(finite(scale), 0x1p-1020) }

  private func date() -> Plan {
    guard let format = summary.column.dates else { return .leftOut(.empty) }
    var notices: [EncodingNotice] = []
    let others = summary.texts + summary.numbers
    if others > 0 {
      notices.append(.unreadable(column: name, count: others, examples: summary.otherTexts(limit: 3)))
    }
    let coding = DateCoding(format: format, trend: scaling(standardizes: true), cycles: cycles(format))
    let column = InputColumn(
      name: name, kind: .date, coding: .date(coding), hasMissingInput: summary.missing + others > 0)
    return .input(column, notices)
  }

  /// The cycles in which the dates differ, and of which they cover enough to learn from.
  private func cycles(_ format: DateFormat) -> [DateCycle] {
    let span = summary.maximum - summary.minimum
    var cycles: [DateCycle] = []
    var days = DistinctPlaces(limit: 3)
    var months = DistinctPlaces(limit: 3)
    var hours = DistinctPlaces(limit: 3)
    _ = summary.allValues { _, seconds in
      let day = DateCycle.day(of: seconds)
      days.add(DateCycle.weekday(ofDay: day))
      months.add(CivilDate(days: day).month)
      hours.add(Int((seconds - Double(day) * 86_400) / 3600))
      return !(days.isFull && months.isFull && hours.isFull)
    }
    let hasDate = format.order != .timeOnly
    if hasDate && months.isFull && span >= 180 * 86_400 { cycles.append(.year) }
    if hasDate && days.isFull && span >= 14 * 86_400 { cycles.append(.week) }
    if hours.isFull { cycles.append(.day) }
    return cycles
  }

  // MARK: Categories

  private func category(kind: ColumnKind) -> Plan {
    let groups = LevelGroup.sorted(summary.groups ?? LevelGroup.groups(of: summary.column, rows: summary.rows) ?? [])
    let isMissing = summary.missing > 0
    if kind == .yesNo {
      let negative = groups.first { YesNo.value($0.text) == false }
      let positive = groups.first { YesNo.value($0.text) == true }
      return .input(sign(kind, negative?.text ?? "", positive?.text ?? ""), [])
    }
    if groups.count == 2 { return .input(sign(kind, Self.label(groups[0]), Self.label(groups[1])), []) }

    let most = options.maxInputsPerColumn - (isMissing ? 1 : 0)
    let chosen = frequent(groups, most: most)
    var labels: [String] = []
    for group in LevelGroup.sorted(chosen) { labels.append(Self.label(group)) }
    var notices: [EncodingNotice] = []
    if chosen.count < groups.count {
      var rows = summary.present
      for group in chosen { rows -= group.count }
      notices.append(.pooledLevels(column: name, levels: groups.count - chosen.count, rows: rows))
    }
    let coding = InputCoding.oneHot(levels: labels, poolsRest: chosen.count < groups.count)
    return .input(InputColumn(name: name, kind: kind, coding: coding, hasMissingInput: isMissing), notices)
  }

  private func sign(_ kind: ColumnKind, _ negative: String, _ positive: String) -> InputColumn {
    InputColumn(
      name: name, kind: kind, coding: .sign(negative: negative, positive: positive),
      hasMissingInput: summary.missing > 0)
  }

  /// The levels that get an input of their own. If there are few levels, all do; otherwise those with enough rows to
  /// learn from.
  private func frequent(_ groups: [LevelGroup], most: Int) -> [LevelGroup] {
    if groups.count <= min(10, most) { return groups }
    let fewest = max(2, min(5, summary.present / 400))
    let byFrequency = LevelGroup.byFrequency(groups)
    var count = 0
    while count < byFrequency.count && byFrequency[count].count >= fewest { count += 1 }
    if count == 0 { count = byFrequency.count }
    // One input is shared by all other levels; if there is only one other level, that gets it.
    if count == groups.count && count <= most || count == groups.count - 1 && count < most { return groups }
    return Array(byFrequency.prefix(min(count, most - 1)))
  }

  /// The level's text in the encoding. If the level is a number, the text reads as that number.
  static func label(_ group: LevelGroup) -> String {
    if group.number.isNaN { return group.text }
    if case .number(let number) = Cell(group.text), number == group.number { return group.text }
    return NumberText.shortest(group.number)
  }
}

/// Detects whether there are enough different whole numbers.
private struct DistinctPlaces {
  let limit: Int
  private var seen: [Int] = []

  init(limit: Int) { self.limit = limit }

  var isFull: Bool { seen.count >= limit }

  mutating func add(_ place: Int) {
    if !isFull && !seen.contains(place) { seen.append(place) }
  }
}

extension ColumnKind {
  /// Infers what a column holds, in all rows or some of them.
  ///
  /// Numbers stay numbers, even if all are different, unless the column's name or position says that they only identify
  /// rows. A few odd words among numbers count as missing. Texts are categories if they repeat.
  ///
  /// - Parameters:
  ///   - column: the column.
  ///   - rows: the rows to look at; `nil` takes all of them.
  ///   - isFirst: whether it's the table's first column, where row numbers usually are.
  public static func infer(_ column: Column, rows: [Int]? = nil, isFirst: Bool = false) -> ColumnKind {
    infer(ColumnSummary(column, rows: rows, isFirst: isFirst))
  }

  static func infer(_ summary: ColumnSummary) -> ColumnKind {
    if summary.present == 0 { return .empty }
    guard summary.column.isDiscarded == false else { return ofTexts(summary, groups: nil) }
    if summary.isConstant { return .constant }
    if summary.dates * 5 >= summary.present * 4 { return summary.minimum < summary.maximum ? .date : .category }
    if summary.column.isIndex { return .identifier }
    if summary.areNumbers { return ofNumbers(summary) }
    return ofTexts(summary, groups: summary.groups)
  }

  private static func ofNumbers(_ summary: ColumnSummary) -> ColumnKind {
    // One number and missing cells: only whether it's missing is informative.
    if summary.minimum == summary.maximum { return .category }
    let name = ColumnName(summary.column.name)
    if name.isIdentifier && summary.areWhole {
      // A few numbers that repeat are codes, as in store_id.
      guard let groups = summary.groups else { return .identifier }
      return groups.count * 10 >= summary.present * 9 ? .identifier : .category
    }
    if name.mayBeIdentifier && summary.areWhole && summary.areAllDifferent { return .identifier }
    if summary.isFirst && !name.isCounted && summary.countsRows { return .identifier }
    return .number
  }

  private static func ofTexts(_ summary: ColumnSummary, groups: [LevelGroup]?) -> ColumnKind {
    guard let groups else { return areShort(summary.otherTexts(limit: 5)) ? .identifier : .freeText }
    if isYesNo(groups) { return .yesNo }
    if groups.count == summary.present && groups.count > 2 {
      return areShort(groups.prefix(100).map { TextCount($0.text, 1) }) ? .identifier : .freeText
    }
    return groups.count > 20 && groups.count * 2 > summary.present ? .freeText : .category
  }

  /// Whether there are only words for yes and words for no, and both occur.
  private static func isYesNo(_ groups: [LevelGroup]) -> Bool {
    var hasYes = false
    var hasNo = false
    for group in groups {
      guard let value = YesNo.value(group.text) else { return false }
      if value { hasYes = true } else { hasNo = true }
    }
    return hasYes && hasNo
  }

  /// Whether texts look like keys or names rather than like sentences.
  private static func areShort(_ texts: [TextCount]) -> Bool {
    var letters = 0
    for text in texts { letters += text.text.utf8.count }
    return letters <= 30 * texts.count
  }
}

extension ColumnSummary {
  /// Whether every cell holds the same.
  var isConstant: Bool {
    if missing > 0 || present == 0 { return false }
    if let groups { return groups.count == 1 }
    return texts == 0 && minimum == maximum
  }

  /// Whether the column holds numbers, except for a few odd texts.
  var areNumbers: Bool {
    if column.declaredKind == .nominal { return false }
    if numbers * 5 < present * 4 { return false }
    return texts <= 1 || texts * 20 <= present || differentNumbers(limit: 10) > 10
  }

  /// A value to show.
  var example: String { groups?.first?.text ?? column.examples.first ?? "" }
}

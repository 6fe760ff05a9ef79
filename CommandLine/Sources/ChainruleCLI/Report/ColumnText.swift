import ChainruleTables

/// Describes what a model does with columns.
enum ColumnText {
  /// How a column becomes inputs: “a number around 3.8, scale 0.6; missing cells become 3.8”.
  static func coding(_ column: InputColumn) -> String {
    var words: String
    switch column.coding {
    case .number(let scaling):
      words = "\(TextFormat.number(scaling.minimum)) to \(TextFormat.number(scaling.maximum))"
      if scaling.scale != 1 || scaling.center != 0 {
        words += ", centre \(TextFormat.number(scaling.center)), scale \(TextFormat.number(scaling.scale))"
      } else {
        words += ", not scaled"
      }
      words += ", missing cells become \(TextFormat.number(scaling.fill))"
    case .sign(let negative, let positive):
      words = "“\(TextFormat.short(negative))” is −1, “\(TextFormat.short(positive))” is 1"
    case .oneHot(let levels, let poolsRest):
      words = TextFormat.list(levels) + (poolsRest ? "; all others together" : "")
    case .date(let coding):
      words = (["a trend"] + coding.cycles.map(\.name)).joined(separator: ", ")
    }
    if column.hasMissingInput { words += "; an input says “was missing”" }
    return words
  }

  /// What training does with a column of this kind, before it has seen the rows.
  static func treatment(_ kind: ColumnKind) -> String {
    switch kind {
    case .number: "a scaled number"
    case .yesNo: "−1 or 1"
    case .category: "an input for each category (two share one)"
    case .date: "a trend, and the cycles of year, week and day"
    case .identifier, .freeText, .constant, .empty: kind.name
    }
  }

  /// What the target predicts.
  static func target(_ target: TargetEncoding, _ column: String) -> String {
    switch target {
    case .classes(_, let labels): return "\(labels.count) classes: \(TextFormat.list(labels))"
    case .numbers(let targets):
      guard let number = targets.first(where: { $0.name == column }) else { return "a number" }
      return "a number from \(TextFormat.number(number.minimum)) to \(TextFormat.number(number.maximum))"
    }
  }

  /// Why a column is left out, in a few words.
  static func reason(_ reason: LeftOut.Reason) -> String {
    switch reason {
    case .identifier: "identifier"
    case .freeText: "free text"
    case .constant(let value): "always “\(TextFormat.short(value, 20))”"
    case .empty: "empty"
    case .ignored: "ignored"
    case .notChosen: "not in --only"
    }
  }

  /// The columns that are left out, with the reasons.
  static func leftOut(_ columns: [LeftOut]) -> String {
    let words = columns.prefix(8).map { "\(TextFormat.short($0.name)) (\(reason($0.reason)))" }
    return words.joined(separator: ", ") + (columns.count > 8 ? " and \(columns.count - 8) more" : "")
  }
}

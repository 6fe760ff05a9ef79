/// What a column holds, from a network's point of view.
///
/// ```swift
/// let kind = ColumnKind.infer(try table.column(named: "island"))  // .category
/// ```
public enum ColumnKind: Sendable, Equatable {
  /// Numbers.
  case number
  /// Yes and no, in any spelling of those words, or true and false.
  case yesNo
  /// A few different values that repeat.
  case category
  /// Dates or times.
  case date
  /// Numbers or texts that only identify rows: row numbers, keys, names.
  case identifier
  /// Texts that hardly repeat.
  case freeText
  /// The same value in every row.
  case constant
  /// No value in any row.
  case empty

  /// All kinds.
  public static var all: [ColumnKind] {
    [.number, .yesNo, .category, .date, .identifier, .freeText, .constant, .empty]
  }

  /// The kind's name in files and reports.
  public var name: String {
    switch self {
    case .number: "number"
    case .yesNo: "yes/no"
    case .category: "category"
    case .date: "date"
    case .identifier: "identifier"
    case .freeText: "free text"
    case .constant: "constant"
    case .empty: "empty"
    }
  }

  /// Whether such a column is left out, because a network learns nothing general from it.
  public var isLeftOut: Bool {
    switch self {
    case .number, .yesNo, .category, .date: false
    case .identifier, .freeText, .constant, .empty: true
    }
  }
}

/// How to choose the rows to hold out.
public enum SplitRule: Sendable {
  /// Random rows, with each class in proportion.
  case random
  /// The last rows of the table.
  case last
  /// Random whole groups: rows with the same value in this column stay together.
  case group(String)
  /// The latest rows by the dates or numbers in this column.
  case time(String)

  /// Whether held-out rows come after training rows.
  var isOrdered: Bool {
    switch self {
    case .last, .time: true
    case .random, .group: false
    }
  }
}

#if !hasFeature(Embedded)
  extension SplitRule: Equatable {}
#endif

/// How rows are chosen to be held out.
public enum SplitRule: Sendable {
  /// Drawn by the seed, of each class in proportion.
  case random
  /// The last rows of the table.
  case last
  /// Whole groups drawn by the seed: the rows that have the same value in this column stay together.
  case group(String)
  /// The latest rows by the dates or numbers in this column.
  case time(String)
}

#if !hasFeature(Embedded)
  extension SplitRule: Equatable {}
#endif

/// What a file says that a column holds.
public enum DeclaredKind: Sendable, Equatable {
  /// Numbers.
  case numeric
  /// One of some categories, which may look like numbers.
  case nominal
  /// Text.
  case string
  /// Dates.
  case date
}

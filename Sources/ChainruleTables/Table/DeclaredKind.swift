/// A column's type as declared in a file.
public enum DeclaredKind: Sendable, Equatable {
  /// Numbers.
  case numeric
  /// Categories, which may look like numbers.
  case nominal
  /// Text.
  case string
  /// Dates.
  case date
}

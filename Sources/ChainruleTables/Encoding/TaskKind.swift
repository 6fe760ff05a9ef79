/// What a model predicts.
public enum TaskKind: Sendable, Equatable {
  /// One of several classes.
  case classes
  /// One number, or several.
  case numbers

  /// The task's name on the command line and in files.
  public var name: String {
    switch self {
    case .classes: "classes"
    case .numbers: "numbers"
    }
  }
}

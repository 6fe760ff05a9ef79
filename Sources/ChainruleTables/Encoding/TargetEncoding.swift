/// What a network predicts.
public enum TargetEncoding: Sendable {
  /// The class in the column `name`: one of `labels`, which are all different and in the order of the class numbers.
  case classes(name: String, labels: [String])
  /// The numbers in some columns, in this order.
  case numbers([NumberTarget])

  /// The names of the columns.
  public var names: [String] {
    switch self {
    case .classes(let name, _): return [name]
    case .numbers(let targets):
      var names: [String] = []
      for target in targets { names.append(target.name) }
      return names
    }
  }

  /// Classes or numbers.
  public var task: TaskKind {
    switch self {
    case .classes: .classes
    case .numbers: .numbers
    }
  }

  /// The classes; `nil` if the target is a number.
  public var labels: [String]? {
    switch self {
    case .classes(_, let labels): labels
    case .numbers: nil
    }
  }
}

#if !hasFeature(Embedded)
  extension TargetEncoding: Equatable {}
#endif

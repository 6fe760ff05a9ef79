/// How a network's outputs represent the prediction.
public enum OutputForm: Sendable, Equatable {
  /// An output for each target, in units of its scale.
  case numbers
  /// The same, but the outputs are the logarithms of the numbers, for the Poisson loss.
  case logarithms
  /// One output for two classes: the probability of the second.
  case probability
  /// An output for each class: its probability.
  case distribution
  /// One output for two classes, above zero for the second, for the hinge loss.
  case margin

  /// All forms.
  public static var all: [OutputForm] { [.numbers, .logarithms, .probability, .distribution, .margin] }

  /// The form's name in files.
  public var name: String {
    switch self {
    case .numbers: "numbers"
    case .logarithms: "logarithms"
    case .probability: "probability"
    case .distribution: "distribution"
    case .margin: "margin"
    }
  }
}

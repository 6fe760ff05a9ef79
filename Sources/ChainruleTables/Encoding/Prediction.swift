/// A model's prediction for one row.
public enum Prediction: Sendable {
  /// The most probable class, and each class's probability, in the order of the class numbers.
  case label(String, probabilities: [Double])
  /// The numbers in the targets' own units, one for each target.
  case numbers([Double])

  /// The most probable class; `nil` if the model predicts numbers.
  public var label: String? {
    switch self {
    case .label(let label, _): label
    case .numbers: nil
    }
  }

  /// The number, or the first of several; `nil` if the model predicts classes.
  public var number: Double? {
    switch self {
    case .label: nil
    case .numbers(let numbers): numbers.first
    }
  }
}

#if !hasFeature(Embedded)
  extension Prediction: Equatable {}
#endif

/// How wrong one output ŷ is, given the target y that it should have been. A sample's cost is the sum over its outputs.
public enum Cost: Equatable, Sendable {
  /// (ŷ − y)²
  case squaredError
  /// −y · log ŷ − (1 − y) · log(1 − ŷ), where ŷ = σ(z) is the probability of a yes, and y is 1 for yes and 0 for no.
  /// It is computed from z, since −log σ(z) = softplus(−z): so a ŷ that rounds to 0 or 1 never becomes a log(0).
  case negativeLogLikelihood

  /// The cost of what `perceptron` last put out.
  func value(of perceptron: Perceptron, target y: Double) -> Double {
    switch self {
    case .squaredError: (perceptron.output - y) * (perceptron.output - y)
    case .negativeLogLikelihood:
      y * Elementary.softplus(-perceptron.sum) + (1 - y) * Elementary.softplus(perceptron.sum)
    }
  }

  /// The derivative of that cost with respect to the perceptron's sum z. This is where going backward begins.
  func derivative(of perceptron: Perceptron, target y: Double) -> Double {
    switch self {
    case .squaredError: 2 * (perceptron.output - y) * perceptron.slope
    case .negativeLogLikelihood:
      // σ(z) − y, as the slope of the sigmoid cancels out; written with σ(−z) = 1 − σ(z), which keeps the digits near 0.
      (1 - y) * perceptron.output - y * Activation.sigmoid.value(at: -perceptron.sum)
    }
  }
}

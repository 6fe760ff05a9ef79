/// How wrong one output ŷ is, compared with the target y. A sample's loss is the sum over
/// its outputs.
public enum Loss: Equatable, Sendable {
  /// (ŷ − y)²
  case squaredError
  /// −y · log ŷ − (1 − y) · log(1 − ŷ), where ŷ = σ(z) is the probability of a yes, and y
  /// is 1 for yes and 0 for no. It is computed from z, since −log σ(z) = softplus(−z): so a
  /// ŷ that rounds to 0 or 1 never becomes a log(0).
  case negativeLogLikelihood

  /// The loss of a perceptron's latest output.
  func value(of perceptron: Perceptron, target y: Double) -> Double {
    switch self {
    case .squaredError: (perceptron.output - y) * (perceptron.output - y)
    case .negativeLogLikelihood:
      y * Elementary.softplus(-perceptron.sum) + (1 - y) * Elementary.softplus(perceptron.sum)
    }
  }

  /// The derivative of that loss with respect to the perceptron's sum z. This is where
  /// going backward begins.
  func derivative(of perceptron: Perceptron, target y: Double) -> Double {
    switch self {
    case .squaredError: 2 * (perceptron.output - y) * perceptron.slope
    case .negativeLogLikelihood:
      // σ(z) − y: the slope of the sigmoid cancels out. It's written with σ(−z) = 1 − σ(z),
      // which keeps the digits near 0.
      (1 - y) * perceptron.output - y * Activation.sigmoid.value(at: -perceptron.sum)
    }
  }
}

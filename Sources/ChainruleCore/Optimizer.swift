/// How gradients become new weights.
public enum Optimizer: Equatable, Sendable {
  /// Stochastic gradient descent: parameter −= rate · gradient, with one rate for weights and one for biases.
  case sgd(learningRate: Float, biasLearningRate: Float)

  /// Stochastic gradient descent with one rate for all parameters.
  public static func sgd(learningRate: Float) -> Optimizer {
    .sgd(learningRate: learningRate, biasLearningRate: learningRate)
  }
}

/// Perceptrons side by side: they all get the same inputs, and their outputs are the inputs
/// of the next layer.
public struct Layer: Sendable {
  /// The perceptrons, one for each output.
  public var perceptrons: [Perceptron]

  /// A layer of new, random perceptrons.
  public init(
    inputs: Int, perceptrons: Int, activation: Activation,
    using random: inout some RandomNumberGenerator
  ) {
    self.perceptrons = (0..<perceptrons).map { _ in
      Perceptron(inputs: inputs, activation: activation, using: &random)
    }
  }

  /// The outputs of all perceptrons for these inputs.
  public mutating func forward(_ inputs: [Double]) -> [Double] {
    perceptrons.indices.map { perceptrons[$0].forward(inputs) }
  }

  // snippet.backward
  /// Takes the derivatives of the loss with respect to the outputs, and returns those with
  /// respect to the inputs. On the way forward each sum went through an activation, so on
  /// the way back each derivative is multiplied by its slope.
  public mutating func backward(outputDerivatives: [Double]) -> [Double] {
    backward(sumDerivatives: zip(outputDerivatives, perceptrons).map { $0 * $1.slope })
  }

  /// The same, given δ for each sum z. An input reaches the loss through every perceptron,
  /// so what they return adds up.
  public mutating func backward(sumDerivatives: [Double]) -> [Double] {
    var inputDerivatives = [Double](repeating: 0, count: perceptrons[0].weights.count)
    for i in perceptrons.indices {
      let parts = perceptrons[i].backward(sumDerivative: sumDerivatives[i])
      for j in parts.indices { inputDerivatives[j] += parts[j] }
    }
    return inputDerivatives
  }
  // snippet.end
}

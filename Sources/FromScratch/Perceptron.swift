/// One unit of a network: it multiplies inputs by weights, adds them and a bias up to a sum
/// z, and outputs activation(z).
public struct Perceptron: Sendable {
  /// One weight for each input.
  public var weights: [Double]
  /// Added to the weighted inputs.
  public var bias: Double
  /// The function that turns the sum into the output.
  public let activation: Activation
  /// The derivatives of the loss with respect to each weight, added up over the samples
  /// since the last step.
  public private(set) var weightDerivatives: [Double]
  /// The derivative of the loss with respect to the bias, added up in the same way.
  public private(set) var biasDerivative = 0.0
  /// The weighted sum z of the last `forward`.
  public private(set) var sum = 0.0
  private var inputs: [Double] = []
  /// The output of the last `forward`.
  public var output: Double { activation.value(at: sum) }
  /// The derivative of that output with respect to the sum z.
  public var slope: Double { activation.derivative(at: sum) }

  /// A perceptron that starts with random weights and a random bias, all between −1 and 1.
  public init(
    inputs: Int, activation: Activation, using random: inout some RandomNumberGenerator
  ) {
    // 53 random bits, scaled and shifted.
    func uniform() -> Double { Double(random.next() >> 11) * 0x1p-52 - 1 }
    weights = (0..<inputs).map { _ in uniform() }
    bias = uniform()
    self.activation = activation
    weightDerivatives = Array(repeating: 0, count: inputs)
  }

  // snippet.forward
  /// The output for these inputs. Remembers what `backward` will need.
  public mutating func forward(_ inputs: [Double]) -> Double {
    guard inputs.count == weights.count else {
      fatalError("The number of inputs must be the number of weights.")
    }
    self.inputs = inputs
    sum = bias
    for (weight, input) in zip(weights, inputs) { sum += weight * input }
    return activation.value(at: sum)
  }
  // snippet.end

  // snippet.backward
  /// Takes δ, the derivative of the loss with respect to z. Adds δ · input to each weight's
  /// derivative and δ to the bias's; returns δ · weight for each input.
  public mutating func backward(sumDerivative: Double) -> [Double] {
    guard inputs.count == weights.count else { fatalError("Call forward before backward.") }
    for i in weights.indices { weightDerivatives[i] += sumDerivative * inputs[i] }
    biasDerivative += sumDerivative
    return weights.map { sumDerivative * $0 }
  }
  // snippet.end

  // snippet.update
  /// Takes a step against the mean derivatives of `samples` samples, and sets the
  /// derivatives to zero.
  mutating func applyDerivatives(
    samples: Int, learningRate: Double, biasLearningRate: Double, l2: Double
  ) {
    for i in weights.indices {
      let derivative = weightDerivatives[i] / Double(samples) + 2 * l2 * weights[i]
      weights[i] -= learningRate * derivative
      weightDerivatives[i] = 0
    }
    bias -= biasLearningRate * biasDerivative / Double(samples)
    biasDerivative = 0
  }
  // snippet.end
}

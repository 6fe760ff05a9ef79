/// A multilayer perceptron: layer after layer, trained by gradient descent.
///
///     var random = SystemRandomNumberGenerator()
///     var net = MLP(
///       sizes: [2, 8, 1], activations: [.relu, .sigmoid], loss: .negativeLogLikelihood,
///       using: &random)
///     for (inputs, targets) in batch {
///       net.forward(inputs)
///       net.backward(targets: targets)
///     }
///     net.applyDerivatives(learningRate: 0.1)
public struct MLP: Sendable {
  /// The layers, from the first hidden one to the output.
  public var layers: [Layer]
  /// What training makes smaller.
  public let lossFunction: Loss
  /// How many samples have gone backward since the last step.
  public private(set) var samples = 0

  /// A network with random weights. `sizes` holds the number of inputs, then the number of
  /// perceptrons in each layer; `activations` holds one activation for each layer.
  public init(
    sizes: [Int], activations: [Activation], loss: Loss = .squaredError,
    using random: inout some RandomNumberGenerator
  ) {
    guard sizes.count >= 2, sizes.allSatisfy({ $0 > 0 }) else {
      fatalError("Give the number of inputs and at least one layer.")
    }
    guard activations.count == sizes.count - 1 else {
      fatalError("Every layer needs one activation.")
    }
    guard loss == .squaredError || activations.last == .sigmoid else {
      fatalError("The log likelihood needs a sigmoid output.")
    }
    layers = activations.indices.map {
      Layer(
        inputs: sizes[$0], perceptrons: sizes[$0 + 1], activation: activations[$0],
        using: &random)
    }
    lossFunction = loss
  }

  // snippet.forward
  /// The outputs for these inputs: each layer works on what the one before it put out.
  @discardableResult public mutating func forward(_ inputs: [Double]) -> [Double] {
    var values = inputs
    for i in layers.indices { values = layers[i].forward(values) }
    return values
  }
  // snippet.end

  /// The loss of the last `forward`, whose outputs should have been `targets`.
  public func loss(targets: [Double]) -> Double {
    outputs(with: targets).map { lossFunction.value(of: $0, target: $1) }.reduce(0, +)
  }

  /// What L2 regularisation adds to the loss: `l2` · Σ w². It makes large weights
  /// expensive; biases are free.
  public func penalty(l2: Double) -> Double {
    layers.flatMap { $0.perceptrons.flatMap { $0.weights } }.reduce(0) { $0 + l2 * $1 * $1 }
  }

  // snippet.backward
  /// Sends the derivatives of the loss back through the layers. There they add up, sample
  /// after sample.
  public mutating func backward(targets: [Double]) {
    let sumDerivatives = outputs(with: targets).map {
      lossFunction.derivative(of: $0, target: $1)
    }
    var derivatives = layers[layers.count - 1].backward(sumDerivatives: sumDerivatives)
    for i in layers.indices.dropLast().reversed() {
      derivatives = layers[i].backward(outputDerivatives: derivatives)
    }
    samples += 1
  }
  // snippet.end

  // snippet.update
  /// Takes one step against the mean derivatives of the samples since the last step, and
  /// sets the derivatives to zero. `biasLearningRate` is the same as `learningRate` unless
  /// given. With `l2`, the step also lowers the penalty.
  public mutating func applyDerivatives(
    learningRate: Double, biasLearningRate: Double? = nil, l2: Double = 0
  ) {
    guard samples > 0 else { fatalError("Call backward before applyDerivatives.") }
    for i in layers.indices {
      for j in layers[i].perceptrons.indices {
        layers[i].perceptrons[j].applyDerivatives(
          samples: samples, learningRate: learningRate,
          biasLearningRate: biasLearningRate ?? learningRate, l2: l2)
      }
    }
    samples = 0
  }
  // snippet.end

  /// The perceptrons of the last layer, each with its target.
  private func outputs(with targets: [Double]) -> Zip2Sequence<[Perceptron], [Double]> {
    let perceptrons = layers[layers.count - 1].perceptrons
    guard targets.count == perceptrons.count else {
      fatalError("The number of targets must be the number of outputs.")
    }
    return zip(perceptrons, targets)
  }
}

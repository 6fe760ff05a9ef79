import ChainruleCore
import FromScratch

/// FromScratch's network, with the weights of the fast engine's.
struct Oracle {
  var mlp: FromScratch.MLP

  init(_ network: Network, loss: ChainruleCore.Loss) {
    let schema = network.schema
    var random = RandomSource(seed: 1)
    mlp = FromScratch.MLP(
      sizes: [schema.inputs] + schema.layers.map(\.perceptrons),
      activations: schema.layers.map { Oracle.activation($0.activation) },
      loss: loss == .binaryCrossEntropy ? .negativeLogLikelihood : .squaredError, using: &random)
    for layer in schema.layers.indices {
      let weights = network.weights(ofLayer: layer)
      let biases = network.biases(ofLayer: layer)
      let inputs = weights.count / biases.count
      for i in biases.indices {
        mlp.layers[layer].perceptrons[i].weights = weights[(i * inputs)..<((i + 1) * inputs)].map(Double.init)
        mlp.layers[layer].perceptrons[i].bias = Double(biases[i])
      }
    }
  }

  /// Runs a batch forward and backward; returns the outputs and the mean loss.
  mutating func differentiate(inputs: [Float], targets: [Float], rows: Int) -> (outputs: [Double], loss: Double) {
    let inputCount = inputs.count / rows
    let targetCount = targets.count / rows
    var outputs: [Double] = []
    var loss = 0.0
    for row in 0..<rows {
      let x = inputs[(row * inputCount)..<((row + 1) * inputCount)].map(Double.init)
      let y = targets[(row * targetCount)..<((row + 1) * targetCount)].map(Double.init)
      outputs += mlp.forward(x)
      loss += mlp.loss(targets: y)
      mlp.backward(targets: y)
    }
    return (outputs, loss / Double(rows))
  }

  func weights(ofLayer layer: Int) -> [Double] { mlp.layers[layer].perceptrons.flatMap(\.weights) }
  func biases(ofLayer layer: Int) -> [Double] { mlp.layers[layer].perceptrons.map(\.bias) }

  /// Mean derivatives over the samples since the last step.
  func weightGradients(ofLayer layer: Int) -> [Double] {
    mlp.layers[layer].perceptrons.flatMap(\.weightDerivatives).map { $0 / Double(mlp.samples) }
  }
  func biasGradients(ofLayer layer: Int) -> [Double] {
    mlp.layers[layer].perceptrons.map { $0.biasDerivative / Double(mlp.samples) }
  }

  private static func activation(_ activation: ChainruleCore.Activation) -> FromScratch.Activation {
    switch activation {
    case .linear: .linear
    case .relu: .relu
    case .leakyReLU(let slope): .leakyReLU(slope: Double(slope))
    case .sigmoid: .sigmoid
    case .tanh: .tanh
    default: preconditionFailure("FromScratch has no \(activation.name)")
    }
  }
}

/// Whether two arrays agree within `tolerance`, relative to the larger of their largest value and `floor`.
func agree(_ found: [Float], _ expected: [Double], tolerance: Double, floor: Double = 1e-2) -> Bool {
  guard found.count == expected.count else { return false }
  let scale = max(floor, expected.map(abs).max() ?? 0)
  return zip(found, expected).allSatisfy { abs(Double($0) - $1) <= tolerance * scale }
}

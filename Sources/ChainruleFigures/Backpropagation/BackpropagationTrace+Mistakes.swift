import ChainruleCore

/// The mistakes that people make when they write backpropagation themselves. Going backward wrongly is done here, by plain
/// loops; going backward rightly is left to the engine.
extension BackpropagationTrace {
  /// What goes wrong.
  public enum Mistake: Int, Sendable {
    /// Nothing.
    case none
    /// The slopes of the hidden activations are left out.
    case slopes
    /// The gradients of the step before aren't set to zero, so the new ones are added to them.
    case zeroing
    /// Where paths meet, `=` stands where `+=` belongs: only the last path counts.
    case overwriting
  }

  /// The slope of each perceptron's activation, from its output; 1 for the inputs, and for hidden perceptrons if slopes are
  /// forgotten.
  static func slopes(of network: Network, values: [Float], inputs: Int, _ mistake: Mistake) -> [Float] {
    var slopes = [Float](repeating: 1, count: inputs)
    for (index, layer) in network.schema.layers.enumerated() {
      let isForgotten = mistake == .slopes && index < network.schema.layers.count - 1
      for _ in 0..<layer.perceptrons {
        let a = values[slopes.count]
        switch layer.activation {
        case .tanh where !isForgotten: slopes.append(1 - a * a)
        case .sigmoid where !isForgotten: slopes.append(a * (1 - a))
        case .relu where !isForgotten && a == 0: slopes.append(0)
        default: slopes.append(1)
        }
      }
    }
    return slopes
  }

  /// δ of each perceptron, from the output's on; `loss` is ∂L/∂ŷ.
  static func deltas(sizes: [Int], weights: [Float], slopes: [Float], loss: Float, _ mistake: Mistake) -> [Float] {
    var deltas = [Float](repeating: 0, count: slopes.count)
    var end = slopes.count - 1
    deltas[end] = loss * slopes[end]
    var weight = weights.count
    for layer in (1..<(sizes.count - 1)).reversed() {
      // The layer behind: its perceptrons from `end` on, and their weights.
      let next = sizes[layer + 1]
      weight -= next * (sizes[layer] + 1)
      for j in 0..<sizes[layer] {
        var sum: Float = 0
        for k in 0..<next {
          let part = weights[weight + k * (sizes[layer] + 1) + j] * deltas[end + k]
          sum = mistake == .overwriting ? part : sum + part
        }
        let number = end - sizes[layer] + j
        deltas[number] = sum * slopes[number]
      }
      end -= sizes[layer]
    }
    return deltas
  }

  /// Puts weights and biases that stand perceptron by perceptron into a network.
  static func set(_ rows: [Float], in network: inout Network) {
    var place = 0
    for layer in network.schema.layers.indices {
      var weights: [Float] = []
      var biases: [Float] = []
      let inputs = network.weights(ofLayer: layer).count / network.schema.layers[layer].perceptrons
      for _ in 0..<network.schema.layers[layer].perceptrons {
        weights += rows[place..<(place + inputs)]
        biases.append(rows[place + inputs])
        place += inputs + 1
      }
      network.setWeights(weights, ofLayer: layer)
      network.setBiases(biases, ofLayer: layer)
    }
  }
}

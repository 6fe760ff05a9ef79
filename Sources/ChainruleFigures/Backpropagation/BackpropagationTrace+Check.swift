import FromScratch

/// The engine's gradients beside measured ones.
extension BackpropagationTrace {
  /// One weight's gradient, found in two ways.
  public struct Comparison {
    /// Which weight, of all of them.
    public var weight = 0
    /// The number of its perceptron.
    public var number = 0
    /// What the loss said when the weight was moved.
    public var measured: Float = 0
    /// How far that is from what going backward found.
    public var difference: Float = -1

    /// Whether the two disagree by more than rounding.
    public var isWrong: Bool { difference > 1e-4 * (1 + measured.magnitude) }
  }

  /// The worst comparison of all: each weight and bias is moved a little to both sides, and the loss is computed anew.
  public func check() -> Comparison {
    // So little that the loss is nearly straight, so much that its digits are enough.
    let distance = 1e-5
    var worst = Comparison()
    for weight in weights.indices {
      let (number, up) = loss(moving: weight, by: distance)
      let measured = (up - loss(moving: weight, by: -distance).loss) / (2 * distance)
      let difference = Float((measured - Double(gradients[weight])).magnitude)
      if difference > worst.difference {
        worst = Comparison(weight: weight, number: number, measured: Float(measured), difference: difference)
      }
    }
    return worst
  }

  /// The loss with one weight moved, in `Double`, by a forward pass that shares no code with the engine; and the number of
  /// the perceptron that the weight belongs to.
  private func loss(moving moved: Int, by distance: Double) -> (number: Int, loss: Double) {
    var values: [Double] = []
    for input in sample.inputs { values.append(Double(input)) }
    var owner = 0
    var weight = 0
    var first = 0
    for layer in 1..<sizes.count {
      let activation = reference(layer)
      for _ in 0..<sizes[layer] {
        var sum: Double = 0
        for i in 0...sizes[layer - 1] {
          let shift = weight == moved ? distance : 0
          if weight == moved { owner = values.count }
          sum += (Double(weights[weight]) + shift) * (i == sizes[layer - 1] ? 1 : values[first + i])
          weight += 1
        }
        values.append(activation.value(at: sum))
      }
      first += sizes[layer - 1]
    }
    let error = values[values.count - 1] - Double(sample.target)
    return (owner, error * error)
  }

  private func reference(_ layer: Int) -> FromScratch.Activation {
    switch activation(Node(layer: layer, index: 0)) {
    case .tanh: .tanh
    case .sigmoid: .sigmoid
    case .relu: .relu
    default: .linear
    }
  }
}

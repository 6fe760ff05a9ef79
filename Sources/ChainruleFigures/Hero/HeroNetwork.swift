import ChainruleCore
import ChainruleKernels
import FromScratch

/// The network at the top of the page: the course's own `MLP`, trained by plain gradient descent on all points at once, and
/// a picture of what each perceptron gives over the plane.
struct HeroNetwork {
  /// The inputs, two hidden layers of tanh, and one sigmoid.
  static let sizes = [2, 4, 3, 1]
  /// The nodes along each side of a picture.
  static let side = 33
  /// How far the pictures reach from the middle.
  static let reach: Float = 1.1

  private(set) var mlp: MLP
  /// A picture for each perceptron, layer by layer, the inputs first: 0 for the lowest output, 255 for the highest.
  private(set) var pictures: [[UInt8]] = []
  /// The probability of the first class at each node, row by row from the top.
  private(set) var probabilities: [Float] = []

  init(seed: UInt64) {
    var random = RandomSource(seed: seed)
    mlp = MLP(
      sizes: HeroNetwork.sizes, activations: [.tanh, .tanh, .sigmoid], loss: .negativeLogLikelihood, using: &random)
  }

  /// The weight of a connection to a perceptron of `layer`, 1 being the first hidden one.
  func weight(layer: Int, to: Int, from: Int) -> Float {
    Float(mlp.layers[layer - 1].perceptrons[to].weights[from])
  }

  /// The probability of the first class at a place.
  func probability(at place: Point) -> Double {
    var copy = mlp
    return copy.forward([Double(place.x), Double(place.y)])[0]
  }

  /// Takes one step of gradient descent on all samples; returns their mean loss before it, and how many were right.
  mutating func learn(_ samples: [Sample], learningRate: Double) -> (loss: Float, correct: Int) {
    var (loss, correct) = (0.0, 0)
    for sample in samples {
      let target = [sample.kind == 0 ? 1.0 : 0.0]
      let output = mlp.forward([Double(sample.place.x), Double(sample.place.y)])[0]
      loss += mlp.loss(targets: target)
      if (output > 0.5) == (sample.kind == 0) { correct += 1 }
      mlp.backward(targets: target)
    }
    if samples.isEmpty { return (0, 0) }
    mlp.applyDerivatives(learningRate: learningRate)
    return (Float(loss) / Float(samples.count), correct)
  }

  /// Goes a share of the way from its weights to those of another network.
  mutating func approach(_ other: HeroNetwork, by share: Double) {
    for i in mlp.layers.indices {
      for j in mlp.layers[i].perceptrons.indices {
        let goal = other.mlp.layers[i].perceptrons[j]
        for k in goal.weights.indices {
          let weight = mlp.layers[i].perceptrons[j].weights[k]
          mlp.layers[i].perceptrons[j].weights[k] = weight + (goal.weights[k] - weight) * share
        }
        let bias = mlp.layers[i].perceptrons[j].bias
        mlp.layers[i].perceptrons[j].bias = bias + (goal.bias - bias) * share
      }
    }
  }

  // MARK: Pictures

  /// Computes all pictures anew, layer by layer for the whole plane at once.
  mutating func picture() {
    let (side, reach) = (HeroNetwork.side, HeroNetwork.reach)
    var planes: [[Float]] = [[], []]
    for row in 0..<side {
      for column in 0..<side {
        planes[0].append((2 * Float(column) / Float(side - 1) - 1) * reach)
        planes[1].append((1 - 2 * Float(row) / Float(side - 1)) * reach)
      }
    }
    pictures = planes.map { HeroNetwork.levels($0, from: -reach, to: reach) }
    for (i, layer) in mlp.layers.enumerated() {
      let isLast = i == mlp.layers.count - 1
      let outputs = layer.perceptrons.map { HeroNetwork.plane($0, of: planes, isLast: isLast) }
      pictures += outputs.map { HeroNetwork.levels($0, from: isLast ? 0 : -1, to: 1) }
      planes = outputs
    }
    probabilities = planes[0]
  }

  /// What a perceptron gives for every node.
  private static func plane(_ perceptron: Perceptron, of planes: [[Float]], isLast: Bool) -> [Float] {
    var sums = [Float](repeating: Float(perceptron.bias), count: planes[0].count)
    for (plane, weight) in zip(planes, perceptron.weights) {
      let weight = Float(weight)
      for i in sums.indices { sums[i] += weight * plane[i] }
    }
    // σ(z) = ½ + ½ tanh(½ z)
    for i in sums.indices {
      sums[i] = isLast ? 0.5 + 0.5 * PortableMath.tanh(0.5 * sums[i]) : PortableMath.tanh(sums[i])
    }
    return sums
  }

  private static func levels(_ values: [Float], from low: Float, to high: Float) -> [UInt8] {
    values.map { UInt8(min(max(($0 - low) / (high - low), 0), 1) * 255 + 0.5) }
  }
}

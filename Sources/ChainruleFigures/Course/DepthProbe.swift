import ChainruleCore
import ChainruleKernels

/// A deep network before its first step: how far its outputs spread on the way forward, and how large δ is, the derivative of
/// a sample's loss with respect to a perceptron's sum, on the way back.
///
/// Every layer has 16 perceptrons, the last one has 1. It is given 64 samples of 16 normal numbers each, and a normal number to
/// learn for each. The numbers are doubles: what explodes can be shown.
struct DepthProbe {
  static let width = 16
  static let samples = 64
  /// What a hidden layer computes from its inputs x.
  enum Kind: Int {
    /// f(z), with z = W x + b.
    case plain
    /// x + f(z): a residual connection (He et al. 2016).
    case residual
    /// f(ẑ), where ẑ is z less its mean over the layer, divided by its standard deviation (Ba, Kiros and Hinton 2016).
    case normalized
  }

  /// What δ has become.
  enum State {
    case healthy, uneven, vanishing, exploding
  }

  /// The activations to choose from.
  static let activations: [Activation] = [.sigmoid, .tanh, .relu, .leakyReLU()]

  /// How far each layer's outputs for the samples lie apart: the root mean square, over perceptrons, of the standard deviation
  /// over samples.
  private(set) var spreads: [Float] = []
  /// The root mean square of δ over each layer's perceptrons and all samples.
  private(set) var deltas: [Float] = []
  /// Each hidden layer's ReLUs that give 0 for every sample.
  private(set) var dead: [Int] = []
  /// The fingerprint of the network.
  let fingerprint: UInt64

  /// Follows a network of `depth` layers with the activation of a number in ``activations``.
  init(depth: Int, activation: Int, initializer: Initializer, kind: Kind, seed: UInt64) {
    let width = DepthProbe.width
    var layers = [Schema.Layer](repeating: .init(width, DepthProbe.activations[activation]), count: depth)
    layers[depth - 1] = .init(1)
    let network = Network(try! Schema(inputs: width, layers: layers), initializer: initializer, seed: seed)
    fingerprint = network.fingerprint

    // A row's last number is its target.
    var numbers = RandomSource(seed: 64)
    var values: [Double] = []
    var targets: [Double] = []
    for _ in 0..<DepthProbe.samples {
      for _ in 0..<width { values.append(Double(numbers.normal())) }
      targets.append(Double(numbers.normal()))
    }

    // Forward. A hidden layer keeps f′ and, if it is normalized, ẑ and 1/σ.
    var passes: [LayerPass] = []
    for layer in 0..<depth {
      let pass = LayerPass(
        weights: network.weights(ofLayer: layer), biases: network.biases(ofLayer: layer), inputs: values,
        activation: layer == depth - 1 ? -1 : activation, kind: kind)
      values = pass.outputs
      spreads.append(pass.spread)
      if layer < depth - 1 { dead.append(activation == 2 ? pass.dead : 0) }
      passes.append(pass)
    }

    // Backward: L = (ŷ − y)² for each sample.
    var slopes: [Double] = []
    for (row, value) in values.enumerated() { slopes.append(2 * (value - targets[row])) }
    deltas = [Float](repeating: 0, count: depth)
    for layer in (0..<depth).reversed() {
      deltas[layer] = passes[layer].goBack(&slopes)
    }
  }

  /// The first layer's δ, divided by the last one's.
  var ratio: Float { deltas[0] / deltas[deltas.count - 1] }

  /// The smallest and the largest of the layers' δ.
  var range: (least: Float, most: Float) {
    var (least, most): (Float, Float) = (.infinity, 0)
    for delta in deltas { (least, most) = (min(least, delta), max(most, delta)) }
    return (least, most)
  }

  /// Healthy is everything from 0.01 to 100. What lies outside by no more than a factor of a hundred is uneven.
  var state: State {
    let (least, most) = range
    if least >= 0.01 && most <= 100 { return .healthy }
    if least >= 0.0001 && most <= 10_000 { return .uneven }
    // Whichever is further out.
    return least * most < 1 ? .vanishing : .exploding
  }
}

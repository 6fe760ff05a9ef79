import ChainruleCore
import ChainruleKernels

/// A deep network before its first step: how far its outputs spread on the way forward, and how large the gradient is that
/// comes back to each layer.
///
/// Every layer has 16 perceptrons, the last one has 1. It is given 64 samples of 16 normal numbers each, and as many normal
/// numbers to learn, all as one batch.
struct DepthProbe {
  static let width = 16
  static let samples = 64

  let depth: Int
  /// How far each layer's outputs for the samples lie apart; infinite where they are no numbers any more.
  private(set) var spreads: [Float] = []
  /// The root mean square of the derivatives by each layer's weights and biases; infinite where they are no numbers.
  private(set) var gradients: [Float] = []
  /// Each layer's ReLUs that give 0 for every sample.
  private(set) var dead: [Int] = []
  /// The fingerprint of the network.
  let fingerprint: UInt64

  init(depth: Int, activation: Activation, initializer: Initializer, seed: UInt64) {
    self.depth = depth
    var layers = [Schema.Layer](repeating: .init(DepthProbe.width, activation), count: depth)
    layers[depth - 1] = .init(1)
    let schema = try! Schema(inputs: DepthProbe.width, layers: layers)
    let network = Network(schema, initializer: initializer, seed: seed)
    fingerprint = network.fingerprint
    let rows = DepthProbe.samples
    let step = TrainingStep(schema: schema, loss: .squaredError, batchCapacity: rows, kernels: .course)
    // An infinite loss has no gradient. One that is too large for a step was computed all the same.
    var hasGradient = true
    do throws(TrainingError) {
      // A row's last number is its target.
      var numbers = RandomSource(seed: 64)
      var inputs: [Float] = []
      var targets: [Float] = []
      for _ in 0..<rows {
        for _ in 0..<DepthProbe.width { inputs.append(numbers.normal()) }
        targets.append(numbers.normal())
      }
      try step.differentiate(network, inputs: inputs, targets: targets, rows: rows)
    } catch {
      if case .nonFinite(let found) = error { hasGradient = found.quantity == .gradients }
    }
    for layer in 0..<depth {
      let report = step.report(ofLayer: layer, rows: rows)
      let gradient = report.gradientRootMeanSquare
      spreads.append(report.sampleDeviation.isFinite ? report.sampleDeviation : .infinity)
      gradients.append(hasGradient && gradient.isFinite ? gradient : .infinity)
      dead.append(report.deadUnits)
    }
  }

  /// The first layer's gradient, divided by the last one's.
  var ratio: Float { gradients[0] / gradients[depth - 1] }

  /// The largest of the layers' gradients.
  var largest: Float {
    var largest: Float = 0
    for gradient in gradients { largest = max(largest, gradient) }
    return largest
  }

  /// Whether every layer can learn, and at about the same rate.
  var isAlive: Bool { largest <= 1_000 && ratio >= 0.001 && ratio <= 100 }
}

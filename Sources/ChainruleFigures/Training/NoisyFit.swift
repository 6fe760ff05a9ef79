import ChainruleCore
import ChainruleKernels

/// A network that is far too large for twelve noisy points, in training on them, while others are kept back.
///
/// The net is `[1, [32, "tanh"], [32, "tanh"], 1]` with weights uniform in (−1, 1), which can bend a lot; momentum with a rate of
/// 0.01 trains it on all points at once.
final class NoisyFit {
  /// The greatest input; the least is its negative.
  static let reach: Float = 3.6
  /// The weights of the net, biases apart.
  static let weightCount = 32 + 32 * 32 + 32
  private static let optimizer = Optimizer.momentum(learningRate: 0.01)

  /// Twelve points to learn from.
  let training: Dataset
  /// Twenty-four that take no part in it.
  let validation: Dataset
  private(set) var network: Network
  private(set) var trainingHistory = LossHistory()
  private(set) var validationHistory = LossHistory()
  private(set) var trainingLoss: Float
  private(set) var validationLoss: Float
  private let step: TrainingStep
  private var state: StepState

  /// A fit that is about to begin: weights and points are fixed by a seed each.
  init(seed: UInt64, points: UInt64) {
    var random = RandomSource(seed: points)
    training = NoisyFit.draw(12, &random)
    validation = NoisyFit.draw(24, &random)
    let schema = try! Schema(inputs: 1, layers: [.init(32, .tanh), .init(32, .tanh), .init(1)])
    network = Network(schema, initializer: .uniform(), seed: seed)
    step = TrainingStep(schema: schema, loss: .squaredError, batchCapacity: 64, kernels: .course)
    state = StepState(for: schema, optimizer: NoisyFit.optimizer)
    trainingLoss = step.meanLoss(network, on: training)
    validationLoss = step.meanLoss(network, on: validation)
    remember()
  }

  /// What the points are samples of.
  static func curve(_ x: Float) -> Float {
    let t = x / reach
    return 2.1 * t * (1 - t * t)
  }

  /// Points in equal stretches, each anywhere in the middle of its own, with noise of standard deviation ¼.
  private static func draw(_ count: Int, _ random: inout RandomSource) -> Dataset {
    var inputs: [Float] = []
    var targets: [Float] = []
    for i in 0..<count {
      let x = reach * (2 * (Float(i) + random.uniform(0.1, 0.9)) / Float(count) - 1)
      inputs.append(x)
      targets.append(curve(x) + 0.25 * random.normal())
    }
    return Dataset(inputs: inputs, targets: targets)
  }

  private func remember() {
    trainingHistory.add(trainingLoss)
    validationHistory.add(validationLoss)
  }

  var steps: Int { state.steps }

  /// Takes a step. Returns whether it could: numbers may grow without bounds.
  func train(_ regularizer: Regularizer) -> Bool {
    do throws(TrainingError) {
      try step.train(
        &network, state: &state, inputs: training.inputs, targets: training.targets, rows: training.count,
        optimizer: NoisyFit.optimizer, regularizer: regularizer)
    } catch {
      return false
    }
    trainingLoss = step.meanLoss(network, on: training)
    validationLoss = step.meanLoss(network, on: validation)
    remember()
    return true
  }

  /// The network's outputs.
  func predict(_ inputs: [Float]) -> [Float] {
    var outputs = inputs
    step.predict(network, inputs: inputs, rows: inputs.count, into: &outputs)
    return outputs
  }

  /// How many weights stand in each of some bins of equal width, the middle one around 0; the outermost hold what lies
  /// beyond, too.
  func histogram(bins: Int, width: Float) -> [Int] {
    var counts = [Int](repeating: 0, count: bins)
    for layer in network.schema.layers.indices {
      for weight in network.weights(ofLayer: layer) {
        let place = min(max(weight / width + Float(bins) / 2, 0), Float(bins - 1))
        counts[Int(place)] += 1
      }
    }
    return counts
  }
}

import ChainruleCore
import ChainruleKernels

/// A network that is far too large for its noisy points, in training on them, while others are kept back.
///
/// The net is `[1, [32, "tanh"], [32, "tanh"], 1]` with weights uniform in (−1, 1), which can bend a lot; momentum with a rate of
/// 0.01 trains it on all points at once.
final class NoisyFit {
  /// The greatest input; the least is its negative.
  static let reach: Float = 3.6
  /// The weights of the net, biases apart.
  static let weightCount = 32 + 32 * 32 + 32
  /// Training ends here: there is nothing more to see.
  static let mostSteps = 50_000
  private static let optimizer = Optimizer.momentum(learningRate: 0.01)

  /// A network at some step, and its losses without a penalty.
  struct Snapshot {
    var step: Int
    var network: Network
    var trainingLoss: Float
    var validationLoss: Float
  }

  /// Points to learn from: twelve, or four times as many.
  let training: Dataset
  /// Twenty-four that take no part in it.
  let validation: Dataset
  /// The network as it is now.
  private(set) var latest: Snapshot
  /// The network at the step with the smallest validation loss so far.
  private(set) var best: Snapshot
  /// The losses at the start and after each step, as far as they are kept.
  private(set) var trainingLosses: [Float] = []
  private(set) var validationLosses: [Float] = []
  private let step: TrainingStep
  private var state: StepState

  /// A fit that is about to begin: weights and points are fixed by a seed each. The larger set contains the smaller one.
  init(seed: UInt64, points: UInt64, isLarge: Bool) {
    var random = RandomSource(seed: points)
    var (inputs, targets) = NoisyFit.draw(12, &random)
    let kept = NoisyFit.draw(24, &random)
    if isLarge {
      let more = NoisyFit.draw(36, &random)
      inputs += more.inputs
      targets += more.targets
    }
    training = Dataset(inputs: inputs, targets: targets)
    validation = Dataset(inputs: kept.inputs, targets: kept.targets)
    let schema = try! Schema(inputs: 1, layers: [.init(32, .tanh), .init(32, .tanh), .init(1)])
    let network = Network(schema, initializer: .uniform(), seed: seed)
    step = TrainingStep(schema: schema, loss: .squaredError, batchCapacity: 64, kernels: .course)
    state = StepState(for: schema, optimizer: NoisyFit.optimizer)
    latest = Snapshot(
      step: 0, network: network, trainingLoss: step.meanLoss(network, on: training),
      validationLoss: step.meanLoss(network, on: validation))
    best = latest
    remember()
  }

  /// What the points are samples of.
  static func curve(_ x: Float) -> Float {
    let t = x / reach
    return 2.1 * t * (1 - t * t)
  }

  /// Points in equal stretches, each anywhere in the middle of its own, with noise of standard deviation ¼.
  private static func draw(_ count: Int, _ random: inout RandomSource) -> (inputs: [Float], targets: [Float]) {
    var inputs: [Float] = []
    var targets: [Float] = []
    for i in 0..<count {
      let x = reach * (2 * (Float(i) + random.uniform(0.1, 0.9)) / Float(count) - 1)
      inputs.append(x)
      targets.append(curve(x) + 0.25 * random.normal())
    }
    return (inputs, targets)
  }

  private func remember() {
    trainingLosses.append(latest.trainingLoss)
    validationLosses.append(latest.validationLoss)
    if latest.validationLoss < best.validationLoss { best = latest }
  }

  /// Takes a step. Returns whether it could: numbers may grow without bounds, and training has an end.
  func train(_ regularizer: Regularizer) -> Bool {
    if latest.step >= NoisyFit.mostSteps { return false }
    do throws(TrainingError) {
      try step.train(
        &latest.network, state: &state, inputs: training.inputs, targets: training.targets, rows: training.count,
        optimizer: NoisyFit.optimizer, regularizer: regularizer)
    } catch {
      return false
    }
    latest.step = state.steps
    latest.trainingLoss = step.meanLoss(latest.network, on: training)
    latest.validationLoss = step.meanLoss(latest.network, on: validation)
    remember()
    return true
  }

  /// The loss of the true curve on the points that were kept back: no network can count on doing better.
  var trueLoss: Float {
    var sum: Float = 0
    for i in 0..<validation.count {
      let gap = NoisyFit.curve(validation.inputs[i]) - validation.targets[i]
      sum += gap * gap / Float(validation.count)
    }
    return sum
  }

  /// A network's outputs.
  func predict(_ network: Network, _ inputs: [Float]) -> [Float] {
    var outputs = inputs
    step.predict(network, inputs: inputs, rows: inputs.count, into: &outputs)
    return outputs
  }

  /// How many of a network's weights stand in each of some bins of equal width, the middle one around 0; the outermost hold
  /// what lies beyond, too.
  static func histogram(_ network: Network, bins: Int, width: Float) -> [Int] {
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

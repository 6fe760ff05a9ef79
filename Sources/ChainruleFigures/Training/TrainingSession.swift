import ChainruleCore

/// A network in training on samples that may change between steps. What it becomes depends on the seed, the settings, the
/// samples and the number of steps, and on nothing else.
final class TrainingSession {
  /// What does not change during a figure's life.
  struct Task {
    let schema: Schema
    let loss: Loss
    /// Samples drawn at random, with replacement, for each step.
    let batchSize: Int
    /// The network that belongs to a seed.
    let start: (_ seed: UInt64) -> Network
    /// Writes a sample's inputs.
    let inputs: (_ sample: Sample, _ values: inout [Float], _ offset: Int) -> Void
    /// A sample's target.
    let target: (_ sample: Sample) -> Float
  }

  let task: Task
  var learningRate: Float
  var l2: Float
  private(set) var seed: UInt64
  private(set) var network: Network
  private(set) var steps = 0
  private(set) var history = LossHistory()
  /// Why training stopped, if it did.
  private(set) var failure: TrainingError?
  /// Counts up with every change of the network.
  private(set) var changes = 0

  private let step: TrainingStep
  private var random: RandomSource
  private var inputs: [Float]
  private var targets: [Float]

  init(task: Task, learningRate: Float, l2: Float, seed: UInt64) {
    self.task = task
    self.learningRate = learningRate
    self.l2 = l2
    self.seed = seed
    network = task.start(seed)
    step = TrainingStep(schema: task.schema, loss: task.loss, batchCapacity: max(task.batchSize, 64))
    random = TrainingSession.sampling(seed)
    inputs = [Float](repeating: 0, count: task.batchSize * task.schema.inputs)
    targets = [Float](repeating: 0, count: task.batchSize)
  }

  /// The batches' random numbers: fixed by the seed too, but others than the weights'.
  private static func sampling(_ seed: UInt64) -> RandomSource { RandomSource(seed: seed ^ 0x5eed) }

  /// Starts again: the network of `seed`, and the batches that belong to it.
  func restart(seed: UInt64) {
    self.seed = seed
    network = task.start(seed)
    random = TrainingSession.sampling(seed)
    steps = 0
    history = LossHistory()
    failure = nil
    changes += 1
  }

  /// Takes some steps, each on a batch of samples; does nothing without samples, or after a failure.
  ///
  /// If a number stops being finite, ``failure`` says at which step, and network and steps are those from before the call.
  func train(on samples: [Sample], steps count: Int) {
    if samples.isEmpty || failure != nil || count < 1 { return }
    let good = (network: network, steps: steps)
    do throws(TrainingError) {
      for _ in 0..<count { try takeStep(on: samples) }
      // The last update may have gone too far, which the next batch would be the first to show.
      if !evaluate(samples).loss.isFinite {
        throw .nonFiniteLoss(of: task.schema, step: steps)
      }
    } catch {
      failure = error
      network = good.network
      steps = good.steps
    }
    changes += 1
  }

  private func takeStep(on samples: [Sample]) throws(TrainingError) {
    let width = task.schema.inputs
    for row in 0..<task.batchSize {
      let sample = samples[random.index(below: samples.count)]
      task.inputs(sample, &inputs, row * width)
      targets[row] = task.target(sample)
    }
    do throws(TrainingError) {
      let loss = try step.train(
        &network, inputs: inputs, targets: targets, rows: task.batchSize,
        optimizer: .sgd(learningRate: learningRate), regularizer: Regularizer(l2: l2))
      steps += 1
      history.add(loss)
    } catch {
      throw error.atStep(steps + 1)
    }
  }

  /// The network's output for each row of `inputs`, (rows, inputs), in an array that is used again from call to call.
  func predict(_ inputs: [Float], into outputs: inout [Float]) {
    let rows = inputs.count / task.schema.inputs
    if outputs.count != rows { outputs = [Float](repeating: 0, count: rows) }
    step.predict(network, inputs: inputs, rows: rows, into: &outputs)
  }

  /// The mean loss over all samples, and how many of them are on the right side of one half; zeros without samples.
  func evaluate(_ samples: [Sample]) -> (loss: Float, correct: Int) {
    if samples.isEmpty { return (0, 0) }
    let width = task.schema.inputs
    var inputs = [Float](repeating: 0, count: samples.count * width)
    var targets = [Float](repeating: 0, count: samples.count)
    for (row, sample) in samples.enumerated() {
      task.inputs(sample, &inputs, row * width)
      targets[row] = task.target(sample)
    }
    let data = Dataset(inputs: inputs, targets: targets, inputCount: width, targetCount: 1)
    let loss = step.meanLoss(network, on: data)
    var found: [Float] = []
    predict(inputs, into: &found)
    var correct = 0
    for row in 0..<samples.count where (found[row] > 0.5) == (targets[row] > 0.5) { correct += 1 }
    return (loss, correct)
  }
}

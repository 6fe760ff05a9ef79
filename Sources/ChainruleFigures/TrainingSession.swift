import ChainruleCore
import ChainruleKernels

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

  private let step: TrainingStep
  private var random: RandomSource
  private var inputs: [Float]
  private var targets: [Float]
  private var outputs: [Float] = []

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

  /// The batches' random numbers are not the weights': the same seed starts both, one number apart.
  private static func sampling(_ seed: UInt64) -> RandomSource { RandomSource(seed: seed ^ 0x5eed) }

  /// Starts again: the network of `seed`, and the batches that belong to it.
  func restart(seed: UInt64) {
    self.seed = seed
    network = task.start(seed)
    random = TrainingSession.sampling(seed)
    steps = 0
    history = LossHistory()
    failure = nil
  }

  /// Takes one step on a batch of samples; does nothing without samples, or after a failure.
  func train(on samples: [Sample]) {
    if samples.isEmpty || failure != nil { return }
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
      failure = error
    }
  }

  /// The network's output for each row of `inputs`, (rows, inputs). The array is used again by the next call.
  func predict(_ inputs: [Float]) -> [Float] {
    let rows = inputs.count / task.schema.inputs
    if outputs.count < rows { outputs = [Float](repeating: 0, count: rows) }
    step.predict(network, inputs: inputs, rows: rows, into: &outputs)
    return outputs
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
    let found = predict(inputs)
    var correct = 0
    for row in 0..<samples.count where (found[row] > 0.5) == (targets[row] > 0.5) { correct += 1 }
    return (loss, correct)
  }
}

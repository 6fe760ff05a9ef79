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
  /// The network before the latest call of ``train(on:steps:)``.
  private(set) var former: Network
  private(set) var steps = 0
  private(set) var history = LossHistory()
  /// Why training stopped, if it did.
  private(set) var failure: TrainingError?
  /// Counts up with every change of the network.
  private(set) var changes = 0
  /// Which samples the latest step drew, in order; one that was drawn twice is there twice. Empty before the first step.
  private(set) var batch: [Int] = []
  /// The mean loss of that batch, before the step changed the network.
  private(set) var batchLoss: Float = 0

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
    former = network
    step = TrainingStep(schema: task.schema, loss: task.loss, batchCapacity: max(task.batchSize, 64), kernels: .course)
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
    batch = []
    batchLoss = 0
    failure = nil
    changes += 1
  }

  /// Takes some steps, each on a batch of samples; does nothing without samples, or after a failure.
  ///
  /// If a number stops being finite, ``failure`` says at which step, and everything else is as after the last step whose loss
  /// over all samples was still finite: a counter, a curve and a chart that show it agree.
  func train(on samples: [Sample], steps count: Int) {
    if samples.isEmpty || failure != nil || count < 1 { return }
    former = network
    let start = (random, steps, history)
    do throws(TrainingError) {
      for _ in 0..<count { try takeStep(on: samples) }
      // The last update may have gone too far, which the next batch would be the first to show.
      if !evaluate(samples).loss.isFinite { throw .nonFiniteLoss(of: task.schema, step: steps) }
    } catch {
      network = former
      (random, steps, history) = start
      // The same steps without the last one; and so on, until all is finite.
      train(on: samples, steps: count - 1)
      if failure == nil { failure = error }
    }
    changes += 1
  }

  private func takeStep(on samples: [Sample]) throws(TrainingError) {
    let width = task.schema.inputs
    batch.removeAll(keepingCapacity: true)
    for row in 0..<task.batchSize {
      let index = random.index(below: samples.count)
      let sample = samples[index]
      batch.append(index)
      task.inputs(sample, &inputs, row * width)
      targets[row] = task.target(sample)
    }
    do throws(TrainingError) {
      batchLoss = try step.train(
        &network, inputs: inputs, targets: targets, rows: task.batchSize,
        optimizer: .sgd(learningRate: learningRate), regularizer: Regularizer(l2: l2))
      steps += 1
      history.add(batchLoss)
    } catch {
      throw error.atStep(steps + 1)
    }
  }

  /// The output of the network, or of the former one, for each row of `inputs`, (rows, inputs), in an array that is used
  /// again from call to call.
  func predict(_ inputs: [Float], former isFormer: Bool = false, into outputs: inout [Float]) {
    let rows = inputs.count / task.schema.inputs
    if outputs.count != rows { outputs = [Float](repeating: 0, count: rows) }
    step.predict(isFormer ? former : network, inputs: inputs, rows: rows, into: &outputs)
  }

  /// The former network's output for each of some samples.
  func formerOutputs(for samples: [Sample]) -> [Float] {
    var outputs: [Float] = []
    predict(data(of: samples).inputs, former: true, into: &outputs)
    return outputs
  }

  /// The mean loss over all samples, and how many of them are on the right side of one half; zeros without samples.
  func evaluate(_ samples: [Sample]) -> (loss: Float, correct: Int) {
    if samples.isEmpty { return (0, 0) }
    let data = data(of: samples)
    let loss = step.meanLoss(network, on: data)
    var found: [Float] = []
    predict(data.inputs, into: &found)
    var correct = 0
    for row in 0..<samples.count where (found[row] > 0.5) == (data.targets[row] > 0.5) { correct += 1 }
    return (loss, correct)
  }

  private func data(of samples: [Sample]) -> Dataset {
    let width = task.schema.inputs
    var inputs = [Float](repeating: 0, count: samples.count * width)
    var targets = [Float](repeating: 0, count: samples.count)
    for (row, sample) in samples.enumerated() {
      task.inputs(sample, &inputs, row * width)
      targets[row] = task.target(sample)
    }
    return Dataset(inputs: inputs, targets: targets, inputCount: width, targetCount: 1)
  }
}

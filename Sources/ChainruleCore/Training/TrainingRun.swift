import ChainruleKernels

/// Training over a data set, epoch by epoch, in mini-batches.
///
/// Each epoch visits every sample once, in an order fixed by the seed; the last batch of an epoch may be smaller. With
/// batch normalization, a single leftover sample joins the previous batch, because one sample has no variance. You can
/// train epoch by epoch, step by step, or to the end. For `for try await`, see `Training` in `Chainrule`.
///
/// ```swift
/// var run = try TrainingRun(
///   network: Network(schema, seed: 7), data: data, optimizer: .adam(), stopping: .early(patience: 10), seed: 7)
/// while let epoch = try run.nextEpoch() {
///   print(epoch.index, epoch.loss)
/// }
/// run.network  // the best network
/// ```
public struct TrainingRun {
  /// The result of one pass over the data.
  public struct Epoch: Equatable, Sendable {
    /// Counts from 1.
    public let index: Int
    /// The mean over the samples of their losses just before their batch's update, without penalties.
    public let loss: Float
    /// The mean loss over the validation data after the epoch; `nil` if there is none.
    public let validationLoss: Float?
    /// The factor of the learning rates in the last step.
    public let rateFactor: Double
  }

  /// The result of one step.
  public struct Step: Equatable, Sendable {
    /// Counts from 1, over the whole run.
    public let index: Int
    /// The batch's mean loss before the update, without penalties.
    public let loss: Float
    /// The epoch that this step completed, if it did.
    public let epoch: Epoch?
  }

  /// What doesn't change during a run.
  struct Settings: Sendable {
    let data: Dataset
    let validation: Dataset?
    let loss: Loss
    let optimizer: Optimizer
    let schedule: Schedule
    let regularizer: Regularizer
    let stopping: Stopping
    let batchSize: Int
    let shuffles: Bool
    let kernels: Kernels

    /// The most samples in one step: one more than the batch size if batches of one sample must be avoided.
    func capacity(for network: Network) -> Int { network.statistics.isEmpty ? batchSize : batchSize + 1 }
  }

  /// Everything that changes during the run; see ``restore(_:)``.
  public internal(set) var state: State
  let settings: Settings
  let step: TrainingStep
  private var batchInputs: [Float]
  private var batchTargets: [Float]
  private var batchWeights: [Float]?

  /// Creates a run.
  ///
  /// - Parameters:
  ///   - network: where training starts.
  ///   - data: the samples.
  ///   - validation: other samples; their loss is measured after each epoch, and they're never trained on.
  ///   - loss: the loss to minimize; by default the last layer's (``Loss/standard(for:)``).
  ///   - optimizer: how gradients become new weights. L-BFGS takes all samples at once, whatever the batch size.
  ///   - schedule: how learning rates change.
  ///   - regularizer: penalties and limits that keep weights small.
  ///   - stopping: when ``isFinished`` becomes true.
  ///   - batchSize: samples in one step.
  ///   - shuffles: whether each epoch visits the samples in a new order; if not, in the order of `data`.
  ///   - seed: fixes the orders, and what dropout drops.
  ///   - kernels: the loops to run.
  /// - Throws: ``TrainingError`` if data, network and loss don't fit together (``Dataset/check(for:loss:)``), a setting
  ///   is out of its range, or batch normalization would see batches of one sample.
  public init(
    network: Network, data: Dataset, validation: Dataset? = nil, loss: Loss? = nil, optimizer: Optimizer = .adam(),
    schedule: Schedule = .constant, regularizer: Regularizer = Regularizer(), stopping: Stopping = .after(epochs: 200),
    batchSize: Int = 32, shuffles: Bool = true, seed: UInt64 = 0, kernels: Kernels = .portable
  ) throws(TrainingError) {
    let schema = network.schema
    let loss = loss ?? .standard(for: schema)
    try data.check(for: schema, loss: loss)
    if let validation {
      if validation.count > 0 {
        try validation.check(for: schema, loss: loss)
      } else {
        try validation.checkShape(for: schema)
      }
    }
    try TrainingError.check(batchSize >= 1, .batchSize, Double(batchSize))
    try optimizer.check()
    try regularizer.check()
    try schedule.check()
    try stopping.check()
    if let layer = network.firstNonFiniteLayer { throw .nonFiniteNetwork(layer: layer) }
    if min(batchSize, data.count) == 1, let layer = network.firstTrainedBatchNormalization {
      throw .batchOfOne(layer: layer)
    }
    if optimizer.isFullBatch {
      for (index, layer) in schema.layers.enumerated() {
        switch layer.kind {
        case .dense, .layerNormalization: break
        case .batchNormalization, .dropout: throw .optimizerNeedsCertainty(layer: index)
        }
      }
      if optimizer.learningRate != 1 || optimizer.biasLearningRate != 1 { throw .optimizerIgnores(.learningRate) }
      if schedule != .constant { throw .optimizerIgnores(.schedule) }
      if optimizer.clipping != .none { throw .optimizerIgnores(.clipping) }
      if optimizer.weightDecay != 0 { throw .optimizerIgnores(.weightDecay) }
      if regularizer.maxNorm != nil { throw .optimizerIgnores(.maxNorm) }
    }
    self.init(
      settings: Settings(
        data: data, validation: (validation?.count ?? 0) == 0 ? nil : validation, loss: loss, optimizer: optimizer,
        schedule: schedule, regularizer: regularizer, stopping: stopping,
        batchSize: min(optimizer.isFullBatch ? 1_024 : batchSize, data.count),
        shuffles: shuffles && !optimizer.isFullBatch, kernels: kernels),
      state: State(
        network: network, step: StepState(for: schema, optimizer: optimizer, seed: seed),
        random: RandomSource(seed: seed), order: Array(0..<data.count)))
  }

  init(settings: Settings, state: State) {
    self.settings = settings
    self.state = state
    let data = settings.data
    let capacity = settings.capacity(for: state.network)
    step = TrainingStep(
      schema: state.network.schema, loss: settings.loss, batchCapacity: capacity, kernels: settings.kernels)
    batchInputs = [Float](repeating: 0, count: capacity * data.inputCount)
    batchTargets = [Float](repeating: 0, count: capacity * data.targetCount)
    batchWeights = data.weights == nil ? nil : [Float](repeating: 0, count: capacity)
  }

  /// A copy that shares nothing with this run, not even its workspace, so both can be used at the same time.
  public borrowing func copy() -> sending TrainingRun { TrainingRun(settings: settings, state: state) }

  // MARK: Progress

  /// The current network.
  public var network: Network { state.network }
  /// The number of training steps so far.
  public var steps: Int { state.steps }
  /// The number of completed epochs.
  public var epochs: Int { state.epochs }

  /// Whether training has ended, by the `stopping` rule or because L-BFGS can't lower the loss any further.
  public var isFinished: Bool {
    if state.isConverged || state.epochs >= settings.stopping.epochs { return true }
    guard let patience = settings.stopping.patience else { return false }
    return state.epochsWithoutImprovement >= patience
  }

  /// Restores a state of a run with the same schema, optimizer and number of samples.
  ///
  /// ```swift
  /// let before = run.state
  /// try run.nextStep()
  /// try run.restore(before)  // one step back
  /// ```
  ///
  /// - Throws: ``TrainingError/stateDoesNotFit``.
  public mutating func restore(_ state: State) throws(TrainingError) {
    let schema = self.state.network.schema
    guard state.network.schema == schema, state.best?.network.schema ?? schema == schema,
      state.isPlausible(count: settings.data.count),
      state.step.fits(self.state.step, optimizer: settings.optimizer, parameters: schema.parameterCount)
    else { throw .stateDoesNotFit }
    self.state = state
  }

  // MARK: Training

  /// Trains to the end, or for a number of further epochs.
  ///
  /// - Parameter epochs: the most epochs; `nil` for as many as `stopping` allows.
  /// - Returns: the last epoch; `nil` if there was none.
  /// - Throws: ``TrainingError``, most often ``TrainingError/nonFinite(_:)``; ``state`` is then as it was before the
  ///   failing step.
  @discardableResult
  public mutating func train(epochs: Int? = nil) throws(TrainingError) -> Epoch? {
    var last: Epoch?
    var done = 0
    while done < epochs ?? .max, let epoch = try nextEpoch() {
      last = epoch
      done += 1
    }
    return last
  }

  /// Trains for one epoch, or for the rest of one that ``nextStep()`` began. Does nothing if the run ``isFinished``.
  ///
  /// - Returns: the epoch's result; `nil` if there was none.
  /// - Throws: ``TrainingError``, most often ``TrainingError/nonFinite(_:)``; ``state`` is then as it was before the
  ///   failing step.
  @discardableResult
  public mutating func nextEpoch() throws(TrainingError) -> Epoch? {
    if isFinished { return nil }
    while true {
      if let epoch = try nextStep().epoch { return epoch }
    }
  }

  /// Trains on the next batch, even if the stopping rule is met.
  ///
  /// - Throws: ``TrainingError``; ``state`` is then as it was before.
  @discardableResult
  public mutating func nextStep() throws(TrainingError) -> Step {
    if settings.optimizer.isFullBatch { return try nextIteration() }
    let random = state.random
    let isShuffled = state.position == 0 && settings.shuffles
    if isShuffled { state.random.shuffle(&state.order) }
    let rows = batchRows(of: state.order.count - state.position)
    gather(rows: rows)
    let factor = rateFactor
    let loss: Float
    do throws(TrainingError) {
      loss = try step.train(
        &state.network, state: &state.step, inputs: batchInputs, targets: batchTargets, weights: batchWeights,
        rows: rows, optimizer: factor == 1 ? settings.optimizer : settings.optimizer.scaled(by: factor),
        regularizer: settings.regularizer)
    } catch {
      // A failed step must leave no trace, so restore the order too.
      if isShuffled { random.unshuffle(&state.order) }
      state.random = random
      throw error
    }
    var weight = Double(rows)
    if let batchWeights {
      weight = 0
      for row in 0..<rows { weight += Double(batchWeights[row]) }
    }
    state.lossSum += Double(loss) * weight
    state.weightSum += weight
    state.position += rows
    guard state.position == state.order.count else { return Step(index: steps, loss: loss, epoch: nil) }
    let mean = state.weightSum == 0 ? 0 : state.lossSum / state.weightSum
    return Step(index: steps, loss: loss, epoch: endEpoch(loss: Float(mean), rateFactor: factor))
  }

  /// Trains once on new samples, in order, with the optimizer's current state. The run's own epoch doesn't change.
  ///
  /// - Returns: the mean of the samples' losses just before their batch's update.
  /// - Throws: ``TrainingError`` if the samples don't fit the network and the loss, are too few for batch
  ///   normalization, or the optimizer is L-BFGS, which can't learn from a part; then nothing changes. If a later step
  ///   fails, the steps before it remain.
  @discardableResult
  public mutating func learn(from data: Dataset) throws(TrainingError) -> Float {
    if settings.optimizer.isFullBatch { throw .optimizerNeedsAllSamples }
    try data.check(for: network.schema, loss: settings.loss)
    if data.count == 1, let layer = network.firstTrainedBatchNormalization { throw .batchOfOne(layer: layer) }
    let optimizer = settings.optimizer.scaled(by: rateFactor)
    var total: Double = 0
    var totalWeight: Double = 0
    var start = 0
    while start < data.count {
      let batch = data.samples(Array(start..<(start + batchRows(of: data.count - start))))
      let loss = try step.train(
        &state.network, state: &state.step, inputs: batch.inputs, targets: batch.targets, weights: batch.weights,
        rows: batch.count, optimizer: optimizer, regularizer: settings.regularizer)
      let weight = batch.totalWeight
      total += Double(loss) * weight
      totalWeight += weight
      start += batch.count
    }
    return totalWeight == 0 ? 0 : Float(total / totalWeight)
  }

  /// How many of the remaining samples belong to the next step.
  private func batchRows(of left: Int) -> Int {
    let size = settings.batchSize
    return left == size + 1 && network.firstTrainedBatchNormalization != nil ? left : min(size, left)
  }

  /// The factor of the learning rates in the next step.
  var rateFactor: Double {
    var batches = (state.order.count + settings.batchSize - 1) / settings.batchSize
    if batches > 1 && batchRows(of: settings.batchSize + state.order.count % settings.batchSize) > settings.batchSize {
      batches -= 1
    }
    let time =
      settings.schedule.unit == .steps
      ? Double(steps)
      : Double(state.epochs) + Double(state.position / settings.batchSize) / Double(batches)
    return settings.schedule.factor(at: time, plateau: state.plateau)
  }

  /// Ends the epoch: measures the loss, remembers the best network, and restores it if this was the last epoch.
  mutating func endEpoch(loss: Float, rateFactor: Double) -> Epoch {
    state.epochs += 1
    state.position = 0
    state.lossSum = 0
    state.weightSum = 0
    var validationLoss: Float?
    if let validation = settings.validation { validationLoss = step.meanLoss(state.network, on: validation) }
    let watched = validationLoss ?? loss
    let stopping = settings.stopping
    if stopping.patience != nil || stopping.restoresBest {
      // A loss that isn't finite is never the best one, not even in the first epoch.
      let limit = state.best.map { $0.loss - stopping.minimumImprovement } ?? .infinity
      if watched.isFinite && watched < limit {
        state.best = State.Best(epoch: state.epochs, loss: watched, network: state.network)
        state.epochsWithoutImprovement = 0
      } else {
        state.epochsWithoutImprovement += 1
      }
    }
    if case .plateau(let plateau) = settings.schedule.kind { state.plateau.report(Double(watched), to: plateau) }
    if stopping.restoresBest, isFinished, let best = state.best { state.network = best.network }
    return Epoch(index: state.epochs, loss: loss, validationLoss: validationLoss, rateFactor: rateFactor)
  }

  /// Copies the next batch's samples together.
  private mutating func gather(rows: Int) {
    let data = settings.data
    let samples = state.order[state.position..<(state.position + rows)]
    TrainingRun.copy(samples, of: data.inputs, width: data.inputCount, to: &batchInputs)
    TrainingRun.copy(samples, of: data.targets, width: data.targetCount, to: &batchTargets)
    if let weights = data.weights {
      for (row, sample) in samples.enumerated() { batchWeights?[row] = weights[sample] }
    }
  }

  /// Copies the samples' rows, each of `width` values, one after another.
  private static func copy(_ samples: ArraySlice<Int>, of values: [Float], width: Int, to batch: inout [Float]) {
    samples.withUnsafeBufferPointer { samples in
      values.withUnsafeBufferPointer { values in
        batch.withUnsafeMutableBufferPointer { batch in
          var target = 0
          for sample in samples {
            let source = sample &* width
            for i in 0..<width { batch[target &+ i] = values[source &+ i] }
            target &+= width
          }
        }
      }
    }
  }
}

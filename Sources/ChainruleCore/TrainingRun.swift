import ChainruleKernels

/// Training over a data set, epoch by epoch, in mini-batches.
///
/// Each epoch visits every sample once, in an order that the seed fixes; the last batch of an epoch may be smaller.
///
/// ```swift
/// var run = try TrainingRun(
///   network: Network(schema, seed: 7), data: data, loss: .squaredError, optimizer: .sgd(learningRate: 0.01), seed: 7)
/// for _ in 1...100 {
///   let epoch = try run.nextEpoch()
///   print(epoch.index, epoch.loss)
/// }
/// ```
public struct TrainingRun {
  /// What one pass over the data gave.
  public struct Epoch: Equatable, Sendable {
    /// Counts from 1.
    public let index: Int
    /// The mean, over the samples, of the loss each one had when its batch was trained, without any penalty.
    public let loss: Float
  }

  /// The network as it is now.
  public private(set) var network: Network
  /// How many batches have been trained.
  public private(set) var steps = 0
  /// How many epochs have been completed.
  public private(set) var epochs = 0

  private let data: Dataset
  private let optimizer: Optimizer
  private let regularizer: Regularizer
  private let batchSize: Int
  private let shuffles: Bool
  private let step: TrainingStep
  private var random: RandomSource
  private var order: [Int]
  private var batchInputs: [Float]
  private var batchTargets: [Float]

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - network: where training starts.
  ///   - data: the samples.
  ///   - loss: what training makes small.
  ///   - optimizer: how derivatives become new weights.
  ///   - regularizer: a penalty on large weights, if any.
  ///   - batchSize: samples in one step.
  ///   - shuffles: whether each epoch has an order of its own; if not, samples come as they stand in `data`.
  ///   - seed: fixes the orders.
  ///   - kernels: the loops to run.
  /// - Throws: ``TrainingError`` if data, network and loss do not fit together, or the data is not finite or empty.
  public init(
    network: Network, data: Dataset, loss: Loss, optimizer: Optimizer, regularizer: Regularizer = Regularizer(),
    batchSize: Int = 32, shuffles: Bool = true, seed: UInt64 = 0, kernels: Kernels = .portable
  ) throws(TrainingError) {
    let schema = network.schema
    if data.inputCount != schema.inputs || data.targetCount != schema.outputs {
      throw .mismatch(schema: schema, inputCount: data.inputCount, targetCount: data.targetCount)
    }
    if !loss.fits(schema) { throw .lossDoesNotFit(loss, schema: schema) }
    if data.count == 0 { throw .noSamples }
    if batchSize < 1 { throw .emptyBatch }
    if let index = data.firstNonFiniteSample { throw .nonFiniteSample(index: index) }
    self.network = network
    self.data = data
    self.optimizer = optimizer
    self.regularizer = regularizer
    self.batchSize = min(batchSize, data.count)
    self.shuffles = shuffles
    step = TrainingStep(schema: schema, loss: loss, batchCapacity: self.batchSize, kernels: kernels)
    random = RandomSource(seed: seed)
    order = Array(0..<data.count)
    batchInputs = [Float](repeating: 0, count: self.batchSize * data.inputCount)
    batchTargets = [Float](repeating: 0, count: self.batchSize * data.targetCount)
  }

  /// Trains on every sample once.
  ///
  /// - Throws: ``TrainingError/nonFinite(_:layer:step:)``; ``network`` is then as it was before the failing step.
  @discardableResult
  public mutating func nextEpoch() throws(TrainingError) -> Epoch {
    if shuffles { random.shuffle(&order) }
    var total: Double = 0
    var start = 0
    while start < order.count {
      let rows = min(batchSize, order.count - start)
      gather(from: start, rows: rows)
      total += Double(try trainBatch(rows: rows)) * Double(rows)
      start += rows
    }
    epochs += 1
    return Epoch(index: epochs, loss: Float(total / Double(order.count)))
  }

  private mutating func trainBatch(rows: Int) throws(TrainingError) -> Float {
    do throws(TrainingError) {
      let loss = try step.train(
        &network, inputs: batchInputs, targets: batchTargets, rows: rows, optimizer: optimizer,
        regularizer: regularizer)
      steps += 1
      return loss
    } catch {
      guard case .nonFinite(let quantity, let layer, _) = error else { throw error }
      throw .nonFinite(quantity, layer: layer, step: steps + 1)
    }
  }

  /// Copies the next batch's samples together.
  private mutating func gather(from start: Int, rows: Int) {
    for row in 0..<rows {
      let sample = order[start + row]
      for i in 0..<data.inputCount {
        batchInputs[row * data.inputCount + i] = data.inputs[sample * data.inputCount + i]
      }
      for i in 0..<data.targetCount {
        batchTargets[row * data.targetCount + i] = data.targets[sample * data.targetCount + i]
      }
    }
  }
}

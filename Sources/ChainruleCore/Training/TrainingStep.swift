import ChainruleKernels

/// One training step (forward, backward and update) with preallocated memory.
///
/// A step belongs to a schema, not to a network, so it can serve several networks of the same shape. After the first
/// call it allocates nothing. ``TrainingRun`` adds the loop over samples and epochs.
///
/// ```swift
/// let step = TrainingStep(schema: network.schema, loss: .squaredError, batchCapacity: 20)
/// var state = StepState(for: network.schema, optimizer: .adam())
/// let loss = try step.train(&network, state: &state, inputs: x, targets: y, rows: 20, optimizer: .adam())
/// ```
public final class TrainingStep {
  /// The shape of the networks that this step can train.
  public let schema: Schema
  /// The loss that the step minimizes.
  public let loss: Loss
  /// The most samples in one batch.
  public let batchCapacity: Int

  let kernels: Kernels
  let slices: [LayerSlice]
  /// How many samples go through the network together. A batch of a small network is cut into blocks. Each goes forward
  /// and back while its values are in the L1 cache, possibly in parallel with others. The cuts depend only on the
  /// schema and the capacity, and gradients are added in the blocks' order, so they're always the same.
  let blockRows: Int
  /// Whether samples are interleaved (``LaneKernels``), rather than stored in rows.
  let usesLanes: Bool
  /// Whether a block is enough work for a thread.
  let sharesBlocks: Bool
  /// Where each layer's values start in `preActivations`, `layerOutputs` and `masks`.
  let valueOffsets: [Int]
  /// Where each normalization's means start in `moments`; as many scales follow.
  let momentOffsets: [Int]
  let preActivations: FloatBuffer
  /// Empty if the step only predicts: then a layer's outputs overwrite its sums.
  private let layerOutputs: FloatBuffer
  private let purpose: Purpose
  /// The factors by which dropout multiplied each value; empty without dropout.
  let masks: FloatBuffer
  /// The means and scales that the normalizations used.
  let moments: FloatBuffer
  /// Packed weights; each layer's are at `packedOffsets`. Both are empty unless ``pack(_:)`` will be called.
  let packedWeights: FloatBuffer
  let packedOffsets: [Int?]
  let parameterGradients: FloatBuffer
  /// Whether `parameterGradients` holds the last batch's gradients, rather than leftovers of a fused update.
  var hasGradients = true
  /// The gradients of the blocks after the first.
  let blockGradients: FloatBuffer
  /// The sum of each block's losses.
  let blockLosses: FloatBuffer
  /// The inputs with interleaved samples; empty without lanes.
  let laneInputs: FloatBuffer
  /// The derivatives with respect to a layer's pre-activations and its inputs. They swap roles from layer to layer.
  let delta: FloatBuffer
  let inputDelta: FloatBuffer
  /// Whether a step may keep all deltas, for fused updates.
  let canKeepDeltas: Bool
  /// The derivatives with respect to all layers' outputs; empty unless they may be kept.
  let keptDeltas: FloatBuffer
  /// Zeros.
  let zeros: FloatBuffer
  /// For the kernels' own use.
  let scratch: FloatBuffer
  let forwardWork = ForwardWork()
  lazy var gradientWork = GradientWork()

  /// Keeps a normalization from dividing by zero.
  static let normalizationEpsilon: Float = 1e-5
  /// The weight of a batch in a batch normalization's running statistics.
  static let runningShare: Float = 0.1

  /// Allocates the workspace.
  ///
  /// - Precondition: `loss` fits the schema (``Loss/fits(_:)``) and `batchCapacity` is at least 1.
  public convenience init(schema: Schema, loss: Loss, batchCapacity: Int, kernels: Kernels = .portable) {
    self.init(schema: schema, loss: loss, batchCapacity: batchCapacity, kernels: kernels, purpose: .learning)
  }

  /// What a workspace is for. It only allocates the memory that this needs.
  enum Purpose {
    case learning
    case prediction
    /// Prediction with one network's weights, which ``pack(_:)`` packs.
    case predictionByPackedWeights
  }

  /// Allocates the workspace.
  init(schema: Schema, loss: Loss, batchCapacity: Int, kernels: Kernels, purpose: Purpose) {
    require(loss.fits(schema), TrainingError.lossDoesNotFit(loss, schema: schema).message)
    require(batchCapacity > 0, "found a batch capacity of \(batchCapacity); a batch holds one sample or more")
    self.schema = schema
    self.loss = loss
    self.batchCapacity = batchCapacity
    self.kernels = kernels
    self.purpose = purpose
    let learns = purpose == .learning
    slices = LayerSlice.all(of: schema)
    let layout = BlockLayout(of: schema, capacity: batchCapacity, laneCount: kernels.lanes.laneCount)
    blockRows = layout.rows
    usesLanes = layout.usesLanes
    sharesBlocks = layout.isWorthSharing
    let capacity = layout.blocks * layout.rows
    var packedOffsets: [Int?] = []
    var packedCount = 0
    if purpose == .predictionByPackedWeights && !usesLanes, let packed = kernels.packed {
      for slice in slices {
        let shape = LayerShape(rows: capacity, inputs: slice.inputs, outputs: slice.outputs)
        let suits = slice.kind == .dense && packed.suits(shape)
        packedOffsets.append(suits ? packedCount : nil)
        if suits { packedCount += packed.count(shape) }
      }
    }
    self.packedOffsets = packedOffsets
    packedWeights = FloatBuffer(uninitializedCount: packedCount)
    var valueOffsets: [Int] = []
    var momentOffsets: [Int] = []
    var values = 0
    var moments = 0
    var hasDropout = false
    var hasNormalization = false
    for slice in slices {
      valueOffsets.append(values)
      momentOffsets.append(moments)
      values += slice.outputs * capacity
      switch slice.kind {
      case .dense: break
      case .dropout: hasDropout = true
      case .batchNormalization:
        moments += 2 * slice.outputs
        hasNormalization = true
      case .layerNormalization:
        moments += 2 * batchCapacity
        hasNormalization = true
      }
    }
    self.valueOffsets = valueOffsets
    self.momentOffsets = momentOffsets
    preActivations = FloatBuffer(count: values)
    layerOutputs = FloatBuffer(count: learns ? values : 0)
    masks = FloatBuffer(count: hasDropout ? values : 0)
    self.moments = FloatBuffer(count: moments)
    parameterGradients = FloatBuffer(count: learns ? schema.parameterCount : 0)
    blockGradients = FloatBuffer(count: learns ? (layout.blocks - 1) * schema.parameterCount : 0)
    blockLosses = FloatBuffer(count: layout.blocks)
    laneInputs = FloatBuffer(count: usesLanes ? schema.inputs * capacity : 0)
    delta = FloatBuffer(count: learns || usesLanes ? schema.widest * capacity : 0)
    inputDelta = FloatBuffer(count: learns ? schema.widest * capacity : 0)
    let isFused = learns && layout.blocks == 1 && !usesLanes && !hasNormalization
    canKeepDeltas = isFused && TrainingStep.suitsFusing(slices, rows: batchCapacity, kernels)
    keptDeltas = FloatBuffer(count: canKeepDeltas ? values : 0)
    zeros = FloatBuffer(count: hasNormalization ? schema.widest : 0)
    scratch = FloatBuffer(uninitializedCount: kernels.scratchCount)
  }

  /// The layers' outputs; each layer's are at ``valueOffsets``.
  var outputValues: UnsafeMutablePointer<Float> {
    purpose == .learning ? layerOutputs.pointer : preActivations.pointer
  }

  // MARK: Training

  /// Trains on one batch: computes the derivatives of its mean loss, and updates the network once.
  ///
  /// Until the next call, you can read what the layers computed. You can also read the derivatives, unless the
  /// ``Kernels/fused`` loops have used them up layer by layer. To keep them, set `fused` to `nil` in the table, or call
  /// ``differentiate(_:inputs:targets:weights:rows:regularizer:dropout:)``.
  ///
  /// Settings are checked in each step. Samples aren't, because that would take time: ``Dataset/check(for:loss:)``
  /// checks them once.
  ///
  /// - Parameters:
  ///   - network: the network to update. Frozen layers don't change.
  ///   - state: what the optimizer remembers. It must belong to this schema and this optimizer.
  ///   - inputs: (rows, inputs), row by row. Values after the last row are ignored.
  ///   - targets: (rows, outputs), row by row.
  ///   - weights: how much each sample counts; by default all the same.
  ///   - rows: the number of samples, from 1 to ``batchCapacity``.
  ///   - optimizer: how gradients become new weights. L-BFGS needs all samples, so it only works with ``TrainingRun``.
  ///   - regularizer: penalties and limits that keep weights small.
  /// - Returns: the batch's mean loss before the update, without penalties.
  /// - Throws: ``TrainingError``; network and state are then as they were: ``TrainingError/nonFinite(_:)``,
  ///   ``TrainingError/outOfRange(_:found:)`` for a setting, ``TrainingError/badTotalWeight(_:)``,
  ///   ``TrainingError/batchOfOne(layer:)``, or ``TrainingError/stateDoesNotFit`` after more steps than can be counted.
  @discardableResult
  public func train(
    _ network: inout Network, state: inout StepState, inputs: [Float], targets: [Float], weights: [Float]? = nil,
    rows: Int, optimizer: Optimizer, regularizer: Regularizer = Regularizer()
  ) throws(TrainingError) -> Float {
    require(!optimizer.isFullBatch, "found L-BFGS, which needs all samples at once: use a TrainingRun")
    require(
      state.moments.suit(optimizer, parameterCount: schema.parameterCount),
      "found a state with \(state.moments.kinds.counted("number")) for each of "
        + "\(state.moments.parameterCount.counted("parameter")), expected \(optimizer.momentCount) for each of "
        + "\(schema.parameterCount); make the state for this schema and this optimizer")
    try checkSettings(network, state, optimizer, regularizer, rows: rows)
    let random = state.random
    do throws(TrainingError) {
      let batch = TrainingBatch(inputs: inputs, targets: targets, weights: weights, rows: rows)
      checkBatch(inputs: inputs, rows: rows)
      if masks.count > 0 { drawMasks(rows: rows, random: &state.random) }
      let fuses = canFuse(optimizer, regularizer, rows: rows)
      let mean = try run(network, batch: batch, regularizer: regularizer, mode: .training, keepsDeltas: fuses)
      try checkStatistics(of: network, batch: batch)
      if !fuses || !updateByLayers(&network, state: &state, batch: batch, optimizer: optimizer) {
        try checkGradients(batch, rates: optimizer)
        update(&network, state: &state, optimizer: optimizer)
      }
      constrain(&network, regularizer)
      updateRunningStatistics(of: &network, rows: rows)
      return mean
    } catch {
      state.random = random
      throw error.atStep(state.steps + 1, optimizer: optimizer, regularizer: regularizer)
    }
  }

  /// Trains on one batch by plain gradient descent, which needs no state.
  ///
  /// - Precondition: the optimizer is ``Optimizer/sgd(learningRate:biasLearningRate:)``, and the schema has no dropout.
  @discardableResult
  public func train(
    _ network: inout Network, inputs: [Float], targets: [Float], rows: Int, optimizer: Optimizer,
    regularizer: Regularizer = Regularizer()
  ) throws(TrainingError) -> Float {
    require(
      optimizer.method == .sgd && masks.count == 0,
      "found another optimizer than plain descent, or a layer of dropout; both need a state")
    var state = StepState(for: schema, optimizer: optimizer)
    return try train(
      &network, state: &state, inputs: inputs, targets: targets, rows: rows, optimizer: optimizer,
      regularizer: regularizer)
  }

  /// Computes the derivatives of the batch's mean loss plus penalties with respect to every parameter, without changing
  /// the network. Batch normalizations use the batch's statistics. Dropout needs `dropout`'s random numbers; without
  /// them nothing is dropped.
  ///
  /// Read the derivatives with ``weightGradients(ofLayer:)`` and ``biasGradients(ofLayer:)`` until the next call.
  ///
  /// - Returns: the batch's mean loss, without penalties.
  /// - Throws: ``TrainingError/nonFinite(_:)``. You can still read the layers' outputs, and the derivatives too if they
  ///   are what isn't finite or is too large.
  @discardableResult
  public func differentiate(
    _ network: borrowing Network, inputs: [Float], targets: [Float], weights: [Float]? = nil, rows: Int,
    regularizer: Regularizer = Regularizer(), dropout: RandomSource? = nil
  ) throws(TrainingError) -> Float {
    let batch = TrainingBatch(inputs: inputs, targets: targets, weights: weights, rows: rows)
    checkBatch(inputs: inputs, rows: rows)
    if var random = dropout, masks.count > 0 { drawMasks(rows: rows, random: &random) }
    let mean = try run(
      network, batch: batch, regularizer: regularizer, mode: dropout == nil ? .differentiation : .training)
    try checkGradients(batch)
    return mean
  }

  /// Runs a batch forward and back, and returns its mean loss. The derivatives are in ``parameterGradients`` unless
  /// deltas are kept.
  @inline(__always)
  private func run(
    _ network: borrowing Network, batch: TrainingBatch, regularizer: Regularizer, mode: Mode, keepsDeltas: Bool = false
  ) throws(TrainingError) -> Float {
    checkNetwork(network)
    require(
      batch.targets.count >= batch.rows * schema.outputs,
      "found \(batch.targets.count.counted("target")) for \(batch.rows.counted("row")) of \(schema.outputs); they "
        + "must fill the rows"
    )
    if let weights = batch.weights {
      require(
        weights.count >= batch.rows,
        "found \(weights.count.counted("weight")) for \(batch.rows.counted("row")); each row needs one")
    }
    try checkTotalWeight(of: batch)
    hasGradients = !keepsDeltas
    let mean = batch.withPointers { inputs, targets, weights in
      network.withPointers { parameters in
        let mean = runBatch(
          parameters, inputs: inputs, targets: targets, weights: weights, rows: batch.rows, mode: mode,
          keepsDeltas: keepsDeltas)
        if mean.isFinite { penalize(parameters, regularizer) }
        return mean
      }
    }
    guard mean.isFinite else { throw nonFiniteForward(batch) }
    return mean
  }

  @inline(__always)
  private func checkGradients(_ batch: TrainingBatch, rates: Optimizer? = nil) throws(TrainingError) {
    let largest = kernels.largestMagnitude(parameterGradients.count, parameterGradients.pointer)
    guard isSmall(largest, rates: rates) else { throw nonFiniteGradients(batch) }
  }

  /// Whether gradients of this size are usable: their squares and their products with the learning rates must stay
  /// finite.
  @inline(__always)
  func isSmall(_ largest: Float, rates: Optimizer?) -> Bool {
    let rate = max(1, max(rates?.learningRate ?? 0, rates?.biasLearningRate ?? 0))
    return largest < 1e19 && largest * rate < 1e30
  }

  @inline(__always)
  private func update(_ network: inout Network, state: inout StepState, optimizer: Optimizer) {
    let frozen = network.frozen
    clip(optimizer.clipping, frozen: frozen)
    network.parameters.withUnsafeMutablePointer { parameters in
      optimizer.update(
        parameters, gradients: parameterGradients.pointer, slices: slices, frozen: frozen, state: &state,
        rule: optimizer.rule(in: kernels.updates))
    }
  }

  @inline(__always)
  private func constrain(_ network: inout Network, _ regularizer: Regularizer) {
    if regularizer.maxNorm == nil { return }
    let frozen = network.frozen
    network.parameters.withUnsafeMutablePointer { parameters in
      for (index, slice) in slices.enumerated() where !frozen[index] { regularizer.constrain(parameters, of: slice) }
    }
  }

  private func penalize(_ parameters: NetworkPointers, _ regularizer: Regularizer) {
    if regularizer.l1 == 0 && regularizer.l2 == 0 { return }
    for slice in slices where slice.kind == .dense {
      kernels.updates.penalize(
        slice.weights.count, parameterGradients.pointer + slice.weights.lowerBound,
        parameters.parameters + slice.weights.lowerBound, 2 * regularizer.l2, regularizer.l1)
    }
  }

  private func clip(_ clipping: Optimizer.Clipping, frozen: [Bool]) {
    switch clipping {
    case .none: break
    case .value(let limit): kernels.updates.clip(parameterGradients.count, parameterGradients.pointer, limit)
    case .norm(let limit):
      var squares: Double = 0
      for (index, slice) in slices.enumerated() where !frozen[index] {
        let gradients = parameterGradients.pointer + slice.parameters.lowerBound
        squares += kernels.updates.sumOfSquares(slice.parameters.count, gradients)
      }
      let norm = squares.squareRoot()
      if norm <= Double(limit) { return }
      kernels.updates.scale(parameterGradients.count, parameterGradients.pointer, Float(Double(limit) / norm))
    }
  }
}

import ChainruleKernels

/// One step of training, forward, backward and update, with all the memory it needs made beforehand.
///
/// A step belongs to a schema, not to a network: the network is handed in, and so one step can serve several networks of
/// the same shape. After the first call nothing is allocated.
///
/// ```swift
/// let step = TrainingStep(schema: network.schema, loss: .squaredError, batchCapacity: 20)
/// let loss = try step.train(&network, inputs: x, targets: y, rows: 20, optimizer: .sgd(learningRate: 0.01))
/// ```
public final class TrainingStep {
  /// The shape of the networks that this step can train.
  public let schema: Schema
  /// What the step makes small.
  public let loss: Loss
  /// The most samples in one batch.
  public let batchCapacity: Int

  private let kernels: Kernels
  private let slices: [LayerSlice]
  /// Where each layer's values start in `preActivations` and `outputs`.
  private let valueOffsets: [Int]
  private let preActivations: FloatBuffer
  private let layerOutputs: FloatBuffer
  private let parameterGradients: FloatBuffer
  /// The derivative by a layer's pre-activations, and by its inputs; they change places from layer to layer.
  private let delta: FloatBuffer
  private let inputDelta: FloatBuffer

  /// Makes the workspace.
  ///
  /// - Precondition: `loss` fits the schema (``Loss/fits(_:)``) and `batchCapacity` is at least 1.
  public init(schema: Schema, loss: Loss, batchCapacity: Int, kernels: Kernels = .portable) {
    precondition(loss.fits(schema), "binary cross-entropy needs a sigmoid last layer, cross-entropy a softmax one")
    precondition(batchCapacity > 0, "a batch holds at least one sample")
    self.schema = schema
    self.loss = loss
    self.batchCapacity = batchCapacity
    self.kernels = kernels
    slices = LayerSlice.all(of: schema)
    var offsets: [Int] = []
    var total = 0
    for slice in slices {
      offsets.append(total)
      total += slice.outputs * batchCapacity
    }
    valueOffsets = offsets
    preActivations = FloatBuffer(count: total)
    layerOutputs = FloatBuffer(count: total)
    parameterGradients = FloatBuffer(count: schema.parameterCount)
    delta = FloatBuffer(count: schema.widest * batchCapacity)
    inputDelta = FloatBuffer(count: schema.widest * batchCapacity)
  }

  // MARK: Training

  /// Learns from one batch: the derivatives of its mean loss, and one update of the network.
  ///
  /// - Parameters:
  ///   - network: the network to change.
  ///   - inputs: (rows, inputs), row by row; what follows the rows is ignored.
  ///   - targets: (rows, outputs), row by row.
  ///   - rows: how many samples, from 1 to ``batchCapacity``.
  ///   - optimizer: how derivatives become new weights.
  ///   - regularizer: the penalty on large weights, if any.
  /// - Returns: the mean loss of the batch before the update, without the penalty.
  /// - Throws: ``TrainingError/nonFinite(_:layer:step:)``, the network being as it was.
  @discardableResult
  public func train(
    _ network: inout Network, inputs: [Float], targets: [Float], rows: Int, optimizer: Optimizer,
    regularizer: Regularizer = Regularizer()
  ) throws(TrainingError) -> Float {
    let mean = try differentiate(network, inputs: inputs, targets: targets, rows: rows)
    update(&network, optimizer: optimizer, regularizer: regularizer)
    return mean
  }

  /// Computes the derivatives of the batch's mean loss by every parameter, without changing the network.
  ///
  /// They can be read with ``weightGradients(ofLayer:)`` and ``biasGradients(ofLayer:)`` until the next call.
  ///
  /// - Returns: the mean loss of the batch.
  /// - Throws: ``TrainingError/nonFinite(_:layer:step:)``.
  @discardableResult
  public func differentiate(
    _ network: borrowing Network, inputs: [Float], targets: [Float], rows: Int
  ) throws(TrainingError) -> Float {
    precondition(network.schema == schema, "the network must have the schema this step was made for")
    checkBatch(inputs: inputs, rows: rows)
    precondition(targets.count >= rows * schema.outputs, "the targets must fill the rows")
    let sum = inputs.withUnsafeBufferPointer { inputs in
      targets.withUnsafeBufferPointer { targets in
        network.parameters.withUnsafeBufferPointer { parameters in
          let x = inputs.baseAddress!
          let y = targets.baseAddress!
          runForward(parameters.baseAddress!, inputs: x, rows: rows)
          let sum = lossSum(targets: y, rows: rows)
          if sum.isFinite { runBackward(parameters.baseAddress!, inputs: x, targets: y, rows: rows) }
          return sum
        }
      }
    }
    guard sum.isFinite else { throw nonFiniteForward(rows: rows) }
    let gradients = UnsafePointer(parameterGradients.pointer)
    guard kernels.largestMagnitude(parameterGradients.count, gradients).isFinite else { throw nonFiniteGradients() }
    return sum / Float(rows)
  }

  private func update(_ network: inout Network, optimizer: Optimizer, regularizer: Regularizer) {
    switch optimizer {
    case .sgd(let learningRate, let biasLearningRate):
      network.parameters.withUnsafeMutableBufferPointer { parameters in
        for slice in slices {
          let weights = parameters.baseAddress! + slice.weightOffset
          let weightGradients = parameterGradients.pointer + slice.weightOffset
          kernels.descend(slice.weights.count, weights, weightGradients, learningRate, 2 * regularizer.l2)
          let biases = parameters.baseAddress! + slice.biasOffset
          let biasGradients = parameterGradients.pointer + slice.biasOffset
          kernels.descend(slice.outputs, biases, biasGradients, biasLearningRate, 0)
        }
      }
    }
  }

  // MARK: Forward only

  /// Runs a batch forward; the values can be read with ``outputs(ofLayer:row:)`` until the next call.
  public func forward(_ network: borrowing Network, inputs: [Float], rows: Int) {
    precondition(network.schema == schema, "the network must have the schema this step was made for")
    checkBatch(inputs: inputs, rows: rows)
    inputs.withUnsafeBufferPointer { inputs in
      network.parameters.withUnsafeBufferPointer { parameters in
        runForward(parameters.baseAddress!, inputs: inputs.baseAddress!, rows: rows)
      }
    }
  }

  /// The outputs for any number of rows, in pieces of ``batchCapacity``.
  ///
  /// - Parameters:
  ///   - inputs: (rows, inputs), row by row.
  ///   - outputs: (rows, outputs), row by row; must be large enough.
  public func predict(_ network: borrowing Network, inputs: [Float], rows: Int, into outputs: inout [Float]) {
    precondition(network.schema == schema, "the network must have the schema this step was made for")
    precondition(inputs.count >= rows * schema.inputs, "the inputs must fill the rows")
    precondition(outputs.count >= rows * schema.outputs, "the outputs must have room for the rows")
    if rows == 0 { return }
    inputs.withUnsafeBufferPointer { inputs in
      network.parameters.withUnsafeBufferPointer { parameters in
        outputs.withUnsafeMutableBufferPointer { outputs in
          var done = 0
          while done < rows {
            let piece = min(batchCapacity, rows - done)
            let x = inputs.baseAddress! + done * schema.inputs
            runForward(parameters.baseAddress!, inputs: x, rows: piece)
            let target = outputs.baseAddress! + done * schema.outputs
            target.update(from: lastOutputs, count: piece * schema.outputs)
            done += piece
          }
        }
      }
    }
  }

  /// The mean loss over all samples of `data`; 0 if there are none.
  public func meanLoss(_ network: borrowing Network, on data: Dataset) -> Float {
    precondition(network.schema == schema, "the network must have the schema this step was made for")
    precondition(
      data.inputCount == schema.inputs && data.targetCount == schema.outputs, "the data must fit the schema")
    if data.count == 0 { return 0 }
    var total: Double = 0
    data.inputs.withUnsafeBufferPointer { inputs in
      data.targets.withUnsafeBufferPointer { targets in
        network.parameters.withUnsafeBufferPointer { parameters in
          var done = 0
          while done < data.count {
            let piece = min(batchCapacity, data.count - done)
            let x = inputs.baseAddress! + done * schema.inputs
            runForward(parameters.baseAddress!, inputs: x, rows: piece)
            total += Double(lossSum(targets: targets.baseAddress! + done * schema.outputs, rows: piece))
            done += piece
          }
        }
      }
    }
    return Float(total / Double(data.count))
  }

  // MARK: Looking inside

  /// A layer's outputs for one sample of the last batch (the first layer and the first sample are 0).
  public func outputs(ofLayer layer: Int, row: Int) -> [Float] {
    precondition(row >= 0 && row < batchCapacity, "the row must be one of the batch")
    let width = slices[layer].outputs
    let start = layerOutputs.pointer + valueOffsets[layer] + row * width
    return Array(UnsafeBufferPointer(start: start, count: width))
  }

  /// The derivatives of the last batch's mean loss by a layer's weights, as (outputs, inputs), without the penalty.
  public func weightGradients(ofLayer layer: Int) -> [Float] {
    slices[layer].transposedWeights(of: parameterGradients.pointer)
  }

  /// The derivatives of the last batch's mean loss by a layer's biases.
  public func biasGradients(ofLayer layer: Int) -> [Float] {
    let slice = slices[layer]
    return Array(UnsafeBufferPointer(start: parameterGradients.pointer + slice.biasOffset, count: slice.outputs))
  }

  // MARK: The passes. Shapes have been checked; from here on pointers.

  private var lastOutputs: UnsafePointer<Float> {
    UnsafePointer(layerOutputs.pointer + valueOffsets[slices.count - 1])
  }

  private func checkBatch(inputs: [Float], rows: Int) {
    precondition(rows > 0 && rows <= batchCapacity, "a batch has from 1 to batchCapacity rows")
    precondition(inputs.count >= rows * schema.inputs, "the inputs must fill the rows")
  }

  private func runForward(_ parameters: UnsafePointer<Float>, inputs: UnsafePointer<Float>, rows: Int) {
    var layerInputs = inputs
    for (index, slice) in slices.enumerated() {
      let z = preActivations.pointer + valueOffsets[index]
      let a = layerOutputs.pointer + valueOffsets[index]
      kernels.affine(
        LayerShape(rows: rows, inputs: slice.inputs, outputs: slice.outputs), layerInputs,
        parameters + slice.weightOffset, parameters + slice.biasOffset, z)
      slice.activation.apply(rows: rows, columns: slice.outputs, preActivations: z, outputs: a, kernels: kernels)
      layerInputs = UnsafePointer(a)
    }
  }

  private func lossSum(targets: UnsafePointer<Float>, rows: Int) -> Float {
    loss.sum(
      rows: rows, columns: schema.outputs, preActivations: preActivations.pointer + valueOffsets[slices.count - 1],
      outputs: lastOutputs, targets: targets)
  }

  private func runBackward(
    _ parameters: UnsafePointer<Float>, inputs: UnsafePointer<Float>, targets: UnsafePointer<Float>, rows: Int
  ) {
    var delta = delta.pointer
    var inputDelta = inputDelta.pointer
    loss.delta(rows: rows, columns: schema.outputs, outputs: lastOutputs, targets: targets, into: delta)
    var index = slices.count - 1
    while index >= 0 {
      let slice = slices[index]
      if index < slices.count - 1 || !loss.includesActivation {
        slice.activation.applyDerivative(
          rows: rows, columns: slice.outputs, preActivations: preActivations.pointer + valueOffsets[index],
          outputs: layerOutputs.pointer + valueOffsets[index], delta: delta, kernels: kernels)
      }
      let shape = LayerShape(rows: rows, inputs: slice.inputs, outputs: slice.outputs)
      let layerInputs = index == 0 ? inputs : UnsafePointer(layerOutputs.pointer + valueOffsets[index - 1])
      kernels.weightGradient(
        shape, layerInputs, delta, parameterGradients.pointer + slice.weightOffset,
        parameterGradients.pointer + slice.biasOffset)
      if index > 0 {
        kernels.inputGradient(shape, delta, parameters + slice.weightOffset, inputDelta)
        swap(&delta, &inputDelta)
      }
      index -= 1
    }
  }

  /// The first layer whose outputs are not finite, or else the loss.
  private func nonFiniteForward(rows: Int) -> TrainingError {
    for (index, slice) in slices.enumerated() {
      let z = UnsafePointer(preActivations.pointer + valueOffsets[index])
      if !kernels.largestMagnitude(rows * slice.outputs, z).isFinite {
        return .nonFinite(.outputs, layer: index, step: 0)
      }
    }
    return .nonFinite(.loss, layer: slices.count - 1, step: 0)
  }

  /// The layer nearest to the outputs whose gradients are not finite: gradients flow from there.
  private func nonFiniteGradients() -> TrainingError {
    var index = slices.count - 1
    while index > 0 {
      let slice = slices[index]
      let start = UnsafePointer(parameterGradients.pointer + slice.weightOffset)
      if !kernels.largestMagnitude(slice.weights.count + slice.outputs, start).isFinite { break }
      index -= 1
    }
    return .nonFinite(.gradients, layer: index, step: 0)
  }
}

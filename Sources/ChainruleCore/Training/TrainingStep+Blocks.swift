import ChainruleKernels

/// A batch's passes, block by block. Shapes are already checked; from here on, everything is pointers.
extension TrainingStep {
  /// Runs a batch forward and back. Returns the mean loss. If that's finite, leaves the derivatives in
  /// ``parameterGradients``, or the kept deltas.
  func runBatch(
    _ network: NetworkPointers, inputs: UnsafePointer<Float>, targets: UnsafePointer<Float>,
    weights: UnsafePointer<Float>?, rows: Int, mode: Mode, keepsDeltas: Bool
  ) -> Float {
    let total = Loss.totalWeight(weights, rows: rows)
    let goal = Goal(targets: targets, weights: weights, totalWeight: total)
    let batch = PassingBatch(network: network, inputs: inputs, rows: rows, mode: mode, keepsDeltas: keepsDeltas)
    let blocks = (rows + blockRows - 1) / blockRows
    if blocks > 1 && sharesBlocks {
      gradientWork.set(self, batch, goal)
      kernels.concurrently(blocks, scratch.pointer, gradientWork)
      gradientWork.clear()
    } else {
      for number in 0..<blocks { run(block: number, of: batch, goal: goal, scratch: scratch.pointer) }
    }
    var sum = blockLosses.pointer[0]
    for number in 1..<max(blocks, 1) { sum += blockLosses.pointer[number] }
    let mean = total == 0 && sum.isFinite ? 0 : sum / total
    if mean.isFinite {
      for number in 1..<max(blocks, 1) {
        let gradients = blockGradients.pointer + (number - 1) * parameterGradients.count
        kernels.updates.add(parameterGradients.count, parameterGradients.pointer, gradients)
      }
    }
    return mean
  }

  /// Runs a batch forward.
  func runForward(_ network: NetworkPointers, inputs: UnsafePointer<Float>, rows: Int, mode: Mode) {
    let batch = PassingBatch(network: network, inputs: inputs, rows: rows, mode: mode)
    let blocks = (rows + blockRows - 1) / blockRows
    if blocks > 1 && sharesBlocks {
      forwardWork.set(self, batch)
      kernels.concurrently(blocks, scratch.pointer, forwardWork)
      forwardWork.clear()
    } else {
      for number in 0..<blocks { runForward(block: number, of: batch, scratch: scratch.pointer) }
    }
  }

  /// Runs one block of a batch forward.
  func runForward(block number: Int, of batch: PassingBatch, scratch: UnsafeMutablePointer<Float>) {
    let block = block(number, of: batch, scratch: scratch)
    let inputs = batch.inputs + block.first * schema.inputs
    runForward(batch.network, inputs: inputs, block: block, mode: batch.mode)
  }

  /// Runs one block of a batch forward and back.
  func run(block number: Int, of batch: PassingBatch, goal: Goal, scratch: UnsafeMutablePointer<Float>) {
    let block = block(number, of: batch, scratch: scratch)
    let inputs = batch.inputs + block.first * schema.inputs
    runForward(batch.network, inputs: inputs, block: block, mode: batch.mode)
    let values = lossBatch(targets: goal.targets, weights: goal.weights, block: block)
    let sum = loss.sum(
      values, terms: inputDelta(of: block), squaredDistance: kernels.squaredDistance, softplus: kernels.softplus)
    blockLosses.pointer[number] = sum
    if !sum.isFinite { return }
    let delta = batch.keepsDeltas ? keptDelta(slices.count - 1) : delta(of: block)
    loss.delta(values, totalWeight: goal.totalWeight, sigmoid: kernels.sigmoid, into: delta)
    if usesLanes {
      runLanesBackward(batch.network, block: block)
    } else {
      runRowsBackward(batch, inputs: inputs, block: block)
    }
  }

  private func block(_ number: Int, of batch: PassingBatch, scratch: UnsafeMutablePointer<Float>) -> Block {
    let first = number * blockRows
    return Block(
      first: first, rows: min(blockRows, batch.rows - first),
      gradients: number == 0
        ? parameterGradients.pointer : blockGradients.pointer + (number - 1) * parameterGradients.count,
      scratch: scratch)
  }

  private func runForward(_ network: NetworkPointers, inputs: UnsafePointer<Float>, block: Block, mode: Mode) {
    if usesLanes {
      runLanesForward(network, inputs: inputs, block: block)
    } else {
      runRowsForward(network, inputs: inputs, block: block, mode: mode)
    }
  }

  // MARK: Where a block's values are

  /// A batch as if it were one block, for code that reads only the last layer.
  func wholeBatch(rows: Int) -> Block {
    Block(first: 0, rows: rows, gradients: parameterGradients.pointer, scratch: scratch.pointer)
  }

  /// The last layer's outputs for the batch, in rows.
  var lastOutputs: UnsafePointer<Float> {
    UnsafePointer(outputValues + valueOffsets[slices.count - 1])
  }

  func preActivations(of layer: Int, _ block: Block) -> UnsafeMutablePointer<Float> {
    preActivations.pointer + (valueOffsets[layer] + block.first * slices[layer].outputs)
  }

  func layerOutputs(of layer: Int, _ block: Block) -> UnsafeMutablePointer<Float> {
    outputValues + (valueOffsets[layer] + block.first * slices[layer].outputs)
  }

  func delta(of block: Block) -> UnsafeMutablePointer<Float> { delta.pointer + block.first * schema.widest }

  func inputDelta(of block: Block) -> UnsafeMutablePointer<Float> { inputDelta.pointer + block.first * schema.widest }

  func lossBatch(targets: UnsafePointer<Float>, weights: UnsafePointer<Float>?, block: Block) -> LossBatch {
    let last = slices.count - 1
    var blockWeights: UnsafePointer<Float>?
    if let weights { blockWeights = weights + block.first }
    return LossBatch(
      rows: block.rows, columns: schema.outputs, preActivations: preActivations(of: last, block),
      outputs: layerOutputs(of: last, block), targets: targets + block.first * schema.outputs, weights: blockWeights)
  }

  /// A layer's values for some samples of the last batch, row by row, out of ``preActivations`` or ``outputValues``.
  func rows(_ range: Range<Int>, ofLayer layer: Int, in values: UnsafePointer<Float>) -> [Float] {
    let width = slices[layer].outputs
    let start = values + valueOffsets[layer]
    // The last layer is stored in rows, for the loss.
    if !usesLanes || layer == slices.count - 1 {
      return Array(UnsafeBufferPointer(start: start + range.lowerBound * width, count: range.count * width))
    }
    var result: [Float] = []
    result.reserveCapacity(range.count * width)
    for row in range {
      let block = start + (row - row % blockRows) * width
      for column in 0..<width { result.append(block[column * blockRows + row % blockRows]) }
    }
    return result
  }
}

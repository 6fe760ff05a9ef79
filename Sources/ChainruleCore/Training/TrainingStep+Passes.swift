import ChainruleKernels

/// The passes of a block whose samples are stored in rows.
extension TrainingStep {
  /// What a forward pass is for.
  enum Mode {
    /// Prediction: batch normalizations use their running statistics, nothing is dropped.
    case evaluation
    /// Differentiation: batch normalizations use the batch's statistics, nothing is dropped.
    case differentiation
    /// Training: batch normalizations use the batch's statistics, and the masks are applied.
    case training
  }

  func runRowsForward(_ network: NetworkPointers, inputs: UnsafePointer<Float>, block: Block, mode: Mode) {
    let rows = block.rows
    var layerInputs = inputs
    for (index, slice) in slices.enumerated() {
      let z = preActivations(of: index, block)
      let a = layerOutputs(of: index, block)
      let weights = network.parameters + slice.weights.lowerBound
      let biases = network.parameters + slice.biases.lowerBound
      let means = moments(of: index, block)
      switch slice.kind {
      case .dense:
        let shape = LayerShape(rows: rows, inputs: slice.inputs, outputs: slice.outputs)
        let slope = slice.activation.rectifierSlope
        if packedOffsets.isEmpty || !runPacked(index, shape, layerInputs, biases, z, a, slope, block.scratch) {
          if let slope {
            kernels.rectifiedAffine(shape, layerInputs, weights, biases, z, a, slope, block.scratch)
          } else {
            kernels.affine(shape, layerInputs, weights, biases, z, block.scratch)
          }
        }
        if slope != nil {
          layerInputs = UnsafePointer(a)
          continue
        }
      case .batchNormalization:
        let scales = means + slice.outputs
        if goesByBatch(index, network, mode) {
          kernels.normalization.batchMoments(
            rows, slice.outputs, TrainingStep.normalizationEpsilon, layerInputs, means, scales)
        } else {
          let statistics = network.statistics + slice.statistics.lowerBound
          means.copy(from: statistics, count: slice.outputs)
          for i in 0..<slice.outputs {
            scales[i] = 1 / (statistics[slice.outputs + i] + TrainingStep.normalizationEpsilon).squareRoot()
          }
        }
        kernels.normalization.batchApply(rows, slice.outputs, layerInputs, means, scales, weights, biases, z)
      case .layerNormalization:
        let scales = means + batchCapacity
        kernels.normalization.layerMoments(
          rows, slice.outputs, TrainingStep.normalizationEpsilon, layerInputs, means, scales)
        kernels.normalization.layerApply(rows, slice.outputs, layerInputs, means, scales, weights, biases, z)
      case .dropout:
        let count = rows * slice.outputs
        z.copy(from: layerInputs, count: count)
        if mode == .training {
          multiply(count, z, by: masks.pointer + valueOffsets[index] + block.first * slice.outputs)
        }
      }
      apply(
        slice.activation, rows: rows, columns: slice.outputs, preActivations: z, outputs: a)
      layerInputs = UnsafePointer(a)
    }
  }

  /// Runs backward, from the derivative with respect to the last layer, in `delta`, to the derivatives with respect to
  /// all parameters; or, if deltas are kept, from the last delta to all of them.
  func runRowsBackward(_ batch: PassingBatch, inputs: UnsafePointer<Float>, block: Block) {
    let (network, mode) = (batch.network, batch.mode)
    let rows = block.rows
    var delta = batch.keepsDeltas ? keptDelta(slices.count - 1) : delta(of: block)
    var inputDelta = inputDelta(of: block)
    var index = slices.count - 1
    // The layer whose activation's derivative was already applied, together with the gradient with respect to its
    // outputs.
    var derived = slices.count
    while index >= 0 {
      let slice = slices[index]
      if index != derived && (index < slices.count - 1 || !loss.includesActivation) {
        applyDerivative(
          of: slice.activation, rows: rows, columns: slice.outputs, preActivations: preActivations(of: index, block),
          outputs: layerOutputs(of: index, block), delta: delta)
      }
      let layerInputs = index == 0 ? inputs : UnsafePointer(layerOutputs(of: index - 1, block))
      let weights = network.parameters + slice.weights.lowerBound
      let weightGradient = block.gradients + slice.weights.lowerBound
      let biasGradient = block.gradients + slice.biases.lowerBound
      let means = moments(of: index, block)
      switch slice.kind {
      case .dense:
        let shape = LayerShape(rows: rows, inputs: slice.inputs, outputs: slice.outputs)
        if batch.keepsDeltas {
          if index > 0 { inputDelta = keptDelta(index - 1) }
        } else {
          kernels.weightGradient(shape, layerInputs, delta, weightGradient, biasGradient, block.scratch)
        }
        if index > 0 {
          if let slope = slices[index - 1].activation.rectifierSlope, slope != 1 {
            let sums = preActivations(of: index - 1, block)
            kernels.rectifiedInputGradient(shape, delta, weights, sums, inputDelta, slope, block.scratch)
            derived = index - 1
          } else {
            kernels.inputGradient(shape, delta, weights, inputDelta, block.scratch)
          }
          swap(&delta, &inputDelta)
        }
      case .batchNormalization:
        let scales = means + slice.outputs
        kernels.normalization.batchParameterGradient(
          rows, slice.outputs, layerInputs, means, scales, delta, weightGradient, biasGradient)
        // Fixed means and variances don't depend on the inputs, so their part of the gradient is zero.
        let isFixed = !goesByBatch(index, network, mode)
        kernels.normalization.batchInputGradient(
          rows, slice.outputs, layerInputs, means, scales, weights, isFixed ? zeros.pointer : weightGradient,
          isFixed ? zeros.pointer : biasGradient, delta)
      case .layerNormalization:
        let scales = means + batchCapacity
        kernels.normalization.layerParameterGradient(
          rows, slice.outputs, layerInputs, means, scales, delta, weightGradient, biasGradient)
        kernels.normalization.layerInputGradient(
          rows, slice.outputs, layerInputs, means, scales, weights, weightGradient, biasGradient, delta)
      case .dropout:
        if mode == .training {
          multiply(rows * slice.outputs, delta, by: masks.pointer + valueOffsets[index] + block.first * slice.outputs)
        }
      }
      index -= 1
    }
  }

  private func goesByBatch(_ layer: Int, _ network: NetworkPointers, _ mode: Mode) -> Bool {
    mode != .evaluation && !network.frozen[layer]
  }

  private func multiply(_ count: Int, _ values: UnsafeMutablePointer<Float>, by factors: UnsafePointer<Float>) {
    for i in 0..<count { values[i] *= factors[i] }
  }

  /// Draws the masks of all dropouts.
  func drawMasks(rows: Int, random: inout RandomSource) {
    for (index, slice) in slices.enumerated() {
      guard case .dropout(let rate) = slice.kind else { continue }
      let mask = masks.pointer + valueOffsets[index]
      let kept = 1 / (1 - rate)
      for i in 0..<(rows * slice.outputs) { mask[i] = random.uniform() < rate ? 0 : kept }
    }
  }

  /// Moves the running means and variances of batch normalizations towards those of the batch. The variance is
  /// unbiased, as in PyTorch. A batch of one sample has none, and changes nothing.
  func updateRunningStatistics(of network: inout Network, rows: Int) {
    if network.statistics.isEmpty || rows < 2 { return }
    let share = TrainingStep.runningShare
    let correction = Double(rows) / Double(rows - 1)
    for (index, slice) in slices.enumerated() {
      if slice.kind != .batchNormalization || network.isFrozen(layer: index) { continue }
      let means = moments.pointer + momentOffsets[index]
      let start = slice.statistics.lowerBound
      for i in 0..<slice.outputs {
        let scale = Double(means[slice.outputs + i])
        let variance = max(0, 1 / (scale * scale) - Double(TrainingStep.normalizationEpsilon))
        let mean = network.statistics[start + i]
        network.statistics[start + i] = mean + share * (means[i] - mean)
        let kept = network.statistics[start + slice.outputs + i]
        network.statistics[start + slice.outputs + i] = kept + share * (Float(variance * correction) - kept)
      }
    }
  }

  /// Where a normalization's means are; its scales follow. A layer normalization has a mean and a scale per sample.
  private func moments(of layer: Int, _ block: Block) -> UnsafeMutablePointer<Float> {
    let isPerSample = slices[layer].kind == .layerNormalization
    return moments.pointer + momentOffsets[layer] + (isPerSample ? block.first : 0)
  }
}

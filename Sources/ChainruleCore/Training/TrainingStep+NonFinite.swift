import ChainruleKernels

/// Finds where numbers stopped being finite.
extension TrainingStep {
  /// The error for the first layer whose outputs aren't finite, or else for the loss.
  func nonFiniteForward(_ batch: TrainingBatch) -> TrainingError {
    for index in slices.indices {
      let sums = rows(0..<batch.rows, ofLayer: index, in: preActivations.pointer)
      if !kernels.largestMagnitude(sums.count, sums).isFinite { return nonFinite(.outputs, layer: index, batch) }
    }
    return nonFinite(.loss, layer: slices.count - 1, batch)
  }

  /// The error for the layer nearest to the outputs whose gradients aren't finite, or are too large: gradients flow
  /// from there.
  func nonFiniteGradients(_ batch: TrainingBatch) -> TrainingError {
    var index = slices.count - 1
    while index > 0 {
      let range = slices[index].parameters
      if !(kernels.largestMagnitude(range.count, parameterGradients.pointer + range.lowerBound) < 1e19) { break }
      index -= 1
    }
    return nonFinite(.gradients, layer: index, batch)
  }

  func nonFinite(
    _ quantity: TrainingError.Quantity, layer: Int, _ batch: TrainingBatch
  ) -> TrainingError {
    .nonFinite(TrainingError.NonFinite(quantity: quantity, layer: layer, step: 0, cause: cause(batch)))
  }

  private func cause(_ batch: TrainingBatch) -> TrainingError.Cause {
    if largest(batch.inputs, batch.rows * schema.inputs) > 1_000 { return .unscaledInputs }
    #if !hasFeature(Embedded)
      // Counts can't be scaled.
      if loss.kind != .poisson && largest(batch.targets, batch.rows * schema.outputs) > 1_000 {
        return .unscaledTargets
      }
    #endif
    return .weightsTooLarge
  }

  /// The largest magnitude; infinity if one is NaN.
  private func largest(_ values: [Float], _ count: Int) -> Float {
    let largest = values.withUnsafeBufferPointer { kernels.largestMagnitude(count, $0.baseAddress!) }
    return largest.isNaN ? .infinity : largest
  }
}

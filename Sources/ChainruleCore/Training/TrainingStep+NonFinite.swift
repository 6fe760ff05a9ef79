import ChainruleKernels

/// Where numbers stopped being finite.
extension TrainingStep {
  /// The first layer whose outputs are not finite, or else the loss.
  func nonFiniteForward(_ batch: TrainingBatch) -> TrainingError {
    for index in slices.indices {
      let sums = rows(0..<batch.rows, ofLayer: index, in: preActivations.pointer)
      if !kernels.largestMagnitude(sums.count, sums).isFinite { return nonFinite(.outputs, layer: index, batch) }
    }
    return nonFinite(.loss, layer: slices.count - 1, batch)
  }

  /// The layer nearest to the outputs whose gradients are not finite, or too large: gradients flow from there.
  func nonFiniteGradients(_ batch: TrainingBatch) -> TrainingError {
    var index = slices.count - 1
    while index > 0 {
      let range = slices[index].parameters
      if !(kernels.largestMagnitude(range.count, parameterGradients.pointer + range.lowerBound) < 1e19) { break }
      index -= 1
    }
    return nonFinite(.gradients, layer: index, batch)
  }

  private func nonFinite(
    _ quantity: TrainingError.Quantity, layer: Int, _ batch: TrainingBatch
  ) -> TrainingError {
    let count = batch.rows * schema.inputs
    let largest = batch.inputs.withUnsafeBufferPointer { kernels.largestMagnitude(count, $0.baseAddress!) }
    let cause: TrainingError.Cause = largest <= 1_000 ? .learningRateTooHigh : .unscaledInputs
    return .nonFinite(TrainingError.NonFinite(quantity: quantity, layer: layer, step: 0, cause: cause))
  }
}

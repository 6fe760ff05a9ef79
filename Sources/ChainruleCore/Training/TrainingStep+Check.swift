import ChainruleKernels

/// What is checked in each step: a fixed number of comparisons, whatever the size of the network.
///
/// The page's figures choose their settings from ranges where these checks can't fail, so embedded programs leave them
/// out, except those of array lengths.
extension TrainingStep {
  @inline(__always)
  func checkBatch(inputs: [Float], rows: Int) {
    require(
      rows > 0 && rows <= batchCapacity,
      "found a batch of \(rows.counted("row")); this step takes from 1 to \(batchCapacity)")
    require(
      inputs.count >= rows * schema.inputs,
      "found \(inputs.count.counted("input")) for \(rows.counted("row")) of \(schema.inputs); they must fill the rows")
  }

  @inline(__always)
  func checkNetwork(_ network: borrowing Network) {
    require(
      network.schema == schema,
      "found a network of the schema \(network.schema.message), but this step was made for \(schema.message)")
  }

  func checkSettings(
    _ network: borrowing Network, _ state: borrowing StepState, _ optimizer: Optimizer, _ regularizer: Regularizer,
    rows: Int
  ) throws(TrainingError) {
    #if !hasFeature(Embedded)
      try optimizer.check()
      try regularizer.check()
      if !(0..<TrainingRun.State.longestRun).contains(state.steps) { throw .stateDoesNotFit }
      if rows == 1, let layer = network.firstTrainedBatchNormalization { throw .batchOfOne(layer: layer) }
    #endif
  }

  /// If the weights sum to infinity, or to too little to divide by, the loss would be meaningless.
  func checkTotalWeight(of batch: TrainingBatch) throws(TrainingError) {
    #if !hasFeature(Embedded)
      guard let weights = batch.weights else { return }
      var total: Float = 0
      for row in 0..<batch.rows { total += weights[row] }
      if total == 0 || total >= Dataset.weightRange.lowerBound && total < 1e30 { return }
      throw .badTotalWeight(total)
    #endif
  }

  /// An overflowing variance only makes the step's values 0, but it would spoil the running variance.
  func checkStatistics(of network: borrowing Network, batch: TrainingBatch) throws(TrainingError) {
    #if !hasFeature(Embedded)
      if network.statistics.isEmpty { return }
      for (index, slice) in slices.enumerated() {
        if slice.kind != .batchNormalization || network.isFrozen(layer: index) { continue }
        let means = moments.pointer + momentOffsets[index]
        for i in 0..<slice.outputs where !(means[slice.outputs + i] > 1e-18 && means[i].magnitude < 1e30) {
          throw nonFinite(.statistics, layer: index, batch)
        }
      }
    #endif
  }
}

extension Network {
  /// The first batch normalization that isn't frozen, and so uses the batch's statistics in training.
  var firstTrainedBatchNormalization: Int? {
    if statistics.isEmpty { return nil }
    return slices.indices.first { slices[$0].kind == .batchNormalization && !isFrozen(layer: $0) }
  }

  /// The first layer with a number that isn't finite.
  var firstNonFiniteLayer: Int? {
    slices.indices.first { index in
      for i in slices[index].parameters where !parameters[i].isFinite { return true }
      for i in slices[index].statistics where !statistics[i].isFinite { return true }
      return false
    }
  }
}

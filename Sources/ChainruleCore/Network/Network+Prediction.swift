import ChainruleKernels

extension Network {
  /// The outputs for any number of samples. Whoever asks often does better with a ``Predictor``.
  ///
  /// - Parameters:
  ///   - inputs: (rows, inputs), row by row.
  ///   - kernels: the loops to run.
  /// - Returns: (rows, outputs), row by row.
  public func predict(_ inputs: [Float], kernels: Kernels = .portable) -> [Float] {
    let rows = rowCount(of: inputs)
    let predictor = Predictor(
      self, batchCapacity: max(1, min(rows, 256)), kernels: kernels, packsWeights: rows > 1_024)
    return predictor.predict(inputs)
  }

  /// What every layer gives for some samples: one array for each layer, (rows, that layer's outputs), row by row.
  ///
  /// ```swift
  /// let values = Network("2, 3 relu, 1").values([0.5, -1])
  /// values[0]  // the three hidden perceptrons
  /// values[1]  // the output
  /// ```
  public func values(_ inputs: [Float], kernels: Kernels = .portable) -> [[Float]] {
    let rows = rowCount(of: inputs)
    if rows == 0 { return [[Float]](repeating: [], count: schema.layers.count) }
    let step = TrainingStep(schema: schema, loss: .standard(for: schema), batchCapacity: rows, kernels: kernels)
    step.forward(self, inputs: inputs, rows: rows)
    var values: [[Float]] = []
    for layer in schema.layers.indices { values.append(step.outputs(ofLayer: layer, rows: rows)) }
    return values
  }

  /// The mean loss over all samples of `data`, weighted as the samples are, without any penalty on weights; 0 if there are
  /// none.
  public func meanLoss(_ loss: Loss, on data: Dataset, kernels: Kernels = .portable) -> Float {
    let step = TrainingStep(
      schema: schema, loss: loss, batchCapacity: max(1, min(data.count, 256)), kernels: kernels)
    return step.meanLoss(self, on: data)
  }

  func rowCount(of inputs: [Float]) -> Int {
    precondition(inputs.count % schema.inputs == 0, "the inputs must fill whole rows")
    return inputs.count / schema.inputs
  }
}

import ChainruleKernels

extension Network {
  /// The outputs for any number of samples. For many calls, a ``Predictor`` is faster.
  ///
  /// If inputs or weights are so large that a sum overflows, an output is infinite or NaN. If your inputs come from
  /// outside, check the outputs (`allSatisfy(\.isFinite)`); `TabularModel` of ChainruleFormats does.
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

  /// Every layer's outputs: one array for each layer, (rows, that layer's outputs), row by row.
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

  /// The weighted mean loss over all samples of `data`, without penalties.
  ///
  /// - Throws: ``TrainingError`` if data, network and loss don't fit together (``Dataset/check(for:loss:)``), or the
  ///   loss isn't finite.
  public func meanLoss(
    _ loss: Loss, on data: Dataset, kernels: Kernels = .portable
  ) throws(TrainingError) -> Float {
    try data.check(for: schema, loss: loss)
    let step = TrainingStep(schema: schema, loss: loss, batchCapacity: min(data.count, 256), kernels: kernels)
    let mean = step.meanLoss(self, on: data)
    if !mean.isFinite {
      throw step.nonFinite(
        .loss, layer: schema.layers.count - 1,
        TrainingBatch(inputs: data.inputs, targets: data.targets, weights: data.weights, rows: data.count))
    }
    return mean
  }

  func rowCount(of inputs: [Float]) -> Int {
    require(
      inputs.count % schema.inputs == 0,
      "found \(inputs.count.counted("input")) for a network with \(schema.inputs); they must fill whole rows")
    return inputs.count / schema.inputs
  }
}

import ChainruleKernels

/// How one layer does on some samples: whether its values vary, its gradient reaches it, its perceptrons live.
public struct LayerReport: Equatable, Sendable {
  /// The mean of the layer's outputs.
  public let mean: Float
  /// Their standard deviation.
  public let deviation: Float
  /// How far the samples are apart: the standard deviation of each perceptron's outputs over the samples, its root mean
  /// square over the perceptrons. Near 0 the layer gives the same whatever it is given, though its perceptrons may differ.
  public let sampleDeviation: Float
  /// The largest magnitude among them.
  public let largest: Float
  /// How many ReLUs give 0 for every sample, and so have no slope to learn from.
  public let deadUnits: Int
  /// The Euclidean length of the gradient by the layer's weights and biases.
  public let gradientNorm: Float
  /// The root mean square of that gradient: comparable between layers of different sizes.
  public let gradientRootMeanSquare: Float
}

extension Network {
  /// Looks into every layer: one forward and one backward pass over all samples as one batch.
  ///
  /// ```swift
  /// for layer in try network.report(on: data, loss: .squaredError) { print(layer.gradientNorm, layer.deadUnits) }
  /// ```
  ///
  /// - Throws: ``TrainingError`` if data, network and loss do not fit together, or numbers are not finite.
  public func report(
    on data: Dataset, loss: Loss? = nil, kernels: Kernels = .portable
  ) throws(TrainingError) -> [LayerReport] {
    let loss = loss ?? .standard(for: schema)
    try data.check(for: schema, loss: loss)
    let step = TrainingStep(schema: schema, loss: loss, batchCapacity: data.count, kernels: kernels)
    try step.differentiate(
      self, inputs: data.inputs, targets: data.targets, weights: data.weights, rows: data.count)
    var reports: [LayerReport] = []
    for layer in schema.layers.indices { reports.append(step.report(ofLayer: layer, rows: data.count)) }
    return reports
  }
}

extension TrainingStep {
  /// How a layer did in the last batch of so many rows, which must have been differentiated, or trained in a way that keeps the
  /// derivatives (``train(_:state:inputs:targets:weights:rows:optimizer:regularizer:)``).
  public func report(ofLayer layer: Int, rows: Int) -> LayerReport {
    checkLayer(layer)
    checkRows(rows)
    require(rows > 0, "found a report on no rows; it needs one or more")
    let slice = slices[layer]
    let values = self.rows(0..<rows, ofLayer: layer, in: outputValues)
    let count = rows * slice.outputs
    var sum: Double = 0
    for i in 0..<count { sum += Double(values[i]) }
    let mean = sum / Double(count)
    var squares: Double = 0
    for i in 0..<count { squares += (Double(values[i]) - mean) * (Double(values[i]) - mean) }
    var dead = 0
    var sampleSquares: Double = 0
    for unit in 0..<slice.outputs {
      var lives = !slice.activation.canDie
      var unitMean: Double = 0
      for row in 0..<rows {
        let value = values[row * slice.outputs + unit]
        if value > 0 { lives = true }
        unitMean += Double(value) / Double(rows)
      }
      if !lives { dead += 1 }
      for row in 0..<rows {
        let distance = Double(values[row * slice.outputs + unit]) - unitMean
        sampleSquares += distance * distance
      }
    }
    let norm = gradientNorm(ofLayer: layer)
    let parameters = slice.parameters.count
    return LayerReport(
      mean: Float(mean), deviation: Float((squares / Double(count)).squareRoot()),
      sampleDeviation: Float((sampleSquares / Double(count)).squareRoot()),
      largest: kernels.largestMagnitude(count, values), deadUnits: dead, gradientNorm: norm,
      gradientRootMeanSquare: parameters == 0 ? 0 : norm / Float(parameters).squareRoot())
  }
}

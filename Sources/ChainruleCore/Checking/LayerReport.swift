import ChainruleKernels

/// How one layer does on some samples: whether its values vary, whether gradient reaches it, and whether units are
/// dead.
public struct LayerReport: Equatable, Sendable {
  /// The mean of the layer's outputs.
  public let mean: Float
  /// Their standard deviation.
  public let deviation: Float
  /// How far the samples are apart: each perceptron's standard deviation over the samples, as a root mean square over
  /// the perceptrons. Near 0, the layer's outputs hardly depend on its input, though its perceptrons may differ from
  /// each other.
  public let sampleDeviation: Float
  /// The largest magnitude of the outputs.
  public let largest: Float
  /// How many ReLUs give 0 for every sample, so that no gradient passes through them.
  public let deadUnits: Int
  /// The Euclidean length of the gradient with respect to the layer's weights and biases.
  public let gradientNorm: Float
  /// The root mean square of that gradient: comparable between layers of different sizes.
  public let gradientRootMeanSquare: Float
}

extension Network {
  /// Reports on every layer, after one forward and one backward pass over all samples as one batch.
  ///
  /// ```swift
  /// for layer in try network.report(on: data, loss: .squaredError) { print(layer.gradientNorm, layer.deadUnits) }
  /// ```
  ///
  /// - Throws: ``TrainingError`` if data, network and loss don't fit together, or numbers aren't finite.
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
  /// How a layer did in the last batch, of `rows` samples. Call it after `differentiate`, or after a training step that
  /// keeps the derivatives (``train(_:state:inputs:targets:weights:rows:optimizer:regularizer:)``).
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

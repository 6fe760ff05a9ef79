/// Where one layer's numbers are in a network's flat arrays.
struct LayerSlice: Equatable, Sendable {
  let kind: Schema.Layer.Kind
  let inputs: Int
  let outputs: Int
  let activation: Activation
  /// The weights: (inputs, outputs) for a dense layer, the gains of a normalization, empty for dropout.
  let weights: Range<Int>
  /// The biases, or a normalization's shifts, right after the weights.
  let biases: Range<Int>
  /// Running means, then running variances, in the array of statistics; empty except for batch normalization.
  let statistics: Range<Int>

  /// Weights and biases.
  var parameters: Range<Int> { weights.lowerBound..<biases.upperBound }

  static func all(of schema: Schema) -> [LayerSlice] {
    var slices: [LayerSlice] = []
    var offset = 0
    var statistics = 0
    var width = schema.inputs
    for layer in schema.layers {
      let outputs = layer.perceptrons
      let rows = layer.rows(inputs: width)
      let biasOffset = offset + max(0, rows - 1) * outputs
      let end = offset + rows * outputs
      let kept = layer.kind == .batchNormalization ? 2 * outputs : 0
      slices.append(
        LayerSlice(
          kind: layer.kind, inputs: width, outputs: outputs, activation: layer.activation, weights: offset..<biasOffset,
          biases: biasOffset..<end, statistics: statistics..<(statistics + kept)))
      offset = end
      statistics += kept
      width = outputs
    }
    return slices
  }

  /// This layer's weights from `parameters`; for a dense layer as (outputs, inputs).
  func orderedWeights(of parameters: UnsafePointer<Float>) -> [Float] {
    var result = [Float](repeating: 0, count: weights.count)
    for i in result.indices { result[i] = parameters[index(ofWeight: i)] }
    return result
  }

  /// The index of weight `number`, counted in the public order (outputs, inputs).
  func index(ofWeight number: Int) -> Int {
    if kind != .dense { return weights.lowerBound + number }
    let (output, input) = (number / inputs, number % inputs)
    return weights.lowerBound + input * outputs + output
  }
}

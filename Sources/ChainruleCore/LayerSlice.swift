/// Where one layer's parameters lie in the flat array of a network's parameters.
struct LayerSlice: Equatable, Sendable {
  let inputs: Int
  let outputs: Int
  let activation: Activation
  /// The first weight; they lie as (inputs, outputs).
  let weightOffset: Int

  /// The first bias; the biases follow the weights.
  var biasOffset: Int { weightOffset + inputs * outputs }
  var weights: Range<Int> { weightOffset..<biasOffset }
  var biases: Range<Int> { biasOffset..<(biasOffset + outputs) }

  static func all(of schema: Schema) -> [LayerSlice] {
    var slices: [LayerSlice] = []
    var offset = 0
    var width = schema.inputs
    for layer in schema.layers {
      let slice = LayerSlice(
        inputs: width, outputs: layer.perceptrons, activation: layer.activation, weightOffset: offset)
      slices.append(slice)
      offset = slice.biases.upperBound
      width = layer.perceptrons
    }
    return slices
  }

  /// This layer's weights out of `parameters`, as (outputs, inputs).
  func transposedWeights(of parameters: UnsafePointer<Float>) -> [Float] {
    var result = [Float](repeating: 0, count: inputs * outputs)
    for output in 0..<outputs {
      for input in 0..<inputs {
        result[output * inputs + input] = parameters[weightOffset + input * outputs + output]
      }
    }
    return result
  }
}

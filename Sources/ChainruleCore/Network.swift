import ChainruleKernels

/// A multilayer perceptron: a schema and the parameters that fill it. A value: copies are independent.
///
/// ```swift
/// let network = Network("2, 3 relu, 1", seed: 7)
/// network.predict([0.5, -1, 2, 0])  // two samples in, two outputs
/// ```
public struct Network: Equatable, Sendable {
  /// The network's shape.
  public let schema: Schema
  /// All parameters: layer after layer, weights as (inputs, outputs), then biases.
  var parameters: [Float]
  let slices: [LayerSlice]

  /// Creates a network with random weights.
  ///
  /// - Parameters:
  ///   - schema: its shape.
  ///   - initializer: how the weights start; by default ``Initializer/standard(for:)`` of each layer's activation.
  ///   - seed: fixes the weights.
  public init(_ schema: Schema, initializer: Initializer? = nil, seed: UInt64 = 0) {
    self.schema = schema
    slices = LayerSlice.all(of: schema)
    parameters = [Float](repeating: 0, count: schema.parameterCount)
    var random = RandomSource(seed: seed)
    for (index, slice) in slices.enumerated() {
      let start = initializer ?? .standard(for: slice.activation)
      let drawn = start.draw(
        inputs: slice.inputs, outputs: slice.outputs, activation: slice.activation, random: &random)
      setWeights(drawn.weights, ofLayer: index)
      setBiases(drawn.biases, ofLayer: index)
    }
  }

  /// The weights of a layer (the first is 0), as (outputs, inputs), row by row.
  public func weights(ofLayer layer: Int) -> [Float] {
    parameters.withUnsafeBufferPointer { slices[layer].transposedWeights(of: $0.baseAddress!) }
  }

  /// The biases of a layer (the first is 0).
  public func biases(ofLayer layer: Int) -> [Float] {
    Array(parameters[slices[layer].biases])
  }

  /// Replaces the weights of a layer; `weights` is (outputs, inputs), row by row.
  public mutating func setWeights(_ weights: [Float], ofLayer layer: Int) {
    let slice = slices[layer]
    precondition(weights.count == slice.weights.count, "a layer's weights number outputs times inputs")
    for output in 0..<slice.outputs {
      for input in 0..<slice.inputs {
        parameters[slice.weightOffset + input * slice.outputs + output] = weights[output * slice.inputs + input]
      }
    }
  }

  /// Replaces the biases of a layer, one for each perceptron.
  public mutating func setBiases(_ biases: [Float], ofLayer layer: Int) {
    let slice = slices[layer]
    precondition(biases.count == slice.outputs, "a layer has one bias for each perceptron")
    for output in 0..<slice.outputs { parameters[slice.biasOffset + output] = biases[output] }
  }

  /// The outputs for any number of samples.
  ///
  /// - Parameters:
  ///   - inputs: (rows, inputs), row by row.
  ///   - kernels: the loops to run.
  /// - Returns: (rows, outputs), row by row.
  public func predict(_ inputs: [Float], kernels: Kernels = .portable) -> [Float] {
    precondition(inputs.count % schema.inputs == 0, "the inputs must fill whole rows")
    let rows = inputs.count / schema.inputs
    var outputs = [Float](repeating: 0, count: rows * schema.outputs)
    // A forward pass needs no loss; the workspace is made for the one that suits the schema.
    let step = TrainingStep(
      schema: schema, loss: .standard(for: schema), batchCapacity: max(1, min(rows, 256)), kernels: kernels)
    step.predict(self, inputs: inputs, rows: rows, into: &outputs)
    return outputs
  }

  /// The mean loss over all samples of `data`, without any penalty on weights.
  public func meanLoss(_ loss: Loss, on data: Dataset, kernels: Kernels = .portable) -> Float {
    let step = TrainingStep(
      schema: schema, loss: loss, batchCapacity: max(1, min(data.count, 256)), kernels: kernels)
    return step.meanLoss(self, on: data)
  }

  /// A hash (FNV-1a, 64 bits) of the bits of every parameter, weights as (outputs, inputs) and biases, layer by layer.
  /// Two networks of one schema with the same fingerprint are, but for a chance of 2⁻⁶⁴, the same to the last bit.
  public var fingerprint: UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func add(_ value: Float) {
      var bits = value.bitPattern
      for _ in 0..<4 {
        hash = (hash ^ UInt64(bits & 0xff)) &* 0x100_0000_01b3
        bits >>= 8
      }
    }
    for slice in slices {
      for output in 0..<slice.outputs {
        for input in 0..<slice.inputs { add(parameters[slice.weightOffset + input * slice.outputs + output]) }
      }
      for i in slice.biases { add(parameters[i]) }
    }
    return hash
  }
}

import ChainruleKernels

/// A multilayer perceptron: a schema and its parameters. It's a value, so copies are independent.
///
/// ```swift
/// var network = Network("2, 3 relu, 1", seed: 7)
/// network.predict([0.5, -1, 2, 0])  // two samples in, two outputs
/// network.weights(ofLayer: 1)       // (1, 3)
/// network.setFrozen(true, layer: 0)   // training won't change the first layer
/// ```
public struct Network: Equatable, Sendable {
  /// The network's shape.
  public let schema: Schema
  /// All parameters: layer after layer, weights as (inputs, outputs), then biases.
  var parameters: FloatArray
  /// Running means and variances of the batch normalizations, layer after layer.
  var statistics: [Float]
  /// Whether a layer is frozen: training doesn't change it.
  private(set) var frozen: [Bool]
  let slices: [LayerSlice]

  /// Creates a network with random weights. Normalizations start with gain 1 and shift 0.
  ///
  /// - Parameters:
  ///   - schema: the network's shape.
  ///   - initializer: how the weights start; by default ``Initializer/standard(for:)`` of each layer's activation.
  ///   - seed: fixes the weights.
  public init(_ schema: Schema, initializer: Initializer? = nil, seed: UInt64 = 0) {
    self.schema = schema
    slices = LayerSlice.all(of: schema)
    frozen = [Bool](repeating: false, count: slices.count)
    parameters = FloatArray(count: schema.parameterCount)
    statistics = [Float](repeating: 0, count: slices[slices.count - 1].statistics.upperBound)
    var random = RandomSource(seed: seed)
    for (index, slice) in slices.enumerated() {
      if slice.kind == .dense {
        let start = initializer ?? .standard(for: activation(after: index))
        let drawn = start.draw(
          inputs: slice.inputs, outputs: slice.outputs, activation: activation(after: index), random: &random)
        setWeights(drawn.weights, ofLayer: index)
        setBiases(drawn.biases, ofLayer: index)
      } else {
        for i in slice.weights { parameters[i] = 1 }
        for i in slice.statistics.dropFirst(slice.outputs) { statistics[i] = 1 }
      }
    }
  }

  /// The activation after a dense layer: its own, or that of the normalizations and dropouts that follow it.
  private func activation(after layer: Int) -> Activation {
    var index = layer
    while slices[index].activation == .linear && index + 1 < slices.count && slices[index + 1].kind != .dense {
      index += 1
    }
    return slices[index].activation
  }

  // MARK: Parameters

  /// A layer's weights, as (outputs, inputs), row by row, or a normalization's gains. Layers count from 0.
  public func weights(ofLayer layer: Int) -> [Float] {
    parameters.withUnsafePointer { slice(layer).orderedWeights(of: $0) }
  }

  /// A layer's biases, or a normalization's shifts. Layers count from 0.
  public func biases(ofLayer layer: Int) -> [Float] {
    Array(parameters[slice(layer).biases])
  }

  /// Replaces the weights of a layer; `weights` is (outputs, inputs), row by row, or a normalization's gains.
  public mutating func setWeights(_ weights: [Float], ofLayer layer: Int) {
    let slice = slice(layer)
    require(
      weights.count == slice.weights.count,
      "found \(weights.count.counted("weight")) for layer \(layer); it has \(slice.weights.count)")
    for i in weights.indices { parameters[slice.index(ofWeight: i)] = weights[i] }
  }

  /// Replaces the biases of a layer, one for each perceptron, or a normalization's shifts.
  public mutating func setBiases(_ biases: [Float], ofLayer layer: Int) {
    let slice = slice(layer)
    require(
      biases.count == slice.biases.count,
      "found \(biases.count.counted("bias", "biases")) for layer \(layer); it has \(slice.biases.count)")
    for i in biases.indices { parameters[slice.biases.lowerBound + i] = biases[i] }
  }

  /// The weight with which perceptron `output` of a dense layer multiplies value `input`.
  public subscript(layer layer: Int, output output: Int, input input: Int) -> Float {
    get { parameters[index(layer, output, input)] }
    set { parameters[index(layer, output, input)] = newValue }
  }

  private func index(_ layer: Int, _ output: Int, _ input: Int) -> Int {
    let slice = slice(layer)
    require(slice.kind == .dense, "layer \(layer) has no weight for each input: it isn't one of perceptrons")
    require(
      output >= 0 && output < slice.outputs && input >= 0 && input < slice.inputs,
      "found output \(output) and input \(input); layer \(layer) has outputs 0 to \(slice.outputs - 1) and inputs 0 to "
        + "\(slice.inputs - 1)")
    return slice.index(ofWeight: output * slice.inputs + input)
  }

  /// The running means of a batch normalization, which it uses outside training; empty for other layers.
  public func runningMeans(ofLayer layer: Int) -> [Float] {
    Array(statistics[slice(layer).statistics.prefix(slices[layer].statistics.count / 2)])
  }

  /// The running variances of a batch normalization; empty for other layers.
  public func runningVariances(ofLayer layer: Int) -> [Float] {
    Array(statistics[slice(layer).statistics.dropFirst(slices[layer].statistics.count / 2)])
  }

  /// Replaces the running means and variances of a batch normalization. Variances must not be negative.
  public mutating func setRunning(means: [Float], variances: [Float], ofLayer layer: Int) {
    let range = slice(layer).statistics
    require(
      means.count == range.count / 2 && variances.count == range.count / 2,
      "found \(means.count.counted("mean")) and \(variances.count.counted("variance")) for layer \(layer); it has "
        + "\(range.count / 2) of each"
    )
    for i in means.indices {
      require(variances[i] >= 0, "found the variance \(variances[i]); a variance is 0 or more")
      statistics[range.lowerBound + i] = means[i]
      statistics[range.lowerBound + means.count + i] = variances[i]
    }
  }

  private func slice(_ layer: Int) -> LayerSlice {
    checkLayer(layer)
    return slices[layer]
  }

  private func checkLayer(_ layer: Int) {
    require(
      slices.indices.contains(layer), "found the layer number \(layer); the layers are 0 to \(slices.count - 1)")
  }

  // MARK: Freezing

  /// Whether a layer is frozen: training doesn't change it.
  public func isFrozen(layer: Int) -> Bool {
    checkLayer(layer)
    return frozen[layer]
  }

  /// Freezes a layer, so that training doesn't change it, or unfreezes it. A frozen batch normalization uses its
  /// running statistics.
  public mutating func setFrozen(_ isFrozen: Bool, layer: Int) {
    checkLayer(layer)
    frozen[layer] = isFrozen
  }

  // MARK: Identity

  /// A hash (FNV-1a, 64 bits) of the bits of every parameter, weights as (outputs, inputs) and biases, layer by layer,
  /// and of the running statistics. Two networks with the same schema and fingerprint are the same to the last bit,
  /// except with a probability of 2⁻⁶⁴.
  public var fingerprint: UInt64 {
    var hash = Fingerprint()
    for slice in slices {
      for i in 0..<slice.weights.count { hash.add(parameters[slice.index(ofWeight: i)]) }
      for i in slice.biases { hash.add(parameters[i]) }
      for i in slice.statistics { hash.add(statistics[i]) }
    }
    return hash.value
  }
}

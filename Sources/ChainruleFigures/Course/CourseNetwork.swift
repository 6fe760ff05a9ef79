import ChainruleCore
import ChainruleKernels

// What the course's figures ask of small networks. Kept whole, not copied into each of them: a page waits for every byte.

extension Schema {
  /// Layers of these sizes, the inputs first: hidden ones with one activation, a linear last one.
  @inline(never)
  init(sizes: [Int], hidden: Activation = .linear) {
    var layers: [Layer] = []
    for i in 1..<sizes.count { layers.append(.init(sizes[i], i < sizes.count - 1 ? hidden : .linear)) }
    try! self.init(inputs: sizes[0], layers: layers)
  }
}

extension Network {
  /// A network of layers of these sizes, with weights and biases between −limit and limit.
  @inline(never)
  init(sizes: [Int], hidden: Activation = .linear, limit: Float = 1, seed: Float) {
    self.init(Schema(sizes: sizes, hidden: hidden), initializer: .uniform(limit: limit), seed: UInt64(seed))
  }

  /// The weight of a connection.
  @inline(never)
  func weight(_ edge: NetworkDiagram.Edge) -> Float {
    self[layer: edge.to.layer - 1, output: edge.to.index, input: edge.from]
  }

  /// The outputs for some samples.
  @inline(never)
  func outputs(_ inputs: [Float]) -> [Float] { predict(inputs, kernels: .course) }

  /// What every layer gives for some samples.
  @inline(never)
  func layers(_ inputs: [Float]) -> [[Float]] { values(inputs, kernels: .course) }

  /// What a network of one input and one output gives.
  func output(_ input: Float) -> Float { outputs([input])[0] }

  /// Takes over a layer's parameters.
  @inline(never)
  mutating func set(_ layer: Int, weights: [Float], biases: [Float]) {
    setWeights(weights, ofLayer: layer)
    setBiases(biases, ofLayer: layer)
  }
}

import Chainrule

extension Network {
  /// The network's numbers, as PyTorch names them: `layers.N.weight` and `layers.N.bias`, N from 0, the weight of a layer of
  /// perceptrons being (outputs, inputs); of a batch normalization `running_mean` and `running_var` too.
  public var tensors: [Tensor] {
    schema.layers.indices.flatMap { layer in
      Self.names(ofLayer: layer, of: schema).map { part in
        Tensor(name: "layers.\(layer).\(part.name)", shape: part.shape, values: values(part.name, ofLayer: layer))
      }
    }
  }

  /// A network of that schema with the numbers in `file`, which holds the tensors that ``tensors`` gives, and nothing else.
  ///
  /// - Throws: ``TensorFileError`` if a tensor is missing, superfluous or not finite, or has another shape.
  public init(_ schema: Schema, tensors file: TensorFile) throws(TensorFileError) {
    // All tensors are checked before memory is taken for the network: a small file may claim to be a large one.
    let tensors = Dictionary(uniqueKeysWithValues: file.tensors.map { ($0.name, $0) })
    var found: [String: [Float]] = [:]
    for layer in schema.layers.indices {
      for part in Self.names(ofLayer: layer, of: schema) {
        let name = "layers.\(layer).\(part.name)"
        let values = try file.check(tensors[name], named: name, shape: part.shape).values
        found[name] = values
        if part.name == "running_var", let low = values.first(where: { $0 < 0 }) {
          throw TensorFileError(.negativeVariance(low), file: file.name, tensor: name)
        }
      }
    }
    if let other = file.tensors.first(where: { found[$0.name] == nil }) {
      throw TensorFileError(.unexpectedTensor(layers: schema.layers.count), file: file.name, tensor: other.name)
    }
    self.init(schema, initializer: .zeros)
    for layer in schema.layers.indices {
      var values: [String: [Float]] = [:]
      for part in Self.names(ofLayer: layer, of: schema) { values[part.name] = found["layers.\(layer).\(part.name)"] }
      if let weights = values["weight"] { setWeights(weights, ofLayer: layer) }
      if let biases = values["bias"] { setBiases(biases, ofLayer: layer) }
      if let means = values["running_mean"], let variances = values["running_var"] {
        setRunning(means: means, variances: variances, ofLayer: layer)
      }
    }
  }

  /// The tensors of one layer, with their shapes.
  private static func names(ofLayer layer: Int, of schema: Schema) -> [(name: String, shape: [Int])] {
    let size = schema.layers[layer].perceptrons
    let inputs = layer == 0 ? schema.inputs : schema.layers[layer - 1].perceptrons
    return switch schema.layers[layer].kind {
    case .dense: [("weight", [size, inputs]), ("bias", [size])]
    case .layerNormalization: [("weight", [size]), ("bias", [size])]
    case .batchNormalization:
      [("weight", [size]), ("bias", [size]), ("running_mean", [size]), ("running_var", [size])]
    case .dropout: []
    }
  }

  private func values(_ name: String, ofLayer layer: Int) -> [Float] {
    switch name {
    case "weight": weights(ofLayer: layer)
    case "bias": biases(ofLayer: layer)
    case "running_mean": runningMeans(ofLayer: layer)
    default: runningVariances(ofLayer: layer)
    }
  }
}

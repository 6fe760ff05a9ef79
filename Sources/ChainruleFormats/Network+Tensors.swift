import Chainrule

extension Network {
  /// The network's parameters, with names as in PyTorch: `layers.N.weight` and `layers.N.bias`, N from 0. The weight of
  /// a dense layer is (outputs, inputs). A batch normalization also has `running_mean` and `running_var`.
  public var tensors: [Tensor] {
    TensorPlace.all(of: schema).flatMap { place in
      place.parts.map { part in
        Tensor(
          name: place.name(of: part), shape: place.shape(of: part), values: values(part, ofLayer: place.layer))
      }
    }
  }

  /// A network with this schema and the numbers in `file`, whether Chainrule, PyTorch or another program wrote it.
  ///
  /// ```swift
  /// let file = try TensorFile(contentsOf: "model.safetensors")
  /// let network = try Network("4, 8 relu, 3 softmax", tensors: file)
  /// let encoder = try Network("4, 8 relu", tensors: file) { name in
  ///   name.hasPrefix("head.") ? nil : name  // leaves out names that begin with “head.”
  /// }
  /// ```
  ///
  /// A tensor's name is a layer's name, a point, and `weight`, `bias`, `running_mean`, `running_var` or
  /// `num_batches_tracked`. The layers belong to those of the schema that have parameters: by number if they're called
  /// `layers.N` as in ``tensors``, otherwise in order if their names differ only in numbers: `0`, `2`, `4` as in
  /// `nn.Sequential`, `model.net.0`, `fc1`, `fc2`. Other names need a `renaming`.
  ///
  /// Every tensor needs a place in the network, and every place a tensor, with these exceptions: without a bias
  /// (`bias=False`), the biases are 0; a batch normalization with running statistics but without weights
  /// (`affine=False`) has gain 1; `num_batches_tracked`, which only counts steps, isn't needed.
  ///
  /// - Parameters:
  ///   - schema: the network's layers. The file doesn't say what its activations are.
  ///   - file: the tensors.
  ///   - renaming: returns a tensor's new name, or `nil` to leave the tensor out.
  /// - Throws: ``TensorFileError`` with the names and shapes of all tensors and places that don't match; or if a tensor
  ///   has the wrong shape, or numbers that aren't finite or can't become `Float`.
  public init(
    _ schema: Schema, tensors file: TensorFile, renaming: (String) -> String? = { $0 }
  ) throws(TensorFileError) {
    try self.init(TensorMatch(schema, file, renaming: renaming), schema, file)
  }

  /// A network from a file with exactly the tensors of ``tensors``.
  init(_ schema: Schema, ownTensors file: TensorFile) throws(TensorFileError) {
    let match = try TensorMatch(schema, file, renaming: { $0 })
    try match.checkIsComplete(file)
    try self.init(match, schema, file)
  }

  private init(_ match: TensorMatch, _ schema: Schema, _ file: TensorFile) throws(TensorFileError) {
    // Check all tensors before allocating the network: a small file can claim to be a large one.
    var found: [[TensorPlace.Part: [Float]]] = []
    for (place, tensors) in match.layers {
      var values: [TensorPlace.Part: [Float]] = [:]
      for part in place.parts {
        guard let tensor = tensors[part] else { continue }
        let name = place.name(of: part)
        values[part] = try file.values(
          of: tensor, shape: place.shape(of: part), place: name == tensor.name ? nil : name)
        if part == .runningVariance, let low = values[part]?.first(where: { $0 < 0 }) {
          throw TensorFileError(.negativeVariance(low), file: file.name, tensor: tensor.name)
        }
      }
      found.append(values)
    }
    // Biases start at 0, and the gains of a normalization at 1.
    self.init(schema, initializer: .zeros)
    for ((place, _), values) in zip(match.layers, found) {
      if let weights = values[.weight] { setWeights(weights, ofLayer: place.layer) }
      if let biases = values[.bias] { setBiases(biases, ofLayer: place.layer) }
      if let means = values[.runningMean], let variances = values[.runningVariance] {
        setRunning(means: means, variances: variances, ofLayer: place.layer)
      }
    }
  }

  private func values(_ part: TensorPlace.Part, ofLayer layer: Int) -> [Float] {
    switch part {
    case .weight: weights(ofLayer: layer)
    case .bias: biases(ofLayer: layer)
    case .runningMean: runningMeans(ofLayer: layer)
    case .runningVariance: runningVariances(ofLayer: layer)
    }
  }
}

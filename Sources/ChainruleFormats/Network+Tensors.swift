import Chainrule

extension Network {
  /// The network's numbers, as PyTorch names them: `layers.N.weight` and `layers.N.bias`, N from 0, the weight of a layer of
  /// perceptrons being (outputs, inputs); of a batch normalization `running_mean` and `running_var` too.
  public var tensors: [Tensor] {
    TensorPlace.all(of: schema).flatMap { place in
      place.parts.map { part in
        Tensor(
          name: place.name(of: part), shape: place.shape(of: part), values: values(part, ofLayer: place.layer))
      }
    }
  }

  /// A network of that schema with the numbers in `file`, whether chainrule, PyTorch or another program wrote it.
  ///
  /// ```swift
  /// let file = try TensorFile(contentsOf: "model.safetensors")
  /// let network = try Network("4, 8 relu, 3 softmax", tensors: file)
  /// let encoder = try Network("4, 8 relu", tensors: file) { name in
  ///   name.hasPrefix("head.") ? nil : name  // leaves out what begins with “head.”
  /// }
  /// ```
  ///
  /// A tensor's name is that of a layer, a point and `weight`, `bias`, `running_mean`, `running_var` or
  /// `num_batches_tracked`. The layers go to those of the schema that have parameters: by number, if they're called `layers.N`
  /// as in ``tensors``; otherwise in their order, if their names differ only in numbers: `0`, `2`, `4` as in
  /// `nn.Sequential`, `model.net.0`, `fc1`, `fc2`. Other names need a `renaming`.
  ///
  /// Every tensor must find a place, and every place its tensor, with these exceptions: without a bias (`bias=False`), the
  /// biases are 0; a batch normalization with running statistics but without weights (`affine=False`) has gain 1; and
  /// `num_batches_tracked`, which only counts steps, isn't needed.
  ///
  /// - Parameters:
  ///   - schema: the network's layers. The file doesn't say what its activations are.
  ///   - file: the tensors.
  ///   - renaming: gives a tensor of the file another name; `nil` leaves the tensor out.
  /// - Throws: ``TensorFileError`` with the names and shapes of all tensors and places that don't match; or if a tensor has a
  ///   wrong shape, or numbers that aren't finite or can't become `Float`.
  public init(
    _ schema: Schema, tensors file: TensorFile, renaming: (String) -> String? = { $0 }
  ) throws(TensorFileError) {
    try self.init(TensorMatch(schema, file, renaming: renaming), schema, file)
  }

  /// A network with exactly the tensors that ``tensors`` gives.
  init(_ schema: Schema, ownTensors file: TensorFile) throws(TensorFileError) {
    let match = try TensorMatch(schema, file, renaming: { $0 })
    try match.checkIsComplete(file)
    try self.init(match, schema, file)
  }

  private init(_ match: TensorMatch, _ schema: Schema, _ file: TensorFile) throws(TensorFileError) {
    // All tensors are checked before memory is taken for the network: a small file may claim to be a large one.
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

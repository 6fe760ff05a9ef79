import ChainruleKernels

/// Compares the gradient that the engine computes with a measured one. To measure it, each parameter in turn is moved a
/// little to both sides, and a forward pass in `Double`, which shares no code with the engine, computes how the loss
/// changes.
///
/// This takes four passes over the data for each parameter, so use it for small networks and few samples.
///
/// ```swift
/// let check = try GradientCheck(of: network, on: data, loss: .squaredError)
/// check.relativeError  // below 1e-6 where the loss is smooth
/// ```
public struct GradientCheck: Equatable, Sendable {
  /// One layer's gradients: by the weights (or gains) in the order of ``Network/weights(ofLayer:)``, then by the biases
  /// (or shifts).
  public struct Layer: Equatable, Sendable {
    /// The engine's gradient.
    public let computed: [Float]
    /// The gradient by central differences.
    public let measured: [Double]
  }

  /// The gradients, layer by layer.
  public let layers: [Layer]

  /// Computes and measures the gradients.
  ///
  /// - Parameters:
  ///   - network: the network to check.
  ///   - data: one batch of samples.
  ///   - loss: the loss to differentiate.
  ///   - regularizer: penalties to add to the loss.
  ///   - dropout: random numbers for dropout; by default nothing is dropped.
  ///   - kernels: the loops to check.
  ///   - distance: how far each parameter is moved.
  /// - Throws: ``TrainingError`` if data, network and loss don't fit together, a penalty is out of its range, or
  ///   numbers aren't finite.
  public init(
    of network: Network, on data: Dataset, loss: Loss, regularizer: Regularizer = Regularizer(),
    dropout: RandomSource? = nil, kernels: Kernels = .portable, distance: Double = 1e-4
  ) throws(TrainingError) {
    require(distance > 0 && distance.isFinite, "found the distance \(distance); it must be a finite number above 0")
    let schema = network.schema
    try data.check(for: schema, loss: loss)
    try regularizer.check()
    var network = network
    for layer in schema.layers.indices { network.setFrozen(false, layer: layer) }
    let step = TrainingStep(schema: schema, loss: loss, batchCapacity: data.count, kernels: kernels)
    try step.differentiate(
      network, inputs: data.inputs, targets: data.targets, weights: data.weights, rows: data.count,
      regularizer: regularizer, dropout: dropout)
    var reference = ReferenceNetwork(network)
    if let dropout { reference.drop(rows: data.count, random: dropout) }

    /// The five-point difference. Its error is of the order of the distance's fourth power.
    func measure(_ parameter: Int) -> Double {
      let value = reference.parameters[parameter]
      func change(_ steps: Double) -> Double {
        reference.parameters[parameter] = value + steps * distance
        return reference.loss(loss, on: data, regularizer: regularizer)
      }
      let difference = 8 * (change(1) - change(-1)) - (change(2) - change(-2))
      reference.parameters[parameter] = value
      return difference / (12 * distance)
    }
    var layers: [Layer] = []
    for (index, slice) in network.slices.enumerated() {
      var measured: [Double] = []
      for i in 0..<slice.weights.count { measured.append(measure(slice.index(ofWeight: i))) }
      for i in slice.biases { measured.append(measure(i)) }
      layers.append(
        Layer(
          computed: step.weightGradients(ofLayer: index) + step.biasGradients(ofLayer: index), measured: measured))
    }
    self.layers = layers
  }

  /// The Euclidean length of the two gradients' difference, divided by the length of the measured one. If that is 0,
  /// the undivided length.
  public var relativeError: Double {
    var difference: Double = 0
    var size: Double = 0
    for layer in layers {
      for (computed, measured) in zip(layer.computed, layer.measured) {
        difference += (Double(computed) - measured) * (Double(computed) - measured)
        size += measured * measured
      }
    }
    return (size == 0 ? difference : difference / size).squareRoot()
  }

  /// The largest difference for a single parameter.
  public var largestDifference: Double {
    var largest: Double = 0
    for layer in layers {
      for (computed, measured) in zip(layer.computed, layer.measured) {
        largest = max(largest, (Double(computed) - measured).magnitude)
      }
    }
    return largest
  }
}

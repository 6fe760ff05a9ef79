import ChainruleKernels

/// The gradient that the engine computes, beside the one that is measured: how much the loss changes when one parameter
/// after the other is moved a little to either side, in `Double`, by a forward pass that shares no code with the engine.
///
/// It goes through the data four times for every parameter: for small networks and few samples.
///
/// ```swift
/// let check = try GradientCheck(of: network, on: data, loss: .squaredError)
/// check.relativeError  // below 1e-6 where the loss is smooth
/// ```
public struct GradientCheck: Equatable, Sendable {
  /// One layer's gradients, weights (or gains) in the order of ``Network/weights(ofLayer:)``, then biases (or shifts).
  public struct Layer: Equatable, Sendable {
    /// What the engine computes.
    public let computed: [Float]
    /// What the central differences say.
    public let measured: [Double]
  }

  /// The gradients, layer by layer.
  public let layers: [Layer]

  /// Compares the two.
  ///
  /// - Parameters:
  ///   - network: where the gradient is taken.
  ///   - data: one batch of samples.
  ///   - loss: what the gradient belongs to.
  ///   - regularizer: penalties that are part of it.
  ///   - dropout: random numbers for dropout; without them nothing is dropped.
  ///   - kernels: the loops to check.
  ///   - distance: how far each parameter is moved.
  /// - Throws: ``TrainingError`` if data, network and loss do not fit together, a penalty is out of its range, or numbers are
  ///   not finite.
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

    /// The five-point difference, whose error is of the order of the distance's fourth power.
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

  /// The length of the difference of the two gradients, divided by the length of the measured one; the difference itself
  /// where that is 0.
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

  /// The largest difference of one parameter.
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

/// What training remembers between steps besides the network: the number of steps, the optimizer's moments, and the
/// state of dropout's random numbers. It's a value: keep a copy to go back to it.
public struct StepState: Equatable, Sendable {
  /// How many updates have been made.
  public internal(set) var steps = 0
  /// The optimizer's numbers for each parameter.
  var moments: Moments
  /// The product of the momenta that NAdam has used.
  var momentumProduct: Double = 1
  /// What L-BFGS knows about the loss's curvature.
  var curvature = Curvature()
  /// Dropout's random numbers.
  var random: RandomSource

  /// The state before the first step.
  ///
  /// - Parameters:
  ///   - schema: the schema of the networks to train.
  ///   - optimizer: the optimizer that will train them.
  ///   - seed: fixes what dropout drops.
  public init(for schema: Schema, optimizer: Optimizer, seed: UInt64 = 0) {
    self.init(parameterCount: schema.parameterCount, optimizer: optimizer, seed: seed)
  }

  /// The state before the first step, for an array of parameters; see ``Optimizer/update(_:gradients:state:kernels:)``.
  public init(parameterCount: Int, optimizer: Optimizer, seed: UInt64 = 0) {
    moments = Moments(kinds: optimizer.momentCount, parameterCount: parameterCount)
    // Weights and orders are drawn from the same seed, so this stream must differ.
    random = RandomSource(seed: seed ^ 0x6472_6f70_6f75_7421)
  }

  /// Whether this state can replace `other`, which belongs to `optimizer`.
  func fits(_ other: StepState, optimizer: Optimizer, parameters: Int) -> Bool {
    if !moments.hasShape(of: other.moments) || steps < 0 { return false }
    if !moments.arePlausible(for: optimizer) || !(momentumProduct >= 0 && momentumProduct <= 1) { return false }
    if curvature.steps.count != curvature.changes.count { return false }
    for vector in curvature.steps + curvature.changes where vector.count != parameters { return false }
    return true
  }
}

#if !hasFeature(Embedded)
  extension StepState: Codable {
    private enum Key: String, CodingKey {
      case steps, moments, momentumProduct, curvature, random
    }

    /// Writes the state.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(steps, forKey: .steps)
      try container.encode(moments, forKey: .moments)
      try container.encode(momentumProduct, forKey: .momentumProduct)
      try container.encode(curvature, forKey: .curvature)
      try container.encode(random, forKey: .random)
    }

    /// Reads a state. ``TrainingRun/restore(_:)`` checks whether it fits the run.
    public init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      steps = try container.decode(Int.self, forKey: .steps)
      moments = try container.decode(Moments.self, forKey: .moments)
      momentumProduct = try container.decode(Double.self, forKey: .momentumProduct)
      curvature = try container.decode(Curvature.self, forKey: .curvature)
      random = try container.decode(RandomSource.self, forKey: .random)
    }
  }
#endif

import ChainruleKernels

/// How a network's weights start.
///
/// `uniform` and `normal` draw every parameter, biases too, as the course's first network does. The others scale the
/// weights by a layer's inputs (fan-in) and outputs (fan-out) and start the biases at zero.
public enum Initializer: Equatable, Sendable {
  /// Uniform in (−limit, limit).
  case uniform(limit: Float = 1)
  /// Normal with mean 0 and the given standard deviation.
  case normal(deviation: Float = 1)
  /// Uniform with variance 2 / (fan-in + fan-out): Glorot and Bengio 2010, for tanh and sigmoid.
  case xavierUniform
  /// Normal with variance 2 / (fan-in + fan-out): Glorot and Bengio 2010.
  case xavierNormal
  /// Uniform with variance 2 / fan-in: He et al. 2015, for ReLU. A leaky slope s makes it 2 / ((1 + s²) fan-in).
  case heUniform
  /// Normal with variance 2 / fan-in: He et al. 2015.
  case heNormal
  /// Uniform with variance 1 / fan-in: LeCun et al. 1998.
  case lecunUniform
  /// Normal with variance 1 / fan-in: LeCun et al. 1998.
  case lecunNormal
  /// All parameters zero. Perceptrons of one layer then stay equal forever: to show, not to use.
  case zeros

  /// Every initializer, each with its default parameter.
  public static var all: [Initializer] {
    [
      .uniform(), .normal(), .xavierUniform, .xavierNormal, .heUniform, .heNormal, .lecunUniform, .lecunNormal, .zeros,
    ]
  }

  /// The name used on the command line and in files.
  public var name: String {
    switch self {
    case .uniform: "uniform"
    case .normal: "normal"
    case .xavierUniform: "xavier-uniform"
    case .xavierNormal: "xavier-normal"
    case .heUniform: "he-uniform"
    case .heNormal: "he-normal"
    case .lecunUniform: "lecun-uniform"
    case .lecunNormal: "lecun-normal"
    case .zeros: "zeros"
    }
  }

  /// The one that suits an activation: He for ReLU and its leaky form, Xavier for the rest; uniform, as in PyTorch.
  public static func standard(for activation: Activation) -> Initializer {
    switch activation {
    case .relu, .leakyReLU: .heUniform
    case .linear, .sigmoid, .tanh, .softmax: .xavierUniform
    }
  }

  /// Draws one layer's parameters: weights in (outputs, inputs) order, then biases.
  func draw(
    inputs: Int, outputs: Int, activation: Activation, random: inout RandomSource
  ) -> (weights: [Float], biases: [Float]) {
    let slope: Float =
      switch activation {
      case .leakyReLU(let slope): slope
      default: 0
      }
    let fanIn = Float(inputs)
    let variance: Float =
      switch self {
      case .uniform, .normal, .zeros: 0
      case .xavierUniform, .xavierNormal: 2 / (fanIn + Float(outputs))
      case .heUniform, .heNormal: 2 / ((1 + slope * slope) * fanIn)
      case .lecunUniform, .lecunNormal: 1 / fanIn
      }
    var weights = [Float](repeating: 0, count: inputs * outputs)
    var biases = [Float](repeating: 0, count: outputs)
    switch self {
    case .zeros: break
    case .uniform(let limit):
      for i in weights.indices { weights[i] = random.uniform(-limit, limit) }
      for i in biases.indices { biases[i] = random.uniform(-limit, limit) }
    case .normal(let deviation):
      for i in weights.indices { weights[i] = deviation * random.normal() }
      for i in biases.indices { biases[i] = deviation * random.normal() }
    case .xavierUniform, .heUniform, .lecunUniform:
      let limit = PortableMath.squareRoot(3 * variance)
      for i in weights.indices { weights[i] = random.uniform(-limit, limit) }
    case .xavierNormal, .heNormal, .lecunNormal:
      let deviation = PortableMath.squareRoot(variance)
      for i in weights.indices { weights[i] = deviation * random.normal() }
    }
    return (weights, biases)
  }
}

#if !hasFeature(Embedded)
  extension Initializer {
    /// The initializer of that name, with its default parameter; `nil` if there is none.
    public init?(name: String) {
      guard let found = Initializer.all.first(where: { $0.name == name }) else { return nil }
      self = found
    }
  }
#endif

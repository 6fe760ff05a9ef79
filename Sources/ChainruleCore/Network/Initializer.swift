import ChainruleKernels

/// How a network's weights start.
///
/// `uniform`, `normal` and `truncatedNormal` draw every parameter, biases too, as the course's first network does.
/// `constant` and `zeros` set them all. The others start the biases at zero, and all but `orthogonal` scale with a
/// layer's inputs (fan-in) and outputs (fan-out).
public enum Initializer: Equatable, Sendable {
  /// Uniform in (−limit, limit).
  case uniform(limit: Float = 1)
  /// Normal with mean 0 and the given standard deviation.
  case normal(deviation: Float = 1)
  /// As `normal`, but values more than two standard deviations from 0 are drawn again.
  case truncatedNormal(deviation: Float = 1)
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
  /// Normal with variance 1 / fan-in: LeCun et al. 1998; for SELU.
  case lecunNormal
  /// A random matrix whose rows (or columns, if there are fewer) are orthogonal and of length `gain`, so that signals
  /// neither grow nor shrink: Saxe, McClelland and Ganguli 2014.
  case orthogonal(gain: Float = 1)
  /// All parameters the same. The perceptrons of a layer then stay equal forever, so it's only for demonstration.
  case constant(Float)
  /// All parameters zero.
  case zeros

  /// Every initializer, each with a default parameter.
  public static var all: [Initializer] {
    [
      .uniform(), .normal(), .truncatedNormal(), .xavierUniform, .xavierNormal, .heUniform, .heNormal, .lecunUniform,
      .lecunNormal, .orthogonal(), .constant(0.1), .zeros,
    ]
  }

  /// The name used on the command line and in files.
  public var name: String {
    switch self {
    case .uniform: "uniform"
    case .normal: "normal"
    case .truncatedNormal: "truncated-normal"
    case .xavierUniform: "xavier-uniform"
    case .xavierNormal: "xavier-normal"
    case .heUniform: "he-uniform"
    case .heNormal: "he-normal"
    case .lecunUniform: "lecun-uniform"
    case .lecunNormal: "lecun-normal"
    case .orthogonal: "orthogonal"
    case .constant: "constant"
    case .zeros: "zeros"
    }
  }

  /// The default for an activation: He for ReLU and similar ones, LeCun for SELU, Xavier for the rest. All are uniform
  /// except SELU's.
  public static func standard(for activation: Activation) -> Initializer {
    switch activation {
    case .relu, .leakyReLU, .elu, .gelu, .geluTanh, .silu, .softplus: .heUniform
    case .selu: .lecunNormal
    case .linear, .sigmoid, .hardSigmoid, .tanh, .softsign, .softmax: .xavierUniform
    }
  }

  /// Draws one layer's parameters: weights in (outputs, inputs) order, then biases.
  func draw(
    inputs: Int, outputs: Int, activation: Activation, random: inout RandomSource
  ) -> (weights: [Float], biases: [Float]) {
    var weights = [Float](repeating: 0, count: inputs * outputs)
    var biases = [Float](repeating: 0, count: outputs)
    switch self {
    case .zeros: break
    case .constant(let value):
      for i in weights.indices { weights[i] = value }
      for i in biases.indices { biases[i] = value }
    case .uniform(let limit):
      for i in weights.indices { weights[i] = random.uniform(-limit, limit) }
      for i in biases.indices { biases[i] = random.uniform(-limit, limit) }
    case .normal(let deviation):
      for i in weights.indices { weights[i] = deviation * random.normal() }
      for i in biases.indices { biases[i] = deviation * random.normal() }
    case .truncatedNormal(let deviation):
      for i in weights.indices { weights[i] = deviation * Initializer.truncated(&random) }
      for i in biases.indices { biases[i] = deviation * Initializer.truncated(&random) }
    case .xavierUniform, .heUniform, .lecunUniform:
      let variance = variance(inputs: inputs, outputs: outputs, activation: activation)
      let limit = PortableMath.squareRoot(3 * variance)
      for i in weights.indices { weights[i] = random.uniform(-limit, limit) }
    case .xavierNormal, .heNormal, .lecunNormal:
      let deviation = PortableMath.squareRoot(variance(inputs: inputs, outputs: outputs, activation: activation))
      for i in weights.indices { weights[i] = deviation * random.normal() }
    case .orthogonal(let gain):
      weights = Initializer.orthogonal(rows: outputs, columns: inputs, gain: gain, random: &random)
    }
    return (weights, biases)
  }

  /// The variance of a scaled initializer's weights.
  private func variance(inputs: Int, outputs: Int, activation: Activation) -> Float {
    let fanIn = Float(inputs)
    switch self {
    case .xavierUniform, .xavierNormal: return 2 / (fanIn + Float(outputs))
    case .heUniform, .heNormal:
      var slope: Float = 0
      if case .leakyReLU(let given) = activation { slope = given }
      return 2 / ((1 + slope * slope) * fanIn)
    default: return 1 / fanIn
    }
  }

  private static func truncated(_ random: inout RandomSource) -> Float {
    while true {
      let value = random.normal()
      if value >= -2 && value <= 2 { return value }
    }
  }

  /// Normal vectors, made orthogonal one after another (Gram–Schmidt, twice for accuracy).
  private static func orthogonal(rows: Int, columns: Int, gain: Float, random: inout RandomSource) -> [Float] {
    let count = min(rows, columns)
    let length = max(rows, columns)
    var vectors = [Double](repeating: 0, count: count * length)
    for index in 0..<count {
      let start = index * length
      var norm: Double = 0
      // In the unlikely case that a vector lies in the span of the others, draw again.
      while norm < 1e-6 {
        for i in 0..<length { vectors[start + i] = Double(random.normal()) }
        for _ in 0..<2 {
          for other in 0..<index {
            var projection: Double = 0
            for i in 0..<length { projection += vectors[start + i] * vectors[other * length + i] }
            for i in 0..<length { vectors[start + i] -= projection * vectors[other * length + i] }
          }
        }
        norm = 0
        for i in 0..<length { norm += vectors[start + i] * vectors[start + i] }
        norm = norm.squareRoot()
      }
      for i in 0..<length { vectors[start + i] /= norm }
    }
    var result = [Float](repeating: 0, count: rows * columns)
    for row in 0..<rows {
      for column in 0..<columns {
        let value = rows <= columns ? vectors[row * length + column] : vectors[column * length + row]
        result[row * columns + column] = gain * Float(value)
      }
    }
    return result
  }
}

#if !hasFeature(Embedded)
  extension Initializer {
    /// The initializer with this name and its default parameter; `nil` if there is none.
    public init?(name: String) {
      guard let found = Initializer.all.first(where: { $0.name == name }) else { return nil }
      self = found
    }
  }
#endif

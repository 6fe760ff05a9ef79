/// The function that a perceptron applies to its weighted sum z.
///
/// In hidden layers, start with `relu`; `silu` and `gelu` give somewhat better results but take longer. In the last
/// layer, use `sigmoid` or `softmax` for probabilities and `linear` for numbers.
public enum Activation: Equatable, Sendable {
  /// z itself.
  case linear
  /// max(z, 0): Nair and Hinton 2010. Cheap, and good in hidden layers.
  case relu
  /// z above zero, slope · z below: Maas, Hannun and Ng 2013. A ReLU that can't die. A schema takes slopes from 0 to 1.
  case leakyReLU(slope: Float = 0.01)
  /// z above zero, depth · (eᶻ − 1) below: Clevert, Unterthiner and Hochreiter 2016. Smooth, with outputs around zero.
  /// A schema takes depths from 0 to 1000.
  case elu(depth: Float = 1)
  /// 1.0507 · ELU with depth 1.6733, which keeps values at mean 0 and variance 1 from layer to layer if weights start
  /// with ``Initializer/lecunNormal``: Klambauer et al. 2017.
  case selu
  /// z · Φ(z) with the normal distribution's Φ: Hendrycks and Gimpel 2016. Smooth; what transformers use.
  case gelu
  /// The older approximation of GELU, for weights trained with it: z/2 · (1 + tanh(√(2/π) (z + 0.044715 z³))).
  case geluTanh
  /// z · sigmoid(z), also called Swish; close to GELU and cheaper: Elfwing, Uchibe and Doya 2018; Ramachandran, Zoph
  /// and Le 2017.
  case silu
  /// log(1 + eᶻ), a smooth ReLU that's always above zero, for outputs that must be positive: Dugas et al. 2001.
  case softplus
  /// z / (1 + |z|), between −1 and 1, with longer tails than tanh: Bergstra et al. 2009.
  case softsign
  /// 1 / (1 + e⁻ᶻ), between 0 and 1: a probability, in the last layer. In hidden layers its gradients vanish.
  case sigmoid
  /// The sigmoid in three straight pieces: 0 below −3, z/6 + ½, 1 above 3: Howard et al. 2019.
  case hardSigmoid
  /// The hyperbolic tangent, between −1 and 1. For small networks and smooth curves.
  case tanh
  /// eᶻ / Σ eᶻ over the layer: positive values that sum to 1, the probabilities of classes.
  case softmax

  /// Its name in a schema.
  public var name: String {
    switch self {
    case .linear: "linear"
    case .relu: "relu"
    case .leakyReLU: "leakyrelu"
    case .elu: "elu"
    case .selu: "selu"
    case .gelu: "gelu"
    case .geluTanh: "gelutanh"
    case .silu: "silu"
    case .softplus: "softplus"
    case .softsign: "softsign"
    case .sigmoid: "sigmoid"
    case .hardSigmoid: "hardsigmoid"
    case .tanh: "tanh"
    case .softmax: "softmax"
    }
  }

  /// Every activation, each with its default parameter.
  public static var all: [Activation] {
    [
      .linear, .relu, .leakyReLU(), .elu(), .selu, .gelu, .geluTanh, .silu, .softplus, .softsign, .sigmoid,
      .hardSigmoid,
      .tanh, .softmax,
    ]
  }

  /// The number after the name, if the activation takes one.
  var parameter: Float? {
    switch self {
    case .leakyReLU(let slope): slope
    case .elu(let depth): depth
    default: nil
    }
  }

  /// The largest slope of a leaky ReLU, and the largest depth of an ELU. The smallest of both is 0.
  static let largestSlope: Float = 1
  static let largestDepth: Float = 1_000

  /// Whether a schema accepts the number.
  var hasAllowedParameter: Bool {
    switch self {
    case .leakyReLU(let slope): slope >= 0 && slope <= Activation.largestSlope
    case .elu(let depth): depth >= 0 && depth <= Activation.largestDepth
    default: true
    }
  }

  /// The same activation with another number, in its range or not; itself if it takes none.
  func withParameter(_ value: Float) -> Activation {
    switch self {
    case .leakyReLU: .leakyReLU(slope: value)
    case .elu: .elu(depth: value)
    default: self
    }
  }

  /// The same activation with its default number.
  var standard: Activation {
    switch self {
    case .leakyReLU: .leakyReLU()
    case .elu: .elu()
    default: self
    }
  }

  /// The slope up to z = 0, if the activation is z above zero; otherwise `nil`.
  var rectifierSlope: Float? {
    switch self {
    case .linear: 1
    case .relu: 0
    case .leakyReLU(let slope): slope
    default: nil
    }
  }

  /// Whether some of its values are below 0.
  var canBeNegative: Bool {
    switch self {
    case .relu, .softplus, .sigmoid, .hardSigmoid, .softmax: false
    default: true
    }
  }

  /// Whether a perceptron that gives 0 for every sample has no gradient: only ReLU.
  var canDie: Bool { self == .relu }
}

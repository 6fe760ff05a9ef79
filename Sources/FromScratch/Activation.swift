/// The last step of a perceptron: a function that bends the weighted sum z into the output.
/// Without a bend, any number of layers could do no more than a single one.
public enum Activation: Equatable, Sendable {
  /// z itself: no bend.
  case linear
  /// z where it's positive, otherwise 0.
  case relu
  /// z where it's positive, otherwise a small share of it: `slope` · z.
  case leakyReLU(slope: Double = 0.01)
  /// σ(z) = 1 / (1 + e⁻ᶻ): turns any number into one between 0 and 1, which can be read as
  /// a probability.
  case sigmoid
  /// tanh(z) = (eᶻ − e⁻ᶻ) / (eᶻ + e⁻ᶻ): the same bend, between −1 and 1.
  case tanh

  /// The output for the weighted sum z.
  public func value(at z: Double) -> Double {
    switch self {
    case .linear: z
    case .relu: z < 0 ? 0 : z
    case .leakyReLU(let slope): z > 0 ? z : slope * z
    case .sigmoid: 1 / (1 + Elementary.exp(-z))
    case .tanh: 1 - 2 / (1 + Elementary.exp(2 * z))
    }
  }

  /// How fast the output changes as z changes. At the corner of the ReLUs, where z = 0, the
  /// left side counts.
  public func derivative(at z: Double) -> Double {
    switch self {
    case .linear: 1
    case .relu: z > 0 ? 1 : 0
    case .leakyReLU(let slope): z > 0 ? 1 : slope
    case .sigmoid: value(at: z) * value(at: -z)  // σ(z) · (1 − σ(z)), because 1 − σ(z) = σ(−z)
    case .tanh: 1 - value(at: z) * value(at: z)
    }
  }
}

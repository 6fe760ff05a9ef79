/// What activations need beside `exp`, `tanh` and the logistic function. Errors, measured by the tests over the whole range:
/// `expMinusOne` ≤ 3 units in the last place, `softplus` ≤ 4, `normalProbability` ≤ 5e-7 of its value from −2 up, and 2e-5
/// of it down to −12, where it is 1.8e-33.
extension PortableMath {
  /// eˣ − 1. Near 0, where the difference would lose digits, the series x + x²/2! + … + x⁹/9!.
  @inline(__always)
  public static func expMinusOne(_ x: Vector) -> Vector {
    let one = Vector(repeating: 1)
    var p = Vector(repeating: 2.755_731_922e-6)
    p = p * x + Vector(repeating: 2.480_158_730e-5)
    p = p * x + Vector(repeating: 1.984_126_984e-4)
    p = p * x + Vector(repeating: 1.388_888_889e-3)
    p = p * x + Vector(repeating: 8.333_333_333e-3)
    p = p * x + Vector(repeating: 4.166_666_667e-2)
    p = p * x + Vector(repeating: 1.666_666_667e-1)
    p = p * x + Vector(repeating: 0.5)
    let near = x + x * x * p
    let isNear = (x .> Vector(repeating: -0.5)) .& (x .< Vector(repeating: 0.5))
    return (exp(x) - one).replacing(with: near, where: isNear)
  }

  /// log(1 + eˣ) = max(x, 0) + log(1 + t) with t = e^−|x|, which is at most 1. With s = t / (2 + t), at most 1/3,
  /// log(1 + t) = 2 (s + s³/3 + s⁵/5 + …) (Abramowitz and Stegun, 4.1.27).
  @inline(__always)
  public static func softplus(_ x: Vector) -> Vector {
    let negative = x .< Vector(repeating: 0)
    let t = exp(x.replacing(with: -x, where: x .> Vector(repeating: 0)))
    let s = t / (Vector(repeating: 2) + t)
    let square = s * s
    var p = Vector(repeating: 1.0 / 15)
    p = p * square + Vector(repeating: 1.0 / 13)
    p = p * square + Vector(repeating: 1.0 / 11)
    p = p * square + Vector(repeating: 1.0 / 9)
    p = p * square + Vector(repeating: 1.0 / 7)
    p = p * square + Vector(repeating: 1.0 / 5)
    p = p * square + Vector(repeating: 1.0 / 3)
    let logarithm = s + s * (square * p)
    return x.replacing(with: 0, where: negative) + (logarithm + logarithm)
  }

  /// The normal distribution's Φ: the probability of a value below x.
  ///
  /// For negative x it is half of erfc(|x|/√2) = u · exp(−x²/2 + P(u)) with u = 1 / (1 + |x|/√8), P being the Chebyshev fit
  /// of Press et al., Numerical Recipes, 2nd edition 1992, section 6.2; for positive x, 1 less that.
  @inline(__always)
  public static func normalProbability(_ x: Vector) -> Vector {
    let one = Vector(repeating: 1)
    let negative = x .< Vector(repeating: 0)
    let magnitude = x.replacing(with: -x, where: negative)
    let u = one / (one + magnitude * Vector(repeating: 0.353_553_39))
    var p = Vector(repeating: 0.170_872_77)
    p = p * u + Vector(repeating: -0.822_152_23)
    p = p * u + Vector(repeating: 1.488_515_87)
    p = p * u + Vector(repeating: -1.135_203_98)
    p = p * u + Vector(repeating: 0.278_868_07)
    p = p * u + Vector(repeating: -0.186_288_06)
    p = p * u + Vector(repeating: 0.096_784_18)
    p = p * u + Vector(repeating: 0.374_091_96)
    p = p * u + Vector(repeating: 1.000_023_68)
    p = p * u + Vector(repeating: -1.265_512_23)
    let tail = Vector(repeating: 0.5) * u * exp(p - Vector(repeating: 0.5) * (x * x))
    return (one - tail).replacing(with: tail, where: negative)
  }

  /// The normal distribution's density, e^(−x²/2) / √(2π).
  @inline(__always)
  public static func normalDensity(_ x: Vector) -> Vector {
    Vector(repeating: 0.398_942_28) * exp(Vector(repeating: -0.5) * (x * x))
  }

  /// eˣ − 1 of one value.
  @inline(__always)
  public static func expMinusOne(_ x: Float) -> Float { expMinusOne(Vector(repeating: x))[0] }

  /// The normal distribution's Φ of one value.
  @inline(__always)
  public static func normalProbability(_ x: Float) -> Float { normalProbability(Vector(repeating: x))[0] }

  /// The normal distribution's density of one value.
  @inline(__always)
  public static func normalDensity(_ x: Float) -> Float { normalDensity(Vector(repeating: x))[0] }

  /// a · b, but 0 wherever b is 0: the limit of an activation that is a factor of its own argument.
  @inline(__always)
  static func vanishingProduct(_ a: Vector, _ b: Vector) -> Vector {
    (a * b).replacing(with: b, where: b .== Vector(repeating: 0))
  }

  /// a · b, but 0 if b is 0.
  @inline(__always)
  static func vanishingProduct(_ a: Float, _ b: Float) -> Float { b == 0 ? 0 : a * b }
}

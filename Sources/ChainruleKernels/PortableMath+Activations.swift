/// Functions for activations, in addition to `exp`, `tanh` and the logistic function. Errors, in units in the last
/// place, measured by the tests over the whole range: `expMinusOne` ≤ 3, `softplus` ≤ 4.
extension PortableMath {
  /// eˣ − 1. Near 0, where the difference would lose digits, it's the series x + x²/2! + … + x⁹/9!.
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

  /// eˣ − 1 of one value.
  @inline(__always)
  public static func expMinusOne(_ x: Float) -> Float { expMinusOne(Vector(repeating: x))[0] }

  /// a · b, but 0 where b is 0: the limit at −∞ of activations of the form z · b.
  @inline(__always)
  static func vanishingProduct(_ a: Vector, _ b: Vector) -> Vector {
    (a * b).replacing(with: b, where: b .== Vector(repeating: 0))
  }

  /// a · b, but 0 if b is 0.
  @inline(__always)
  static func vanishingProduct(_ a: Float, _ b: Float) -> Float { b == 0 ? 0 : a * b }
}

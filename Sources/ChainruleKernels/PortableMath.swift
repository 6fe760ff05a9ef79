/// Elementary functions in single precision that give the same bits on every machine: additions, multiplications,
/// divisions and integer arithmetic only, never the platform's C library, never a fused multiply-add.
///
/// The scalar forms are the first lane of the vector forms, so a value's result never depends on its position in an
/// array. The polynomials of `expf` and `logf` are those of S. L. Moshier's Cephes library, which fit each function
/// over a reduced interval. Errors, in units in the last place, measured by the tests over the whole range: `exp`,
/// `log` ≤ 2, `tanh`, `sigmoid` ≤ 3.
public enum PortableMath {
  /// Four floats: the widest vector on all targets, and the lane count of all portable sums.
  public typealias Vector = SIMD4<Float>

  /// eˣ; +∞ above 88.72, denormal and then 0 below −87.3.
  @inline(__always)
  public static func exp(_ x: Vector) -> Vector {
    // x = n·ln 2 + r with |r| ≤ ln 2 / 2. Adding 1.5·2²³ rounds to an integer and leaves it in the low bits.
    let low = Vector(repeating: -104)
    let high = Vector(repeating: 89)
    var clamped = x.replacing(with: low, where: x .< low)
    clamped = clamped.replacing(with: high, where: x .> high)
    let magic = Vector(repeating: 12_582_912)
    let shifted = clamped * Vector(repeating: 1.442_695_04) + magic
    let n = shifted - magic
    let bits = unsafeBitCast(shifted, to: SIMD4<Int32>.self) &- unsafeBitCast(magic, to: SIMD4<Int32>.self)
    // ln 2 in two parts; the first has few enough bits for an exact product with n.
    var r = clamped - n * Vector(repeating: 0.693_359_375)
    r = r - n * Vector(repeating: -2.121_944_4e-4)
    var p = Vector(repeating: 1.987_569_15e-4)
    p = p * r + Vector(repeating: 1.398_199_950_7e-3)
    p = p * r + Vector(repeating: 8.333_451_907_3e-3)
    p = p * r + Vector(repeating: 4.166_579_589_4e-2)
    p = p * r + Vector(repeating: 1.666_666_545_9e-1)
    p = p * r + Vector(repeating: 5.000_000_120_1e-1)
    let mantissa = p * (r * r) + r + Vector(repeating: 1)
    // 2ⁿ in two factors, because n can be outside the exponents of normal numbers.
    let half = bits &>> SIMD4<Int32>(repeating: 1)
    return mantissa * powerOfTwo(half) * powerOfTwo(bits &- half)  // NaN stays NaN
  }

  /// 2ⁿ for −126 ≤ n ≤ 127.
  @inline(__always)
  static func powerOfTwo(_ n: SIMD4<Int32>) -> Vector {
    unsafeBitCast((n &+ SIMD4<Int32>(repeating: 127)) &<< SIMD4<Int32>(repeating: 23), to: Vector.self)
  }

  /// tanh x; `LaneMath` has the formula.
  @inline(__always)
  public static func tanh(_ x: Vector) -> Vector { LaneMath.tanh(x) }

  /// The logistic function, 1 / (1 + e⁻ˣ); below zero as eˣ / (1 + eˣ), which doesn't overflow.
  @inline(__always)
  public static func sigmoid(_ x: Vector) -> Vector {
    let one = Vector(repeating: 1)
    let negative = x .< Vector(repeating: 0)
    let e = exp((-x).replacing(with: x, where: negative))
    return one.replacing(with: e, where: negative) / (one + e)
  }

  /// eˣ of one value.
  @inline(__always)
  public static func exp(_ x: Float) -> Float { exp(Vector(repeating: x))[0] }

  /// tanh x of one value.
  @inline(__always)
  public static func tanh(_ x: Float) -> Float { tanh(Vector(repeating: x))[0] }

  /// The logistic function of one value.
  @inline(__always)
  public static func sigmoid(_ x: Float) -> Float { sigmoid(Vector(repeating: x))[0] }

  /// The natural logarithm; −∞ at 0, NaN below.
  public static func log(_ x: Float) -> Float {
    if !(x > 0) { return x == 0 ? -.infinity : .nan }
    if x == .infinity { return x }
    // x = m·2ᵉ with m in [√½, √2).
    var exponent: Float = 0
    var scaled = x
    if scaled < .leastNormalMagnitude {
      scaled *= 16_777_216
      exponent = -24
    }
    let bits = scaled.bitPattern
    exponent += Float(Int32(bits >> 23) - 126)
    var m = Float(bitPattern: (bits & 0x007f_ffff) | 0x3f00_0000)
    if m < 0.707_106_78 {
      exponent -= 1
      m += m
    }
    m -= 1
    let square = m * m
    var p: Float = 7.037_683_629_2e-2
    p = p * m - 1.151_461_031_0e-1
    p = p * m + 1.167_699_874_0e-1
    p = p * m - 1.242_014_084_6e-1
    p = p * m + 1.424_932_278_7e-1
    p = p * m - 1.666_805_766_5e-1
    p = p * m + 2.000_071_476_5e-1
    p = p * m - 2.499_999_399_3e-1
    p = p * m + 3.333_333_117_4e-1
    var result = p * m * square
    result += exponent * -2.121_944_4e-4
    result -= 0.5 * square
    return result + m + exponent * 0.693_359_375
  }

  /// log(1 + t) for t from 0 to 1e36, accurate near 0.
  public static func logOnePlus(_ t: Float) -> Float {
    let sum = 1 + t
    // log(1 + t) = log(s)·t/(s − 1), which compensates for the rounding of s = 1 + t (Kahan).
    return sum == 1 ? t : log(sum) * t / (sum - 1)
  }

  /// log(1 + eˣ) without overflow: max(x, 0) + log(1 + e^−|x|).
  public static func softplus(_ x: Float) -> Float {
    (x < 0 ? 0 : x) + logOnePlus(exp(-x.magnitude))
  }

  /// The square root, correctly rounded, as IEEE 754 requires.
  @inline(__always)
  public static func squareRoot(_ x: Float) -> Float { x.squareRoot() }
}

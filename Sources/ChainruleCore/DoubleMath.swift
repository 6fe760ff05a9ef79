/// Elementary functions in double precision, made from + − × ÷ alone, so they give the same bits on every machine. They
/// serve what is computed once per step, and checks. The hot loops have their own in `PortableMath`.
package enum DoubleMath {
  package static let pi = 3.14159265358979323846

  /// eˣ, to within 1e-15 of its value: x = k · log 2 + r, then 2ᵏ times the series of eʳ.
  package static func exp(_ x: Double) -> Double {
    if x.isNaN { return x }
    if x > 710 { return .infinity }
    if x < -746 { return 0 }
    let k = Int(x * 1.4426950408889634 + (x < 0 ? -0.5 : 0.5))
    let r = (x - Double(k) * 0x1.62e42feep-1) - Double(k) * 0x1.a39ef35793c76p-33
    var series: Double = 1
    var n = 14
    while n > 0 {
      series = 1 + series * r / Double(n)
      n -= 1
    }
    return Double(sign: .plus, exponent: k, significand: series)
  }

  /// eˣ − 1, to within 1e-15 of its value.
  static func expMinusOne(_ x: Double) -> Double {
    if x < -0.5 || x > 0.5 { return exp(x) - 1 }
    // x + x²/2! + x³/3! + … = x (1 + x/2 (1 + x/3 (…)))
    var series: Double = 1
    var n = 18
    while n > 1 {
      series = 1 + series * x / Double(n)
      n -= 1
    }
    return x * series
  }

  /// The natural logarithm; −∞ at 0, NaN below.
  static func log(_ x: Double) -> Double {
    if !(x > 0) { return x == 0 ? -.infinity : .nan }
    if x == .infinity { return x }
    // x = m · 2ᵉ with m from √½ to √2, log m = 2 artanh((m − 1) / (m + 1)).
    var exponent = Int(x.exponent)
    var m = x.significand
    if m > 1.4142135623730951 {
      m *= 0.5
      exponent += 1
    }
    let e = Double(exponent)
    return e * 0x1.a39ef35793c76p-33 + artanhTwice((m - 1) / (m + 1)) + e * 0x1.62e42feep-1
  }

  /// log(1 + x), accurate near 0, for x above −1.
  static func logOnePlus(_ x: Double) -> Double {
    if x > -0.25 && x < 0.4 { return artanhTwice(x / (2 + x)) }
    return log(1 + x)
  }

  /// 2 (s + s³/3 + s⁵/5 + …) = log((1 + s) / (1 − s)), for |s| up to 0.18 (Abramowitz and Stegun, 4.1.27).
  private static func artanhTwice(_ s: Double) -> Double {
    let square = s * s
    var series: Double = 0
    var n = 12
    while n >= 0 {
      series = series * square + 1 / Double(2 * n + 1)
      n -= 1
    }
    return 2 * s * series
  }

  /// The hyperbolic tangent.
  static func tanh(_ x: Double) -> Double {
    let e = expMinusOne(-2 * x.magnitude)
    let result = -e / (2 + e)
    return x < 0 ? -result : result
  }

  /// log(1 + eˣ) without overflow.
  static func softplus(_ x: Double) -> Double {
    max(x, 0) + logOnePlus(exp(-x.magnitude))
  }

  /// The cosine of an angle from 0 to π, by its series around the nearer end or the middle.
  package static func cos(_ angle: Double) -> Double {
    if angle > pi / 2 { return -cos(pi - angle) }
    let square = angle * angle
    var series: Double = 1
    var n = 20
    while n > 0 {
      series = 1 - series * square / Double(n * (n - 1))
      n -= 2
    }
    return series
  }

  /// The normal distribution's Φ: the probability of a value below x.
  static func normalProbability(_ x: Double) -> Double {
    if x == .infinity { return 1 }
    if x == -.infinity { return 0 }
    let magnitude = x.magnitude
    let density = exp(-0.5 * x * x) * 0.3989422804014327
    let tail: Double
    if magnitude < 3 {
      // Φ(x) − ½ = φ(x) (x + x³/3 + x⁵/(3 · 5) + …) (Abramowitz and Stegun, 26.2.11).
      var term = magnitude
      var sum = magnitude
      var n = 3.0
      while term > sum * 1e-17 {
        term *= magnitude * magnitude / n
        sum += term
        n += 2
      }
      tail = 0.5 - density * sum
    } else {
      // The continued fraction 1/(x + 1/(x + 2/(x + 3/(x + …)))) times φ(x) (26.2.14).
      var fraction = magnitude
      var n = 120
      while n > 0 {
        fraction = magnitude + Double(n) / fraction
        n -= 1
      }
      tail = density / fraction
    }
    return x < 0 ? tail : 1 - tail
  }

  /// x to a whole power, by squaring.
  static func power(_ x: Double, _ exponent: Int) -> Double {
    var result: Double = 1
    var factor = x
    var rest = exponent
    while rest > 0 {
      if rest & 1 == 1 { result *= factor }
      factor *= factor
      rest >>= 1
    }
    return result
  }

  /// x to any power, x being above 0.
  static func power(_ x: Double, _ exponent: Double) -> Double { exp(exponent * log(x)) }
}

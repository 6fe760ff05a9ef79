/// The functions that you'd take from a calculator, made from + − × ÷ alone.
public enum Elementary {
  /// eˣ, to within 1e-15 of its value.
  ///
  /// Cut x into k · log 2 + r with a whole number k: then eˣ = 2ᵏ · eʳ, and r, at most 0.35
  /// either way, is so small that fourteen terms of 1 + r + r²/2! + r³/3! + … are enough.
  /// log 2 comes in two parts, the first with so few digits that k times it's exact (Cody
  /// and Waite, Software Manual for the Elementary Functions, 1980).
  public static func exp(_ x: Double) -> Double {
    if x.isNaN { return x }
    if x > 710 { return .infinity }
    if x < -746 { return 0 }
    // k is x / log 2, to the nearest whole number.
    let k = Int(x * 1.4426950408889634 + (x < 0 ? -0.5 : 0.5))
    let r = (x - Double(k) * 0x1.62e42feep-1) - Double(k) * 0x1.a39ef35793c76p-33
    var series = 1.0
    for n in (1...13).reversed() { series = 1 + series * r / Double(n) }
    // series · 2ᵏ: only the exponent's bits change.
    return Double(sign: .plus, exponent: k, significand: series)
  }

  /// log(1 + eᶻ): nearly 0 for a very negative z, nearly z for a large one, and smooth
  /// between.
  ///
  /// It uses only e to a negative power, which can't overflow. With u = e^−|z|, from 0 to
  /// 1, and s = u / (2 + u), log(1 + u) = 2 (s + s³/3 + s⁵/5 + …) (Abramowitz and Stegun,
  /// 4.1.27), and s is at most 1/3.
  public static func softplus(_ z: Double) -> Double {
    let u = exp(-abs(z))
    let s = u / (2 + u)
    var series = 0.0
    for n in (0...17).reversed() { series = series * s * s + 1 / Double(2 * n + 1) }
    return max(z, 0) + 2 * s * series
  }
}

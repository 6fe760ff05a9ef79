// Compiled twice, like LaneProduct.swift.

/// Functions that both vector sizes compute in the same way, except for the rounding of multiply-adds.
enum LaneMath {
  /// tanh x. Below 0.55, it's the odd polynomial x + x³·c(x²), which has a small relative error near 0.
  ///
  /// Above, with tanh(x/2) = n/q, where n/x and q are polynomials in x²: tanh x = 2nq / (q² + n²) = t / (t + (q − n)²)
  /// with t = 2nq. The errors of n and q decrease like 1 / cosh x, so a few terms are enough, and the quotient is never
  /// above 1. All coefficients were fitted for the smallest relative error of tanh x by Tools/fit_tanh.py.
  @inline(__always)
  static func tanh(_ x: LaneVector) -> LaneVector {
    let bits = unsafeBitCast(x, to: LaneBits.self)
    let magnitudeBits = bits & LaneBits(repeating: 0x7fff_ffff)
    // From 9.01 on, tanh rounds to 1.
    let limit = LaneVector(repeating: 9.02)
    var magnitude = unsafeBitCast(magnitudeBits, to: LaneVector.self)
    magnitude = magnitude.replacing(with: limit, where: magnitude .> limit)
    let square = magnitude * magnitude
    var n = LaneVector(repeating: 5.693_926_51e-5)
    n = LaneVector(repeating: 1.487_765_55e-2).adding(n, times: square)
    n = LaneVector(repeating: 0.5).adding(n, times: square)
    n *= magnitude
    var q = LaneVector(repeating: 1.221_709e-6)
    q = LaneVector(repeating: 1.204_647_24e-3).adding(q, times: square)
    q = LaneVector(repeating: 1.130_885_63e-1).adding(q, times: square)
    q = LaneVector(repeating: 1).adding(q, times: square)
    let product = n * q
    let t = product + product
    let difference = q - n
    let far = t / t.adding(difference, times: difference)
    var c = LaneVector(repeating: 1.644_410_38e-2)
    c = LaneVector(repeating: -5.267_513_54e-2).adding(c, times: square)
    c = LaneVector(repeating: 1.332_077_53e-1).adding(c, times: square)
    c = LaneVector(repeating: -3.333_294_99e-1).adding(c, times: square)
    let near = magnitude.adding(magnitude * square, times: c)
    let result = far.replacing(with: near, where: square .< LaneVector(repeating: 0.302))
    return unsafeBitCast(unsafeBitCast(result, to: LaneBits.self) | (bits ^ magnitudeBits), to: LaneVector.self)
  }
}

/// Values of four samples.
typealias LaneVector = SIMD4<Float>
/// Their bits.
typealias LaneBits = SIMD4<UInt32>

extension SIMD4<Float> {
  /// self + a · b, rounded twice.
  @inline(__always)
  func adding(_ a: SIMD4<Float>, times b: SIMD4<Float>) -> SIMD4<Float> { self + a * b }

  /// The sum of the lanes, as (0 + 2) + (1 + 3).
  @inline(__always)
  var laneSum: Float {
    let pairs = lowHalf + highHalf
    return pairs[0] + pairs[1]
  }

  /// The sums of four vectors' lanes, each as (0 + 2) + (1 + 3).
  @inline(__always)
  static func laneSums(
    _ a: SIMD4<Float>, _ b: SIMD4<Float>, _ c: SIMD4<Float>, _ d: SIMD4<Float>
  ) -> SIMD4<Float> {
    let ab = SIMD4(lowHalf: a.lowHalf + a.highHalf, highHalf: b.lowHalf + b.highHalf)
    let cd = SIMD4(lowHalf: c.lowHalf + c.highHalf, highHalf: d.lowHalf + d.highHalf)
    return SIMD4(lowHalf: ab.evenHalf, highHalf: cd.evenHalf) + SIMD4(lowHalf: ab.oddHalf, highHalf: cd.oddHalf)
  }
}

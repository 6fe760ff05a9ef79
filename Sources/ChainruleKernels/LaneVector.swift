/// Values of four samples.
typealias LaneVector = SIMD4<Float>

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
}

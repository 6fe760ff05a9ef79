/// Values of eight samples.
typealias LaneVector = Vector

extension SIMD8<Float> {
  /// self + a · b, rounded once.
  @inline(__always)
  func adding(_ a: Vector, times b: Vector) -> Vector { addingProduct(a, b) }

  /// The sum of the lanes: of the halves, then of theirs.
  @inline(__always)
  var laneSum: Float {
    let four = lowHalf + highHalf
    let pairs = four.lowHalf + four.highHalf
    return pairs[0] + pairs[1]
  }

  /// The largest lane, and NaN if one is.
  @inline(__always)
  var largestLane: Float {
    let four = lowHalf.replacing(with: highHalf, where: (lowHalf .< highHalf) .| (highHalf .!= highHalf))
    let (low, high) = (four.lowHalf, four.highHalf)
    let pairs = low.replacing(with: high, where: (low .< high) .| (high .!= high))
    return pairs[0] >= pairs[1] || pairs[0] != pairs[0] ? pairs[0] : pairs[1]
  }

  /// The sums of four vectors' lanes: of the halves, then of theirs.
  @inline(__always)
  static func laneSums(_ a: Vector, _ b: Vector, _ c: Vector, _ d: Vector) -> SIMD4<Float> {
    let (a, b, c, d) = (a.lowHalf + a.highHalf, b.lowHalf + b.highHalf, c.lowHalf + c.highHalf, d.lowHalf + d.highHalf)
    let ab = SIMD4(lowHalf: a.lowHalf + a.highHalf, highHalf: b.lowHalf + b.highHalf)
    let cd = SIMD4(lowHalf: c.lowHalf + c.highHalf, highHalf: d.lowHalf + d.highHalf)
    return SIMD4(lowHalf: ab.evenHalf, highHalf: cd.evenHalf) + SIMD4(lowHalf: ab.oddHalf, highHalf: cd.oddHalf)
  }
}

import VectorIntrinsics

/// Values of eight samples.
typealias LaneVector = Vector
/// Their bits.
typealias LaneBits = SIMD8<UInt32>

extension SIMD8<Float> {
  /// self + a · b, rounded once.
  @inline(__always)
  func adding(_ a: Vector, times b: Vector) -> Vector { addingProduct(a, b) }

  /// The sum of the lanes: adds the halves, then the halves of the result, and so on.
  @inline(__always)
  var laneSum: Float {
    let whole = vector_whole(self)
    let four = whole.lowHalf + whole.highHalf
    let pairs = four.lowHalf + four.highHalf
    return pairs[0] + pairs[1]
  }

  /// The largest lane; NaN if a lane is NaN.
  @inline(__always)
  var largestLane: Float {
    let four = lowHalf.replacing(with: highHalf, where: (lowHalf .< highHalf) .| (highHalf .!= highHalf))
    let (low, high) = (four.lowHalf, four.highHalf)
    let pairs = low.replacing(with: high, where: (low .< high) .| (high .!= high))
    return pairs[0] >= pairs[1] || pairs[0] != pairs[0] ? pairs[0] : pairs[1]
  }
}

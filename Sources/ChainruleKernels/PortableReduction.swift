/// Sums over everything in four lanes, which are added at the end.
enum PortableReduction {
  /// Σ (a − b)²
  static let squaredDistance: Kernels.Distance = { count, a, b in
    var lanes = SIMD4<Float>.zero
    var i = 0
    while i &+ 4 <= count {
      let difference = a.vector(at: i) - b.vector(at: i)
      lanes += difference * difference
      i &+= 4
    }
    var sum = lanes.laneSum
    while i < count {
      let difference = a[i] - b[i]
      sum += difference * difference
      i &+= 1
    }
    return sum
  }
}

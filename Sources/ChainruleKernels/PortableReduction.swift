/// The loops along a row or over a whole array, four values at a time.
enum PortableReduction {
  /// max |value|; NaN if any value is NaN
  static let largestMagnitude: Kernels.Reduction = { count, values in
    // The magnitudes of floats are ordered like their bits, with NaN above infinity, so an integer maximum keeps NaN.
    let mask = SIMD4<Int32>(repeating: 0x7fff_ffff)
    var largest = SIMD4<Int32>.zero
    var i = 0
    while i < count {
      let bits = unsafeBitCast(values.vector(at: i, count: count &- i), to: SIMD4<Int32>.self) & mask
      largest.replace(with: bits, where: bits .> largest)
      i &+= 4
    }
    return Float(bitPattern: UInt32(truncatingIfNeeded: largest.max()))
  }

  /// eᶻ / Σ eᶻ along each row
  static let softmax: Kernels.Rowwise = { rows, columns, preActivations, outputs in
    for row in 0..<rows {
      let z = preActivations + row * columns
      let a = outputs + row * columns
      var largest = -Float.infinity
      for column in 0..<columns { largest = z[column] > largest ? z[column] : largest }
      PortableActivation.map(columns, z, a) { z in PortableMath.exp(z - largest) }
      var sum: Float = 0
      for column in 0..<columns { sum += a[column] }
      PortableActivation.map(columns, a, a) { a in a / sum }
    }
  }

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

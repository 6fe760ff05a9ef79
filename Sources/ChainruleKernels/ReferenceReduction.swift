/// The loops along a row or over a whole array. The portable table uses these too.
enum ReferenceReduction {
  /// eᶻ / Σ eᶻ along each row
  static let softmax: Kernels.Rowwise = { rows, columns, preActivations, outputs in
    for row in 0..<rows {
      let z = preActivations + row * columns
      let a = outputs + row * columns
      var largest = -Float.infinity
      for column in 0..<columns { largest = z[column] > largest ? z[column] : largest }
      var sum: Float = 0
      for column in 0..<columns {
        a[column] = PortableMath.exp(z[column] - largest)
        sum += a[column]
      }
      for column in 0..<columns { a[column] /= sum }
    }
  }

  /// a · (delta − Σ delta · a) along each row
  static let softmaxGradient: Kernels.RowwiseGradient = { rows, columns, outputs, delta in
    for row in 0..<rows {
      let a = outputs + row * columns
      let d = delta + row * columns
      var projection: Float = 0
      for column in 0..<columns { projection += d[column] * a[column] }
      for column in 0..<columns { d[column] = a[column] * (d[column] - projection) }
    }
  }

  /// max |value|
  static let largestMagnitude: Kernels.Reduction = { count, values in
    var largest: Float = 0
    for i in 0..<count {
      let magnitude = values[i].magnitude
      if !(magnitude <= largest) { largest = magnitude }
      if largest.isNaN { return largest }
    }
    return largest
  }

  /// Σ (a − b)²
  static let squaredDistance: Kernels.Distance = { count, a, b in
    var sum: Float = 0
    for i in 0..<count { sum += (a[i] - b[i]) * (a[i] - b[i]) }
    return sum
  }
}

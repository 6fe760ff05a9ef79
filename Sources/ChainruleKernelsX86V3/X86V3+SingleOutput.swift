/// The products of a layer with one perceptron, the last layer of many small networks. Its weights are a single row,
/// for which tiles are useless.
extension X86V3 {
  /// result[r] = bias + Σᵢ values[r, i] · weights[i]
  @inline(never)
  public static func singleAffine(
    rows: Int, inputs: Int, values: UnsafePointer<Float>, weights: UnsafePointer<Float>, bias: Float,
    result: UnsafeMutablePointer<Float>
  ) {
    var row = 0
    var x = values
    while row < rows {
      // Two independent sums, so that one doesn't wait for the other.
      var sums = (Vector.zero, Vector.zero)
      var i = 0
      while i &+ 16 <= inputs {
        sums.0 = sums.0.addingProduct(x.vector(at: i), weights.vector(at: i))
        sums.1 = sums.1.addingProduct(x.vector(at: i &+ 8), weights.vector(at: i &+ 8))
        i &+= 16
      }
      while i < inputs {
        let rest = inputs &- i
        sums.0 = sums.0.addingProduct(x.vector(at: i, count: rest), weights.vector(at: i, count: rest))
        i &+= 8
      }
      result[row] = bias + (sums.0 + sums.1).laneSum
      x += inputs
      row &+= 1
    }
  }

  /// gradient[i] = Σᵣ values[r, i] · delta[r], and Σᵣ delta[r]
  @inline(never)
  public static func singleWeightGradient(
    rows: Int, inputs: Int, values: UnsafePointer<Float>, delta: UnsafePointer<Float>,
    result: UnsafeMutablePointer<Float>
  ) -> Float {
    var i = 0
    while i < inputs {
      let count = inputs &- i
      // Four independent sums, because each addition waits for the one before.
      var sums = (Vector.zero, Vector.zero, Vector.zero, Vector.zero)
      var x = values + i
      for row in 0..<rows {
        let d = Vector(repeating: delta[row])
        sums.0 = sums.0.addingProduct(x.vector(at: 0, count: count), d)
        if count > 8 { sums.1 = sums.1.addingProduct(x.vector(at: 8, count: count &- 8), d) }
        if count > 16 { sums.2 = sums.2.addingProduct(x.vector(at: 16, count: count &- 16), d) }
        if count > 24 { sums.3 = sums.3.addingProduct(x.vector(at: 24, count: count &- 24), d) }
        x += inputs
      }
      result.store(sums.0, at: i, count: count)
      result.store(sums.1, at: i &+ 8, count: count &- 8)
      result.store(sums.2, at: i &+ 16, count: count &- 16)
      result.store(sums.3, at: i &+ 24, count: count &- 24)
      i &+= 32
    }
    var total: Float = 0
    for row in 0..<rows { total += delta[row] }
    return total
  }

  /// inputGradient[r, i] = delta[r] · weights[i], times `slope` where `sums` are given and not above zero.
  @inline(never)
  public static func singleInputGradient(
    rows: Int, inputs: Int, delta: UnsafePointer<Float>, weights: UnsafePointer<Float>,
    result: UnsafeMutablePointer<Float>, sums: UnsafePointer<Float>? = nil, slope: Float = 1
  ) {
    var column = 0
    while column < inputs {
      // The last vector reaches back, because writing a partial one is slow.
      let i = inputs >= 8 ? min(column, inputs &- 8) : 0
      let count = inputs &- i
      let factors = weights.vector(at: i, count: count)
      var place = i
      var row = 0
      while row < rows {
        var value = factors * delta[row]
        if let sums { value = scaled(value, where: sums.vector(at: place, count: count), slope) }
        result.store(value, at: place, count: count)
        place &+= inputs
        row &+= 1
      }
      column &+= 8
    }
  }
}

/// Eight floats: one of AVX2's sixteen registers.
typealias Vector = SIMD8<Float>

extension UnsafePointer<Float> {
  /// The eight values from `index` on, at any alignment.
  @inline(__always)
  func vector(at index: Int) -> Vector { UnsafeRawPointer(self + index).loadUnaligned(as: Vector.self) }
}

extension UnsafeMutablePointer<Float> {
  /// The eight values from `index` on, at any alignment.
  @inline(__always)
  func vector(at index: Int) -> Vector { UnsafeRawPointer(self + index).loadUnaligned(as: Vector.self) }

  /// Writes eight values from `index` on, at any alignment.
  @inline(__always)
  func store(_ vector: Vector, at index: Int) {
    UnsafeMutableRawPointer(self + index).storeBytes(of: vector, as: Vector.self)
  }
}

extension UnsafePointer<Float> {
  /// The first `count` values, at most eight, and zeros behind them.
  @inline(__always)
  func vector(at index: Int, count: Int) -> Vector {
    var result = Vector.zero
    var i = 0
    while i < count {
      result[i] = self[index &+ i]
      i &+= 1
    }
    return result
  }
}

extension UnsafeMutablePointer<Float> {
  /// Writes the first `count` values, at most eight.
  @inline(__always)
  func store(_ vector: Vector, at index: Int, count: Int) {
    var i = 0
    while i < count {
      self[index &+ i] = vector[i]
      i &+= 1
    }
  }
}

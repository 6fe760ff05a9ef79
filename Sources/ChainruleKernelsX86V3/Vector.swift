import VectorIntrinsics

/// Eight floats: one of AVX2's sixteen registers.
typealias Vector = SIMD8<Float>

extension UnsafePointer<Float> {
  /// The eight values from `index` on, at any alignment.
  @inline(__always)
  func vector(at index: Int) -> Vector { UnsafeRawPointer(self + index).loadUnaligned(as: Vector.self) }

  /// The first `count` values from `index` on, and zeros if there are fewer than eight.
  @inline(__always)
  func vector(at index: Int, count: Int) -> Vector {
    count >= 8 ? vector(at: index) : vector_load_first(self + index, count)
  }
}

extension UnsafeMutablePointer<Float> {
  /// The eight values from `index` on, at any alignment.
  @inline(__always)
  func vector(at index: Int) -> Vector { UnsafePointer(self).vector(at: index) }

  /// The first `count` values from `index` on, and zeros if there are fewer than eight.
  @inline(__always)
  func vector(at index: Int, count: Int) -> Vector { UnsafePointer(self).vector(at: index, count: count) }

  /// Writes eight values from `index` on, at any alignment.
  @inline(__always)
  func store(_ vector: Vector, at index: Int) {
    UnsafeMutableRawPointer(self + index).storeBytes(of: vector, as: Vector.self)
  }

  /// Writes the first `count` values from `index` on, at most eight.
  @inline(__always)
  func store(_ vector: Vector, at index: Int, count: Int) {
    if count >= 8 { store(vector, at: index) } else { vector_store_first(vector, self + index, count) }
  }
}

extension UnsafePointer<Float> {
  /// The four values from `index` on, at any alignment.
  @inline(__always)
  func vector(at index: Int) -> SIMD4<Float> {
    UnsafeRawPointer(self + index).loadUnaligned(as: SIMD4<Float>.self)
  }

  /// The first `count` values from `index` on, and zeros if there are fewer than four.
  @inline(__always)
  func vector(at index: Int, count: Int) -> SIMD4<Float> {
    count >= 4 ? vector(at: index) : (self + index).firstValues(count)
  }

  /// The first `count` values, fewer than four, and zeros.
  @inline(never)
  private func firstValues(_ count: Int) -> SIMD4<Float> {
    SIMD4(count > 0 ? self[0] : 0, count > 1 ? self[1] : 0, count > 2 ? self[2] : 0, 0)
  }
}

extension UnsafeMutablePointer<Float> {
  /// The four values from `index` on, at any alignment.
  @inline(__always)
  func vector(at index: Int) -> SIMD4<Float> { UnsafePointer(self).vector(at: index) }

  /// The first `count` values from `index` on, and zeros if there are fewer than four.
  @inline(__always)
  func vector(at index: Int, count: Int) -> SIMD4<Float> { UnsafePointer(self).vector(at: index, count: count) }

  /// Writes four values from `index` on, at any alignment.
  @inline(__always)
  func store(_ vector: SIMD4<Float>, at index: Int) {
    UnsafeMutableRawPointer(self + index).storeBytes(of: vector, as: SIMD4<Float>.self)
  }

  /// Writes the first `count` values from `index` on, at most four.
  @inline(__always)
  func store(_ vector: SIMD4<Float>, at index: Int, count: Int) {
    if count >= 4 { store(vector, at: index) } else { (self + index).storeFirst(count, of: vector) }
  }

  /// Writes the first `count` values, fewer than four.
  @inline(never)
  private func storeFirst(_ count: Int, of vector: SIMD4<Float>) {
    if count > 0 { self[0] = vector[0] }
    if count > 1 { self[1] = vector[1] }
    if count > 2 { self[2] = vector[2] }
  }
}

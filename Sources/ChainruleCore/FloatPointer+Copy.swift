extension UnsafeMutablePointer<Float> {
  /// Copies `count` floats from `source`, as bytes: when optimizing for size, Embedded Swift would copy float by float.
  func copy(from source: UnsafePointer<Float>, count: Int) {
    UnsafeMutableRawPointer(self).copyMemory(from: source, byteCount: count * MemoryLayout<Float>.stride)
  }
}

extension UnsafeMutablePointer<Float> {
  /// Copies `count` floats from elsewhere. As memory: Embedded Swift would go from float to float, if asked for a small module.
  func copy(from source: UnsafePointer<Float>, count: Int) {
    UnsafeMutableRawPointer(self).copyMemory(from: source, byteCount: count * MemoryLayout<Float>.stride)
  }
}

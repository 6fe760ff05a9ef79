/// A fixed number of floats, zero at first by default. All of the engine's memory is in such buffers.
///
/// The kernels take its raw pointer, which is valid while the buffer lives. They check nothing, so their callers check
/// sizes.
struct FloatBuffer: ~Copyable {
  let count: Int
  let pointer: UnsafeMutablePointer<Float>

  init(count: Int) {
    self.count = count
    // At least one float: an empty buffer would need a special case in every loop.
    pointer = FloatBuffer.allocate(max(count, 1))
    pointer.initialize(repeating: 0, count: max(count, 1))
  }

  /// Allocates uninitialized memory. Write before you read.
  init(uninitializedCount count: Int) {
    self.count = count
    pointer = FloatBuffer.allocate(max(count, 1))
  }

  /// Aligned to a cache line: a vector that crosses two lines takes twice as long to read.
  private static func allocate(_ count: Int) -> UnsafeMutablePointer<Float> {
    UnsafeMutableRawPointer.allocate(byteCount: count * MemoryLayout<Float>.stride, alignment: 64)
      .bindMemory(to: Float.self, capacity: count)
  }

  deinit {
    pointer.deallocate()
  }
}

/// The one owner of memory in the engine: a fixed number of floats, zero at first unless told otherwise, freed with the buffer.
///
/// It hands out its raw pointer because the loops want one. The pointer is valid while the buffer lives; whoever takes
/// it checks its sizes beforehand, since nothing is checked afterwards.
struct FloatBuffer: ~Copyable {
  let count: Int
  let pointer: UnsafeMutablePointer<Float>

  init(count: Int) {
    self.count = count
    // One float at least: a pointer to nothing would need a special case in every loop.
    pointer = FloatBuffer.allocate(max(count, 1))
    pointer.initialize(repeating: 0, count: max(count, 1))
  }

  /// Memory that holds anything at first, for whoever writes before reading.
  init(uninitializedCount count: Int) {
    self.count = count
    pointer = FloatBuffer.allocate(max(count, 1))
  }

  /// Memory that begins with a line of the caches, as a vector that lies in two of them takes twice as long to read.
  private static func allocate(_ count: Int) -> UnsafeMutablePointer<Float> {
    UnsafeMutableRawPointer.allocate(byteCount: count * MemoryLayout<Float>.stride, alignment: 64)
      .bindMemory(to: Float.self, capacity: count)
  }

  deinit {
    pointer.deallocate()
  }
}

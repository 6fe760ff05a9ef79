import ChainruleKernels

/// Floats whose memory begins with a line of the caches, which that of an array does not. A value, as an array is.
///
/// Parameters and moments are read and written together. Where they lie askew, a vector of one is two reads, and seems to wait for a
/// vector of another that lies in the same place of its page.
struct FloatArray: Sendable {
  private var storage: Storage

  /// The memory, which copies share until one of them is changed.
  private final class Storage: @unchecked Sendable {
    let buffer: FloatBuffer
    /// What all arrays of nothing share.
    static let empty = Storage(FloatBuffer(count: 0))

    init(_ buffer: consuming FloatBuffer) { self.buffer = buffer }
  }

  /// So many zeros.
  init(count: Int) { storage = count == 0 ? .empty : Storage(FloatBuffer(count: count)) }

  /// The same floats.
  init(_ values: some Collection<Float>) {
    self.init(count: values.count)
    withUnsafeMutablePointer { pointer in
      for (index, value) in values.enumerated() { pointer[index] = value }
    }
  }

  /// Calls `body` with the address of the first float, which is valid during the call.
  @inline(__always)
  func withUnsafePointer<Result>(_ body: (UnsafePointer<Float>) -> Result) -> Result {
    // The memory lives as long as whoever is asked for it.
    withExtendedLifetime(storage) { body(UnsafePointer(storage.buffer.pointer)) }
  }

  /// Calls `body` with the address of the first float, to be changed, which is valid during the call.
  @inline(__always)
  mutating func withUnsafeMutablePointer<Result>(_ body: (UnsafeMutablePointer<Float>) -> Result) -> Result {
    becomeUnique()
    return withExtendedLifetime(storage) { body(storage.buffer.pointer) }
  }

  @inline(__always)
  private mutating func becomeUnique() {
    if !isKnownUniquelyReferenced(&storage) && !isEmpty { storage = copy() }
  }

  @inline(never)
  private func copy() -> Storage {
    let copy = FloatBuffer(uninitializedCount: count)
    copy.pointer.initialize(from: storage.buffer.pointer, count: count)
    return Storage(copy)
  }
}

extension FloatArray: RandomAccessCollection, MutableCollection {
  var startIndex: Int { 0 }
  var endIndex: Int { storage.buffer.count }

  subscript(index: Int) -> Float {
    get {
      require(index >= 0 && index < count, "found the index \(index) in \(count.counted("number"))")
      return withUnsafePointer { $0[index] }
    }
    set {
      require(index >= 0 && index < count, "found the index \(index) in \(count.counted("number"))")
      withUnsafeMutablePointer { $0[index] = newValue }
    }
  }
}

extension FloatArray: Equatable {
  static func == (one: FloatArray, other: FloatArray) -> Bool {
    one.storage === other.storage || one.elementsEqual(other)
  }
}

import ChainruleKernels

/// An array of floats, a value like `Array`, whose memory is aligned to a cache line.
///
/// Parameters and moments are read and written together. Without alignment, a vector takes two reads, and a load can be
/// mistaken for depending on a store at the same page offset.
struct FloatArray: Sendable {
  private var storage: Storage

  /// The memory. Copies share it until one of them changes.
  private final class Storage: @unchecked Sendable {
    let buffer: FloatBuffer
    /// Shared by all empty arrays.
    static let empty = Storage(FloatBuffer(count: 0))

    init(_ buffer: consuming FloatBuffer) { self.buffer = buffer }
  }

  /// Creates an array of `count` zeros.
  init(count: Int) { storage = count == 0 ? .empty : Storage(FloatBuffer(count: count)) }

  /// Creates an array of these values.
  init(_ values: some Collection<Float>) {
    self.init(count: values.count)
    withUnsafeMutablePointer { pointer in
      for (index, value) in values.enumerated() { pointer[index] = value }
    }
  }

  /// Calls `body` with the address of the first float. It's valid during the call.
  @inline(__always)
  func withUnsafePointer<Result>(_ body: (UnsafePointer<Float>) -> Result) -> Result {
    // The storage owns the memory.
    withExtendedLifetime(storage) { body(UnsafePointer(storage.buffer.pointer)) }
  }

  /// Calls `body` with the address of the first float, for writing. It's valid during the call.
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

/// Bytes that were read but aren't processed yet. There is always some memory after the last byte, so that eight bytes
/// can be loaded from any position.
final class ByteBuffer {
  private(set) var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private(set) var count = 0
  private static let slack = 16

  init() {
    // Enough for nearly all files. Growing would free large blocks. After that, glibc allocates such blocks on its
    // heap, and the columns' memory would never be returned to the system.
    capacity = 1 << 20
    base = .allocate(capacity: capacity + Self.slack)
    (base + capacity).initialize(repeating: 0, count: Self.slack)
  }

  deinit { base.deallocate() }

  /// The memory that the buffer uses.
  var memory: Int { capacity }

  /// All bytes.
  var bytes: Bytes { Bytes(start: base, count: count) }

  /// Makes room for more bytes.
  func reserve(_ more: Int) {
    if count + more <= capacity { return }
    let larger = max(count + more, capacity * 2)
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: larger + Self.slack)
    memory.update(from: base, count: count)
    (memory + larger).update(repeating: 0, count: Self.slack)
    base.deallocate()
    base = memory
    capacity = larger
  }

  /// Adds bytes at the end.
  func append(_ bytes: UnsafeRawBufferPointer) {
    guard let start = bytes.baseAddress else { return }
    reserve(bytes.count)
    UnsafeMutableRawPointer(base + count).copyMemory(from: start, byteCount: bytes.count)
    count += bytes.count
  }

  /// Adds one byte at the end.
  @inline(__always)
  func append(_ byte: UInt8) {
    if count == capacity { reserve(1) }
    base[count] = byte
    count += 1
  }

  /// Adds a character at the end, in UTF-8.
  func append(scalar: UInt32) {
    if scalar < 0x80 {
      append(UInt8(truncatingIfNeeded: scalar))
    } else if scalar < 0x800 {
      append(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
      append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
    } else if scalar < 0x10000 {
      append(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
      append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
      append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
    } else {
      append(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
      append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 12 & 0x3F))
      append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
      append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
    }
  }

  /// Removes bytes from the end.
  func removeLast(_ number: Int) { count -= number }

  /// Removes bytes from the beginning.
  func removeFirst(_ number: Int) {
    if number == 0 { return }
    base.update(from: base + number, count: count - number)
    count -= number
  }
}

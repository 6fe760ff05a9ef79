/// Checks that bytes are UTF-8 without zeros.
struct UTF8Check {
  enum Fault {
    case zero
    case invalid
    case unfinished
  }

  /// What is wrong with the bytes at `end`.
  private(set) var fault: Fault?
  /// The first byte that isn't known to be valid.
  private(set) var end: Int
  /// Whether there were characters beyond ASCII.
  private(set) var hasMultibyte = false

  init(_ bytes: Bytes, from start: Int) {
    end = start
    guard let base = UnsafeRawPointer(bytes.baseAddress) else { return }
    let high = SIMD16<UInt8>(repeating: 0x80)
    while end < bytes.count {
      while end + 16 <= bytes.count {
        let block = base.loadUnaligned(fromByteOffset: end, as: SIMD16<UInt8>.self)
        // A zero, or a byte of at least 0x80: minus one, it's at least 0x7F.
        let reduced = block &- 1
        if (reduced | block) & high != .zero { break }
        end += 16
      }
      let stop = min(end + 16, bytes.count)
      while end < stop {
        let byte = bytes[end]
        if byte == 0 {
          fault = .zero
          return
        }
        if byte < 0x80 {
          end += 1
          continue
        }
        let length = Self.length(bytes, at: end)
        if length <= 0 {
          fault = length == 0 ? .invalid : .unfinished
          return
        }
        hasMultibyte = true
        end += length
      }
    }
  }

  /// The length of a character beyond ASCII; 0 if it's invalid, −1 if it's incomplete.
  private static func length(_ bytes: Bytes, at start: Int) -> Int {
    let first = bytes[start]
    let length: Int
    var lowest: UInt8 = 0x80
    var highest: UInt8 = 0xBF
    switch first {
    case 0xC2...0xDF: length = 2
    case 0xE0...0xEF:
      length = 3
      if first == 0xE0 { lowest = 0xA0 }
      if first == 0xED { highest = 0x9F }
    case 0xF0...0xF4:
      length = 4
      if first == 0xF0 { lowest = 0x90 }
      if first == 0xF4 { highest = 0x8F }
    default: return 0
    }
    for offset in 1..<length {
      if start + offset == bytes.count { return -1 }
      let byte = bytes[start + offset]
      if byte < lowest || byte > highest { return 0 }
      lowest = 0x80
      highest = 0xBF
    }
    return length
  }
}

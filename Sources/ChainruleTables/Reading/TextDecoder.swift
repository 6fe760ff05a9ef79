/// Converts a file's bytes to UTF-8 from any encoding.
///
/// A byte order mark identifies the encoding. Without one, zeros in every second byte mean UTF-16, and bytes that
/// aren't valid UTF-8 mean Windows-1252.
struct TextDecoder {
  /// The encoding, as far as it's known.
  private(set) var encoding = TextEncoding.utf8
  /// Whether ``encoding`` is a guess from the bytes.
  private(set) var isGuess = false
  private let buffer: ByteBuffer
  private var isDecided: Bool
  private let isGiven: Bool
  private var hasMultibyte = false
  /// For UTF-8, how many bytes of the buffer are known to be text. Otherwise unused.
  private var checked = 0
  /// The bytes of an incomplete character, or all bytes until the encoding is decided.
  private var held: [UInt8] = []
  private var highSurrogate: UInt32 = 0

  private static let bytesToDecide = 64

  init(buffer: ByteBuffer, encoding: TextEncoding?) {
    self.buffer = buffer
    isGiven = encoding != nil
    isDecided = false
    if let encoding { self.encoding = encoding }
  }

  /// Adds bytes to the buffer as text.
  mutating func read(_ bytes: UnsafeRawBufferPointer) throws(TextFault) {
    if isDecided { return try decode(bytes) }
    held.append(contentsOf: bytes)
    if held.count >= Self.bytesToDecide { try decide() }
  }

  /// Ends the text.
  mutating func finish() throws(TextFault) {
    if !isDecided { try decide() }
    if encoding == .utf8 {
      // The rest is an incomplete character.
      if checked < buffer.count { try decodeInvalid() }
    } else if !held.isEmpty || highSurrogate != 0 {
      throw TextFault(byte: nil, position: buffer.count)
    }
  }

  /// Call this after removing bytes from the buffer's beginning.
  mutating func removedFirst(_ count: Int) { checked -= count }

  private mutating func decide() throws(TextFault) {
    isDecided = true
    let first = held
    held = []
    var mark = 0
    if first.starts(with: [0xEF, 0xBB, 0xBF] as [UInt8]) {
      mark = 3
      if !isGiven { encoding = .utf8 }
      hasMultibyte = true
    } else if first.starts(with: [0xFF, 0xFE] as [UInt8]) {
      mark = 2
      if !isGiven { encoding = .utf16LittleEndian }
    } else if first.starts(with: [0xFE, 0xFF] as [UInt8]) {
      mark = 2
      if !isGiven { encoding = .utf16BigEndian }
    } else if !isGiven {
      var zeros = (even: 0, odd: 0)
      for (index, byte) in first.enumerated() where byte == 0 {
        if index % 2 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
      }
      if zeros.even == 0, zeros.odd * 3 > first.count { encoding = .utf16LittleEndian }
      if zeros.odd == 0, zeros.even * 3 > first.count { encoding = .utf16BigEndian }
      isGuess = encoding != .utf8
    }
    let failure: TextFault? = first.withUnsafeBytes { bytes in
      do throws(TextFault) {
        try decode(UnsafeRawBufferPointer(rebasing: bytes[mark...]))
        return nil
      } catch {
        return error
      }
    }
    if let failure { throw failure }
  }

  private mutating func decode(_ bytes: UnsafeRawBufferPointer) throws(TextFault) {
    switch encoding {
    case .utf8:
      buffer.append(bytes)
      try check()
    case .windows1252: try decodeBytes(bytes)
    case .utf16LittleEndian, .utf16BigEndian: try decodeUnits(bytes)
    }
  }

  /// Checks the unchecked bytes of the buffer.
  private mutating func check() throws(TextFault) {
    let check = UTF8Check(buffer.bytes, from: checked)
    checked = check.end
    if check.hasMultibyte { hasMultibyte = true }
    switch check.fault {
    case .zero: throw TextFault(byte: 0, position: checked)
    case .invalid: try decodeInvalid()
    case .unfinished, nil: break
    }
  }

  /// Bytes that aren't UTF-8 are Windows-1252, unless there were UTF-8 characters before.
  private mutating func decodeInvalid() throws(TextFault) {
    if isGiven || hasMultibyte { throw TextFault(byte: nil, position: checked) }
    let rest = [UInt8](buffer.bytes[checked...])
    buffer.removeLast(rest.count)
    encoding = .windows1252
    isGuess = true
    let failure: TextFault? = rest.withUnsafeBytes { bytes in
      do throws(TextFault) {
        try decodeBytes(bytes)
        return nil
      } catch {
        return error
      }
    }
    if let failure { throw failure }
  }

  private func decodeBytes(_ bytes: UnsafeRawBufferPointer) throws(TextFault) {
    buffer.reserve(bytes.count)
    for byte in bytes {
      if byte == 0 { throw TextFault(byte: 0, position: buffer.count) }
      if byte < 0x80 {
        buffer.append(byte)
      } else {
        buffer.append(scalar: byte < 0xA0 ? Self.windowsScalar(byte) : UInt32(byte))
      }
    }
  }

  /// The characters of Windows-1252 that Latin-1 doesn't have.
  private static func windowsScalar(_ byte: UInt8) -> UInt32 {
    let scalars: InlineArray<32, UInt16> = [
      0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,
      0x017D,
      0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,
      0x017E, 0x0178,
    ]
    return UInt32(scalars[Int(byte - 0x80)])
  }

  private mutating func decodeUnits(_ bytes: UnsafeRawBufferPointer) throws(TextFault) {
    for byte in bytes {
      held.append(byte)
      if held.count < 2 { continue }
      let unit =
        encoding == .utf16LittleEndian ? UInt32(held[1]) << 8 | UInt32(held[0]) : UInt32(held[0]) << 8 | UInt32(held[1])
      held.removeAll(keepingCapacity: true)
      if unit == 0 { throw TextFault(byte: 0, position: buffer.count) }
      if unit >> 10 == 0x36 {
        if highSurrogate != 0 { throw TextFault(byte: nil, position: buffer.count) }
        highSurrogate = unit
      } else if unit >> 10 == 0x37 {
        if highSurrogate == 0 { throw TextFault(byte: nil, position: buffer.count) }
        buffer.append(scalar: 0x10000 + (highSurrogate & 0x3FF) << 10 + unit & 0x3FF)
        highSurrogate = 0
      } else {
        if highSurrogate != 0 { throw TextFault(byte: nil, position: buffer.count) }
        buffer.append(scalar: unit)
      }
    }
  }
}

/// Why bytes aren't text.
struct TextFault: Error {
  /// A byte that can't occur in text; `nil` for bytes that aren't valid in the encoding.
  let byte: UInt8?
  /// The number of bytes before it in the buffer.
  let position: Int
}

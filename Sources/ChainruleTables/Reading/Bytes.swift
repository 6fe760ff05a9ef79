/// Part of a text in UTF-8. It's borrowed: whoever hands it out keeps the memory.
typealias Bytes = UnsafeBufferPointer<UInt8>

extension UnsafeBufferPointer where Element == UInt8 {
  /// Without the spaces and tabs at both ends.
  var trimmed: Bytes {
    var start = 0
    var end = count
    while start < end, self[start] == 0x20 || self[start] == 0x09 { start += 1 }
    while end > start, self[end - 1] == 0x20 || self[end - 1] == 0x09 { end -= 1 }
    return Bytes(rebasing: self[start..<end])
  }

  /// As a text of its own.
  var string: String { String(decoding: self, as: UTF8.self) }

  /// Whether the bytes are these.
  func equals(_ other: Bytes) -> Bool {
    if count != other.count { return false }
    for index in 0..<count where self[index] != other[index] { return false }
    return true
  }

  /// Whether the bytes are a word, written in lower-case ASCII, in either case.
  func equalsIgnoringCase(_ word: [UInt8]) -> Bool {
    if count != word.count { return false }
    for index in 0..<count where self[index].lowercased != word[index] { return false }
    return true
  }
}

extension UInt8 {
  /// The same ASCII letter in lower case.
  var lowercased: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }
  var isDigit: Bool { self &- 0x30 <= 9 }
}

/// Borrowed bytes of a UTF-8 text.
typealias Bytes = UnsafeBufferPointer<UInt8>

extension UnsafeBufferPointer where Element == UInt8 {
  /// The bytes without spaces and tabs at both ends.
  var trimmed: Bytes {
    var start = 0
    var end = count
    while start < end, self[start] == 0x20 || self[start] == 0x09 { start += 1 }
    while end > start, self[end - 1] == 0x20 || self[end - 1] == 0x09 { end -= 1 }
    return Bytes(rebasing: self[start..<end])
  }

  /// The bytes as a string.
  var string: String { String(decoding: self, as: UTF8.self) }

  /// Whether the bytes are the same.
  func equals(_ other: Bytes) -> Bool {
    if count != other.count { return false }
    for index in 0..<count where self[index] != other[index] { return false }
    return true
  }

  /// Whether the bytes are a word, ignoring case. The word is in lower-case ASCII.
  func equalsIgnoringCase(_ word: StaticString) -> Bool {
    equalsIgnoringCase(Bytes(start: word.utf8Start, count: word.utf8CodeUnitCount))
  }

  /// Whether the bytes are a word, ignoring case. The word is in lower-case ASCII.
  func equalsIgnoringCase(_ word: Bytes) -> Bool {
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

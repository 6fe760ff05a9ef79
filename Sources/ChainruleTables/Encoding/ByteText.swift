/// Bytewise comparisons of texts, which need no Unicode tables.
enum ByteText {
  /// Whether both are spelled the same.
  static func equal(_ first: String, _ second: String) -> Bool { first.utf8.elementsEqual(second.utf8) }

  /// Whether the first comes before the second by Unicode scalars.
  static func precedes(_ first: String, _ second: String) -> Bool {
    first.utf8.lexicographicallyPrecedes(second.utf8)
  }

  /// Whether a text is among others.
  static func contains(_ texts: [String], _ text: String) -> Bool {
    for other in texts where equal(other, text) { return true }
    return false
  }

  /// The bytes, with A to Z in lower case.
  static func lowercased(_ text: String) -> [UInt8] {
    var bytes = Array(text.utf8)
    for index in bytes.indices where bytes[index] >= 0x41 && bytes[index] <= 0x5A { bytes[index] |= 0x20 }
    return bytes
  }

  /// Whether both are the same, ignoring the case of A to Z.
  static func equalIgnoringCase(_ first: String, _ second: String) -> Bool {
    lowercased(first) == lowercased(second)
  }
}

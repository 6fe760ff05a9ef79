/// A hash of the bits of a sequence of numbers: FNV-1a, 64 bits.
struct Fingerprint {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  /// Adds a number's four bytes, the lowest first.
  mutating func add(_ number: Float) {
    var bits = number.bitPattern
    for _ in 0..<4 {
      value = (value ^ UInt64(bits & 0xff)) &* 0x100_0000_01b3
      bits >>= 8
    }
  }
}

/// A natural number of any size, with the few operations that exact decimal conversion needs.
struct Natural {
  /// The digits in base 2³², the lowest first. No zeros at the high end.
  private(set) var limbs: [UInt32] = []

  init(_ value: UInt64) {
    limbs = [UInt32(truncatingIfNeeded: value), UInt32(truncatingIfNeeded: value >> 32)]
    trim()
  }

  /// The number of bits without leading zeros.
  var bitWidth: Int {
    guard let last = limbs.last else { return 0 }
    return limbs.count * 32 - last.leadingZeroBitCount
  }

  /// Multiplies and adds: a step of reading decimal digits.
  mutating func multiply(by factor: UInt32, adding summand: UInt32 = 0) {
    var carry = UInt64(summand)
    for index in limbs.indices {
      // The product of two 32-bit numbers can't overflow, and a check would call a function that WebAssembly doesn't
      // have.
      carry &+= UInt64(limbs[index]) &* UInt64(factor)
      limbs[index] = UInt32(truncatingIfNeeded: carry)
      carry >>= 32
    }
    if carry > 0 { limbs.append(UInt32(carry)) }
  }

  /// Multiplies by a power of five.
  mutating func multiply(byPowerOfFive exponent: Int) {
    var rest = exponent
    while rest >= 13 {
      multiply(by: 1_220_703_125)
      rest -= 13
    }
    for _ in 0..<rest { multiply(by: 5) }
  }

  /// Multiplies by a power of two.
  mutating func shiftLeft(_ bits: Int) {
    if limbs.isEmpty || bits == 0 { return }
    let (words, rest) = (bits / 32, bits % 32)
    var shifted = [UInt32](repeating: 0, count: words)
    var carry: UInt64 = 0
    for limb in limbs {
      let wide = UInt64(limb) << UInt64(rest) | carry
      shifted.append(UInt32(truncatingIfNeeded: wide))
      carry = wide >> 32
    }
    if carry > 0 { shifted.append(UInt32(carry)) }
    limbs = shifted
  }

  /// Subtracts another number if it isn't larger, and returns whether it did.
  mutating func subtract(ifNotLarger other: Natural) -> Bool {
    if compare(with: other) < 0 { return false }
    var borrow: Int64 = 0
    for index in limbs.indices {
      let digit = Int64(limbs[index]) - (index < other.limbs.count ? Int64(other.limbs[index]) : 0) + borrow
      limbs[index] = UInt32(truncatingIfNeeded: digit)
      borrow = digit < 0 ? -1 : 0
    }
    trim()
    return true
  }

  /// Negative, zero or positive if this number is less than, equal to or greater than another.
  func compare(with other: Natural) -> Int {
    if limbs.count != other.limbs.count { return limbs.count < other.limbs.count ? -1 : 1 }
    var index = limbs.count
    while index > 0 {
      index -= 1
      if limbs[index] != other.limbs[index] { return limbs[index] < other.limbs[index] ? -1 : 1 }
    }
    return 0
  }

  /// The 128 highest bits, of which the first is 1. A number with fewer bits is followed by zeros.
  var leadingBits: (high: UInt64, low: UInt64) {
    var aligned = self
    let width = bitWidth
    aligned.shiftLeft((32 - width % 32) % 32 + 96)
    let top = aligned.limbs.suffix(4).map { UInt64($0) }
    return (top[3] << 32 | top[2], top[1] << 32 | top[0])
  }

  private mutating func trim() {
    while limbs.last == 0 { limbs.removeLast() }
  }
}

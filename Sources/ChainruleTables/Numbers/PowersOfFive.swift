/// The 128 leading bits of the powers of five from −342 to 308, each computed on first use.
///
/// Powers below 5⁰ are reciprocals. Down to 5⁻²⁷ they're rounded up, as Lemire's method requires.
final class PowersOfFive {
  static let range = -342...308

  private var bits: [(high: UInt64, low: UInt64)]

  init() {
    // The leading bit of a power is 1, so zero means that it isn't computed yet.
    bits = [(high: UInt64, low: UInt64)](repeating: (0, 0), count: Self.range.count)
  }

  /// The leading bits of a power.
  func leadingBits(_ exponent: Int) -> (high: UInt64, low: UInt64) {
    let index = exponent - Self.range.lowerBound
    if bits[index].high == 0 { bits[index] = Self.compute(exponent) }
    return bits[index]
  }

  private static func compute(_ exponent: Int) -> (high: UInt64, low: UInt64) {
    var power = Natural(1)
    power.multiply(byPowerOfFive: abs(exponent))
    if exponent >= 0 { return power.leadingBits }
    // Long division of a power of two, bit by bit: its quotient has 128 bits.
    var remainder = Natural(1)
    remainder.shiftLeft(power.bitWidth - 1)
    var (high, low): (UInt64, UInt64) = (0, 0)
    while high >> 63 == 0 {
      high = high << 1 | low >> 63
      low <<= 1
      if remainder.subtract(ifNotLarger: power) { low |= 1 }
      remainder.shiftLeft(1)
    }
    if exponent >= -27 {
      low &+= 1
      if low == 0 { high += 1 }
    }
    return (high, low)
  }
}

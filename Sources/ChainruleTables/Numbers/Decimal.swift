/// Converts a decimal number to the nearest `Double`, ties to even: `digits` · 10^`exponent`.
struct Decimal {
  private let powers = PowersOfFive()
  /// 10⁰ to 10²², which are exact.
  let tens: [Double] = {
    var tens: [Double] = [1]
    for _ in 0..<22 { tens.append(tens[tens.count - 1] * 10) }
    return tens
  }()

  /// The nearest number; infinite if it's too large.
  func value(_ digits: UInt64, exponent: Int) -> Double {
    if digits == 0 { return 0 }
    if digits <= 1 << 53, exponent >= -22, exponent <= 22 {
      // Both factors are exact, so there is only one rounding (W. Clinger, 1990).
      return exponent < 0 ? Double(digits) / tens[-exponent] : Double(digits) * tens[exponent]
    }
    return leadingProduct(digits, exponent: exponent)
  }

  /// D. Lemire, Number parsing at a gigabyte per second (2021), with the proof by N. Mushtak and D. Lemire (2022) that
  /// the product with 128 bits of the power always suffices.
  private func leadingProduct(_ digits: UInt64, exponent: Int) -> Double {
    if exponent < -342 { return 0 }
    if exponent > 308 { return .infinity }
    let shift = digits.leadingZeroBitCount
    let normalized = digits << UInt64(shift)
    let power = powers.leadingBits(exponent)
    var (high, low) = normalized.wideProduct(power.high)
    if high & 0x1ff == 0x1ff {
      // The bits that were cut off can still carry into those that are kept.
      let second = normalized.wideProduct(power.low)
      let (sum, overflow) = low.addingReportingOverflow(second.high)
      low = sum
      if overflow { high &+= 1 }
    }
    let upper = Int(high >> 63)
    // 53 bits plus one for rounding.
    var mantissa = high >> UInt64(upper + 9)
    // floor(log2(10^exponent)), by a fraction that's exact in this range.
    var binary = ((217_706 * exponent) >> 16) + 63 + upper - shift + 1023
    if binary <= 0 {
      if 1 - binary >= 64 { return 0 }
      mantissa >>= UInt64(1 - binary)
      mantissa = (mantissa + (mantissa & 1)) >> 1
      return Double(bitPattern: mantissa)
    }
    if low <= 1, exponent >= -4, exponent <= 23, mantissa & 3 == 1, mantissa << UInt64(upper + 9) == high {
      // A tie, and the even neighbour is below.
      mantissa &= ~1
    }
    mantissa = (mantissa + (mantissa & 1)) >> 1
    if mantissa >> 53 == 1 {
      mantissa >>= 1
      binary += 1
    }
    if binary >= 2047 { return .infinity }
    return Double(bitPattern: UInt64(binary) << 52 | mantissa & (1 << 52 - 1))
  }

  /// The nearest `Double` to a number with more digits than fit in 64 bits.
  ///
  /// - Parameters:
  ///   - leading: its first 19 digits, without leading zeros.
  ///   - leadingExponent: the exponent for them.
  ///   - digits: all digits, each from 0 to 9.
  ///   - exponent: the exponent for all digits.
  func value(leading: UInt64, leadingExponent: Int, digits: [UInt8], exponent: Int) -> Double {
    let below = value(leading, exponent: leadingExponent)
    let above = value(leading + 1, exponent: leadingExponent)
    if below == above || !below.isFinite { return below }

    // The two are neighbours: compare exactly with their midpoint.
    var number = Natural(0)
    for digit in digits { number.multiply(by: 10, adding: UInt32(digit)) }
    let stored = below.bitPattern
    let fraction = stored & (1 << 52 - 1)
    let biased = Int(stored >> 52)
    var middle = Natural((biased == 0 ? fraction : fraction | 1 << 52) * 2 + 1)
    let binary = max(biased, 1) - 1075 - 1
    // number · 5^e · 2^e against middle · 2^binary, with the negative exponents moved to the other side.
    if exponent >= 0 {
      number.multiply(byPowerOfFive: exponent)
    } else {
      middle.multiply(byPowerOfFive: -exponent)
    }
    let twos = exponent - binary
    if twos >= 0 { number.shiftLeft(twos) } else { middle.shiftLeft(-twos) }
    let order = number.compare(with: middle)
    if order == 0 { return stored & 1 == 0 ? below : above }
    return order < 0 ? below : above
  }
}

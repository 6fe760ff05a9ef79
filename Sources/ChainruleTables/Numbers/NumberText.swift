/// Writes numbers. `Double.description` needs functions that WebAssembly doesn't have.
enum NumberText {
  /// The shortest text that reads as the same number: “2.5”, “3”, “1e-07”.
  static func shortest(_ number: Double) -> String {
    if !number.isFinite { return number.isNaN ? "nan" : number < 0 ? "-inf" : "inf" }
    let size = number.magnitude
    if size == 0 { return "0" }
    let digits = size < 1e16 && size >= 1e-4 ? fixed(size) ?? exact(size) : exact(size)
    return text(digits, isNegative: number < 0)
  }

  /// A number in decimal digits: 0.d₁d₂d₃… · 10^exponent.
  private struct Digits {
    var letters: [UInt8]
    var exponent: Int
  }

  /// For few digits after the point: the number times a power of ten is whole, and dividing gives the number again.
  private static func fixed(_ size: Double) -> Digits? {
    var ten: Double = 1
    for places in 0...16 {
      let whole = (size * ten + 0.5).rounded(.down)
      if whole > 0x1p53 { return nil }
      if whole / ten == size {
        let letters = digits(UInt64(whole))
        return Digits(letters: letters, exponent: letters.count - places)
      }
      ten *= 10
    }
    return nil
  }

  /// The shortest of the rounded forms that reads as the same number.
  private static func exact(_ size: Double) -> Digits {
    let conversion = Decimal()
    var (seventeen, exponent) = leading(size)
    var best = (digits: seventeen, exponent: exponent)
    var ten: UInt64 = 1
    for _ in 1..<17 {
      ten &*= 10
      exponent += 1
      let rounded = (seventeen + ten / 2) / ten
      if conversion.value(rounded, exponent: exponent) != size { break }
      best = (rounded, exponent)
    }
    seventeen = best.digits
    while seventeen % 10 == 0 {
      seventeen /= 10
      best.exponent += 1
    }
    let letters = digits(seventeen)
    return Digits(letters: letters, exponent: best.exponent + letters.count)
  }

  /// The 17 leading digits, rounded, and their power of ten.
  private static func leading(_ size: Double) -> (digits: UInt64, exponent: Int) {
    let binary = Int(size.exponent) - 52
    let whole = size.significandBitPattern | (size.isNormal ? 1 << 52 : 0)
    let twos = size.isNormal ? binary : -1074
    // log10 from log2, a little too low; the loop corrects it.
    var exponent = Int((Double(twos + 64 - whole.leadingZeroBitCount) * 0.30103).rounded(.down)) - 17
    while true {
      var numerator = Natural(whole)
      var denominator = Natural(1)
      if exponent > 0 {
        denominator.multiply(byPowerOfFive: exponent)
      } else {
        numerator.multiply(byPowerOfFive: -exponent)
      }
      let shift = twos - exponent
      if shift > 0 { numerator.shiftLeft(shift) } else { denominator.shiftLeft(-shift) }
      // Twice the quotient; its last bit is for rounding.
      var quotient: UInt64 = 0
      numerator.shiftLeft(1)
      denominator.shiftLeft(61)
      for _ in 0..<62 {
        quotient <<= 1
        if numerator.subtract(ifNotLarger: denominator) { quotient |= 1 }
        numerator.shiftLeft(1)
      }
      let rounded = quotient / 2 + quotient % 2
      if rounded < 100_000_000_000_000_000 { return (rounded, exponent) }
      exponent += 1
    }
  }

  private static func digits(_ number: UInt64) -> [UInt8] {
    var letters: [UInt8] = []
    var rest = number
    repeat {
      letters.append(0x30 + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    letters.reverse()
    return letters
  }

  private static func text(_ digits: Digits, isNegative: Bool) -> String {
    var text: [UInt8] = isNegative ? [0x2D] : []
    var letters = digits.letters
    if digits.exponent > 16 || digits.exponent < -3 {
      text.append(letters.removeFirst())
      while letters.last == 0x30 { letters.removeLast() }
      if !letters.isEmpty { text.append(0x2E) }
      text += letters
      let power = digits.exponent - 1
      text += [0x65, power < 0 ? 0x2D : 0x2B]
      if abs(power) < 10 { text.append(0x30) }
      text += self.digits(UInt64(abs(power)))
    } else if digits.exponent <= 0 {
      text += [0x30, 0x2E]
      for _ in 0..<(-digits.exponent) { text.append(0x30) }
      text += letters
    } else {
      for place in 0..<max(digits.exponent, letters.count) {
        if place == digits.exponent { text.append(0x2E) }
        text.append(place < letters.count ? letters[place] : 0x30)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// A whole number in decimal digits.
  static func whole(_ number: Int) -> String {
    let text: [UInt8] = number < 0 ? [0x2D] : []
    return String(decoding: text + digits(UInt64(number.magnitude)), as: UTF8.self)
  }
}

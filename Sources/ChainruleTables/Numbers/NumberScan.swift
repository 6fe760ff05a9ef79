/// Scans the characters of a number from left to right.
struct NumberScan {
  private let cell: Bytes
  private var position = 0
  private(set) var isNegative = false
  /// The first 19 digits that aren't leading zeros.
  private(set) var mantissa: UInt64 = 0
  private var significant = 0
  /// The number of digits after those, and whether one of them isn't zero.
  private(set) var droppedDigits = 0
  private(set) var dropsNonZero = false
  private(set) var fractionDigits = 0
  private(set) var exponent = 0
  private(set) var digitsStart = 0
  private(set) var digitsEnd = 0
  private var hasDigit = false
  private var hasLeadingZero = false
  private var isWhole = true

  init(_ cell: Bytes) { self.cell = cell }

  /// Whether all characters are read, and they make a number.
  var isComplete: Bool { position == cell.count && hasDigit && !(isWhole && hasLeadingZero) }

  private func byte(_ offset: Int = 0) -> UInt8 { position + offset < cell.count ? cell[position + offset] : 0 }

  /// Reads a plus or minus; the minus can also be U+2212.
  mutating func readSign() {
    if byte() == 0x2D {
      isNegative = true
      position += 1
    } else if byte() == 0x2B {
      position += 1
    } else if byte() == 0xE2, byte(1) == 0x88, byte(2) == 0x92 {
      isNegative = true
      position += 3
    }
  }

  private mutating func take(_ digit: UInt8) {
    if significant < 19 {
      mantissa = mantissa &* 10 &+ UInt64(digit)
      if mantissa != 0 { significant += 1 }
    } else {
      droppedDigits += 1
      if digit != 0 { dropsNonZero = true }
    }
  }

  /// Reads the digits before the decimal point. Returns false if thousands separators are in the wrong places.
  mutating func readWhole(thousands: UInt8) -> Bool {
    digitsStart = position
    var groups = 0
    var inGroup = 0
    while position < cell.count {
      let letter = byte()
      if letter.isDigit {
        take(letter &- 0x30)
        inGroup += 1
        position += 1
        continue
      }
      let length = thousands == 0 ? 0 : separatorLength(thousands)
      if length == 0 { break }
      if groups == 0 ? inGroup < 1 || inGroup > 3 || cell[digitsStart] == 0x30 : inGroup != 3 { return false }
      groups += 1
      inGroup = 0
      position += length
    }
    digitsEnd = position
    hasDigit = inGroup > 0
    hasLeadingZero = inGroup > 1 && cell[digitsStart] == 0x30
    return groups == 0 || inGroup == 3
  }

  /// The length of a thousands separator here; 0 if there is none. No-break spaces count as spaces, U+2019 as an
  /// apostrophe.
  private func separatorLength(_ thousands: UInt8) -> Int {
    if byte() == thousands { return 1 }
    if thousands == 0x20 {
      if byte() == 0xC2, byte(1) == 0xA0 { return 2 }
      if byte() == 0xE2, byte(1) == 0x80, byte(2) == 0xAF || byte(2) == 0x89 { return 3 }
    }
    if thousands == 0x27, byte() == 0xE2, byte(1) == 0x80, byte(2) == 0x99 { return 3 }
    return 0
  }

  /// Reads the decimal point and the digits after it.
  mutating func readFraction(decimal: UInt8) -> Bool {
    guard byte() == decimal, position < cell.count else { return true }
    isWhole = false
    position += 1
    while byte().isDigit {
      take(byte() &- 0x30)
      fractionDigits += 1
      hasDigit = true
      position += 1
    }
    digitsEnd = position
    return true
  }

  /// Reads an exponent. Returns false if its digits are missing.
  mutating func readExponent() -> Bool {
    guard byte() | 0x20 == 0x65, hasDigit else { return true }
    isWhole = false
    position += 1
    let isNegative = byte() == 0x2D
    if isNegative || byte() == 0x2B { position += 1 }
    if !byte().isDigit { return false }
    while byte().isDigit {
      if exponent < 100_000_000 { exponent = exponent * 10 + Int(byte() &- 0x30) }
      position += 1
    }
    if isNegative { exponent = -exponent }
    return true
  }
}

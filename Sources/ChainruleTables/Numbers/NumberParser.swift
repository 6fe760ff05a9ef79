/// Reads numbers as tables write them: “-12.5”, “+3”, “.5”, “5.”, “1e-3”, and with a decimal comma or thousands
/// separators “1.234,5”. Results are correctly rounded.
struct NumberParser {
  let decimal: UInt8
  /// 0 if there is none.
  let thousands: UInt8
  let conversion: Decimal

  /// Digits after these only decide on which side of the midpoint of two neighbours a number is.
  private static let digitLimit = 800

  init(decimal: UInt8 = 0x2E, thousands: UInt8 = 0, conversion: Decimal = Decimal()) {
    self.decimal = decimal
    self.thousands = thousands
    self.conversion = conversion
  }

  /// The number in a cell without surrounding spaces; NaN if it isn't a finite number. A whole number with leading
  /// zeros doesn't count as a number: it's a code.
  func parse(_ cell: Bytes) -> Double {
    var scan = NumberScan(cell)
    scan.readSign()
    guard scan.readWhole(thousands: thousands), scan.readFraction(decimal: decimal), scan.readExponent(),
      scan.isComplete
    else { return .nan }
    let size = conversion.magnitude(of: scan, in: cell, limit: Self.digitLimit)
    if size == .infinity { return .nan }
    return scan.isNegative ? -size : size
  }
}

extension Decimal {
  fileprivate func magnitude(of scan: NumberScan, in cell: Bytes, limit: Int) -> Double {
    let leadingExponent = scan.exponent - scan.fractionDigits + scan.droppedDigits
    if !scan.dropsNonZero { return value(scan.mantissa, exponent: leadingExponent) }
    // All digits again, at most `limit` of them, then a 1 for all that follow.
    var digits: [UInt8] = []
    var beyond = 0
    var dropsMore = false
    for index in scan.digitsStart..<scan.digitsEnd where cell[index].isDigit {
      let digit = cell[index] - 0x30
      if digits.isEmpty && digit == 0 { continue }
      if digits.count < limit {
        digits.append(digit)
      } else {
        beyond += 1
        if digit != 0 { dropsMore = true }
      }
    }
    var exponent = scan.exponent - scan.fractionDigits + beyond
    if dropsMore {
      digits.append(1)
      exponent -= 1
    }
    return value(leading: scan.mantissa, leadingExponent: leadingExponent, digits: digits, exponent: exponent)
  }
}

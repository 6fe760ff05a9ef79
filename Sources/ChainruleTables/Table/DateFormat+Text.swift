extension DateFormat {
  /// A date in ISO 8601, whatever the column's own format.
  func text(_ seconds: Double) -> String {
    let whole = seconds.rounded(.down)
    let days = Int((whole / 86400).rounded(.down))
    let rest = Int(whole) - days * 86400
    var letters: [UInt8] = []
    if order != .timeOnly {
      let date = CivilDate(days: days)
      Self.append(date.year, digits: 4, to: &letters)
      letters.append(0x2D)
      Self.append(date.month, digits: 2, to: &letters)
      letters.append(0x2D)
      Self.append(date.day, digits: 2, to: &letters)
      if hasTime { letters.append(0x54) }
    }
    if hasTime {
      Self.append(rest / 3600, digits: 2, to: &letters)
      letters.append(0x3A)
      Self.append(rest / 60 % 60, digits: 2, to: &letters)
      letters.append(0x3A)
      Self.append(rest % 60, digits: 2, to: &letters)
      if isUTC { letters.append(0x5A) }
    }
    return String(decoding: letters, as: UTF8.self)
  }

  private static func append(_ number: Int, digits: Int, to letters: inout [UInt8]) {
    var divisor = 1
    for _ in 1..<digits { divisor *= 10 }
    while divisor > 0 {
      letters.append(UInt8(truncatingIfNeeded: 0x30 + number / divisor % 10))
      divisor /= 10
    }
  }
}

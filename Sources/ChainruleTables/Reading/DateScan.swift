/// A date, a time or both, as a cell writes them. A zone (“Z”, “+02:00”) is read and passed over: the time of day is the
/// table's own.
struct DateScan {
  enum Kind {
    /// The year comes first.
    case yearFirst
    /// Two numbers, of which one is the day and one the month, then the year.
    case yearLast
    /// The month is written in letters.
    case named
    /// No date.
    case time
  }

  private(set) var kind = Kind.time
  private(set) var year = 1970
  /// The month, or for ``Kind/yearLast`` the first number.
  private(set) var first = 1
  /// The day, or for ``Kind/yearLast`` the second number.
  private(set) var second = 1
  private(set) var secondOfDay = 0.0
  private(set) var hasTime = false

  private let cell: Bytes
  private var position = 0

  /// Reads a cell without spaces around it; `nil` if it's no date.
  init?(_ cell: Bytes) {
    self.cell = cell
    guard cell.count >= 4, cell.count <= 40 else { return nil }
    if readTime() {
      hasTime = true
      return
    }
    position = 0
    secondOfDay = 0
    guard readDate() else { return nil }
    if position == cell.count { return }
    guard byte == 0x54 || byte == 0x74 || byte == 0x20 else { return nil }
    position += 1
    skipSpaces()
    guard readTime() else { return nil }
    hasTime = true
  }

  /// The seconds since 1970 under an order; NaN if the order doesn't fit.
  func seconds(_ order: DateFormat.Order) -> Double {
    let date: CivilDate
    switch (kind, order) {
    case (.time, .timeOnly): return secondOfDay
    case (.yearFirst, .yearMonthDay), (.named, .dayMonthYear), (.named, .yearMonthDay), (.named, .monthDayYear):
      date = CivilDate(year: year, month: first, day: second)
    case (.yearLast, .dayMonthYear): date = CivilDate(year: year, month: second, day: first)
    case (.yearLast, .monthDayYear): date = CivilDate(year: year, month: first, day: second)
    default: return .nan
    }
    return date.isValid ? Double(date.days) * 86400 + secondOfDay : .nan
  }

  /// All of it in one number, as long as it isn't known which number is the day; ``init(packed:)`` takes it apart.
  var packed: Double {
    let kind: Int
    switch self.kind {
    case .time: kind = 0
    case .yearFirst: kind = 1
    case .yearLast: kind = 2
    case .named: kind = 3
    }
    let number = (((kind << 14 | year) << 5 | first) << 5 | second) << 1 | (hasTime ? 1 : 0)
    return Double(number) * 131_072 + secondOfDay
  }

  /// The date as text again; for a date with the year last: with the two numbers in their order.
  var text: String {
    if kind != .yearLast {
      let order: DateFormat.Order = kind == .time ? .timeOnly : .yearMonthDay
      return DateFormat(order: order, hasTime: hasTime).text(seconds(order))
    }
    return NumberText.shortest(Double(first)) + "/" + NumberText.shortest(Double(second)) + "/"
      + NumberText.shortest(Double(year))
  }

  /// Takes apart what ``packed`` made.
  init(packed: Double) {
    cell = Bytes(start: nil, count: 0)
    let whole = (packed / 131_072).rounded(.down)
    secondOfDay = packed - whole * 131_072
    let number = Int(whole)
    hasTime = number & 1 == 1
    second = number >> 1 & 31
    first = number >> 6 & 31
    year = number >> 11 & 16_383
    switch number >> 25 {
    case 0: kind = .time
    case 1: kind = .yearFirst
    case 2: kind = .yearLast
    default: kind = .named
    }
  }

  private var byte: UInt8 { position < cell.count ? cell[position] : 0 }

  private mutating func skipSpaces() {
    while byte == 0x20 { position += 1 }
  }

  /// Digits, at most so many, and how many there were.
  private mutating func readNumber(atMost most: Int) -> (value: Int, digits: Int) {
    var value = 0
    let start = position
    while byte.isDigit, position - start < most {
      value = value * 10 + Int(byte - 0x30)
      position += 1
    }
    return (value, position - start)
  }

  private mutating func readDate() -> Bool {
    if !byte.isDigit { return readNamedMonth() && readDayAfterMonth() }
    let one = readNumber(atMost: 4)
    let separator = byte
    guard separator == 0x2D || separator == 0x2F || separator == 0x2E || separator == 0x20 else { return false }
    position += 1
    if one.digits == 4 { return separator != 0x20 && readAfterYear(one.value, separator) }
    guard one.digits <= 2 else { return false }
    if !byte.isDigit {
      guard readNamedMonth(), byte == separator || byte == 0x20 else { return false }
      position += 1
      second = one.value
      return readYear()
    }
    guard separator != 0x20 else { return false }
    let two = readNumber(atMost: 2)
    guard two.digits >= 1, byte == separator else { return false }
    position += 1
    kind = .yearLast
    first = one.value
    second = two.value
    guard readYear() else { return false }
    return first >= 1 && second >= 1 && max(first, second) <= 31 && min(first, second) <= 12
  }

  private mutating func readAfterYear(_ year: Int, _ separator: UInt8) -> Bool {
    kind = .yearFirst
    self.year = year
    let month = readNumber(atMost: 2)
    guard month.digits >= 1 else { return false }
    first = month.value
    if byte != separator {
      // A month without a day: 2024-03.
      return separator == 0x2D && month.digits == 2 && position == cell.count && first >= 1 && first <= 12
    }
    position += 1
    let day = readNumber(atMost: 2)
    second = day.value
    return day.digits >= 1 && CivilDate(year: year, month: first, day: second).isValid
  }

  /// A year with four digits, or with two: 70 to 99 are in the last century.
  private mutating func readYear() -> Bool {
    let number = readNumber(atMost: 4)
    guard number.digits == 4 || number.digits == 2 else { return false }
    year = number.digits == 4 ? number.value : number.value + (number.value < 70 ? 2000 : 1900)
    return true
  }

  /// “Mar” or “March”.
  private mutating func readNamedMonth() -> Bool {
    kind = .named
    let start = position
    while byte.lowercased >= 0x61, byte.lowercased <= 0x7A { position += 1 }
    let length = position - start
    let months: [StaticString] = [
      "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
      "december",
    ]
    for (index, month) in months.enumerated() where length == 3 || length == month.utf8CodeUnitCount {
      var matches = true
      for offset in 0..<length where cell[start + offset].lowercased != month.utf8Start[offset] { matches = false }
      if matches {
        first = index + 1
        if byte == 0x2E { position += 1 }
        return true
      }
    }
    return false
  }

  /// The rest of “March 5, 2024”.
  private mutating func readDayAfterMonth() -> Bool {
    guard byte == 0x20 || byte == 0x2D else { return false }
    position += 1
    let day = readNumber(atMost: 2)
    guard day.digits > 0 else { return false }
    second = day.value
    if byte == 0x2C { position += 1 }
    guard byte == 0x20 || byte == 0x2D else { return false }
    position += 1
    return readYear()
  }

  /// Hours and minutes, maybe seconds, “AM” or “PM”, and a zone, to the end of the cell.
  private mutating func readTime() -> Bool {
    let hours = readNumber(atMost: 2)
    guard hours.digits > 0, byte == 0x3A else { return false }
    position += 1
    let minutes = readNumber(atMost: 2)
    guard minutes.digits == 2, hours.value <= 24, minutes.value < 60 else { return false }
    var seconds = 0.0
    if byte == 0x3A {
      position += 1
      let whole = readNumber(atMost: 2)
      guard whole.digits == 2, whole.value <= 60 else { return false }
      seconds = Double(whole.value)
      if byte == 0x2E || byte == 0x2C {
        position += 1
        let fraction = readNumber(atMost: 9)
        guard fraction.digits > 0 else { return false }
        var scale = 1.0
        for _ in 0..<fraction.digits { scale *= 10 }
        seconds += Double(fraction.value) / scale
      }
    }
    var hour = hours.value
    skipSpaces()
    if byte | 0x20 == 0x61 || byte | 0x20 == 0x70 {
      guard hour >= 1, hour <= 12, position + 1 < cell.count, cell[position + 1] | 0x20 == 0x6D else { return false }
      hour = hour % 12 + (byte | 0x20 == 0x70 ? 12 : 0)
      position += 2
    }
    secondOfDay = Double(hour * 3600 + minutes.value * 60) + seconds
    return readZone()
  }

  private mutating func readZone() -> Bool {
    skipSpaces()
    if position == cell.count { return true }
    if byte == 0x5A || byte == 0x7A {
      position += 1
      return position == cell.count
    }
    if cell.count - position == 3, byte | 0x20 == 0x75 || byte | 0x20 == 0x67 {
      // UTC, GMT
      position += 3
      return cell[position - 1] | 0x20 == 0x63 || cell[position - 1] | 0x20 == 0x74
    }
    guard byte == 0x2B || byte == 0x2D else { return false }
    position += 1
    guard readNumber(atMost: 2).digits == 2 else { return false }
    if byte == 0x3A { position += 1 }
    let minutes = readNumber(atMost: 2).digits
    return position == cell.count && (minutes == 0 || minutes == 2)
  }
}

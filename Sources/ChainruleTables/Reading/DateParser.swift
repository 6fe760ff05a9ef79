/// Reads a cell as a date, character by character.
struct DateParser {
  /// The largest offset from UTC, in minutes. No time zone is further away.
  static let largestOffset = 16 * 60

  private let start: UnsafePointer<UInt8>
  private let count: Int
  private var position = 0
  /// The date read so far.
  private(set) var date = DateScan()

  init(_ cell: Bytes) {
    start = cell.baseAddress ?? UnsafePointer(bitPattern: 1)!
    count = cell.count
  }

  /// Reads the whole cell. Returns false if it isn't a date.
  mutating func read() -> Bool {
    guard count >= 4, count <= 40 else { return false }
    if start[1] == 0x3A || start[2] == 0x3A { return readTime() }
    guard readUsualDate() || readDate() else { return false }
    if position == count { return true }
    guard byte == 0x54 || byte == 0x74 || byte == 0x20 else { return false }
    position += 1
    skipSpaces()
    return readTime()
  }

  @inline(__always)
  private var byte: UInt8 { position < count ? start[position] : 0 }

  private mutating func skipSpaces() {
    while byte == 0x20 { position += 1 }
  }

  /// Reads up to `limit` digits, and returns how many there were.
  @inline(__always)
  private mutating func readNumber(atMost most: Int) -> (value: Int, digits: Int) {
    var value = 0
    let begin = position
    while byte.isDigit, position &- begin < most {
      value = value &* 10 &+ Int(byte &- 0x30)
      position &+= 1
    }
    return (value, position &- begin)
  }

  // MARK: Dates

  /// Reads “2024-12-31” in one step. Doesn't read anything else.
  private mutating func readUsualDate() -> Bool {
    guard count >= 10 else { return false }
    // The digits become their values, the dashes zero.
    let word = UInt64(littleEndian: UnsafeRawPointer(start).loadUnaligned(as: UInt64.self)) ^ 0x2D30_302D_3030_3030
    let (tens, ones) = (start[8] ^ 0x30, start[9] ^ 0x30)
    // No digit is more than nine if adding six leaves the upper half of its byte zero.
    guard (word | (word &+ 0x0006_0600_0606_0606)) & 0xFFF0_F0FF_F0F0_F0F0 == 0, tens < 10, ones < 10 else {
      return false
    }
    func digit(_ index: UInt64) -> Int { Int(truncatingIfNeeded: word &>> (index &* 8) & 0xFF) }
    date.year = digit(0) &* 1000 &+ digit(1) &* 100 &+ digit(2) &* 10 &+ digit(3)
    date.first = digit(5) &* 10 &+ digit(6)
    date.second = Int(tens &* 10 &+ ones)
    guard CivilDate(year: date.year, month: date.first, day: date.second).isValid else { return false }
    date.kind = .yearFirst
    position = 10
    return true
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
      date.second = one.value
      return readYear()
    }
    guard separator != 0x20 else { return false }
    let two = readNumber(atMost: 2)
    guard two.digits >= 1, byte == separator else { return false }
    position += 1
    date.kind = .yearLast
    date.hasPoints = separator == 0x2E
    date.first = one.value
    date.second = two.value
    guard readYear() else { return false }
    let (low, high) = (min(one.value, two.value), max(one.value, two.value))
    return low >= 1 && low <= 12 && high <= 31
  }

  private mutating func readAfterYear(_ year: Int, _ separator: UInt8) -> Bool {
    date.kind = .yearFirst
    date.year = year
    let month = readNumber(atMost: 2)
    guard month.digits >= 1 else { return false }
    date.first = month.value
    date.second = 1
    if byte != separator {
      // A month without a day: 2024-03.
      return separator == 0x2D && month.digits == 2 && position == count && month.value >= 1 && month.value <= 12
    }
    position += 1
    let day = readNumber(atMost: 2)
    date.second = day.value
    return day.digits >= 1 && CivilDate(year: year, month: month.value, day: day.value).isValid
  }

  /// Reads a year with four digits, or with two: 70 to 99 are 1970 to 1999.
  private mutating func readYear() -> Bool {
    let number = readNumber(atMost: 4)
    guard number.digits == 4 || number.digits == 2 else { return false }
    date.year = number.digits == 4 ? number.value : number.value + (number.value < 70 ? 2000 : 1900)
    return true
  }

  /// Reads “Mar” or “March”.
  private mutating func readNamedMonth() -> Bool {
    date.kind = .named
    let begin = position
    while byte.lowercased >= 0x61, byte.lowercased <= 0x7A { position += 1 }
    let length = position - begin
    let months: InlineArray<12, StaticString> = [
      "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
      "december",
    ]
    for index in months.indices where length == 3 || length == months[index].utf8CodeUnitCount {
      var matches = true
      for offset in 0..<length where start[begin + offset].lowercased != months[index].utf8Start[offset] {
        matches = false
      }
      if matches {
        date.first = index + 1
        if byte == 0x2E { position += 1 }
        return true
      }
    }
    return false
  }

  /// Reads the rest of “March 5, 2024”.
  private mutating func readDayAfterMonth() -> Bool {
    guard byte == 0x20 || byte == 0x2D else { return false }
    position += 1
    let day = readNumber(atMost: 2)
    guard day.digits > 0 else { return false }
    date.second = day.value
    if byte == 0x2C { position += 1 }
    guard byte == 0x20 || byte == 0x2D else { return false }
    position += 1
    return readYear()
  }

  // MARK: Times

  /// Reads hours and minutes, optional seconds, “AM” or “PM”, and a zone, up to the end of the cell.
  private mutating func readTime() -> Bool {
    date.hasTime = true
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
      guard hour >= 1, hour <= 12, position + 1 < count, start[position + 1] | 0x20 == 0x6D else { return false }
      hour = hour % 12 + (byte | 0x20 == 0x70 ? 12 : 0)
      position += 2
    }
    date.secondOfDay = Double(hour * 3600 + minutes.value * 60) + seconds
    return readZone()
  }

  /// Reads “Z”, “UTC”, “GMT”, “+02:00”, “-0330”, “+02”, or nothing.
  private mutating func readZone() -> Bool {
    skipSpaces()
    if position == count { return true }
    let rest = Bytes(start: start + position, count: count - position)
    if rest.equalsIgnoringCase("z") || rest.equalsIgnoringCase("utc") || rest.equalsIgnoringCase("gmt") {
      date.offset = 0
      return true
    }
    let isBehind = byte == 0x2D
    guard isBehind || byte == 0x2B else { return false }
    position += 1
    let hours = readNumber(atMost: 2)
    guard hours.digits == 2 else { return false }
    if byte == 0x3A { position += 1 }
    let minutes = readNumber(atMost: 2)
    guard position == count, minutes.digits == 0 || minutes.digits == 2, minutes.value < 60 else { return false }
    let offset = hours.value * 60 + minutes.value
    date.offset = isBehind ? -offset : offset
    return offset <= Self.largestOffset
  }
}

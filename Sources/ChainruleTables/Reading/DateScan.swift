/// A date, a time or both, as written in a cell.
struct DateScan {
  enum Kind: UInt16 {
    /// No date.
    case time
    /// The year comes first.
    case yearFirst
    /// The day and the month in either order, then the year.
    case yearLast
    /// The month is a word.
    case named
  }

  var kind = Kind.time
  var year = 1970
  /// The month, or for ``Kind/yearLast`` the first number.
  var first = 1
  /// The day, or for ``Kind/yearLast`` the second number.
  var second = 1
  /// Whether there are points between the numbers.
  var hasPoints = false
  var hasTime = false
  var secondOfDay = 0.0
  /// How many minutes the time is ahead of UTC; `nil` if the cell doesn't say.
  var offset: Int?

  /// The beginning of 1970.
  init() {}

  /// Reads a cell without surrounding spaces; `nil` if it isn't a date.
  @inline(__always)
  init?(_ cell: Bytes) {
    var parser = DateParser(cell)
    guard parser.read() else { return nil }
    self = parser.date
  }

  /// The seconds since 1970 under a format; NaN if the date doesn't have its order.
  func seconds(_ format: DateFormat) -> Double {
    let day: Double
    switch (kind, format.order) {
    case (.time, .timeOnly): return secondOfDay
    case (.yearFirst, .yearMonthDay), (.named, .dayMonthYear), (.named, .yearMonthDay), (.named, .monthDayYear):
      day = self.day(month: first, day: second)
    case (.yearLast, .dayMonthYear): day = self.day(month: second, day: first)
    case (.yearLast, .monthDayYear): day = self.day(month: first, day: second)
    default: return .nan
    }
    return day + secondOfDay - format.shift(offset)
  }

  /// The seconds at the day's beginning; NaN if there is no such day.
  private func day(month: Int, day: Int) -> Double {
    let date = CivilDate(year: year, month: month, day: day)
    return date.isValid ? Double(date.days) * 86400 : .nan
  }
}

extension DateFormat {
  /// The seconds to subtract from the time as written.
  func shift(_ offset: Int?) -> Double { isUTC ? Double((offset ?? 0) * 60) : 0 }
}

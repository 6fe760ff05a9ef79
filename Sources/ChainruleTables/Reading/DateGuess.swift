/// Finds out which order of year, month and day the dates of a column have.
struct DateGuess {
  private var yearFirst = 0
  private var yearLast = 0
  private var times = 0
  private var named = 0
  private var dayFirst = 0
  private var monthFirst = 0
  private var hasTime = false
  private var firstNumber = 0
  private var secondNumber = 0
  private var firstVaries = false
  private var secondVaries = false
  private var hasPoint = false
  /// How many cells aren't dates.
  private(set) var others = 0

  /// Takes a cell into account that occurs so many times.
  mutating func add(_ cell: Bytes, count: Int) {
    guard let date = DateScan(cell) else {
      others += count
      return
    }
    add(date, count: count)
    if !hasPoint { hasPoint = cell.contains(0x2E) }
  }

  mutating func add(_ date: DateScan, count: Int) {
    if date.hasTime { hasTime = true }
    switch date.kind {
    case .time: times += count
    case .named: named += count
    case .yearFirst: yearFirst += count
    case .yearLast:
      add(first: date.first, second: date.second, count: count)
    }
  }

  /// Takes a date of the kind ``DateScan/Kind/yearLast`` into account.
  mutating func add(first: Int, second: Int, count: Int) {
    if yearLast == 0 { (firstNumber, secondNumber) = (first, second) }
    if first != firstNumber { firstVaries = true }
    if second != secondNumber { secondVaries = true }
    yearLast += count
    if second <= 12 { dayFirst += count }
    if first <= 12 { monthFirst += count }
  }

  /// The format of nearly all cells, and whether days and months can't be told apart.
  var best: (format: DateFormat, count: Int, isAmbiguous: Bool) {
    if times > max(yearFirst, yearLast, named) { return (DateFormat(order: .timeOnly), times, false) }
    if yearFirst >= max(yearLast, named) {
      return (DateFormat(order: .yearMonthDay, hasTime: hasTime), yearFirst, false)
    }
    if dayFirst != monthFirst {
      return dayFirst > monthFirst
        ? (DateFormat(order: .dayMonthYear, hasTime: hasTime), dayFirst + named, false)
        : (DateFormat(order: .monthDayYear, hasTime: hasTime), monthFirst + named, false)
    }
    if yearLast == 0 { return (DateFormat(order: .dayMonthYear, hasTime: hasTime), named, false) }
    // A series of months has the same day everywhere.
    if firstVaries != secondVaries {
      return (DateFormat(order: firstVaries ? .monthDayYear : .dayMonthYear, hasTime: hasTime), dayFirst + named, false)
    }
    return (DateFormat(order: hasPoint ? .dayMonthYear : .monthDayYear, hasTime: hasTime), dayFirst + named, !hasPoint)
  }
}

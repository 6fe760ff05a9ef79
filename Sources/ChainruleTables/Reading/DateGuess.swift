/// Guesses the order of year, month and day in a column's dates.
struct DateGuess {
  /// What the dates have in common.
  struct Result {
    let format: DateFormat
    /// The number of cells that are dates of the format.
    let count: Int
    /// Whether days and months can't be told apart.
    var isAmbiguous = false
  }

  private var yearFirst = 0
  private var yearLast = 0
  private var times = 0
  private var named = 0
  private var dayFirst = 0
  private var monthFirst = 0
  private var hasTime = false
  private var hasOffset = false
  private var lacksOffset = false
  private var firstNumber = 0
  private var secondNumber = 0
  private var firstVaries = false
  private var secondVaries = false
  private var hasPoints = false

  /// Adds a cell that occurs `count` times.
  mutating func add(_ cell: Bytes, count: Int) {
    guard let date = DateScan(cell) else { return }
    add(date.kind, hasTime: date.hasTime, hasOffset: date.offset != nil, count: count)
    if date.kind == .yearLast { add(date, count: count) }
  }

  /// Adds a date.
  mutating func add(_ date: StoredDate) {
    let kind = date.kind
    add(kind, hasTime: date.hasTime, hasOffset: date.offset != nil, count: 1)
    if kind == .yearLast { add(date.scan, count: 1) }
  }

  private mutating func add(_ kind: DateScan.Kind, hasTime: Bool, hasOffset: Bool, count: Int) {
    if hasTime { self.hasTime = true }
    switch kind {
    case .time:
      times += count
      return
    case .named: named += count
    case .yearFirst: yearFirst += count
    case .yearLast: yearLast += count
    }
    if hasOffset { self.hasOffset = true } else { lacksOffset = true }
  }

  private mutating func add(_ date: DateScan, count: Int) {
    if firstNumber == 0 { (firstNumber, secondNumber) = (date.first, date.second) }
    if date.first != firstNumber { firstVaries = true }
    if date.second != secondNumber { secondVaries = true }
    if date.hasPoints { hasPoints = true }
    if date.second <= 12 { dayFirst += count }
    if date.first <= 12 { monthFirst += count }
  }

  /// Whether some dates have an offset from UTC and others don't.
  var mixesOffsets: Bool { hasOffset && lacksOffset }

  /// The format of nearly all cells.
  var best: Result {
    if times > max(yearFirst, yearLast, named) { return result(.timeOnly, times) }
    if yearFirst >= max(yearLast, named) { return result(.yearMonthDay, yearFirst) }
    if dayFirst != monthFirst {
      return dayFirst > monthFirst ? result(.dayMonthYear, dayFirst + named) : result(.monthDayYear, monthFirst + named)
    }
    if yearLast == 0 { return result(.dayMonthYear, named) }
    // In a series of months, the day is always the same.
    if firstVaries != secondVaries { return result(firstVaries ? .monthDayYear : .dayMonthYear, dayFirst + named) }
    if hasPoints { return result(.dayMonthYear, dayFirst + named) }
    return result(.monthDayYear, dayFirst + named, isAmbiguous: true)
  }

  private func result(_ order: DateFormat.Order, _ count: Int, isAmbiguous: Bool = false) -> Result {
    let format = DateFormat(order: order, hasTime: hasTime, isUTC: hasOffset && !lacksOffset)
    return Result(format: format, count: count, isAmbiguous: isAmbiguous)
  }
}

/// A date in ten bytes, while it isn't yet known which of its numbers is the day.
struct StoredDate {
  /// The seconds since 1970 as written, whatever the offset from UTC. If two numbers can both be the month, the first
  /// one is used. NaN if it isn't a date.
  let seconds: Double
  /// The kind (two bits), whether there is a time, whether the second number is the month, whether there are points
  /// between the numbers, and the offset from UTC (eleven bits).
  let tag: UInt16

  private static let noOffset = 0
  /// Added to an offset to make it positive.
  private static let offsetBase = DateParser.largestOffset + 1

  init(seconds: Double, tag: UInt16) {
    self.seconds = seconds
    self.tag = tag
  }

  init(_ date: DateScan) {
    var date = date
    let isSwapped = date.kind == .yearLast && date.first > 12
    if isSwapped { (date.first, date.second) = (date.second, date.first) }
    let order: DateFormat.Order =
      switch date.kind {
      case .time: .timeOnly
      case .yearFirst: .yearMonthDay
      case .yearLast, .named: .monthDayYear
      }
    seconds = date.seconds(DateFormat(order: order))
    let offset = date.offset.map { $0 + Self.offsetBase } ?? Self.noOffset
    let flags: UInt16 = (date.hasTime ? 4 : 0) | (isSwapped ? 8 : 0) | (date.hasPoints ? 16 : 0)
    tag = date.kind.rawValue | flags | UInt16(truncatingIfNeeded: offset) << 5
  }

  var kind: DateScan.Kind {
    switch tag & 3 {
    case 0: .time
    case 1: .yearFirst
    case 2: .yearLast
    default: .named
    }
  }
  var hasTime: Bool { tag & 4 != 0 }
  private var isSwapped: Bool { tag & 8 != 0 }
  private var hasPoints: Bool { tag & 16 != 0 }
  var offset: Int? { tag >> 5 == Self.noOffset ? nil : Int(tag >> 5) - Self.offsetBase }

  /// The date as written in the cell.
  var scan: DateScan {
    var scan = DateScan()
    let days = (seconds / 86400).rounded(.down)
    let date = CivilDate(days: Int(days))
    scan.kind = kind
    scan.year = date.year
    (scan.first, scan.second) = isSwapped ? (date.day, date.month) : (date.month, date.day)
    scan.hasPoints = hasPoints
    scan.hasTime = hasTime
    scan.secondOfDay = seconds - days * 86400
    scan.offset = offset
    return scan
  }

  /// The seconds since 1970 under a format; NaN if the date doesn't have its order.
  func seconds(_ format: DateFormat) -> Double {
    switch (kind, format.order) {
    case (.time, .timeOnly): return seconds
    case (.yearFirst, .yearMonthDay), (.named, .dayMonthYear), (.named, .yearMonthDay), (.named, .monthDayYear):
      return seconds - format.shift(offset)
    case (.yearLast, .dayMonthYear), (.yearLast, .monthDayYear): return scan.seconds(format)
    default: return .nan
    }
  }

  /// The date as text. If the year comes last, the two other numbers keep their order.
  var text: String {
    switch kind {
    case .time: return DateFormat(order: .timeOnly).text(seconds)
    case .yearFirst, .named: return DateFormat(order: .yearMonthDay, hasTime: hasTime).text(seconds)
    case .yearLast:
      let scan = scan
      return NumberText.whole(scan.first) + "/" + NumberText.whole(scan.second) + "/" + NumberText.whole(scan.year)
    }
  }
}

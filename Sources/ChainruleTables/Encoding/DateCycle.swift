import ChainruleCore

/// A cycle of dates.
public enum DateCycle: Sendable, Equatable {
  /// The day within the year.
  case year
  /// The day within the week.
  case week
  /// The time of day.
  case day

  /// All cycles.
  public static var all: [DateCycle] { [.year, .week, .day] }

  /// The cycle's name in files and reports.
  public var name: String {
    switch self {
    case .year: "year"
    case .week: "week"
    case .day: "day"
    }
  }

  /// The number of positions in the cycle: days, days or minutes.
  var placeCount: Int {
    switch self {
    case .year: 366
    case .week: 7
    case .day: 1440
    }
  }

  /// The position of a date in the cycle, from 0.
  func place(of seconds: Double) -> Int {
    let day = Self.day(of: seconds)
    switch self {
    case .week: return Self.weekday(ofDay: day)
    case .day: return min(1439, Int((seconds - Double(day) * 86_400) / 60))
    case .year:
      let date = CivilDate(days: day)
      return day - CivilDate(year: date.year, month: 1, day: 1).days
    }
  }

  /// The sine and the cosine of each position's angle.
  func circle() -> [(sine: Float, cosine: Float)] {
    var circle: [(sine: Float, cosine: Float)] = []
    for place in 0..<placeCount {
      let angle = 2 * DoubleMath.pi * Double(place) / Double(placeCount)
      circle.append((Float(Self.cosine(angle - DoubleMath.pi / 2)), Float(Self.cosine(angle))))
    }
    return circle
  }

  /// The cosine of an angle from −π to 2π.
  private static func cosine(_ angle: Double) -> Double {
    let size = abs(angle)
    return DoubleMath.cos(size > DoubleMath.pi ? 2 * DoubleMath.pi - size : size)
  }

  /// Whole days since 1970-01-01.
  static func day(of seconds: Double) -> Int { Int((min(max(seconds, -1e14), 1e14) / 86_400).rounded(.down)) }

  /// The day within the week; Monday is 0.
  static func weekday(ofDay day: Int) -> Int { ((day + 3) % 7 + 7) % 7 }
}

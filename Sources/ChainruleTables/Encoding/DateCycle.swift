/// Something that begins anew after some time.
public enum DateCycle: Sendable, Equatable {
  /// The day within the year.
  case year
  /// The day within the week.
  case week
  /// The time of day.
  case day

  /// The word for it in files and reports.
  public var name: String {
    switch self {
    case .year: "day of the year"
    case .week: "day of the week"
    case .day: "time of day"
    }
  }
}

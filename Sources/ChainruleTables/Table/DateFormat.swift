/// How a column writes its dates.
public struct DateFormat: Sendable, Equatable {
  /// The order of year, month and day.
  public enum Order: Sendable, Equatable {
    /// 2024-12-31: also ISO 8601, with a time and a zone.
    case yearMonthDay
    /// 31.12.2024
    case dayMonthYear
    /// 12/31/2024
    case monthDayYear
    /// No date: 23:59, 23:59:59.5
    case timeOnly
  }

  /// The order of year, month and day.
  public let order: Order
  /// Whether any cell has a time of day.
  public let hasTime: Bool
  /// Whether every cell has an offset from UTC: “Z”, “+02:00”. If so, dates are in UTC; otherwise they're used as
  /// written, and offsets are ignored.
  public let isUTC: Bool

  /// Creates a format. Times without a date are never in UTC.
  public init(order: Order, hasTime: Bool = false, isUTC: Bool = false) {
    self.order = order
    self.hasTime = hasTime || order == .timeOnly
    self.isUTC = isUTC && order != .timeOnly
  }
}

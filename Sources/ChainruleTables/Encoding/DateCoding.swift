/// How a column's dates become inputs: the time since 1970, and the position in the year, the week and the day.
///
/// Each cycle is two inputs, a sine and a cosine, so that December is as close to January as to November.
public struct DateCoding: Sendable {
  /// The dates' format; dates in other tables are read in the same way.
  public let format: DateFormat
  /// How the seconds since 1970 are scaled.
  public let trend: NumberScaling
  /// The cycles that the training rows cover, in the order of their inputs.
  public let cycles: [DateCycle]

  /// Creates a coding.
  public init(format: DateFormat, trend: NumberScaling, cycles: [DateCycle]) {
    self.format = format
    self.trend = trend
    self.cycles = cycles
  }
}

#if !hasFeature(Embedded)
  extension DateCoding: Equatable {}
#endif

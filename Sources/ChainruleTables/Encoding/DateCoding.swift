/// How a column's dates become inputs: how late they are, and where they stand in the year, the week and the day.
///
/// Each cycle is two inputs, a sine and a cosine, so that December is as near to January as to November.
public struct DateCoding: Sendable {
  /// How the dates are written; dates in other tables are read in the same way.
  public let format: DateFormat
  /// How the seconds since 1970 are scaled.
  public let trend: NumberScaling
  /// The cycles that the training rows go through, in the order of their inputs.
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

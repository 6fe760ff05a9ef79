/// How the cells of one column become a network's inputs.
public enum InputCoding: Sendable {
  /// One input: the number, scaled. Missing: the median.
  case number(NumberScaling)
  /// One input: −1 for the first of two levels and 1 for the second. Missing, or neither: 0.
  case sign(negative: String, positive: String)
  /// An input for each level, 1 for the cell's own and 0 elsewhere; then, if `poolsRest`, one more for all other levels,
  /// rare in the training rows or never seen there. Without it other levels are zeros only.
  case oneHot(levels: [String], poolsRest: Bool)
  /// Inputs for a date: how late it is, and its cycles. Missing: the median date, and zeros for the cycles.
  case date(DateCoding)

  /// How many inputs that makes, without the one that says whether the cell was missing.
  public var width: Int {
    switch self {
    case .number, .sign: 1
    case .oneHot(let levels, let poolsRest): levels.count + (poolsRest ? 1 : 0)
    case .date(let coding): 1 + 2 * coding.cycles.count
    }
  }
}

#if !hasFeature(Embedded)
  extension InputCoding: Equatable {}
#endif

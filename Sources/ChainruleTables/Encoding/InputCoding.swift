/// How the cells of one column become a network's inputs.
public enum InputCoding: Sendable {
  /// One input: the scaled number. A missing cell gets the median.
  case number(NumberScaling)
  /// One input: −1 for the first of two levels, 1 for the second, and 0 for anything else.
  case sign(negative: String, positive: String)
  /// One-hot: an input for each level. With `poolsRest`, one more input is shared by all other levels: those that are
  /// rare in the training rows, or not in them. Without it, other levels are all zeros.
  case oneHot(levels: [String], poolsRest: Bool)
  /// Inputs for a date: the scaled time, and its cycles. A missing cell gets the median date, and zeros for the cycles.
  case date(DateCoding)

  /// The number of inputs, without the one for missing cells.
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

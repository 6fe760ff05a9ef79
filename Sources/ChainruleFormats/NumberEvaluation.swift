import Chainrule

/// How close the predictions of one number are, in its own units.
public struct NumberEvaluation: Codable, Equatable, Sendable {
  /// The predicted column.
  public let column: String
  /// The mean of |error|.
  public let meanAbsoluteError: Double
  /// The root of the mean of error².
  public let rootMeanSquaredError: Double
  /// The median of |error|.
  public let medianAbsoluteError: Double
  /// R², the explained part of the variance: 1 is perfect, 0 no better than the mean; `nil` if all actual numbers are
  /// the same.
  public let rSquared: Double?
  /// The mean of the actual numbers.
  public let mean: Double
  /// The root mean squared error of always guessing that mean.
  public let baselineError: Double

  init(column: String, score: RegressionScore) {
    self.column = column
    meanAbsoluteError = score.meanAbsoluteError
    rootMeanSquaredError = score.rootMeanSquaredError
    medianAbsoluteError = score.medianAbsoluteError
    rSquared = score.rSquared
    mean = score.actualMean
    baselineError = score.baselineError
  }

  /// Whether every number is finite: squares of very large errors aren't.
  var isFinite: Bool {
    [meanAbsoluteError, rootMeanSquaredError, medianAbsoluteError, rSquared ?? 0, mean, baselineError]
      .allSatisfy(\.isFinite)
  }
}

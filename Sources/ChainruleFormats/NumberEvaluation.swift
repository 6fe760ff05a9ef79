import Chainrule

/// How near the predictions of one number come, in its own units.
public struct NumberEvaluation: Codable, Equatable, Sendable {
  /// The column that is predicted.
  public let column: String
  /// The mean of |error|.
  public let meanAbsoluteError: Double
  /// The root of the mean of error².
  public let rootMeanSquaredError: Double
  /// The median of |error|.
  public let medianAbsoluteError: Double
  /// R², the part of the variance that is explained: 1 is perfect, 0 no better than the mean; `nil` if all actual numbers are
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

  /// Whether every number is finite: errors of numbers near the largest there is have no finite square.
  var isFinite: Bool {
    [meanAbsoluteError, rootMeanSquaredError, medianAbsoluteError, rSquared ?? 0, mean, baselineError]
      .allSatisfy(\.isFinite)
  }
}

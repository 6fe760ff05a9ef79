/// How near predicted numbers come to the actual ones.
///
/// ```swift
/// let score = RegressionScore(actual: [1, 2, 3], predicted: [1, 2, 4])
/// score.rSquared  // 0.5
/// ```
public struct RegressionScore: Equatable, Sendable {
  /// The mean of (predicted − actual)².
  public let meanSquaredError: Double
  /// The root of ``meanSquaredError``: a typical error, in the units of the numbers.
  public let rootMeanSquaredError: Double
  /// The coefficient of determination R²: 1 if all predictions are right, 0 if they are no better than the mean of the
  /// actual numbers, negative if worse. `nil` if the actual numbers are all the same, for then it means nothing.
  public let rSquared: Double?

  /// Compares two lists of the same length.
  ///
  /// - Precondition: there is at least one number.
  public init(actual: [Double], predicted: [Double]) {
    precondition(actual.count == predicted.count && !actual.isEmpty, "each number needs its prediction")
    let count = Double(actual.count)
    var mean = 0.0
    for value in actual { mean += value / count }
    var errors = 0.0
    var deviations = 0.0
    var areAllEqual = true
    for i in actual.indices {
      errors += (predicted[i] - actual[i]) * (predicted[i] - actual[i])
      deviations += (actual[i] - mean) * (actual[i] - mean)
      if actual[i] != actual[0] { areAllEqual = false }
    }
    meanSquaredError = errors / count
    rootMeanSquaredError = (errors / count).squareRoot()
    rSquared = areAllEqual || deviations == 0 ? nil : 1 - errors / deviations
  }
}

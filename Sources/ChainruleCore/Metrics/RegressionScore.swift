import ChainruleKernels

/// How close predicted numbers are to the actual ones.
///
/// ```swift
/// let score = RegressionScore(actual: [1, 2, 3], predicted: [1, 2, 4])
/// score.rSquared           // 0.5
/// score.meanAbsoluteError  // 0.333…
/// ```
///
/// All means are weighted: Σ weight·value / Σ weight. An error is predicted − actual.
public struct RegressionScore: Equatable, Sendable {
  /// The mean of |error|, in the units of the numbers; 0 or more. A few large errors affect it less than
  /// ``rootMeanSquaredError``.
  public let meanAbsoluteError: Double
  /// The mean of error², 0 or more. Training on the squared error minimizes it.
  public let meanSquaredError: Double
  /// The root of ``meanSquaredError``: a typical error, in the units of the numbers. If it's much above
  /// ``meanAbsoluteError``, there are a few large errors.
  public let rootMeanSquaredError: Double
  /// The median of |error|, in the units of the numbers: half of the errors are no larger. Outliers don't affect it.
  ///
  /// If the weight is split in half exactly between two values, it's the middle of the two.
  public let medianAbsoluteError: Double
  /// The coefficient of determination R² = 1 − Σ error² / Σ (actual − mean)²: 1 if all predictions are right, 0 if
  /// they're no better than the mean of the actual numbers, negative if they're worse. `nil` if the actual numbers are
  /// all the same.
  public let rSquared: Double?
  /// The mean of the actual numbers.
  public let actualMean: Double
  /// The ``rootMeanSquaredError`` of always guessing ``actualMean``: the standard deviation of the actual numbers.
  public let baselineError: Double

  /// Compares two lists of the same length.
  ///
  /// A weight of 2 is the same as having the sample twice, and a weight of 0 leaves it out. Without weights, each
  /// sample counts the same. If a prediction isn't finite, neither are the errors.
  ///
  /// - Precondition: there is at least one number; weights are finite and not negative, and their sum is above zero.
  public init(actual: [Double], predicted: [Double], weights: [Double]? = nil) {
    require(
      actual.count == predicted.count && !actual.isEmpty,
      "found \(actual.count.counted("number")) and \(predicted.count.counted("prediction")); each number needs one, "
        + "and there must be one or more"
    )
    let weights = SampleWeights(weights, count: actual.count)
    var mean = 0.0
    for i in actual.indices where weights[i] > 0 { mean += weights[i] / weights.total * actual[i] }
    var (largestError, largestDeviation) = (0.0, 0.0)
    for i in actual.indices where weights[i] > 0 {
      largestError = max(largestError, abs(predicted[i] - actual[i]))
      largestDeviation = max(largestDeviation, abs(actual[i] - mean))
    }
    let errorUnit = Self.unit(for: largestError)
    let deviationUnit = Self.unit(for: largestDeviation)
    var absolute = 0.0
    var squared = 0.0
    var deviations = 0.0
    var first: Double?
    var areAllEqual = true
    var errors: [WeightedError] = []
    errors.reserveCapacity(actual.count)
    for i in actual.indices where weights[i] > 0 {
      let error = predicted[i] - actual[i]
      let deviation = (actual[i] - mean) / deviationUnit
      absolute += weights[i] * abs(error)
      squared += weights[i] * (error / errorUnit) * (error / errorUnit)
      deviations += weights[i] * deviation * deviation
      if actual[i] != first ?? actual[i] { areAllEqual = false }
      if first == nil { first = actual[i] }
      errors.append(WeightedError(size: abs(error), weight: weights[i]))
    }
    meanAbsoluteError = absolute / weights.total
    meanSquaredError = squared / weights.total * errorUnit * errorUnit
    rootMeanSquaredError = (squared / weights.total).squareRoot() * errorUnit
    medianAbsoluteError = absolute.isNaN ? .nan : Self.median(errors, halfWeight: weights.total / 2)
    actualMean = mean
    baselineError = areAllEqual ? 0 : (deviations / weights.total).squareRoot() * deviationUnit
    let ratio = errorUnit / deviationUnit
    rSquared = areAllEqual ? nil : squared == 0 ? 1 : 1 - squared / deviations * ratio * ratio
  }

  /// The power of two just below `largest`. Dividing by it is exact, and the squares of the quotients neither underflow
  /// to nothing nor overflow.
  private static func unit(for largest: Double) -> Double {
    largest > 0 && largest.isFinite ? Double(sign: .plus, exponent: Int(largest.exponent), significand: 1) : 1
  }

  private struct WeightedError {
    let size: Double
    let weight: Double
  }

  /// The weighted median: the middle of the first value that reaches half of the weight and the first that exceeds it.
  private static func median(_ errors: [WeightedError], halfWeight: Double) -> Double {
    let sorted = errors.sorted { $0.size < $1.size }
    var lower: Double?
    var sum = 0.0
    for error in sorted {
      sum += error.weight
      if sum > halfWeight {
        guard let lower else { return error.size }
        return lower + (error.size - lower) / 2
      }
      if sum == halfWeight { lower = error.size }
    }
    return sorted[sorted.count - 1].size
  }
}

extension ProbabilityScore {
  /// The ``logLoss`` of always predicting each class's frequency among these samples. No constant prediction has a
  /// lower one.
  ///
  /// ```swift
  /// let score = ProbabilityScore(probabilities: [0.9, 0.4], actual: [1, 0])
  /// score.baselineLogLoss  // 0.693…: ln 2
  /// ```
  public var baselineLogLoss: Double {
    let matrix = confusionMatrix
    var all = 0.0
    for label in 0..<classes { all += matrix.support(of: label) }
    var sum = 0.0
    for label in 0..<classes {
      let share = matrix.support(of: label) / all
      if share > 0 { sum -= share * DoubleMath.log(share) }
    }
    return sum
  }
}

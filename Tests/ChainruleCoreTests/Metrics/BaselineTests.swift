import ChainruleCore
import Testing

/// Baselines that a model has to beat: constant predictions.
struct BaselineTests {
  @Test func classesThatAreNeverPredictedAreFound() {
    let matrix = ConfusionMatrix(classes: 4, actual: [0, 0, 0, 1, 2], predicted: [0, 0, 0, 0, 1])
    #expect(matrix.neverPredicted == [2])
    #expect(matrix.mostCommonClass == 0)
    #expect(matrix.baselineAccuracy == 0.6)
    let empty = ConfusionMatrix(classes: 2)
    #expect(empty.baselineAccuracy == 0 && empty.neverPredicted == [])
  }

  @Test func theBaselineGoesByWeight() {
    let matrix = ConfusionMatrix(classes: 2, actual: [0, 0, 1], predicted: [0, 0, 0], weights: [1, 1, 6])
    #expect(matrix.mostCommonClass == 1 && matrix.baselineAccuracy == 0.75)
  }

  @Test func theBaselineOfLogLossIsTheEntropy() {
    let score = ProbabilityScore(probabilities: [0.9, 0.8, 0.7, 0.2], actual: [1, 1, 1, 0])
    // −¾ ln ¾ − ¼ ln ¼
    #expect(abs(score.baselineLogLoss - 0.562335144618808) < 1e-14)
    let shares = ProbabilityScore(probabilities: [0.75, 0.75, 0.75, 0.75], actual: [1, 1, 1, 0])
    #expect(abs(shares.logLoss - shares.baselineLogLoss) < 1e-7)
  }

  @Test func alwaysGuessingTheMeanHasTheBaselinesError() {
    let actual: [Double] = [1, 2, 3, 6]
    let guess = RegressionScore(actual: actual, predicted: [3, 3, 3, 3])
    #expect(guess.actualMean == 3 && guess.rSquared == 0)
    #expect(guess.rootMeanSquaredError == guess.baselineError)
    #expect(RegressionScore(actual: [2, 2], predicted: [1, 3]).baselineError == 0)
  }
}

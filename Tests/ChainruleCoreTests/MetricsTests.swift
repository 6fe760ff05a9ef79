import ChainruleCore
import Testing

@Suite struct MetricsTests {
  @Test func aConfusionMatrixCounts() {
    var matrix = ConfusionMatrix(classes: 3)
    #expect(matrix.accuracy == 0)
    for (actual, predicted) in [(0, 0), (0, 1), (1, 1), (2, 0), (2, 2), (2, 2)] {
      matrix.add(actual: actual, predicted: predicted)
    }
    #expect(matrix.total == 6)
    #expect(matrix.correct == 4)
    #expect(matrix.count(actual: 0, predicted: 1) == 1)
    #expect(matrix.count(actual: 1, predicted: 0) == 0)
    #expect(matrix.count(actual: 2, predicted: 2) == 2)
    #expect(abs(matrix.accuracy - 2.0 / 3) < 1e-15)
  }

  @Test func aScoreComparesWithTheMean() throws {
    let perfect = RegressionScore(actual: [1, 2, 4], predicted: [1, 2, 4])
    #expect(perfect.rSquared == 1)
    #expect(perfect.rootMeanSquaredError == 0)
    let mean = RegressionScore(actual: [1, 2, 3], predicted: [2, 2, 2])
    #expect(mean.rSquared == 0)
    let score = RegressionScore(actual: [1, 2, 3], predicted: [1, 2, 4])
    #expect(score.rSquared == 0.5)
    #expect(abs(score.meanSquaredError - 1.0 / 3) < 1e-15)
    #expect(abs(score.rootMeanSquaredError - (1.0 / 3).squareRoot()) < 1e-15)
    #expect(try #require(RegressionScore(actual: [1, 2], predicted: [5, -5]).rSquared) < 0)
  }

  @Test func rSquaredOfAConstantMeansNothing() {
    let score = RegressionScore(actual: [0.1, 0.1, 0.1], predicted: [0.1, 0.2, 0.1])
    #expect(score.rSquared == nil)
    #expect(score.rootMeanSquaredError > 0)
  }
}

import ChainruleCore
import Testing

@Suite struct RegressionScoreTests {
  @Test func aScoreComparesWithTheMean() throws {
    let perfect = RegressionScore(actual: [1, 2, 4], predicted: [1, 2, 4])
    #expect(perfect.rSquared == 1)
    #expect(perfect.rootMeanSquaredError == 0)
    #expect(perfect.meanAbsoluteError == 0 && perfect.medianAbsoluteError == 0)
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
    #expect(RegressionScore(actual: [3], predicted: [4]).rSquared == nil)
    // The only number that differs has weight 0.
    #expect(RegressionScore(actual: [9, 1, 1], predicted: [1, 2, 3], weights: [0, 1, 1]).rSquared == nil)
  }

  @Test func absoluteErrorsHaveAMeanAndAMedian() {
    // Errors: 1, −2, 0, 9.
    let even = RegressionScore(actual: [0, 2, 5, 1], predicted: [1, 0, 5, 10])
    #expect(even.meanAbsoluteError == 3)
    #expect(even.medianAbsoluteError == 1.5)
    #expect(even.meanSquaredError == 21.5)
    let odd = RegressionScore(actual: [0, 2, 5], predicted: [1, 0, 5])
    #expect(odd.medianAbsoluteError == 1)
    #expect(RegressionScore(actual: [3], predicted: [5]).medianAbsoluteError == 2)
  }

  @Test func weightsCount() throws {
    // Errors 1 and 3 with weights 3 and 1; the mean of the actual numbers is 1, and their deviations are −1 and 3.
    let score = RegressionScore(actual: [0, 4], predicted: [1, 1], weights: [3, 1])
    #expect(score.meanAbsoluteError == 1.5)
    #expect(score.meanSquaredError == 3)
    #expect(score.medianAbsoluteError == 1)
    #expect(score.rSquared == 0)
    // Half of the weight is up to 1, half from 3 on.
    #expect(RegressionScore(actual: [0, 4], predicted: [1, 1], weights: [0.5, 0.5]).medianAbsoluteError == 2)
    #expect(RegressionScore(actual: [0, 4], predicted: [1, 1], weights: [1, 3]).medianAbsoluteError == 3)
  }

  @Test func aWeightOfTwoIsTheSampleTwice() throws {
    var random = RandomSource(seed: 5)
    for _ in 0..<50 {
      let actual = (0..<12).map { _ in Double(random.uniform(-8, 8)).rounded() }
      let predicted = (0..<12).map { _ in Double(random.uniform(-8, 8)).rounded() }
      let weights = (0..<12).map { _ in Double(random.uniform(0, 3)).rounded() }
      let rows = (0..<12).flatMap { [Int](repeating: $0, count: Int(weights[$0])) }
      let weighted = RegressionScore(actual: actual, predicted: predicted, weights: weights)
      let repeated = RegressionScore(actual: rows.map { actual[$0] }, predicted: rows.map { predicted[$0] })
      #expect(weighted.medianAbsoluteError == repeated.medianAbsoluteError)
      #expect(weighted.meanAbsoluteError == repeated.meanAbsoluteError)
      #expect(weighted.meanSquaredError == repeated.meanSquaredError)
      let difference = try #require(weighted.rSquared) - #require(repeated.rSquared)
      #expect(abs(difference) < 1e-13)
    }
  }

  /// The squares of such numbers are 0 or infinite; the scores aren't.
  @Test(arguments: [.leastNormalMagnitude / 64, 1e-200, 1e-170, 1e-30, 1, 1e30, 1e170, 2e307])
  func unitsDontMatter(unit: Double) throws {
    let (actual, predicted) = ([1, 2, 3, 6].map { $0 * unit }, [1, 3, 3, 5].map { $0 * unit })
    let score = RegressionScore(actual: actual, predicted: predicted)
    #expect(try abs(#require(score.rSquared) - 6 / 7.0) < 1e-15)
    // The smallest numbers have few digits.
    let tolerance = max(1e-15 * unit, Double.leastNonzeroMagnitude)
    #expect(abs(score.rootMeanSquaredError - 0.5.squareRoot() * unit) <= tolerance)
    #expect(abs(score.baselineError - 3.5.squareRoot() * unit) <= 2 * tolerance)
    #expect(abs(score.meanAbsoluteError - 0.5 * unit) <= tolerance)
    #expect(RegressionScore(actual: actual, predicted: actual).rSquared == 1)
    let hopeless = RegressionScore(actual: actual, predicted: [9, 9, 9, 9])
    #expect(try #require(hopeless.rSquared) < 0)
  }

  @Test func aPredictionThatIsNotANumberIsNotHidden() {
    let score = RegressionScore(actual: [1, 2, 3], predicted: [1, .nan, 3])
    #expect(score.meanAbsoluteError.isNaN && score.rootMeanSquaredError.isNaN && score.medianAbsoluteError.isNaN)
    #expect(score.rSquared?.isNaN == true)
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) { _ = RegressionScore(actual: [], predicted: []) }
    await #expect(processExitsWith: .failure) { _ = RegressionScore(actual: [1], predicted: [1, 2]) }
    await #expect(processExitsWith: .failure) {
      _ = RegressionScore(actual: [1, 2], predicted: [1, 2], weights: [1])
    }
    await #expect(processExitsWith: .failure) {
      _ = RegressionScore(actual: [1, 2], predicted: [1, 2], weights: [0, 0])
    }
    await #expect(processExitsWith: .failure) {
      _ = RegressionScore(actual: [1, 2], predicted: [1, 2], weights: [2, -1])
    }
    await #expect(processExitsWith: .failure) {
      _ = RegressionScore(actual: [1, 2], predicted: [1, 2], weights: [.infinity, 1])
    }
  }
}

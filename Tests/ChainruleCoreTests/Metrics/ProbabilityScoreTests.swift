import ChainruleCore
import Foundation
import Testing

@Suite struct ProbabilityScoreTests {
  // MARK: Decisions

  @Test func theMostProbableClassIsTaken() {
    let score = ProbabilityScore(
      probabilities: [0.5, 0.25, 0.25, 0.25, 0.5, 0.25, 0.5, 0, 0.5, 0.125, 0.375, 0.5],
      classes: 3, actual: [0, 0, 2, 2])
    #expect(score.count == 4)
    #expect(score.accuracy == 0.5)
    // The third sample's tie goes to class 0, the first one.
    #expect(
      score.confusionMatrix == ConfusionMatrix(classes: 3, actual: [0, 0, 2, 2], predicted: [0, 1, 0, 2]))
    #expect(score.accuracy(top: 1) == 0.5)
    #expect(score.accuracy(top: 2) == 1)
    #expect(score.accuracy(top: 3) == 1)
  }

  @Test func theTopClassesIncludeTiesByNumber() {
    let even = [Float](repeating: 0.25, count: 4)
    for actual in 0..<4 {
      let score = ProbabilityScore(probabilities: even, classes: 4, actual: [actual])
      for k in 1...4 { #expect(score.accuracy(top: k) == (k > actual ? 1 : 0)) }
      #expect(score.accuracy(top: 1) == score.accuracy)
    }
  }

  @Test func oneProbabilityIsThatOfClassOne() {
    let score = ProbabilityScore(probabilities: [0.5, 0.25, 0.75, 1], actual: [1, 0, 0, 1])
    #expect(score.classes == 2)
    #expect(score.accuracy == 0.75)
    #expect(score.accuracy(top: 2) == 1)
    #expect(score.confusionMatrix.count(actual: 0, predicted: 1) == 1)
    let pairs = ProbabilityScore(
      probabilities: [0.5, 0.5, 0.75, 0.25, 0.25, 0.75, 0, 1], classes: 2, actual: [1, 0, 0, 1])
    #expect(score.logLoss == pairs.logLoss)
    #expect(score.brier == pairs.brier)
    #expect(score.rocAUC() == pairs.rocAUC())
    #expect(score.rocAUC(of: 0) == pairs.rocAUC(of: 0))
  }

  // MARK: Probabilities

  @Test func logLossIsTheMeanOfMinusTheLogarithm() {
    let halves = ProbabilityScore(probabilities: [0.5, 0.5, 0.5], actual: [0, 1, 1])
    #expect(abs(halves.logLoss - log(2)) < 1e-15)
    let score = ProbabilityScore(
      probabilities: [0.5, 0.25, 0.25, 0.125, 0.125, 0.75], classes: 3, actual: [1, 2])
    #expect(abs(score.logLoss - log(16.0 / 3) / 2) < 1e-15)
    let weighted = ProbabilityScore(probabilities: [0.5, 0.25], actual: [1, 1], weights: [1, 3])
    #expect(abs(weighted.logLoss - log(128) / 4) < 1e-15)
  }

  @Test func theLogarithmIsRightToTheLastDigits() {
    var samples: [Float] = [1 - .ulpOfOne / 2, .ulpOfOne, 0.70710678, 0.70710681, 0.5, 0.99, 1e-3]
    for i in 1..<2000 { samples.append(Float(i) / 2000) }
    for i in 1..<200 { samples.append(Float(exp(-15.9 * Double(i) / 200))) }
    for p in samples {
      let found = ProbabilityScore(probabilities: [p], actual: [1]).logLoss
      let expected = -log(Double(p))
      #expect(abs(found - expected) <= 1e-15 * expected, "−ln \(p) is \(expected), not \(found)")
    }
  }

  @Test func certaintyCostsNothingOrMuchButNeverAll() {
    #expect(ProbabilityScore(probabilities: [0, 1], actual: [0, 1]).logLoss == 0)
    let wrong = ProbabilityScore(probabilities: [0, 1, 1e-30], actual: [1, 0, 1])
    #expect(abs(wrong.logLoss - 23 * log(2)) < 1e-14)
    #expect(abs(ProbabilityScore(probabilities: [0, 1, 0], classes: 3, actual: [2]).logLoss - 23 * log(2)) < 1e-14)
  }

  @Test func brierIsTheSquaredDistance() {
    // The mean of 0.0625, 0.25 and 1.
    #expect(ProbabilityScore(probabilities: [0.75, 0.5, 0], actual: [1, 0, 1]).brier == 0.4375)
    #expect(ProbabilityScore(probabilities: [0.5], actual: [1]).brier == 0.25)
    let three = ProbabilityScore(
      probabilities: [0.5, 0.25, 0.25, 0, 0, 1], classes: 3, actual: [0, 1], weights: [3, 1])
    // 0.375 with weight 3, 2 with weight 1.
    #expect(three.brier == 0.78125)
    #expect(ProbabilityScore(probabilities: [0, 1, 0], classes: 3, actual: [1]).brier == 0)
  }

  // MARK: Order

  @Test func theAreaCountsPairs() {
    // Positives 0.35 and 0.8, negatives 0.1 and 0.4: three of four pairs are in order.
    #expect(ProbabilityScore(probabilities: [0.1, 0.4, 0.35, 0.8], actual: [0, 0, 1, 1]).rocAUC() == 0.75)
    #expect(ProbabilityScore(probabilities: [0.1, 0.2, 0.6, 0.7], actual: [0, 0, 1, 1]).rocAUC() == 1)
    #expect(ProbabilityScore(probabilities: [0.6, 0.7, 0.1, 0.2], actual: [0, 0, 1, 1]).rocAUC() == 0)
    // A tie counts half, wherever it is in the list.
    #expect(ProbabilityScore(probabilities: [0.3, 0.3, 0.3], actual: [0, 1, 0]).rocAUC() == 0.5)
    #expect(ProbabilityScore(probabilities: [0.2, 0.2, 0.9], actual: [1, 0, 1]).rocAUC() == 0.75)
    #expect(ProbabilityScore(probabilities: [0.2, 0.2, 0.9], actual: [0, 1, 1]).rocAUC() == 0.75)
    // A pair's weight is the product of its weights: (2·1 + 2·3·0) / (2·4).
    #expect(
      ProbabilityScore(probabilities: [0.5, 0.4, 0.6], actual: [1, 0, 0], weights: [2, 1, 3]).rocAUC() == 0.25)
  }

  @Test func withoutTwoClassesThereIsNoArea() {
    #expect(ProbabilityScore(probabilities: [0.1, 0.9], actual: [1, 1]).rocAUC() == nil)
    #expect(ProbabilityScore(probabilities: [0.1, 0.9], actual: [0, 0]).rocAUC() == nil)
    #expect(ProbabilityScore(probabilities: [0.1, 0.9], actual: [0, 1], weights: [0, 1]).rocAUC() == nil)
    let one = ProbabilityScore(probabilities: [0.5, 0.25, 0.25], classes: 3, actual: [1])
    for average in ClassAverage.allCases { #expect(one.rocAUC(average) == nil) }
  }

  /// Rows with the classes 0, 0, 1, 2.
  private static let rows: [Float] = [
    0.5, 0.25, 0.25,
    0.25, 0.5, 0.25,
    0.375, 0.375, 0.25,
    0.125, 0.25, 0.625,
  ]

  @Test func manyClassesAreEachAgainstTheRest() {
    let score = ProbabilityScore(probabilities: Self.rows, classes: 3, actual: [0, 0, 1, 2])
    #expect(score.rocAUC(of: 0) == 0.75)
    #expect(score.rocAUC(of: 1) == 2.0 / 3)
    #expect(score.rocAUC(of: 2) == 1)
    // 29/36 is the mean of 3/4, 2/3 and 1; 19/24 that with class 0 twice.
    #expect(abs(score.rocAUC(.macro)! - 29.0 / 36) < 1e-15)
    #expect(abs(score.rocAUC(.weighted)! - 19.0 / 24) < 1e-15)
    // Right: 0.5, 0.25, 0.375, 0.625; wrong: 0.125, five times 0.25, 0.375, 0.5.
    // The right ones beat 7.5, 3.5, 6.5 and 8 of the 8 wrong ones.
    #expect(score.rocAUC(.micro) == 25.5 / 32)
  }

  @Test func classesThatDoNotOccurHaveNoArea() throws {
    let score = ProbabilityScore(probabilities: Self.rows, classes: 3, actual: [0, 0, 1, 1])
    #expect(score.rocAUC(of: 2) == nil)
    let areas = try #require(score.rocAUC(of: 0)) + #require(score.rocAUC(of: 1))
    #expect(score.rocAUC(.macro) == areas / 2)
  }

  // MARK: Properties

  /// Probabilities with many ties, classes and weights.
  private static func sample(_ random: inout RandomSource, count: Int) -> ([Float], [Int], [Double]) {
    let probabilities = (0..<count).map { _ in random.uniform(0, 16).rounded() / 16 }
    let actual = (0..<count).map { random.uniform(0, 1) < 0.4 || $0 == 0 ? 1 : 0 }
    return (probabilities, actual, (0..<count).map { $0 < 2 ? 1 : Double($0 % 4) })
  }

  @Test func theAreaIsTheShareOfPairsInOrder() throws {
    var random = RandomSource(seed: 3)
    for _ in 0..<50 {
      let (probabilities, actual, weights) = Self.sample(&random, count: 40)
      var pairs = 0.0
      var inOrder = 0.0
      for p in actual.indices where actual[p] == 1 {
        for n in actual.indices where actual[n] == 0 {
          let weight = weights[p] * weights[n]
          pairs += weight
          if probabilities[p] > probabilities[n] { inOrder += weight }
          if probabilities[p] == probabilities[n] { inOrder += weight / 2 }
        }
      }
      let score = ProbabilityScore(probabilities: probabilities, actual: actual, weights: weights)
      #expect(score.rocAUC() == inOrder / pairs)
    }
  }

  @Test func theAreaBackwardsIsTheRest() throws {
    var random = RandomSource(seed: 4)
    for _ in 0..<50 {
      let (probabilities, actual, weights) = Self.sample(&random, count: 30)
      let forwards = ProbabilityScore(probabilities: probabilities, actual: actual, weights: weights)
      let backwards = ProbabilityScore(
        probabilities: probabilities.map { 1 - $0 }, actual: actual, weights: weights)
      let sum = try #require(forwards.rocAUC()) + #require(backwards.rocAUC())
      #expect(abs(sum - 1) < 1e-15)
    }
  }

  @Test func aWeightOfTwoIsTheSampleTwice() {
    var random = RandomSource(seed: 6)
    let (values, _, weights) = Self.sample(&random, count: 60)
    let rows = (0..<20).flatMap { [Int](repeating: $0, count: Int(weights[$0])) }
    let actual = (0..<20).map { $0 * 7 % 3 }
    let weighted = ProbabilityScore(
      probabilities: values, classes: 3, actual: actual, weights: [Double](weights.prefix(20)))
    let repeated = ProbabilityScore(
      probabilities: rows.flatMap { values[3 * $0..<3 * $0 + 3] }, classes: 3, actual: rows.map { actual[$0] })
    #expect(weighted.accuracy == repeated.accuracy)
    #expect(weighted.accuracy(top: 2) == repeated.accuracy(top: 2))
    #expect(weighted.accuracy(top: 1) < weighted.accuracy(top: 2))
    #expect(weighted.brier == repeated.brier)
    #expect(abs(weighted.logLoss - repeated.logLoss) < 1e-14)
    for average in ClassAverage.allCases { #expect(weighted.rocAUC(average) == repeated.rocAUC(average)) }
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) { _ = ProbabilityScore(probabilities: [], actual: []) }
    await #expect(processExitsWith: .failure) { _ = ProbabilityScore(probabilities: [1.5], actual: [1]) }
    await #expect(processExitsWith: .failure) { _ = ProbabilityScore(probabilities: [.nan], actual: [1]) }
    await #expect(processExitsWith: .failure) { _ = ProbabilityScore(probabilities: [0.5], actual: [2]) }
    await #expect(processExitsWith: .failure) {
      _ = ProbabilityScore(probabilities: [0.5, 0.5], classes: 3, actual: [1])
    }
    await #expect(processExitsWith: .failure) {
      _ = ProbabilityScore(probabilities: [1], classes: 1, actual: [0])
    }
    await #expect(processExitsWith: .failure) {
      _ = ProbabilityScore(probabilities: [0.5], actual: [1], weights: [0])
    }
    await #expect(processExitsWith: .failure) {
      _ = ProbabilityScore(probabilities: [0.5], actual: [1]).accuracy(top: 3)
    }
  }
}

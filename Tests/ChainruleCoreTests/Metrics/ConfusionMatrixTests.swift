import ChainruleCore
import Testing

@Suite struct ConfusionMatrixTests {
  /// Actual classes down, predicted ones across: 3 1 0 / 1 2 1 / 0 0 2.
  private static let actual = [0, 0, 0, 0, 1, 1, 1, 1, 2, 2]
  private static let predicted = [0, 0, 0, 1, 0, 1, 1, 2, 2, 2]
  private let matrix = ConfusionMatrix(classes: 3, actual: actual, predicted: predicted)

  @Test func itCounts() {
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
    #expect(matrix.weight(actual: 2, predicted: 2) == 2)
    #expect(abs(matrix.accuracy - 2.0 / 3) < 1e-15)
    #expect(
      matrix == ConfusionMatrix(classes: 3, actual: [0, 0, 1, 2, 2, 2], predicted: [0, 1, 1, 0, 2, 2]))
  }

  @Test func aClassIsJudgedByItsRowAndItsColumn() {
    #expect((0..<3).map { matrix.support(of: $0) } == [4, 4, 2])
    #expect((0..<3).map { matrix.precision(of: $0) } == [0.75, 2.0 / 3, 2.0 / 3])
    #expect((0..<3).map { matrix.recall(of: $0) } == [0.75, 0.5, 1])
    #expect((0..<3).map { matrix.f1(of: $0) } == [0.75, 4.0 / 7, 0.8])
  }

  @Test func averagesWeighClassesAsTheySay() {
    #expect(matrix.accuracy == 0.7)
    #expect(matrix.balancedAccuracy == 0.75)
    expect(matrix.precision(.macro), 25.0 / 36)
    expect(matrix.precision(.weighted), 0.7)
    expect(matrix.recall(.macro), 0.75)
    expect(matrix.recall(.weighted), 0.7)
    expect(matrix.f1(.macro), 99.0 / 140)
    expect(matrix.f1(.weighted), 0.46 + 1.6 / 7)
    for micro in [matrix.precision(.micro), matrix.recall(.micro), matrix.f1(.micro)] { #expect(micro == 0.7) }
  }

  @Test func undefinedIsZero() {
    let empty = ConfusionMatrix(classes: 2)
    for average in ClassAverage.allCases {
      #expect(empty.precision(average) == 0 && empty.recall(average) == 0 && empty.f1(average) == 0)
    }
    #expect(empty.balancedAccuracy == 0)
    let constant = ConfusionMatrix(classes: 2, actual: [0, 0, 0, 1], predicted: [0, 0, 0, 0])
    #expect(constant.precision(of: 1) == 0 && constant.recall(of: 1) == 0 && constant.f1(of: 1) == 0)
    #expect(constant.accuracy == 0.75)
    #expect(constant.balancedAccuracy == 0.5)
    expect(constant.f1(.macro), 3.0 / 7)
  }

  @Test func classesWithoutSamplesAreLeftOut() {
    // Class 3 neither occurs nor was predicted; class 2 was predicted but never occurs.
    let matrix = ConfusionMatrix(classes: 4, actual: [0, 0, 1, 1], predicted: [0, 2, 1, 1])
    expect(matrix.f1(.macro), 5.0 / 9)
    expect(matrix.recall(.macro), 0.5)
    expect(matrix.balancedAccuracy, 0.75)
    expect(matrix.precision(.weighted), 1)
    let single = ConfusionMatrix(classes: 1, actual: [0, 0], predicted: [0, 0])
    #expect(single.f1(.macro) == 1 && single.balancedAccuracy == 1)
  }

  @Test func aWeightOfTwoIsTheSampleTwice() {
    let weights = Self.actual.indices.map { Double($0 % 3) }
    let weighted = ConfusionMatrix(
      classes: 3, actual: Self.actual, predicted: Self.predicted, weights: weights)
    var repeated = ConfusionMatrix(classes: 3)
    for i in Self.actual.indices {
      for _ in 0..<(i % 3) { repeated.add(actual: Self.actual[i], predicted: Self.predicted[i]) }
    }
    #expect(weighted.total == 10)
    #expect(repeated.total == 9)
    #expect(weighted.accuracy == repeated.accuracy)
    #expect(weighted.accuracy != matrix.accuracy)
    #expect(weighted.balancedAccuracy == repeated.balancedAccuracy)
    for average in ClassAverage.allCases {
      #expect(weighted.precision(average) == repeated.precision(average))
      #expect(weighted.recall(average) == repeated.recall(average))
      #expect(weighted.f1(average) == repeated.f1(average))
    }
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) { _ = ConfusionMatrix(classes: 0) }
    await #expect(processExitsWith: .failure) { _ = ConfusionMatrix(classes: 2, actual: [], predicted: []) }
    await #expect(processExitsWith: .failure) { _ = ConfusionMatrix(classes: 2, actual: [2], predicted: [0]) }
    await #expect(processExitsWith: .failure) { _ = ConfusionMatrix(classes: 2, actual: [1], predicted: []) }
    await #expect(processExitsWith: .failure) {
      _ = ConfusionMatrix(classes: 2, actual: [1, 1], predicted: [0, 1], weights: [0, 0])
    }
    await #expect(processExitsWith: .failure) {
      _ = ConfusionMatrix(classes: 2, actual: [1, 1], predicted: [0, 1], weights: [2, -1])
    }
    await #expect(processExitsWith: .failure) {
      var matrix = ConfusionMatrix(classes: 2)
      matrix.add(actual: 0, predicted: 1, weight: .nan)
    }
  }

  private func expect(_ value: Double, _ expected: Double, _ location: SourceLocation = #_sourceLocation) {
    #expect(abs(value - expected) < 1e-15, "\(value) is not \(expected)", sourceLocation: location)
  }
}

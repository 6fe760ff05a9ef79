import ChainruleCore
import Testing

/// Every metric against scikit-learn's, with and without sample weights.
struct MetricVectorTests {
  private struct Binary: Decodable {
    struct Scores: Decodable {
      let accuracy: Double
      let balancedAccuracy: Double
      let precision: Double
      let recall: Double
      let f1: Double
      let rocAUC: Double
      let logLoss: Double
      let brier: Double
    }
    let actual: [Int]
    let scores: [Float]
    let weights: [Double]
    let plain: Scores
    let weighted: Scores
  }
  private struct Classes: Decodable {
    struct Scores: Decodable {
      let accuracy: Double
      let balancedAccuracy: Double
      let top2: Double
      let top3: Double
      let logLoss: Double
      let brier: Double
      let rocAUCMacro: Double
      let confusion: [[Double]]
      let precisionEach: [Double]
      let recallEach: [Double]
      let f1Each: [Double]
      let precisionMacro: Double
      let recallMacro: Double
      let f1Macro: Double
      let precisionWeighted: Double
      let recallWeighted: Double
      let f1Weighted: Double
      let precisionMicro: Double
      let recallMicro: Double
      let f1Micro: Double
    }
    let actual: [Int]
    let probabilities: [Float]
    let weights: [Double]
    let plain: Scores
    let weighted: Scores
  }
  private struct Regression: Decodable {
    struct Scores: Decodable {
      let mae: Double
      let mse: Double
      let rmse: Double
      let medianAE: Double
      let r2: Double
    }
    let actual: [Double]
    let predicted: [Double]
    let weights: [Double]
    let plain: Scores
    let weighted: Scores
  }
  private struct Vectors: Decodable {
    let binary: Binary
    let classes: Classes
    let regression: Regression
  }

  private func expect(_ pairs: [(String, Double?, Double)], _ isWeighted: Bool) {
    for (name, found, expected) in pairs {
      #expect(
        abs((found ?? .nan) - expected) <= 1e-12, "\(name), weighted \(isWeighted): \(found ?? .nan), \(expected)")
    }
  }

  @Test(arguments: [false, true])
  func binary(isWeighted: Bool) throws {
    let content = try vectors("metrics", as: Vectors.self).binary
    let expected = isWeighted ? content.weighted : content.plain
    let score = ProbabilityScore(
      probabilities: content.scores, actual: content.actual, weights: isWeighted ? content.weights : nil)
    let matrix = score.confusionMatrix
    expect(
      [
        ("accuracy", score.accuracy, expected.accuracy),
        ("balanced", matrix.balancedAccuracy, expected.balancedAccuracy),
        ("precision", matrix.precision(of: 1), expected.precision), ("recall", matrix.recall(of: 1), expected.recall),
        ("f1", matrix.f1(of: 1), expected.f1), ("auc", score.rocAUC(of: 1), expected.rocAUC),
        ("auc", score.rocAUC(), expected.rocAUC), ("log loss", score.logLoss, expected.logLoss),
        ("brier", score.brier, expected.brier),
      ], isWeighted)
  }

  @Test(arguments: [false, true])
  func classes(isWeighted: Bool) throws {
    let content = try vectors("metrics", as: Vectors.self).classes
    let expected = isWeighted ? content.weighted : content.plain
    let score = ProbabilityScore(
      probabilities: content.probabilities, classes: 4, actual: content.actual,
      weights: isWeighted ? content.weights : nil)
    let matrix = score.confusionMatrix
    expect(
      [
        ("accuracy", score.accuracy, expected.accuracy),
        ("balanced", matrix.balancedAccuracy, expected.balancedAccuracy),
        ("top 2", score.accuracy(top: 2), expected.top2), ("top 3", score.accuracy(top: 3), expected.top3),
        ("log loss", score.logLoss, expected.logLoss), ("brier", score.brier, expected.brier),
        ("auc", score.rocAUC(.macro), expected.rocAUCMacro),
        ("precision macro", matrix.precision(.macro), expected.precisionMacro),
        ("recall macro", matrix.recall(.macro), expected.recallMacro),
        ("f1 macro", matrix.f1(.macro), expected.f1Macro),
        ("precision weighted", matrix.precision(.weighted), expected.precisionWeighted),
        ("recall weighted", matrix.recall(.weighted), expected.recallWeighted),
        ("f1 weighted", matrix.f1(.weighted), expected.f1Weighted),
        ("precision micro", matrix.precision(.micro), expected.precisionMicro),
        ("recall micro", matrix.recall(.micro), expected.recallMicro),
        ("f1 micro", matrix.f1(.micro), expected.f1Micro),
      ], isWeighted)
    for label in 0..<4 {
      expect(
        [
          ("precision", matrix.precision(of: label), expected.precisionEach[label]),
          ("recall", matrix.recall(of: label), expected.recallEach[label]),
          ("f1", matrix.f1(of: label), expected.f1Each[label]),
        ], isWeighted)
      for other in 0..<4 {
        #expect(matrix.weight(actual: label, predicted: other) == expected.confusion[label][other])
      }
    }
  }

  @Test(arguments: [false, true])
  func regression(isWeighted: Bool) throws {
    let content = try vectors("metrics", as: Vectors.self).regression
    let expected = isWeighted ? content.weighted : content.plain
    let score = RegressionScore(
      actual: content.actual, predicted: content.predicted, weights: isWeighted ? content.weights : nil)
    expect(
      [
        ("mae", score.meanAbsoluteError, expected.mae), ("mse", score.meanSquaredError, expected.mse),
        ("rmse", score.rootMeanSquaredError, expected.rmse), ("r2", score.rSquared, expected.r2),
      ], isWeighted)
    if !isWeighted { expect([("median", score.medianAbsoluteError, expected.medianAE)], isWeighted) }
  }
}

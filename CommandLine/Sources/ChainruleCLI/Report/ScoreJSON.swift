import Chainrule

/// Scores of one part of the rows as they're written in JSON.
struct ScoreJSON: Encodable {
  struct ClassScore: Encodable {
    let name: String
    let rows: Int
    let precision: Double?
    let recall: Double?
    let f1: Double?
    let auc: Double?
  }

  struct TargetScore: Encodable {
    let name: String
    let rSquared: Double?
    let meanAbsoluteError: Double?
    let rootMeanSquaredError: Double?
    let errorOfGuessingTheMean: Double?
  }

  let part: String
  let rows: Int
  let loss: Double?
  var accuracy: Double?
  var accuracyOfMostCommonClass: Double?
  var f1: Double?
  var auc: Double?
  var classes: [ClassScore]?
  /// Actual classes are rows, predicted ones columns.
  var confusionMatrix: [[Int]]?
  var targets: [TargetScore]?

  init(_ part: PartScore) {
    self.part = part.name
    rows = part.rows
    loss = part.loss.finite
    switch part.scores {
    case .classes(let names, let score):
      let matrix = score.confusionMatrix
      accuracy = score.accuracy.finite
      accuracyOfMostCommonClass = matrix.baselineAccuracy.finite
      f1 = matrix.f1(.macro).finite
      auc = score.rocAUC()?.finite
      classes = names.enumerated().map { index, name in
        ClassScore(
          name: name, rows: Int(matrix.support(of: index)), precision: matrix.precision(of: index).finite,
          recall: matrix.recall(of: index).finite, f1: matrix.f1(of: index).finite,
          auc: score.rocAUC(of: index)?.finite)
      }
      confusionMatrix = names.indices.map { actual in
        names.indices.map { matrix.count(actual: actual, predicted: $0) }
      }
    case .numbers(let scores):
      targets = scores.map { name, score in
        TargetScore(
          name: name, rSquared: score.rSquared?.finite, meanAbsoluteError: score.meanAbsoluteError.finite,
          rootMeanSquaredError: score.rootMeanSquaredError.finite, errorOfGuessingTheMean: score.baselineError.finite)
      }
    }
  }
}

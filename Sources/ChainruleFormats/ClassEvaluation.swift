import Chainrule

/// How well a model predicts classes.
public struct ClassEvaluation: Codable, Equatable, Sendable {
  /// How well one class is predicted.
  public struct Score: Codable, Equatable, Sendable {
    /// The class.
    public let label: String
    /// The number of rows that belong to it.
    public let rows: Int
    /// The number of rows for which it was predicted.
    public let predicted: Int
    /// The part of its predictions that is right.
    public let precision: Double
    /// The part of its rows that was found.
    public let recall: Double
    /// The harmonic mean of precision and recall.
    public let f1: Double
    /// The area under the ROC curve of the class against the rest; `nil` if no row, or every row, belongs to it.
    public let auc: Double?
  }

  /// The part of the rows with the right prediction.
  public let accuracy: Double
  /// The accuracy of always guessing ``mostCommon``.
  public let baselineAccuracy: Double
  /// The most common class.
  public let mostCommon: String
  /// The mean recall of the classes that occur.
  public let balancedAccuracy: Double
  /// The mean of −ln p for the right class; `nil` if the outputs aren't probabilities (hinge loss).
  public let logLoss: Double?
  /// The log loss of always predicting each class's frequency among the rows.
  public let baselineLogLoss: Double
  /// The plain mean over the classes.
  public let precision: Double
  /// The plain mean over the classes.
  public let recall: Double
  /// The plain mean over the classes.
  public let f1: Double
  /// The area under the ROC curve: for two classes that of the second, otherwise the plain mean over the classes that
  /// occur.
  public let auc: Double?
  /// Each class, in the model's order.
  public let perClass: [Score]
  /// `confusion[a][p]` is the number of rows of class `a` with the prediction `p`.
  public let confusion: [[Int]]

  init(labels: [String], probabilities: [Float], actual: [Int], areProbabilities: Bool) {
    let score = ProbabilityScore(probabilities: probabilities, classes: labels.count, actual: actual)
    let matrix = score.confusionMatrix
    let classes = labels.indices
    confusion = classes.map { actual in classes.map { matrix.count(actual: actual, predicted: $0) } }
    accuracy = matrix.accuracy
    baselineAccuracy = matrix.baselineAccuracy
    mostCommon = labels[matrix.mostCommonClass]
    balancedAccuracy = matrix.balancedAccuracy
    logLoss = areProbabilities ? score.logLoss : nil
    baselineLogLoss = score.baselineLogLoss
    precision = matrix.precision(.macro)
    recall = matrix.recall(.macro)
    f1 = matrix.f1(.macro)
    auc = score.rocAUC()
    var perClass: [Score] = []
    for label in classes {
      perClass.append(
        Score(
          label: labels[label], rows: confusion[label].reduce(0, +),
          predicted: classes.reduce(0) { $0 + matrix.count(actual: $1, predicted: label) },
          precision: matrix.precision(of: label), recall: matrix.recall(of: label), f1: matrix.f1(of: label),
          auc: score.rocAUC(of: label)))
    }
    self.perClass = perClass
  }

  /// The number of rows with the right prediction.
  public var correct: Int { confusion.indices.reduce(0) { $0 + confusion[$1][$1] } }

  /// The classes that occur but were never predicted.
  public var neverPredicted: [String] { perClass.filter { $0.rows > 0 && $0.predicted == 0 }.map(\.label) }

  var warnings: [String] {
    var warnings: [String] = []
    let never = neverPredicted
    if !never.isEmpty {
      let names = never.prefix(8).map { "“\($0.prefix(40))”" }.joined(separator: ", ") + (never.count > 8 ? ", …" : "")
      warnings.append("the model never predicts \(names), though \(never.count == 1 ? "it occurs" : "they occur")")
    }
    if perClass.filter({ $0.rows > 0 }).count > 1 && accuracy <= baselineAccuracy {
      warnings.append("the model is no better than always guessing “\(mostCommon.prefix(40))”")
    }
    return warnings
  }
}

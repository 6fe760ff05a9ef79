import Chainrule

/// How well a model tells classes apart.
public struct ClassEvaluation: Codable, Equatable, Sendable {
  /// How well one class is found.
  public struct Score: Codable, Equatable, Sendable {
    /// The class.
    public let label: String
    /// How many rows belong to it.
    public let rows: Int
    /// How many rows were taken for it.
    public let predicted: Int
    /// Of the rows taken for it, the part that belongs to it.
    public let precision: Double
    /// Of the rows that belong to it, the part that was found.
    public let recall: Double
    /// The harmonic mean of both.
    public let f1: Double
    /// The area under the ROC curve of the class against the rest; `nil` if no row, or every row, belongs to it.
    public let auc: Double?
  }

  /// The part of the rows taken for what they are.
  public let accuracy: Double
  /// The accuracy of always guessing ``mostCommon``.
  public let baselineAccuracy: Double
  /// The class that most rows belong to.
  public let mostCommon: String
  /// The mean recall of the classes that occur.
  public let balancedAccuracy: Double
  /// The mean of −ln p of the right class; `nil` if the outputs are no probabilities (hinge loss).
  public let logLoss: Double?
  /// The log loss of always giving each class the share it has among the rows.
  public let baselineLogLoss: Double
  /// The plain mean over the classes.
  public let precision: Double
  /// The plain mean over the classes.
  public let recall: Double
  /// The plain mean over the classes.
  public let f1: Double
  /// The area under the ROC curve: of the second of two classes, or the plain mean over the classes that occur.
  public let auc: Double?
  /// Each class, in the model's order.
  public let perClass: [Score]
  /// `confusion[a][p]` rows of class `a` were taken for class `p`.
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

  /// How many rows were taken for what they are.
  public var correct: Int { confusion.indices.reduce(0) { $0 + confusion[$1][$1] } }

  /// The classes that occur but that no row was taken for.
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

/// The scores of a cross-validation: each model is trained on all folds of a table but one, and tested on that one.
///
/// ```swift
/// let result = try TabularModel.crossValidate(table, target: "species", folds: 5)
/// result.mean["accuracy"]       // 0.98
/// result.deviation["accuracy"]  // 0.01
/// ```
public struct CrossValidation: Codable, Equatable, Sendable {
  /// The evaluation of each fold.
  public let folds: [Evaluation]

  /// The mean of each of ``Evaluation/scores``, over the folds that have it.
  public var mean: [String: Double] { summary { Self.mean($0) } }

  /// The standard deviation (with n − 1) of each score over the folds; 0 for a single fold.
  public var deviation: [String: Double] {
    summary { values in
      let mean = Self.mean(values)
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return values.count < 2 ? 0 : (squares / Double(values.count - 1)).squareRoot()
    }
  }

  private func summary(_ value: ([Double]) -> Double) -> [String: Double] {
    var values: [String: [Double]] = [:]
    for fold in folds {
      for (name, score) in fold.scores { values[name, default: []].append(score) }
    }
    return values.mapValues(value)
  }

  private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
}

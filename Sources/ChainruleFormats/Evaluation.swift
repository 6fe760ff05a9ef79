import Chainrule
import ChainruleTables

/// How good a model is on some rows.
///
/// ```swift
/// let evaluation = try model.evaluate(on: table)
/// evaluation.scores["accuracy"]  // 0.97
/// for warning in evaluation.warnings { print(warning) }
/// ```
///
/// A model looks better than it is on the rows that it was trained on, so evaluate it on others.
public struct Evaluation: Codable, Equatable, Sendable {
  /// The number of rows evaluated.
  public let rows: Int
  /// The number of rows left out because they have no target.
  public let rowsWithoutTarget: Int
  /// The number of rows left out because the model doesn't know their target.
  public let rowsWithUnknownTarget: Int
  /// The name of the loss that the model was trained with.
  public let lossName: String
  /// The mean loss, in the target's own units if the loss has a unit.
  public let loss: Double
  /// The scores for classes; `nil` if the model predicts numbers.
  public let classes: ClassEvaluation?
  /// The scores for numbers, one for each target; empty if the model predicts classes.
  public let numbers: [NumberEvaluation]

  /// The main scores by name: `loss`, then `accuracy`, `balanced_accuracy`, `precision`, `recall`, `f1` (plain means
  /// over the classes), `log_loss` and `auc`; or `mae`, `rmse` and `r2`, means over the targets if there are several.
  public var scores: [String: Double] {
    var scores = ["loss": loss]
    if let classes {
      scores["accuracy"] = classes.accuracy
      scores["balanced_accuracy"] = classes.balancedAccuracy
      scores["precision"] = classes.precision
      scores["recall"] = classes.recall
      scores["f1"] = classes.f1
      scores["log_loss"] = classes.logLoss
      scores["auc"] = classes.auc
    }
    if !numbers.isEmpty {
      let count = Double(numbers.count)
      scores["mae"] = numbers.reduce(0) { $0 + $1.meanAbsoluteError } / count
      scores["rmse"] = numbers.reduce(0) { $0 + $1.rootMeanSquaredError } / count
      let shares = numbers.compactMap(\.rSquared)
      if !shares.isEmpty { scores["r2"] = shares.reduce(0, +) / Double(shares.count) }
    }
    return scores
  }

  /// Reasons to doubt the model, one line each: classes that are never predicted, and scores no better than a constant
  /// prediction's.
  public var warnings: [String] {
    var warnings = classes?.warnings ?? []
    for target in numbers {
      if let rSquared = target.rSquared, rSquared <= 0 {
        warnings.append(
          "for “\(target.column)” the model is no better than always guessing the mean, \(Float(target.mean))")
      }
    }
    return warnings
  }
}

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
/// Rows that the model was trained on make it look better than it is: judge it by others.
public struct Evaluation: Codable, Equatable, Sendable {
  /// How many rows were judged.
  public let rows: Int
  /// Rows left out because they have no target.
  public let rowsWithoutTarget: Int
  /// Rows left out because the model doesn't know what stands as their target.
  public let rowsWithUnknownTarget: Int
  /// The name of the loss that the model was trained with.
  public let lossName: String
  /// The mean loss, in the target's own units where the loss has one.
  public let loss: Double
  /// How well classes are told apart; `nil` if the model predicts numbers.
  public let classes: ClassEvaluation?
  /// How near each predicted number comes, one for each target; empty if the model predicts classes.
  public let numbers: [NumberEvaluation]

  /// The numbers that sum it up, by name: `loss`, then `accuracy`, `balanced_accuracy`, `precision`, `recall`, `f1` (plain
  /// means over the classes), `log_loss` and `auc`; or `mae`, `rmse` and `r2`, means over the targets if there are several.
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

  /// What should make somebody doubt the model, a line each: classes that are never predicted, and a model that is no better
  /// than an answer that looks at nothing.
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

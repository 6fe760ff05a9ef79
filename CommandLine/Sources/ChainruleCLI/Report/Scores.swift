import Chainrule

/// How well a model predicts some rows.
enum Scores {
  /// The classes, in the order of their numbers, and how the rows did.
  case classes([String], ProbabilityScore)
  /// A score for each target, by its name.
  case numbers([(name: String, score: RegressionScore)])
}

/// One part of the rows, and how well a model predicts it.
struct PartScore {
  /// “training”, “validation”, “test”, or “all”.
  let name: String
  let rows: Int
  /// The mean loss, in the units that the report names.
  let loss: Double
  let scores: Scores
}

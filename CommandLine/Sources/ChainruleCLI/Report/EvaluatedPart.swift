import ChainruleFormats

/// One part of the rows, and how well a model predicts it.
struct EvaluatedPart: Encodable {
  /// “training”, “validation”, “test”, or “all”.
  let part: String
  let evaluation: Evaluation
}

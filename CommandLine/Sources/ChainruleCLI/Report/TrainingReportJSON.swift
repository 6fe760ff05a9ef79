import ChainruleFormats

/// ``TrainingReport`` in JSON.
struct TrainingReportJSON: Encodable {
  let table: String
  let model: ModelJSON
  let rowsLeftOut: [String]
  let scores: [EvaluatedPart]
  let folds: [Evaluation]?
  let foldMean: [String: Double]?
  let foldDeviation: [String: Double]?
  let warnings: [String]
  let saved: String?
}

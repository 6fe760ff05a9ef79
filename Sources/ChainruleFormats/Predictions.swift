import ChainruleTables

/// What a model says about the rows of a table.
public struct Predictions: Sendable {
  /// A prediction for each row.
  public let values: [Prediction]
  /// What a person should know: levels never seen in training, cells that could not be read, numbers far outside the training
  /// rows' range.
  public let notices: [EncodingNotice]
}

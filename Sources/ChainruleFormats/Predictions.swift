import ChainruleTables

/// A model's predictions for the rows of a table.
public struct Predictions: Sendable {
  /// A prediction for each row.
  public let values: [Prediction]
  /// Warnings: levels never seen in training, cells that can't be read, numbers far outside the training rows' range.
  public let notices: [EncodingNotice]
}

import ChainruleCore

/// Why a table can't be encoded.
public enum EncodingProblem: Sendable {
  /// Something is wrong with these columns. `known` has the names in the table.
  case columns([BadColumn], known: [String])
  /// No column is left to learn from.
  case noInputs([LeftOut])
  /// No row has a target, or none is left to train on.
  case noRows(targets: [String])
  /// A whole schema has a different number of inputs than the columns make.
  case wrongInputs(schema: Int, columns: Int, inputs: Int)
  /// A schema's last layer doesn't fit the target, which needs the layer `expected`.
  case wrongOutputs(outputs: Int, activation: Activation, target: TargetEncoding, expected: Schema.Layer)
  /// The loss doesn't fit the target or the schema's last layer.
  case wrongLoss(Loss, schema: Schema, target: TargetEncoding)
  /// The schema's parts don't make a network.
  case schema(SchemaError)
  /// There are fewer groups than parts to divide the rows into.
  case fewGroups(column: String, groups: Int, parts: Int)
  /// There are fewer rows than parts to divide them into.
  case fewRows(rows: Int, parts: Int)
  /// The part of the rows to hold out isn't in `0..<1`.
  case badFraction(Double)
  /// There are fewer than two folds.
  case tooFewFolds(Int)
}

#if !hasFeature(Embedded)
  extension EncodingProblem: Equatable {}
#endif

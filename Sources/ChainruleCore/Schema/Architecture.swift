/// The shape of a network for a table: its hidden layers, or a whole schema.
///
/// A table decides how many inputs a network has and what its last layer is. So hidden layers are enough:
///
/// ```swift
/// let architecture = try Architecture(parsing: "64 relu, 64 relu")
/// let schema = try architecture.schema(inputs: 4, outputs: 3, activation: .softmax)
/// schema.text  // [4, [64, "relu"], [64, "relu"], [3, "softmax"]]
/// ```
public enum Architecture: Equatable, Sendable {
  /// The layers between the inputs and the last layer; there may be none.
  case hidden([Schema.Layer])
  /// Everything.
  case whole(Schema)

  /// Reads either. A whole schema begins with a bare number, its inputs (`4, 64 relu, 3 softmax`); hidden layers begin with
  /// a layer that has an activation or a word (`64 relu, dropout 0.2`).
  ///
  /// - Throws: ``SchemaError``, which points at the character where the text stops making sense.
  public init(parsing text: String) throws(SchemaError) {
    let (inputs, layers) = try Schema.parts(parsing: text)
    if let inputs {
      self = .whole(try Schema(inputs: inputs, layers: layers))
    } else {
      self = .hidden(layers)
    }
  }

  /// The schema for so many inputs and outputs.
  ///
  /// A whole schema is returned without change: check its ``Schema/inputs`` and ``Schema/outputs`` where you can say what they
  /// should be and why.
  ///
  /// - Parameter activation: what follows the last layer.
  /// - Throws: ``SchemaError`` if a number is below 1, or the network would be too large.
  public func schema(inputs: Int, outputs: Int, activation: Activation) throws(SchemaError) -> Schema {
    switch self {
    case .whole(let schema): schema
    case .hidden(let layers): try Schema(inputs: inputs, layers: layers + [Schema.Layer(outputs, activation)])
    }
  }
}

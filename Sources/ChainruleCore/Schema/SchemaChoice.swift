/// A network's shape, whole or in part: a table can supply the number of inputs and outputs.
///
/// ```swift
/// let choice = try SchemaChoice(parsing: "64 relu, 64 relu")
/// ```
public enum SchemaChoice: Equatable, Sendable {
  /// Layers without the inputs, whose number comes from the table. If the last one isn't what the table needs, that one
  /// is added.
  case layers([Schema.Layer])
  /// A whole schema. It must fit the table.
  case full(Schema)

  /// One hidden layer of 256 ReLUs.
  public static var standard: SchemaChoice { .layers([Schema.Layer(256, .relu)]) }

  /// Parses a schema: whole (`4, 8 relu, 3 softmax`), or without the inputs and usually the last layer (`64 relu, 64
  /// relu`).
  ///
  /// - Throws: ``SchemaError``, which points at the first character that is wrong.
  public init(parsing text: String) throws(SchemaError) {
    var parser = SchemaParser(text)
    let (inputs, layers) = try parser.parts(needsInputs: false)
    if let inputs {
      self = .full(try parser.schema(inputs: inputs, layers: layers))
    } else {
      self = .layers(layers)
    }
  }
}

/// A network's shape, as far as somebody decided it: a table knows how many inputs and outputs there have to be.
///
/// ```swift
/// let choice = try SchemaChoice(parsing: "64 relu, 64 relu")
/// ```
public enum SchemaChoice: Equatable, Sendable {
  /// Layers without the inputs, which come from the table. The last one is what the table needs, either as it stands here
  /// or added behind.
  case layers([Schema.Layer])
  /// All of it. It must fit the table.
  case full(Schema)

  /// One hidden layer of 256 ReLUs.
  public static var standard: SchemaChoice { .layers([Schema.Layer(256, .relu)]) }

  /// Reads a schema: whole (`4, 8 relu, 3 softmax`), or without the inputs and, mostly, the last layer
  /// (`64 relu, 64 relu`).
  ///
  /// - Throws: ``SchemaError``, which points at the character where the text stops making sense.
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

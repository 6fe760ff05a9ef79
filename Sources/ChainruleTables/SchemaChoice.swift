import ChainruleCore

/// A network's shape, as far as somebody decided it: a table knows how many inputs and outputs there have to be.
///
/// ```swift
/// let choice = try SchemaChoice(parsing: "64 relu, 64 relu")
/// ```
public enum SchemaChoice: Equatable, Sendable {
  /// The layers between the inputs and the last layer, which both come from the table.
  case hidden([Schema.Layer])
  /// The layers with the last one; the inputs come from the table.
  case layers([Schema.Layer])
  /// All of it. It must fit the table.
  case full(Schema)

  /// One hidden layer of 100 ReLUs.
  public static var standard: SchemaChoice { .hidden([Schema.Layer(100, .relu)]) }
}

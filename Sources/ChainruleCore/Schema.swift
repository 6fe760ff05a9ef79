/// The shape of a network: how many inputs, then each layer's perceptrons and activation.
///
/// It is written `[2, [30, "leakyrelu"], 30, [1, "sigmoid"]]` or `2, 30 leakyrelu, 30, 1 sigmoid`; a layer without a
/// named activation is linear, and leaky ReLU may be given its slope (`30 leakyrelu 0.2`).
///
/// ```swift
/// let schema = try Schema(parsing: "2, 30 leakyrelu, 30, 1 sigmoid")
/// schema.outputs         // 1
/// schema.parameterCount  // 1,051
/// ```
public struct Schema: Equatable, Sendable {
  /// One layer: its size and what its perceptrons do with their sums.
  public struct Layer: Equatable, Sendable {
    /// How many perceptrons stand in the layer.
    public var perceptrons: Int
    /// Their activation.
    public var activation: Activation

    /// Creates a layer, linear unless told otherwise.
    public init(_ perceptrons: Int, _ activation: Activation = .linear) {
      self.perceptrons = perceptrons
      self.activation = activation
    }
  }

  /// Values in one sample.
  public let inputs: Int
  /// The layers, the first being the one that reads the inputs. Never empty.
  public let layers: [Layer]

  /// The most values a layer may take or give, and the most parameters a network may have.
  static let limit = 1 << 28

  /// Creates a schema from its parts.
  ///
  /// - Throws: ``SchemaError`` if there is no layer, a size is below 1, or the network would be too large.
  public init(inputs: Int, layers: [Layer]) throws(SchemaError) {
    if let problem = Schema.problem(inputs: inputs, layers: layers) { throw SchemaError(problem) }
    self.inputs = inputs
    self.layers = layers
  }

  /// Reads a schema in either spelling.
  ///
  /// - Throws: ``SchemaError``, which points at the character where the text stops making sense.
  public init(parsing text: String) throws(SchemaError) {
    var parser = SchemaParser(text)
    let (inputs, layers) = try parser.parse()
    try self.init(inputs: inputs, layers: layers)
  }

  private static func problem(inputs: Int, layers: [Layer]) -> SchemaError.Problem? {
    if layers.isEmpty { return .noLayer }
    if inputs < 1 { return .sizeBelowOne }
    var parameters = 0
    var width = inputs
    for layer in layers {
      if layer.perceptrons < 1 { return .sizeBelowOne }
      if width > limit || layer.perceptrons > limit { return .tooLarge }
      let (product, overflows) = (width + 1).multipliedReportingOverflow(by: layer.perceptrons)
      if overflows || product > limit - parameters { return .tooLarge }
      parameters += product
      width = layer.perceptrons
    }
    return nil
  }

  /// Values the last layer gives for one sample.
  public var outputs: Int { layers[layers.count - 1].perceptrons }

  /// The last layer's activation.
  public var outputActivation: Activation { layers[layers.count - 1].activation }

  /// Weights and biases of the whole network.
  public var parameterCount: Int {
    var count = 0
    var width = inputs
    for layer in layers {
      count += (width + 1) * layer.perceptrons
      width = layer.perceptrons
    }
    return count
  }

  /// The largest number of values that any layer takes in or gives out.
  var widest: Int {
    var widest = inputs
    for layer in layers where layer.perceptrons > widest { widest = layer.perceptrons }
    return widest
  }
}

#if !hasFeature(Embedded)
  extension Schema: CustomStringConvertible, ExpressibleByStringLiteral {
    /// The schema in its bracketed spelling, which ``init(parsing:)`` reads back.
    public var text: String {
      var parts = ["\(inputs)"]
      for layer in layers {
        switch layer.activation {
        case .linear: parts.append("\(layer.perceptrons)")
        case .leakyReLU(let slope) where slope != 0.01:
          parts.append("[\(layer.perceptrons), \"leakyrelu\", \(slope)]")
        default: parts.append("[\(layer.perceptrons), \"\(layer.activation.name)\"]")
        }
      }
      return "[" + parts.joined(separator: ", ") + "]"
    }

    /// The same as ``text``.
    public var description: String { text }

    /// Reads a schema that stands in source code. A mistake in it is the programmer's, and traps.
    public init(stringLiteral text: String) {
      do {
        self = try Schema(parsing: text)
      } catch {
        preconditionFailure("\(error)")
      }
    }
  }
#endif

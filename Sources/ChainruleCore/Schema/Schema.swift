/// The shape of a network: how many inputs, then the layers.
///
/// It is written `[2, [30, "leakyrelu"], 30, [1, "sigmoid"]]` or `2, 30 leakyrelu, 30, 1 sigmoid`; a layer without a
/// named activation is linear, and leaky ReLU and ELU may be given their number (`30 leakyrelu 0.2`). Between the layers
/// of perceptrons may stand `batchnorm` and `layernorm`, with an activation behind if need be (`batchnorm relu`), and
/// `dropout 0.5` with the part of the values to drop.
///
/// ```swift
/// let schema = try Schema(parsing: "784, 256, batchnorm relu, dropout 0.2, 10 softmax")
/// schema.outputs         // 10
/// schema.parameterCount  // 204,042
/// ```
public struct Schema: Equatable, Sendable {
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
    var width = inputs
    var sized: [Layer] = []
    for var layer in layers {
      if layer.kind != .dense { layer.perceptrons = width }
      width = layer.perceptrons
      sized.append(layer)
    }
    self.layers = sized
  }

  /// Reads a schema in either spelling.
  ///
  /// - Throws: ``SchemaError``, which points at the character where the text stops making sense.
  public init(parsing text: String) throws(SchemaError) {
    var parser = SchemaParser(text)
    let (inputs, layers) = try parser.parse()
    try self.init(inputs: inputs ?? 0, layers: layers)
  }

  /// Reads a schema that may leave out the inputs, `64 relu, 64 relu`: they are `nil` if the text begins with a layer.
  ///
  /// - Throws: ``SchemaError``, which points at the character where the text stops making sense.
  public static func parts(parsing text: String) throws(SchemaError) -> (inputs: Int?, layers: [Layer]) {
    var parser = SchemaParser(text)
    return try parser.parse(needsInputs: false)
  }

  private static func problem(inputs: Int, layers: [Layer]) -> SchemaError.Problem? {
    if layers.isEmpty { return .noLayer }
    if inputs < 1 { return .sizeBelowOne }
    if case .dropout = layers[layers.count - 1].kind { return .dropoutAtEnd }
    var parameters = 0
    var width = inputs
    for layer in layers {
      switch layer.kind {
      case .dense: if layer.perceptrons < 1 { return .sizeBelowOne }
      case .dropout(let rate): if !(rate >= 0 && rate < 1) { return .badRate }
      case .batchNormalization, .layerNormalization: break
      }
      if let parameter = layer.activation.parameter, layer.activation.withParameter(parameter) != layer.activation {
        return .badParameter
      }
      let outputs = layer.kind == .dense ? layer.perceptrons : width
      if width > limit || outputs > limit { return .tooLarge }
      let (product, overflows) = layer.rows(inputs: width).multipliedReportingOverflow(by: outputs)
      if overflows || product > limit - parameters { return .tooLarge }
      parameters += product
      width = outputs
    }
    return nil
  }

  /// Values the last layer gives for one sample.
  public var outputs: Int { layers[layers.count - 1].perceptrons }

  /// The last layer's activation.
  public var outputActivation: Activation { layers[layers.count - 1].activation }

  /// Weights and biases of the whole network, gains and shifts of normalizations among them.
  public var parameterCount: Int {
    var count = 0
    var width = inputs
    for layer in layers {
      count += layer.rows(inputs: width) * layer.perceptrons
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
      for layer in layers { parts.append(layer.text) }
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

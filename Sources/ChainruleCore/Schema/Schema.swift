import ChainruleKernels

/// The shape of a network: how many inputs, then the layers.
///
/// It is written `[2, [30, "leakyrelu"], 30, [1, "sigmoid"]]` or `2, 30 leakyrelu, 30, 1 sigmoid`; a layer without a
/// named activation is linear, and leaky ReLU and ELU can have a number (`30 leakyrelu 0.2`). Between dense layers,
/// there can be `batchnorm` and `layernorm`, with or without an activation (`batchnorm relu`), and `dropout 0.5` with
/// the part of the values to drop.
///
/// ```swift
/// let schema = try Schema(parsing: "784, 256, batchnorm relu, dropout 0.2, 10 softmax")
/// schema.outputs         // 10
/// schema.parameterCount  // 204,042
/// ```
public struct Schema: Equatable, Sendable {
  /// The number of values in one sample.
  public let inputs: Int
  /// The layers, from inputs to outputs. Never empty.
  public let layers: [Layer]

  /// The limit for a layer's inputs and outputs, and for a network's parameters.
  static let limit = 1 << 28

  /// Creates a schema from its parts. Its ``text`` can be read back.
  ///
  /// ```swift
  /// let schema = try Schema(inputs: 2, layers: [.init(30, .leakyReLU(slope: 0.2)), .dropout(0.5), .init(1, .sigmoid)])
  /// ```
  ///
  /// - Throws: ``SchemaError`` if there is no layer, a size is below 1, the network would be too large, an activation's
  ///   number or the part to drop is out of its range, or a dropout has an activation or is the last layer.
  public init(inputs: Int, layers: [Layer]) throws(SchemaError) {
    if let problem = Schema.problem(ofSize: inputs) { throw SchemaError(problem) }
    if layers.isEmpty { throw SchemaError(.noLayer) }
    var parameters = 0
    var width = inputs
    var placed: [Layer] = []
    for var layer in layers {
      if let problem = layer.problem { throw SchemaError(problem, layer: (placed.count, layer)) }
      if layer.kind != .dense { layer.perceptrons = width }
      let (product, overflows) = layer.rows(inputs: width).multipliedReportingOverflow(by: layer.perceptrons)
      if overflows || product > Schema.limit - parameters { throw SchemaError(.tooLarge, layer: (placed.count, layer)) }
      parameters += product
      width = layer.perceptrons
      placed.append(layer)
    }
    if case .dropout = placed[placed.count - 1].kind { throw SchemaError(.dropoutAtEnd) }
    self.inputs = inputs
    self.layers = placed
  }

  /// Parses a schema in either spelling.
  ///
  /// - Throws: ``SchemaError``, which points at the first character that is wrong.
  public init(parsing text: String) throws(SchemaError) {
    var parser = SchemaParser(text)
    self = try parser.parse()
  }

  /// What is wrong with a number of inputs or perceptrons.
  static func problem(ofSize size: Int) -> SchemaError.Problem? {
    size < 1 ? .sizeBelowOne : size > limit ? .tooLarge : nil
  }

  /// The number of values that the last layer outputs for one sample.
  public var outputs: Int { layers[layers.count - 1].perceptrons }

  /// The last layer's activation.
  public var outputActivation: Activation { layers[layers.count - 1].activation }

  /// The number of weights and biases of the whole network, including gains and shifts of normalizations.
  public var parameterCount: Int {
    var count = 0
    var width = inputs
    for layer in layers {
      count += layer.rows(inputs: width) * layer.perceptrons
      width = layer.perceptrons
    }
    return count
  }

  /// The largest number of inputs or outputs of any layer.
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

    /// Parses a schema literal. A mistake in it ends the program, with a message on standard error that says where it
    /// is.
    public init(stringLiteral text: String) {
      do {
        self = try Schema(parsing: text)
      } catch {
        trap("\(error)")
      }
    }
  }
#endif

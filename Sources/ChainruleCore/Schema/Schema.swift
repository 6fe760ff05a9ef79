import ChainruleKernels

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

  /// Creates a schema from its parts. What it accepts can be written as ``text`` and read back.
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

  /// Reads a schema in either spelling.
  ///
  /// - Throws: ``SchemaError``, which points at the character where the text stops making sense.
  public init(parsing text: String) throws(SchemaError) {
    var parser = SchemaParser(text)
    self = try parser.parse()
  }

  /// What is wrong with a number of inputs or perceptrons.
  static func problem(ofSize size: Int) -> SchemaError.Problem? {
    size < 1 ? .sizeBelowOne : size > limit ? .tooLarge : nil
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

    /// Reads a schema that stands in source code. A mistake in it is the programmer's: the program ends, and says on standard
    /// error where the mistake is.
    public init(stringLiteral text: String) {
      do {
        self = try Schema(parsing: text)
      } catch {
        trap("\(error)")
      }
    }
  }
#endif

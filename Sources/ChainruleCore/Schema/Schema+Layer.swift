extension Schema {
  /// One layer: its kind, its size and its activation.
  public struct Layer: Equatable, Sendable {
    /// What a layer does before its activation.
    public enum Kind: Equatable, Sendable {
      /// Every perceptron computes a weighted sum of all values, plus a bias.
      case dense
      /// Brings each value to mean 0 and variance 1 over the batch, then applies a learned gain and shift (Ioffe and
      /// Szegedy 2015). Outside training it uses the running mean and variance of the batches it has seen.
      case batchNormalization
      /// The same over the values of one sample (Ba, Kiros and Hinton 2016). The batch doesn't matter.
      case layerNormalization
      /// During training, sets each value to zero with this probability, and divides the others by 1 − rate (Srivastava
      /// et al. 2014). Outside training, does nothing.
      case dropout(rate: Float)
    }

    /// The layer's kind.
    public var kind: Kind
    /// How many values it outputs: one for each perceptron. In a schema, layers of other kinds output as many values as
    /// they get.
    public var perceptrons: Int
    /// The activation, applied last.
    public var activation: Activation

    /// A dense layer, linear by default.
    public init(_ perceptrons: Int, _ activation: Activation = .linear) {
      self.init(.dense, perceptrons, activation)
    }

    /// A batch normalization of what comes before.
    public static func batchNormalization(_ activation: Activation = .linear) -> Layer {
      Layer(.batchNormalization, 0, activation)
    }

    /// A layer normalization of what comes before.
    public static func layerNormalization(_ activation: Activation = .linear) -> Layer {
      Layer(.layerNormalization, 0, activation)
    }

    /// A dropout with a rate in `0..<1`. It has no activation.
    public static func dropout(_ rate: Float) -> Layer { Layer(.dropout(rate: rate), 0, .linear) }

    private init(_ kind: Kind, _ perceptrons: Int, _ activation: Activation) {
      self.kind = kind
      self.perceptrons = perceptrons
      self.activation = activation
    }

    /// The word for the kind in a schema; dense layers have none.
    var word: String? {
      switch kind {
      case .dense: nil
      case .batchNormalization: "batchnorm"
      case .layerNormalization: "layernorm"
      case .dropout: "dropout"
      }
    }

    /// A layer of each kind that has a word.
    static var named: [Layer] { [.batchNormalization(), .layerNormalization(), .dropout(0)] }

    /// What is wrong with the layer, wherever it is in a schema. Schemas from text and from parts share this rule.
    var problem: SchemaError.Problem? {
      switch kind {
      case .dense:
        if let problem = Schema.problem(ofSize: perceptrons) { return problem }
      case .dropout(let rate):
        if !(rate >= 0 && rate < 1) { return .badRate }
        if activation != .linear { return .activationOnDropout }
      case .batchNormalization, .layerNormalization: break
      }
      return activation.hasAllowedParameter ? nil : .badParameter
    }

    /// The number of parameters per output: a weight for each input plus a bias, or a gain and a shift, or none.
    func rows(inputs: Int) -> Int {
      switch kind {
      case .dense: inputs + 1
      case .batchNormalization, .layerNormalization: 2
      case .dropout: 0
      }
    }
  }
}

#if !hasFeature(Embedded)
  extension Schema.Layer {
    /// The layer in the bracketed spelling. A schema's numbers aren't negative, but zero can have a sign.
    var text: String {
      var parts: [String] = []
      if let word { parts.append("\"\(word)\"") } else { parts.append("\(perceptrons)") }
      if case .dropout(let rate) = kind { parts.append("\(rate.magnitude)") }
      if activation != .linear { parts.append("\"\(activation.name)\"") }
      if let parameter = activation.parameter, activation != activation.standard {
        parts.append("\(parameter.magnitude)")
      }
      return parts.count == 1 ? parts[0] : "[" + parts.joined(separator: ", ") + "]"
    }
  }
#endif

extension Schema {
  /// One layer: what it does with the values it is given, and then with its sums.
  public struct Layer: Equatable, Sendable {
    /// What a layer does before its activation.
    public enum Kind: Equatable, Sendable {
      /// Every perceptron adds up all values, each with a weight of its own, and a bias.
      case dense
      /// Brings each value to mean 0 and variance 1 over the batch, then to a gain and a shift that are learned
      /// (Ioffe and Szegedy 2015). Outside training it uses the running mean and variance of the batches it has seen.
      case batchNormalization
      /// The same over the values of one sample (Ba, Kiros and Hinton 2016); the batch does not matter.
      case layerNormalization
      /// In training sets each value to zero with this probability, and divides the others by 1 − rate (Srivastava et al.
      /// 2014); otherwise does nothing.
      case dropout(rate: Float)
    }

    /// What the layer does.
    public var kind: Kind
    /// How many values it gives: its perceptrons. In a schema, the others give as many as they are given.
    public var perceptrons: Int
    /// What becomes of each value at last.
    public var activation: Activation

    /// A layer of perceptrons, linear unless told otherwise.
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

    /// Drops a part of the values, from 0 up to, and without, 1. It has no activation.
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

    /// The kinds that have a word, with any number.
    static var named: [Layer] { [.batchNormalization(), .layerNormalization(), .dropout(0)] }

    /// What is wrong with the layer, wherever it stands: the one rule for schemas from text and from parts.
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

    /// Parameters for each output: a weight for each input and a bias; or a gain and a shift; or none.
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
    /// The layer in the bracketed spelling. Numbers that a schema may have are not negative, but zero may have a sign.
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

import ChainruleKernels

/// What training makes small: a distance between the network's outputs ŷ and the targets y, summed over a sample's
/// outputs and averaged over the batch.
public enum Loss: Equatable, Sendable, CaseIterable {
  /// Σ (ŷ − y)².
  case squaredError
  /// Σ (ŷ − y)² divided by the number of outputs: PyTorch's `MSELoss`.
  case meanSquaredError
  /// −Σ (y · log ŷ + (1 − y) · log(1 − ŷ)), for a sigmoid last layer; y is 0 or 1, or a probability.
  ///
  /// Computed from the logit z as log(1 + eᶻ) − y · z, so a certain and wrong output costs |z|, never infinity.
  case binaryCrossEntropy
  /// −Σ y · log ŷ, for a softmax last layer; y is 1 for the right class and 0 elsewhere, or a distribution.
  ///
  /// Computed from the logits as log Σ eᶻ − z, so that log 0 never happens.
  case crossEntropy

  /// The name used on the command line and in files.
  public var name: String {
    switch self {
    case .squaredError: "squared-error"
    case .meanSquaredError: "mean-squared-error"
    case .binaryCrossEntropy: "binary-cross-entropy"
    case .crossEntropy: "cross-entropy"
    }
  }

  /// The loss that suits a schema's last layer: cross-entropies for sigmoid and softmax, else mean squared error.
  public static func standard(for schema: Schema) -> Loss {
    switch schema.outputActivation {
    case .sigmoid: .binaryCrossEntropy
    case .softmax: .crossEntropy
    default: .meanSquaredError
    }
  }

  /// Whether the loss can follow the schema's last layer: each cross-entropy asks for its own activation.
  public func fits(_ schema: Schema) -> Bool {
    switch self {
    case .squaredError, .meanSquaredError: true
    case .binaryCrossEntropy: schema.outputActivation == .sigmoid
    case .crossEntropy: schema.outputActivation == .softmax
    }
  }

  /// Whether ``delta(_:preActivations:outputs:targets:into:)`` gives the derivative by the pre-activations, the last
  /// activation's own derivative being part of it.
  var includesActivation: Bool {
    self == .binaryCrossEntropy || self == .crossEntropy
  }

  /// The sum of the loss over the rows.
  func sum(
    rows: Int, columns: Int, preActivations: UnsafePointer<Float>, outputs: UnsafePointer<Float>,
    targets: UnsafePointer<Float>
  ) -> Float {
    let count = rows * columns
    var sum: Float = 0
    switch self {
    case .squaredError, .meanSquaredError:
      for i in 0..<count {
        let difference = outputs[i] - targets[i]
        sum += difference * difference
      }
      if self == .meanSquaredError { sum /= Float(columns) }
    case .binaryCrossEntropy:
      for i in 0..<count { sum += PortableMath.softplus(preActivations[i]) - targets[i] * preActivations[i] }
    case .crossEntropy:
      for row in 0..<rows {
        let z = preActivations + row * columns
        let y = targets + row * columns
        var largest = z[0]
        for column in 0..<columns where z[column] > largest { largest = z[column] }
        var total: Float = 0
        for column in 0..<columns { total += PortableMath.exp(z[column] - largest) }
        let logarithm = PortableMath.log(total)
        // Differences from the largest logit first: the small ones keep their digits.
        for column in 0..<columns { sum += y[column] * (logarithm - (z[column] - largest)) }
      }
    }
    return sum
  }

  /// Writes the derivative of the mean loss, by the outputs or by the pre-activations (``includesActivation``).
  func delta(
    rows: Int, columns: Int, outputs: UnsafePointer<Float>, targets: UnsafePointer<Float>,
    into delta: UnsafeMutablePointer<Float>
  ) {
    let count = rows * columns
    switch self {
    case .squaredError, .meanSquaredError:
      let scale = 2 / Float(self == .meanSquaredError ? count : rows)
      for i in 0..<count { delta[i] = (outputs[i] - targets[i]) * scale }
    case .binaryCrossEntropy:
      let scale = 1 / Float(rows)
      for i in 0..<count { delta[i] = (outputs[i] - targets[i]) * scale }
    case .crossEntropy:
      let scale = 1 / Float(rows)
      for row in 0..<rows {
        let y = targets + row * columns
        var total: Float = 0
        for column in 0..<columns { total += y[column] }
        for column in 0..<columns {
          delta[row * columns + column] = (outputs[row * columns + column] * total - y[column]) * scale
        }
      }
    }
  }
}

#if !hasFeature(Embedded)
  extension Loss {
    /// The loss of that name; `nil` if there is none.
    public init?(name: String) {
      guard let found = Loss.allCases.first(where: { $0.name == name }) else { return nil }
      self = found
    }
  }
#endif

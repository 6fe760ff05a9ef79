/// The function that training minimizes: a distance between the network's outputs ŷ and the targets y.
///
/// A batch's loss is the weighted mean of its samples' losses: Σ w·ℓ / Σ w.
///
/// For numbers, use ``meanSquaredError``, or ``huber(threshold:)`` if there are outliers. For classes, use
/// ``crossEntropy`` after a softmax layer, or ``binaryCrossEntropy`` after a sigmoid one.
///
/// Before training, the data's targets are checked: a target that the loss isn't defined for throws
/// ``TrainingError/badTarget(_:sample:loss:)`` or ``TrainingError/badTargetSum(_:sample:)``. The loss's own parameter
/// is checked too: one that is out of range throws ``TrainingError/outOfRange(_:found:)``.
public struct Loss: Equatable, Sendable {
  /// Which loss it is, with its number. Code that depends on the loss should use this, rather than compare names.
  public enum Kind: Equatable, Sendable {
    /// ``Loss/squaredError``, ``Loss/meanSquaredError``, ``Loss/meanAbsoluteError``.
    case squaredError, meanSquaredError, meanAbsoluteError
    /// ``Loss/huber(threshold:)``.
    case huber(threshold: Float)
    /// ``Loss/quantile(_:)``.
    case quantile(Float)
    /// ``Loss/logCosh``, ``Loss/poisson``, ``Loss/hinge``.
    case logCosh, poisson, hinge
    /// ``Loss/binaryCrossEntropy(smoothing:)``.
    case binaryCrossEntropy(smoothing: Float)
    /// ``Loss/crossEntropy(smoothing:)``.
    case crossEntropy(smoothing: Float)
  }

  /// Which loss it is.
  ///
  /// ```swift
  /// if case .crossEntropy(let smoothing) = loss.kind { print("smoothed by \(smoothing)") }
  /// ```
  public let kind: Kind

  private init(_ kind: Kind) {
    self.kind = kind
  }

  /// Σ (ŷ − y)² over the outputs.
  public static var squaredError: Loss { Loss(.squaredError) }

  /// The mean of (ŷ − y)² over the outputs: PyTorch's `MSELoss`.
  public static var meanSquaredError: Loss { Loss(.meanSquaredError) }

  /// The mean of |ŷ − y| over the outputs; its minimum is at the median. The derivative at ŷ = y is 0.
  public static var meanAbsoluteError: Loss { Loss(.meanAbsoluteError) }

  /// The mean over the outputs of ½ (ŷ − y)² up to the threshold δ, and of δ (|ŷ − y| − δ/2) beyond it: Huber 1964. Its
  /// gradient is bounded, so outliers matter less. The threshold is above 0.
  public static func huber(threshold: Float = 1) -> Loss { Loss(.huber(threshold: threshold)) }

  /// The mean over the outputs of q (y − ŷ) where ŷ is too small and of (1 − q)(ŷ − y) where it's too large. Its
  /// minimum is at the quantile q of the targets (Koenker and Bassett 1978). q is above 0 and below 1.
  public static func quantile(_ q: Float) -> Loss { Loss(.quantile(q)) }

  /// The mean over the outputs of log cosh(ŷ − y): like half the squared difference when small, like the distance when
  /// large.
  public static var logCosh: Loss { Loss(.logCosh) }

  /// The mean over the outputs of eᶻ − y · z, for counts y (0 or more) from a Poisson distribution. The network outputs
  /// the logarithm z of the expected count. As in PyTorch's `PoissonNLLLoss`, the term log y! is left out.
  public static var poisson: Loss { Loss(.poisson) }

  /// The mean over the outputs of max(0, 1 − y · ŷ): the support vector machine's loss (Cortes and Vapnik 1995), for a
  /// linear last layer. Targets are −1 and 1, or 0 and 1, where 0 counts as −1.
  public static var hinge: Loss { Loss(.hinge) }

  /// −Σ (y · log ŷ + (1 − y) · log(1 − ŷ)), for a sigmoid last layer; y is 0 or 1, or a probability.
  ///
  /// It's computed from the logit z: a certain but wrong output costs about |z|, never infinity. The small loss of a
  /// certain and right output, and its gradient, have a relative error below 1e-6 for any y.
  public static var binaryCrossEntropy: Loss { Loss(.binaryCrossEntropy(smoothing: 0)) }

  /// Binary cross-entropy with targets moved towards ½: y (1 − s) + s/2 (Szegedy et al. 2016), with s in `0..<1`.
  public static func binaryCrossEntropy(smoothing: Float) -> Loss { Loss(.binaryCrossEntropy(smoothing: smoothing)) }

  /// −Σ y · log ŷ, for a softmax last layer; y is 1 for the right class and 0 elsewhere, or a distribution.
  ///
  /// It's computed from the logits as log Σ eᶻ − z, so log 0 never occurs. Small losses and gradients keep their
  /// digits: with logits up to d below the largest, the relative error is below 1e-6 + 2⁻²³ · d.
  public static var crossEntropy: Loss { Loss(.crossEntropy(smoothing: 0)) }

  /// Cross-entropy with targets moved towards the uniform distribution over the K classes: y (1 − s) + s/K (Szegedy et
  /// al. 2016), with s in `0..<1`. It keeps a network from being overconfident.
  ///
  /// Class weights become weights of samples, so the best answer for a sample doesn't depend on them. PyTorch's
  /// `cross_entropy(weight:label_smoothing:)` also multiplies each class's part of a smoothed target by that class's
  /// weight (pytorch/pytorch#104776). With weights 1, 1 and 100 and s = 0.3, PyTorch's best answer for a sample of the
  /// first class gives a probability of 0.92 to the third. For logits (2, 0, −1) of class 0 and (½, 1, 0) of class 2,
  /// weights 1, 2 and 4 and s = 0.3, the loss is 1.3582 here and 1.4937 in PyTorch. Without smoothing, or with equal
  /// weights, both agree.
  public static func crossEntropy(smoothing: Float) -> Loss { Loss(.crossEntropy(smoothing: smoothing)) }

  /// Every loss, each with its default parameter.
  public static var all: [Loss] {
    [
      .squaredError, .meanSquaredError, .meanAbsoluteError, .huber(), .quantile(0.5), .logCosh, .poisson, .hinge,
      .binaryCrossEntropy, .crossEntropy,
    ]
  }

  /// The loss that suits a schema's last layer: cross-entropies for sigmoid and softmax, else mean squared error.
  public static func standard(for schema: Schema) -> Loss {
    switch schema.outputActivation {
    case .sigmoid: .binaryCrossEntropy
    case .softmax: .crossEntropy
    default: .meanSquaredError
    }
  }

  /// Whether the loss can follow the schema's last layer. Each cross-entropy needs its own activation. Hinge and
  /// Poisson need one whose values can be negative.
  public func fits(_ schema: Schema) -> Bool {
    switch kind {
    case .binaryCrossEntropy: schema.outputActivation == .sigmoid
    case .crossEntropy: schema.outputActivation == .softmax
    case .poisson, .hinge: schema.outputActivation.canBeNegative
    default: true
    }
  }

  /// Whether it's binary cross-entropy, smoothed or not.
  public var isBinaryCrossEntropy: Bool {
    if case .binaryCrossEntropy = kind { true } else { false }
  }

  /// Whether it's cross-entropy over the outputs of a softmax layer, smoothed or not.
  public var isCrossEntropy: Bool {
    if case .crossEntropy = kind { true } else { false }
  }

  /// The power of the target's unit that the loss has: 2 for squared errors, 1 for distances; `nil` for losses that
  /// depend on the unit in another way.
  public var unitPower: Int? {
    switch kind {
    case .squaredError, .meanSquaredError: 2
    case .meanAbsoluteError, .quantile: 1
    case .huber, .logCosh, .poisson, .hinge, .binaryCrossEntropy, .crossEntropy: nil
    }
  }

  /// Whether the loss is computed from the last layer's pre-activations. Its derivative then includes the activation's.
  var includesActivation: Bool {
    switch kind {
    case .binaryCrossEntropy, .crossEntropy: true
    default: false
    }
  }

  /// How the targets are smoothed: y ← y · scale + shift.
  func smoothing(outputs: Int) -> (scale: Float, shift: Float) {
    switch kind {
    case .binaryCrossEntropy(let smoothing): (1 - smoothing, smoothing / 2)
    case .crossEntropy(let smoothing): (1 - smoothing, smoothing / Float(outputs))
    default: (1, 0)
    }
  }
}

// MARK: Names

extension Loss {
  /// The name used on the command line and in files, without the number that can follow it.
  public var name: String {
    switch kind {
    case .squaredError: "squared-error"
    case .meanSquaredError: "mean-squared-error"
    case .meanAbsoluteError: "mean-absolute-error"
    case .huber: "huber"
    case .quantile: "quantile"
    case .logCosh: "log-cosh"
    case .poisson: "poisson"
    case .hinge: "hinge"
    case .binaryCrossEntropy: "binary-cross-entropy"
    case .crossEntropy: "cross-entropy"
    }
  }

  /// The loss's number: a threshold, a quantile or a smoothing; `nil` if it takes none.
  public var parameter: Float? {
    switch kind {
    case .huber(let threshold): threshold
    case .quantile(let q): q
    case .binaryCrossEntropy(let smoothing), .crossEntropy(let smoothing): smoothing
    default: nil
    }
  }

  /// The same loss with another number; `nil` if it takes none, or if this one is out of range.
  public func withParameter(_ value: Float) -> Loss? {
    switch kind {
    case .huber where value > 0 && value.isFinite: .huber(threshold: value)
    case .quantile where value > 0 && value < 1: .quantile(value)
    case .binaryCrossEntropy where value >= 0 && value < 1: .binaryCrossEntropy(smoothing: value)
    case .crossEntropy where value >= 0 && value < 1: .crossEntropy(smoothing: value)
    default: nil
    }
  }
}

#if !hasFeature(Embedded)
  extension Loss: CustomStringConvertible {
    /// The loss with this name and, after a space, its number if it takes one: `huber`, `huber 0.5`. `nil` if there is
    /// no such loss.
    public init?(name: String) {
      let parts = name.split(separator: " ")
      guard (1...2).contains(parts.count), let found = Loss.all.first(where: { $0.name == parts[0] }) else {
        return nil
      }
      if parts.count == 1 {
        self = found
      } else {
        guard let value = Float(parts[1]), let changed = found.withParameter(value) else { return nil }
        self = changed
      }
    }

    /// The name, followed by the number if it isn't the default.
    public var description: String {
      guard let parameter, !Loss.all.contains(self) else { return name }
      return "\(name) \(parameter)"
    }
  }
#endif

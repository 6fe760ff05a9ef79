/// The optimizers' updates, a part of ``Kernels``: one loop for each family of optimizers.
///
/// Every loop goes once over the parameters, and changes parameters and moments in place. A loop reads only the
/// ``UpdateConstants`` in its formula. `p` is a parameter, `g` its gradient; `m`, `v` and `w` are the first, second and
/// third of its moments.
public struct UpdateKernels: Sendable {
  /// Updates `count` parameters; `moments` holds the first moment of each, then the second of each, then the third,
  /// `stride` values apart.
  public typealias Update =
    @Sendable (
      _ count: Int, _ parameters: UnsafeMutablePointer<Float>, _ gradients: UnsafePointer<Float>,
      _ moments: UnsafeMutablePointer<Float>, _ stride: Int, _ constants: UpdateConstants
    ) -> Void

  /// g ← g + quadratic · p + absolute · sign(p): adds the penalties' gradients. The two factors are in this order.
  public var penalize:
    @Sendable (
      _ count: Int, _ gradients: UnsafeMutablePointer<Float>, _ parameters: UnsafePointer<Float>, _ quadratic: Float,
      _ absolute: Float
    ) -> Void
  /// g ← g, clamped to −limit…limit
  public var clip: @Sendable (_ count: Int, _ gradients: UnsafeMutablePointer<Float>, _ limit: Float) -> Void
  /// g ← factor · g
  public var scale: @Sendable (_ count: Int, _ gradients: UnsafeMutablePointer<Float>, _ factor: Float) -> Void
  /// g ← g + other
  public var add:
    @Sendable (_ count: Int, _ gradients: UnsafeMutablePointer<Float>, _ other: UnsafePointer<Float>) -> Void
  /// Σ g², in `Double`, in order
  public var sumOfSquares: @Sendable (_ count: Int, _ gradients: UnsafePointer<Float>) -> Double

  /// p ← shrink · p − rate · g
  public var descend: Update
  /// m ← decay · m + g, p ← shrink · p − rate · (momentumShare · m + gradientShare · g): Polyak 1964, and Nesterov's
  /// form (Sutskever et al. 2013) with shares `decay` and 1.
  public var momentum: Update
  /// m ← m + g², p ← shrink · p − rate · g / (√m + ε): Duchi, Hazan and Singer 2011.
  public var adagrad: Update
  /// m ← decay · m + (1 − decay) g², d = √(v + ε) / √(m + ε) · g, v ← decay · v + (1 − decay) d²,
  /// p ← shrink · p − rate · d: Zeiler 2012.
  public var adadelta: Update
  /// m ← decay · m + (1 − decay) g², p ← shrink · p − rate · g / (√m + ε): Tieleman and Hinton 2012.
  public var rmsProp: Update
  /// As `rmsProp`, with v ← decay · v + (1 − decay) g and √(m − v²) instead of √m: Graves 2013.
  public var centeredRMSProp: Update
  /// m ← decay · m + (1 − decay) g, v ← secondDecay · v + (1 − secondDecay) g²,
  /// p ← shrink · p − rate · (momentumShare · m + gradientShare · g) / (scale · √v + ε).
  ///
  /// Adam (Kingma and Ba 2015), NAdam (Dozat 2016) and RAdam (Liu et al. 2020) differ only in the constants.
  public var adam: Update
  /// As `adam`, with w ← max(w, v) and √w instead of √v: Reddi, Kale and Kumar 2018.
  public var amsGrad: Update
  /// m ← decay · m + (1 − decay) g, v ← max(secondDecay · v, |g| + ε), p ← shrink · p − rate · m / v: Kingma and Ba
  /// 2015, section 7.1.
  public var adaMax: Update
  /// p ← shrink · p − rate · sign(decay · m + (1 − decay) g), m ← secondDecay · m + (1 − secondDecay) g: Chen et al.
  /// 2023.
  public var lion: Update
}

/// The constants of one update, the same for all parameters of an array.
public struct UpdateConstants: Equatable, Sendable {
  /// The learning rate.
  public var rate: Float
  /// A factor for the parameter, applied first: 1, or 1 − rate · λ for a decoupled weight decay λ.
  public var shrink: Float = 1
  /// The decay of the first moment.
  public var decay: Float = 0
  /// 1 − decay, computed in `Double` and rounded once, because near 1 a `Float` difference has few digits.
  public var gain: Float = 1
  /// The decay of the second moment.
  public var secondDecay: Float = 0
  /// 1 − secondDecay.
  public var secondGain: Float = 1
  /// Keeps a divisor above zero.
  public var epsilon: Float = 0
  /// The first moment's share of the direction.
  public var momentumShare: Float = 1
  /// The gradient's share of the direction.
  public var gradientShare: Float = 0
  /// A factor of the root of the second moment.
  public var scale: Float = 1

  /// Creates the constants of plain gradient descent. Set the others by name.
  public init(rate: Float) {
    self.rate = rate
  }
}

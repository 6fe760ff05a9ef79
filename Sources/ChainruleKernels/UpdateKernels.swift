/// How gradients become new parameters: one loop for each family of optimizers, a part of ``Kernels``.
///
/// Every loop goes once over the parameters, value by value, and changes parameters and moments in place. The constants
/// of ``UpdateConstants`` that a loop does not name are not read. `p` is a parameter, `g` its gradient; `m`, `v` and `w`
/// are the first, second and third of its moments.
public struct UpdateKernels: Sendable {
  /// Updates `count` parameters; `moments` holds the first moment of each, then the second of each, then the third,
  /// `stride` values apart.
  public typealias Update =
    @Sendable (
      _ count: Int, _ parameters: UnsafeMutablePointer<Float>, _ gradients: UnsafePointer<Float>,
      _ moments: UnsafeMutablePointer<Float>, _ stride: Int, _ constants: UpdateConstants
    ) -> Void

  /// g ← g + quadratic · p + absolute · sign(p), with the two factors in this order: what penalties add to a gradient.
  public var penalize:
    @Sendable (
      _ count: Int, _ gradients: UnsafeMutablePointer<Float>, _ parameters: UnsafePointer<Float>, _ quadratic: Float,
      _ absolute: Float
    ) -> Void
  /// g ← g, brought into −limit…limit
  public var clip: @Sendable (_ count: Int, _ gradients: UnsafeMutablePointer<Float>, _ limit: Float) -> Void
  /// g ← factor · g
  public var scale: @Sendable (_ count: Int, _ gradients: UnsafeMutablePointer<Float>, _ factor: Float) -> Void
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
  /// As `rmsProp`, with v ← decay · v + (1 − decay) g and √(m − v²) in place of √m: Graves 2013.
  public var centeredRMSProp: Update
  /// m ← decay · m + (1 − decay) g, v ← secondDecay · v + (1 − secondDecay) g²,
  /// p ← shrink · p − rate · (momentumShare · m + gradientShare · g) / (scale · √v + ε).
  ///
  /// Adam (Kingma and Ba 2015), NAdam (Dozat 2016) and RAdam (Liu et al. 2020) differ in the constants only.
  public var adam: Update
  /// As `adam`, with w ← max(w, v) and √w in place of √v: Reddi, Kale and Kumar 2018.
  public var amsGrad: Update
  /// m ← decay · m + (1 − decay) g, v ← max(secondDecay · v, |g| + ε), p ← shrink · p − rate · m / v: Kingma and Ba 2015,
  /// section 7.1.
  public var adaMax: Update
  /// p ← shrink · p − rate · sign(decay · m + (1 − decay) g), m ← secondDecay · m + (1 − secondDecay) g: Chen et al. 2023.
  public var lion: Update
}

/// The numbers of one update, the same for all parameters of one array.
public struct UpdateConstants: Equatable, Sendable {
  /// How far to go.
  public var rate: Float
  /// What a parameter is multiplied by first: 1, or 1 − rate · λ for a decoupled weight decay λ.
  public var shrink: Float = 1
  /// How much of the first moment stays.
  public var decay: Float = 0
  /// 1 − decay, rounded once, as a decay near 1 leaves few digits to a difference.
  public var gain: Float = 1
  /// How much of the second moment stays.
  public var secondDecay: Float = 0
  /// 1 − secondDecay.
  public var secondGain: Float = 1
  /// Keeps a divisor from zero.
  public var epsilon: Float = 0
  /// The first moment's share in the direction.
  public var momentumShare: Float = 1
  /// The gradient's own share in the direction.
  public var gradientShare: Float = 0
  /// A factor of the root of the second moment.
  public var scale: Float = 1

  /// Creates the constants of a plain descent; the others are set by name.
  public init(rate: Float) {
    self.rate = rate
  }
}

extension UpdateKernels {
  /// Every loop in its obvious form. But for one none adds up values, so a compiler may run several lanes at once without a change of
  /// bits: the portable table uses these too.
  public static let reference = UpdateKernels(
    penalize: { count, g, p, quadratic, absolute in
      for i in 0..<count {
        let sign: Float = p[i] > 0 ? 1 : p[i] < 0 ? -1 : 0
        g[i] = g[i] + quadratic * p[i] + absolute * sign
      }
    },
    clip: { count, g, limit in
      for i in 0..<count { g[i] = g[i] > limit ? limit : g[i] < -limit ? -limit : g[i] }
    },
    scale: { count, g, factor in
      for i in 0..<count { g[i] *= factor }
    },
    sumOfSquares: { count, g in
      var sum: Double = 0
      for i in 0..<count { sum += Double(g[i]) * Double(g[i]) }
      return sum
    },
    descend: { count, p, g, _, _, c in
      for i in 0..<count { p[i] = c.shrink * p[i] - c.rate * g[i] }
    },
    momentum: { count, p, g, m, _, c in
      for i in 0..<count {
        m[i] = c.decay * m[i] + g[i]
        p[i] = c.shrink * p[i] - c.rate * (c.momentumShare * m[i] + c.gradientShare * g[i])
      }
    },
    adagrad: { count, p, g, m, _, c in
      for i in 0..<count {
        m[i] += g[i] * g[i]
        p[i] = c.shrink * p[i] - c.rate * g[i] / (m[i].squareRoot() + c.epsilon)
      }
    },
    adadelta: { count, p, g, m, stride, c in
      let v = m + stride
      for i in 0..<count {
        m[i] = c.decay * m[i] + c.gain * (g[i] * g[i])
        let d = (v[i] + c.epsilon).squareRoot() / (m[i] + c.epsilon).squareRoot() * g[i]
        v[i] = c.decay * v[i] + c.gain * (d * d)
        p[i] = c.shrink * p[i] - c.rate * d
      }
    },
    rmsProp: { count, p, g, m, _, c in
      for i in 0..<count {
        m[i] = c.decay * m[i] + c.gain * (g[i] * g[i])
        p[i] = c.shrink * p[i] - c.rate * g[i] / (m[i].squareRoot() + c.epsilon)
      }
    },
    centeredRMSProp: { count, p, g, m, stride, c in
      let v = m + stride
      for i in 0..<count {
        m[i] = c.decay * m[i] + c.gain * (g[i] * g[i])
        v[i] = c.decay * v[i] + c.gain * g[i]
        // Rounding may leave a variance a little below zero.
        let variance = m[i] - v[i] * v[i]
        p[i] = c.shrink * p[i] - c.rate * g[i] / ((variance < 0 ? 0 : variance).squareRoot() + c.epsilon)
      }
    },
    adam: { count, p, g, m, stride, c in
      let v = m + stride
      for i in 0..<count {
        m[i] = c.decay * m[i] + c.gain * g[i]
        v[i] = c.secondDecay * v[i] + c.secondGain * (g[i] * g[i])
        let direction = c.momentumShare * m[i] + c.gradientShare * g[i]
        p[i] = c.shrink * p[i] - c.rate * direction / (c.scale * v[i].squareRoot() + c.epsilon)
      }
    },
    amsGrad: { count, p, g, m, stride, c in
      let v = m + stride
      let w = v + stride
      for i in 0..<count {
        m[i] = c.decay * m[i] + c.gain * g[i]
        v[i] = c.secondDecay * v[i] + c.secondGain * (g[i] * g[i])
        w[i] = w[i] < v[i] ? v[i] : w[i]
        let direction = c.momentumShare * m[i] + c.gradientShare * g[i]
        p[i] = c.shrink * p[i] - c.rate * direction / (c.scale * w[i].squareRoot() + c.epsilon)
      }
    },
    adaMax: { count, p, g, m, stride, c in
      let v = m + stride
      for i in 0..<count {
        m[i] = c.decay * m[i] + c.gain * g[i]
        let kept = c.secondDecay * v[i]
        let magnitude = g[i].magnitude + c.epsilon
        v[i] = kept < magnitude ? magnitude : kept
        p[i] = c.shrink * p[i] - c.rate * c.momentumShare * m[i] / v[i]
      }
    },
    lion: { count, p, g, m, _, c in
      for i in 0..<count {
        let direction = c.decay * m[i] + c.gain * g[i]
        let sign: Float = direction > 0 ? 1 : direction < 0 ? -1 : 0
        p[i] = c.shrink * p[i] - c.rate * sign
        m[i] = c.secondDecay * m[i] + c.secondGain * g[i]
      }
    }
  )
}

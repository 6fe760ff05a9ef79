/// The update loops in their obvious form. All but one work value by value, so the compiler can vectorize them without
/// changing bits. The portable table uses these too.
enum ReferenceUpdate {
  static let penalize: @Sendable (Int, UnsafeMutablePointer<Float>, UnsafePointer<Float>, Float, Float) -> Void = {
    count, g, p, quadratic, absolute in
    for i in 0..<count {
      let sign: Float = p[i] > 0 ? 1 : p[i] < 0 ? -1 : 0
      g[i] = g[i] + quadratic * p[i] + absolute * sign
    }
  }

  static let clip: @Sendable (Int, UnsafeMutablePointer<Float>, Float) -> Void = { count, g, limit in
    for i in 0..<count { g[i] = g[i] > limit ? limit : g[i] < -limit ? -limit : g[i] }
  }

  static let scale: @Sendable (Int, UnsafeMutablePointer<Float>, Float) -> Void = { count, g, factor in
    for i in 0..<count { g[i] *= factor }
  }

  static let add: @Sendable (Int, UnsafeMutablePointer<Float>, UnsafePointer<Float>) -> Void = { count, g, other in
    for i in 0..<count { g[i] += other[i] }
  }

  static let sumOfSquares: @Sendable (Int, UnsafePointer<Float>) -> Double = { count, g in
    var sum: Double = 0
    for i in 0..<count { sum += Double(g[i]) * Double(g[i]) }
    return sum
  }

  static let descend: UpdateKernels.Update = { count, p, g, _, _, c in
    for i in 0..<count { p[i] = c.shrink * p[i] - c.rate * g[i] }
  }

  static let momentum: UpdateKernels.Update = { count, p, g, m, _, c in
    for i in 0..<count {
      m[i] = c.decay * m[i] + g[i]
      p[i] = c.shrink * p[i] - c.rate * (c.momentumShare * m[i] + c.gradientShare * g[i])
    }
  }

  static let adagrad: UpdateKernels.Update = { count, p, g, m, _, c in
    for i in 0..<count {
      m[i] += g[i] * g[i]
      p[i] = c.shrink * p[i] - c.rate * g[i] / (m[i].squareRoot() + c.epsilon)
    }
  }

  static let adadelta: UpdateKernels.Update = { count, p, g, m, stride, c in
    let v = m + stride
    for i in 0..<count {
      m[i] = c.decay * m[i] + c.gain * (g[i] * g[i])
      let d = (v[i] + c.epsilon).squareRoot() / (m[i] + c.epsilon).squareRoot() * g[i]
      v[i] = c.decay * v[i] + c.gain * (d * d)
      p[i] = c.shrink * p[i] - c.rate * d
    }
  }

  static let rmsProp: UpdateKernels.Update = { count, p, g, m, _, c in
    for i in 0..<count {
      m[i] = c.decay * m[i] + c.gain * (g[i] * g[i])
      p[i] = c.shrink * p[i] - c.rate * g[i] / (m[i].squareRoot() + c.epsilon)
    }
  }

  static let centeredRMSProp: UpdateKernels.Update = { count, p, g, m, stride, c in
    let v = m + stride
    for i in 0..<count {
      m[i] = c.decay * m[i] + c.gain * (g[i] * g[i])
      v[i] = c.decay * v[i] + c.gain * g[i]
      // Rounding can make a variance slightly negative.
      let variance = m[i] - v[i] * v[i]
      p[i] = c.shrink * p[i] - c.rate * g[i] / ((variance < 0 ? 0 : variance).squareRoot() + c.epsilon)
    }
  }

  static let adam: UpdateKernels.Update = { count, p, g, m, stride, c in
    let v = m + stride
    for i in 0..<count {
      m[i] = c.decay * m[i] + c.gain * g[i]
      v[i] = c.secondDecay * v[i] + c.secondGain * (g[i] * g[i])
      let direction = c.momentumShare * m[i] + c.gradientShare * g[i]
      p[i] = c.shrink * p[i] - c.rate * direction / (c.scale * v[i].squareRoot() + c.epsilon)
    }
  }

  static let amsGrad: UpdateKernels.Update = { count, p, g, m, stride, c in
    let v = m + stride
    let w = v + stride
    for i in 0..<count {
      m[i] = c.decay * m[i] + c.gain * g[i]
      v[i] = c.secondDecay * v[i] + c.secondGain * (g[i] * g[i])
      w[i] = w[i] < v[i] ? v[i] : w[i]
      let direction = c.momentumShare * m[i] + c.gradientShare * g[i]
      p[i] = c.shrink * p[i] - c.rate * direction / (c.scale * w[i].squareRoot() + c.epsilon)
    }
  }

  static let adaMax: UpdateKernels.Update = { count, p, g, m, stride, c in
    let v = m + stride
    for i in 0..<count {
      m[i] = c.decay * m[i] + c.gain * g[i]
      let kept = c.secondDecay * v[i]
      let magnitude = g[i].magnitude + c.epsilon
      v[i] = kept < magnitude ? magnitude : kept
      p[i] = c.shrink * p[i] - c.rate * c.momentumShare * m[i] / v[i]
    }
  }

  static let lion: UpdateKernels.Update = { count, p, g, m, _, c in
    for i in 0..<count {
      let direction = c.decay * m[i] + c.gain * g[i]
      let sign: Float = direction > 0 ? 1 : direction < 0 ? -1 : 0
      p[i] = c.shrink * p[i] - c.rate * sign
      m[i] = c.secondDecay * m[i] + c.secondGain * g[i]
    }
  }
}

extension UpdateKernels {
  /// Every loop in its obvious form.
  public static let reference = UpdateKernels(
    penalize: ReferenceUpdate.penalize,
    clip: ReferenceUpdate.clip,
    scale: ReferenceUpdate.scale,
    add: ReferenceUpdate.add,
    sumOfSquares: ReferenceUpdate.sumOfSquares,
    descend: ReferenceUpdate.descend,
    momentum: ReferenceUpdate.momentum,
    adagrad: ReferenceUpdate.adagrad,
    adadelta: ReferenceUpdate.adadelta,
    rmsProp: ReferenceUpdate.rmsProp,
    centeredRMSProp: ReferenceUpdate.centeredRMSProp,
    adam: ReferenceUpdate.adam,
    amsGrad: ReferenceUpdate.amsGrad,
    adaMax: ReferenceUpdate.adaMax,
    lion: ReferenceUpdate.lion
  )
}

/// Smooth relatives of ReLU, and cheap approximations of tanh and the logistic function.
extension PortableActivation {
  typealias Vector = SIMD4<Float>

  static let elu: Kernels.Elementwise = { count, preActivations, outputs, depth in
    map(count, preActivations, outputs) { z in (PortableMath.expMinusOne(z) * depth).replacing(with: z, where: z .> 0) }
  }

  static let eluGradient: Kernels.ElementwiseGradient = { count, preActivations, _, delta, depth in
    combine(count, preActivations, delta) { z, d in
      d.replacing(with: d * (PortableMath.exp(z) * depth), where: z .<= 0)
    }
  }

  static let selu: Kernels.Elementwise = { count, preActivations, outputs, _ in
    map(count, preActivations, outputs) { z in
      let low = PortableMath.expMinusOne(z) * SELU.depth
      return low.replacing(with: z, where: z .> 0) * SELU.scale
    }
  }

  static let seluGradient: Kernels.ElementwiseGradient = { count, preActivations, _, delta, _ in
    combine(count, preActivations, delta) { z, d in
      let scaled = d * SELU.scale
      return scaled.replacing(with: scaled * (PortableMath.exp(z) * SELU.depth), where: z .<= 0)
    }
  }

  static let gelu: Kernels.Elementwise = { count, preActivations, outputs, _ in
    map(count, preActivations, outputs) { z in PortableMath.vanishingProduct(z, PortableMath.normalProbability(z)) }
  }

  static let geluGradient: Kernels.ElementwiseGradient = { count, preActivations, _, delta, _ in
    combine(count, preActivations, delta) { z, d in
      let slope = PortableMath.vanishingProduct(z, PortableMath.normalDensity(z))
      return d * (PortableMath.normalProbability(z) + slope)
    }
  }

  static let geluTanh: Kernels.Elementwise = { count, preActivations, outputs, _ in
    map(count, preActivations, outputs) { z in PortableMath.vanishingProduct(z, geluShare(z)) }
  }

  static let geluTanhGradient: Kernels.ElementwiseGradient = { count, preActivations, _, delta, _ in
    combine(count, preActivations, delta) { z, d in
      let share = geluShare(z)
      let slope = Vector(repeating: 1.595_769_12) + Vector(repeating: 0.214_064_49) * (z * z)
      return d * (share + PortableMath.vanishingProduct(z * slope, share * (1 - share)))
    }
  }

  /// ½ (1 + tanh(√(2/π) (z + 0.044715 z³))), as the logistic function of twice the argument.
  @inline(__always)
  private static func geluShare(_ z: Vector) -> Vector {
    PortableMath.sigmoid(z * (Vector(repeating: 1.595_769_12) + Vector(repeating: 0.071_354_816) * (z * z)))
  }

  static let silu: Kernels.Elementwise = { count, preActivations, outputs, _ in
    map(count, preActivations, outputs) { z in PortableMath.vanishingProduct(z, PortableMath.sigmoid(z)) }
  }

  static let siluGradient: Kernels.ElementwiseGradient = { count, preActivations, _, delta, _ in
    combine(count, preActivations, delta) { z, d in
      let share = PortableMath.sigmoid(z)
      return d * (share + PortableMath.vanishingProduct(z, share * (1 - share)))
    }
  }

  static let softplus: Kernels.Elementwise = { count, preActivations, outputs, _ in
    map(count, preActivations, outputs) { z in PortableMath.softplus(z) }
  }

  static let softplusGradient: Kernels.ElementwiseGradient = { count, preActivations, _, delta, _ in
    combine(count, preActivations, delta) { z, d in d * PortableMath.sigmoid(z) }
  }

  static let softsign: Kernels.Elementwise = { count, preActivations, outputs, _ in
    map(count, preActivations, outputs) { z in
      let one = Vector(repeating: 1)
      let value = z / (one + z.replacing(with: -z, where: z .< 0))
      return value.replacing(with: one, where: z .> 1e30).replacing(with: -one, where: z .< -1e30)
    }
  }

  static let softsignGradient: Kernels.ElementwiseGradient = { count, preActivations, _, delta, _ in
    combine(count, preActivations, delta) { z, d in
      let share = 1 / (1 + z.replacing(with: -z, where: z .< 0))
      return d * (share * share)
    }
  }

  static let hardSigmoid: Kernels.Elementwise = { count, preActivations, outputs, _ in
    map(count, preActivations, outputs) { z in
      let one = Vector(repeating: 1)
      let value = z * Vector(repeating: 1.0 / 6) + Vector(repeating: 0.5)
      return value.replacing(with: 0, where: z .<= -3).replacing(with: one, where: z .>= 3)
    }
  }

  static let hardSigmoidGradient: Kernels.ElementwiseGradient = { count, preActivations, _, delta, _ in
    combine(count, preActivations, delta) { z, d in
      (d * Vector(repeating: 1.0 / 6)).replacing(with: 0, where: (z .<= -3) .| (z .>= 3))
    }
  }
}

/// The two constants of Klambauer et al. 2017 that preserve mean 0 and variance 1.
enum SELU {
  static let depth: Float = 1.673_263_24
  static let scale: Float = 1.050_700_99
}

/// The activations and their derivatives, four values at a time. The last few values go through the same vector code.
enum PortableActivation {
  /// outputs[i] = function(values[i])
  @inline(__always)
  static func map(
    _ count: Int, _ values: UnsafePointer<Float>, _ outputs: UnsafeMutablePointer<Float>,
    _ function: (SIMD4<Float>) -> SIMD4<Float>
  ) {
    // Calling `function` in only one place makes the compiler inline it.
    var i = 0
    while i < count {
      let rest = count &- i
      outputs.store(function(values.vector(at: i, count: rest)), at: i, count: rest)
      i &+= 4
    }
  }

  /// delta[i] = function(values[i], delta[i])
  @inline(__always)
  static func combine(
    _ count: Int, _ values: UnsafePointer<Float>, _ delta: UnsafeMutablePointer<Float>,
    _ function: (SIMD4<Float>, SIMD4<Float>) -> SIMD4<Float>
  ) {
    var i = 0
    while i < count {
      let rest = count &- i
      delta.store(function(values.vector(at: i, count: rest), delta.vector(at: i, count: rest)), at: i, count: rest)
      i &+= 4
    }
  }

  static let relu: Kernels.Elementwise = { count, preActivations, outputs, _ in
    map(count, preActivations, outputs) { z in z.replacing(with: 0, where: z .< 0) }
  }

  static let reluGradient: Kernels.ElementwiseGradient = { count, preActivations, _, delta, _ in
    combine(count, preActivations, delta) { z, d in d.replacing(with: 0, where: z .<= 0) }
  }

  static let leakyReLU: Kernels.Elementwise = { count, preActivations, outputs, slope in
    map(count, preActivations, outputs) { z in (z * slope).replacing(with: z, where: z .> 0) }
  }

  static let leakyReLUGradient: Kernels.ElementwiseGradient = { count, preActivations, _, delta, slope in
    combine(count, preActivations, delta) { z, d in d.replacing(with: d * slope, where: z .<= 0) }
  }

  static let sigmoid: Kernels.Elementwise = { count, preActivations, outputs, _ in
    map(count, preActivations, outputs) { z in PortableMath.sigmoid(z) }
  }

  static let sigmoidGradient: Kernels.ElementwiseGradient = { count, _, outputs, delta, _ in
    combine(count, outputs, delta) { a, d in d * (a * (1 - a)) }
  }

  static let tanh: Kernels.Elementwise = { count, preActivations, outputs, _ in
    map(count, preActivations, outputs) { z in PortableMath.tanh(z) }
  }

  static let tanhGradient: Kernels.ElementwiseGradient = { count, _, outputs, delta, _ in
    combine(count, outputs, delta) { a, d in d * (1 - a * a) }
  }
}

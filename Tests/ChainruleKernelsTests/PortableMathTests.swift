import ChainruleKernels
import Foundation
import Testing

/// The elementary functions against the C library's in double precision.
struct PortableMathTests {
  /// One float in 251, over all bit patterns: about 17 million values, every exponent, both signs.
  private func largestError(
    step: UInt32 = 251, _ found: (Float) -> Float, _ expected: (Double) -> Double,
    where isInRange: (Float) -> Bool = { _ in true }
  ) -> (ulps: Double, at: Float) {
    var worst = (ulps: 0.0, at: Float(0))
    var bits: UInt32 = 0
    while true {
      let x = Float(bitPattern: bits)
      if !x.isNaN && isInRange(x) {
        let e = expected(Double(x))
        let f = found(x)
        let rounded = Float(e)
        if rounded.isInfinite || f.isInfinite || f.isNaN {
          if rounded != f, Float(e * (1 + 2e-7)) != f { worst = (.infinity, x) }
        } else {
          // Below the normal numbers, a unit is the smallest number.
          let unit = Double(max(rounded.magnitude, .leastNormalMagnitude).ulp)
          let ulps = abs(Double(f) - e) / unit
          if ulps > worst.ulps { worst = (ulps, x) }
        }
      }
      let (next, overflows) = bits.addingReportingOverflow(step)
      if overflows { return worst }
      bits = next
    }
  }

  @Test func exponential() {
    let worst = largestError({ PortableMath.exp($0) }, { Foundation.exp($0) })
    #expect(worst.ulps <= 2, "\(worst)")
    #expect(PortableMath.exp(Float.nan).isNaN)
    #expect(PortableMath.exp(Float.infinity) == .infinity && PortableMath.exp(-Float.infinity) == 0)
    #expect(PortableMath.exp(Float(0)) == 1)
  }

  @Test func logarithm() {
    let worst = largestError({ PortableMath.log($0) }, { Foundation.log($0) }, where: { $0 > 0 })
    #expect(worst.ulps <= 2, "\(worst)")
    #expect(PortableMath.log(0) == -.infinity && PortableMath.log(-0.0) == -.infinity)
    #expect(PortableMath.log(-1).isNaN && PortableMath.log(.nan).isNaN && PortableMath.log(.infinity) == .infinity)
    #expect(PortableMath.log(1) == 0)
  }

  @Test func hyperbolicTangent() {
    let worst = largestError({ PortableMath.tanh($0) }, { Foundation.tanh($0) })
    #expect(worst.ulps <= 3, "\(worst)")
    #expect(PortableMath.tanh(Float.nan).isNaN)
  }

  @Test func logistic() {
    let worst = largestError({ PortableMath.sigmoid($0) }, { 1 / (1 + Foundation.exp(-$0)) })
    #expect(worst.ulps <= 3, "\(worst)")
    #expect(PortableMath.sigmoid(Float.nan).isNaN)
  }

  @Test func softplus() {
    let worst = largestError(
      { PortableMath.softplus($0) }, { max($0, 0) + Foundation.log1p(Foundation.exp(-abs($0))) })
    #expect(worst.ulps <= 4, "\(worst)")
    #expect(PortableMath.softplus(1000) == 1000 && PortableMath.softplus(-1000) == 0)
  }

  @Test func exponentialMinusOne() {
    let worst = largestError({ PortableMath.expMinusOne($0) }, { Foundation.expm1($0) })
    #expect(worst.ulps <= 3, "\(worst)")
    #expect(PortableMath.expMinusOne(Float.nan).isNaN && PortableMath.expMinusOne(-Float.infinity) == -1)
  }

  @Test func vectorSoftplus() {
    let worst = largestError(
      { PortableMath.softplus(SIMD4(repeating: $0))[0] },
      { max($0, 0) + Foundation.log1p(Foundation.exp(-abs($0))) })
    #expect(worst.ulps <= 4, "\(worst)")
    #expect(PortableMath.softplus(SIMD4(repeating: .nan))[0].isNaN)
  }

  @Test func normalDistribution() {
    // Below the normal numbers, exp itself is rounded to a few bits.
    let probability = largestError(
      { PortableMath.normalProbability($0) }, { 0.5 * Foundation.erfc(-$0 / 2.0.squareRoot()) })
    #expect(probability.ulps <= 6, "\(probability)")
    let density = largestError(
      { PortableMath.normalDensity($0) }, { Foundation.exp(-0.5 * $0 * $0) / (2 * Double.pi).squareRoot() })
    #expect(density.ulps <= 3, "\(density)")
    #expect(PortableMath.normalProbability(Float.infinity) == 1 && PortableMath.normalProbability(-Float.infinity) == 0)
    #expect(PortableMath.normalProbability(Float.nan).isNaN && PortableMath.normalDensity(Float.nan).isNaN)
  }

  @Test func logarithmOfOnePlus() {
    let worst = largestError(
      { PortableMath.logOnePlus($0) }, { Foundation.log1p($0) }, where: { $0 >= 0 && $0 <= 1e36 })
    #expect(worst.ulps <= 3, "\(worst)")
  }

  /// The activations of a table have their own vector code, with the same error bounds.
  @Test("a table's activations", arguments: [Kernels.portable, .native(threads: 1)])
  func activations(kernels: Kernels) {
    let step: UInt32 = 1_019
    let floats = stride(from: UInt64(0), through: UInt64(UInt32.max), by: Int(step)).map {
      Float(bitPattern: UInt32($0))
    }
    .filter { !$0.isNaN }
    func worst(_ entry: Kernels.Elementwise, _ expected: (Double) -> Double) -> (ulps: Double, at: Float) {
      var found = [Float](repeating: 0, count: floats.count)
      found.withUnsafeMutableBufferPointer { entry(floats.count, floats, $0.baseAddress!, 0) }
      var next = 0
      return largestError(
        step: step,
        { _ in
          next += 1
          return found[next - 1]
        }, expected)
    }
    let tanh = worst(kernels.tanh) { Foundation.tanh($0) }
    #expect(tanh.ulps <= 3, "\(tanh)")
    let sigmoid = worst(kernels.sigmoid) { 1 / (1 + Foundation.exp(-$0)) }
    #expect(sigmoid.ulps <= 3, "\(sigmoid)")
    let softplus = worst(kernels.softplus) { max($0, 0) + Foundation.log1p(Foundation.exp(-abs($0))) }
    #expect(softplus.ulps <= 4, "\(softplus)")
    // The exponential, as softmax of (z, 0) uses it.
    let pair: Kernels.Elementwise = { count, z, a, _ in
      var rows = [Float](repeating: 0, count: 2 * count)
      for i in 0..<count { rows[2 * i] = z[i].isInfinite ? (z[i] < 0 ? -1e30 : 1e30) : z[i] }
      let logits = rows
      rows.withUnsafeMutableBufferPointer { kernels.softmax(count, 2, logits, $0.baseAddress!) }
      for i in 0..<count { a[i] = rows[2 * i] }
    }
    let share = worst(pair) { 1 / (1 + Foundation.exp(-$0)) }
    #expect(share.ulps <= 4, "\(share)")
  }

  /// Derivatives computed from an output near 1 have its rounding error: see ``Kernels/tanhGradient``.
  @Test(
    "a table's derivatives of tanh, the logistic function and softplus",
    arguments: [Kernels.reference, .portable, .native(threads: 1)])
  func derivatives(kernels: Kernels) {
    let z =
      (0...40_000).map { Float($0 - 20_000) / 190 } + [
        .leastNonzeroMagnitude, -Float.leastNormalMagnitude / 64, 1e-30, 1e30, -1e30,
      ]
    func derivative(_ function: Kernels.Elementwise, _ gradient: Kernels.ElementwiseGradient) -> [Double] {
      var a = z
      var delta = [Float](repeating: 1, count: z.count)
      a.withUnsafeMutableBufferPointer { function(z.count, z, $0.baseAddress!, 0) }
      delta.withUnsafeMutableBufferPointer { gradient(z.count, z, a, $0.baseAddress!, 0) }
      return delta.map(Double.init)
    }
    /// 1 / (1 + e⁻ᶻ) times its distance to 1.
    func slope(_ z: Double) -> Double { 1 / (1 + exp(-abs(z))) / (1 + exp(abs(z))) }
    let tanh = derivative(kernels.tanh, kernels.tanhGradient)
    let sigmoid = derivative(kernels.sigmoid, kernels.sigmoidGradient)
    let softplus = derivative(kernels.softplus, kernels.softplusGradient)
    for i in z.indices {
      let x = Double(z[i])
      #expect(abs(tanh[i] - 4 * slope(2 * x)) <= 4e-7, "\(x)")
      #expect(abs(sigmoid[i] - slope(x)) <= (x < 0 ? 1e-6 * slope(x) + 4e-45 : 1e-7), "\(x)")
      let share = 1 / (1 + exp(-x))
      #expect(abs(softplus[i] - share) <= 1e-6 * share + 4e-45, "\(x)")
    }
    // The slope is 0 where the output rounds to 1, and only there.
    #expect(zip(z, tanh).allSatisfy { abs($0) > 8.2 ? abs($0) < 9.1 || $1 == 0 : $1 > 0 })
    #expect(zip(z, sigmoid).allSatisfy { $0 > 16 ? $0 < 18 || $1 == 0 : $1 > 0 || $0 < -103 })
  }
}

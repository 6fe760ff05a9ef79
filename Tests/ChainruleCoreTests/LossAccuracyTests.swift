import ChainruleCore
import ChainruleKernels
import Foundation
import Testing

/// Losses and their gradients against the formulas in double precision, over all magnitudes. We compare relative
/// errors: every digit of a small loss must be right too, or training stops too early.
struct LossAccuracyTests {
  /// From subnormal to far beyond where the exponential overflows, both signs.
  static let logits: [Float] = {
    let sizes =
      [0, .leastNonzeroMagnitude, .leastNormalMagnitude / 64, 1e-30, 1e-10, 1e-4, 0.01]
      + (1...280).map { 0.375 * Float($0) } + [1e4, 1e10, 1e30]
    return sizes + sizes.map { -$0 }
  }()

  /// Probabilities, including those nearest to 0 and to 1.
  static let probabilities: [Float] = [0, 1, 0.5, 0.25, 0.9, 1e-30, 1e-6, 1 - 0x1p-24]

  /// A network whose last layer outputs only its biases, which are the logits. All other gradients are 0.
  private func makeNetwork(_ columns: Int, _ activation: Activation) throws -> Network {
    Network(try Schema(inputs: 1, layers: [.init(columns, activation)]), initializer: .zeros)
  }

  /// The loss of one sample with these logits, and its derivatives with respect to them.
  private func differentiate(
    _ step: TrainingStep, _ network: inout Network, _ logits: [Float], _ targets: [Float]
  ) throws -> (value: Float, gradient: [Float]) {
    network.setBiases(logits, ofLayer: 0)
    let value = try step.differentiate(network, inputs: [0], targets: targets, rows: 1)
    return (value, step.biasGradients(ofLayer: 0))
  }

  /// Whether a number is within the relative error, or within a few units of the smallest number.
  private func agree(_ found: Float, _ expected: Double, within error: Double, of size: Double? = nil) -> Bool {
    abs(Double(found) - expected) <= error * (size ?? abs(expected)) + 4e-45
  }

  private func logOnePlusExp(_ z: Double) -> Double { max(z, 0) + log1p(exp(-abs(z))) }
  private func sigmoid(_ z: Double) -> Double { 1 / (1 + exp(-z)) }

  // MARK: Cross-entropies

  @Test("binary cross-entropy is right in both tails", arguments: tables, [0, 1e-6, 0.125] as [Float])
  func binaryCrossEntropy(kernels: Kernels, smoothing: Float) throws {
    let loss = Loss.binaryCrossEntropy(smoothing: smoothing)
    var one = try makeNetwork(1, .sigmoid)
    let single = TrainingStep(schema: one.schema, loss: loss, batchCapacity: 1, kernels: kernels)
    // All logits as columns of one sample run through other loops than samples with one column.
    let count = Self.logits.count
    var all = try makeNetwork(count, .sigmoid)
    let wide = TrainingStep(schema: all.schema, loss: loss, batchCapacity: 1, kernels: kernels)
    for y in Self.probabilities {
      let wideGradient = try differentiate(wide, &all, Self.logits, [Float](repeating: y, count: count)).gradient
      for (index, z) in Self.logits.enumerated() {
        let share = Double(y) * (1 - Double(smoothing)) + Double(smoothing) / 2
        let value = share * logOnePlusExp(-Double(z)) + (1 - share) * logOnePlusExp(Double(z))
        let (found, gradients) = try differentiate(single, &one, [z], [y])
        #expect(agree(found, value, within: 1e-6), "\(y), \(z): \(found), \(value)")
        // σ(z) (1 − y) − σ(−z) y: the subtracted term is small where the gradient is, or equal up to rounding.
        let (up, down) = (sigmoid(Double(z)) * (1 - share), sigmoid(-Double(z)) * share)
        let isCertain = smoothing == 0 && (y == 0 || y == 1)
        let size = isCertain ? abs(up - down) : min(sigmoid(-abs(Double(z))) + (z > 0 ? 1 - share : share), 1)
        for gradient in [gradients[0], wideGradient[index]] {
          #expect(agree(gradient, up - down, within: 1e-6, of: size), "\(y), \(z): \(gradient), \(up - down)")
        }
      }
    }
  }

  @Test("a certain and right answer still has a gradient", arguments: tables)
  func sureAnswers(kernels: Kernels) throws {
    var network = try makeNetwork(1, .sigmoid)
    let step = TrainingStep(schema: network.schema, loss: .binaryCrossEntropy, batchCapacity: 1, kernels: kernels)
    for (z, y) in [(30, 1), (-30, 0)] as [(Float, Float)] {
      let (loss, gradient) = try differentiate(step, &network, [z], [y])
      #expect(agree(loss, 9.3576229688393e-14, within: 1e-6))
      #expect(agree(gradient[0] * (y == 1 ? -1 : 1), 9.3576229688393e-14, within: 1e-6))
    }
  }

  /// Each logit is combined with two others. Its distance from the largest is rounded once, and its exponential has
  /// that error times the distance.
  @Test("cross-entropy is right in all tails", arguments: tables, [0, 0.125] as [Float])
  func crossEntropy(kernels: Kernels, smoothing: Float) throws {
    let loss = Loss.crossEntropy(smoothing: smoothing)
    var network = try makeNetwork(3, .softmax)
    let step = TrainingStep(schema: network.schema, loss: loss, batchCapacity: 1, kernels: kernels)
    let targets: [[Float]] = [[1, 0, 0], [0, 1, 0], [0.25, 0.5, 0.25], [0, 0.75, 0.25]]
    for y in targets {
      for z in Self.logits {
        let row = [z, 0.5, -0.3 * z]
        let (found, gradient) = try differentiate(step, &network, row, y)
        let logits = row.map(Double.init)
        let highest = logits.max()!
        let top = logits.firstIndex(of: highest)!
        let shares = y.map { Double($0) * (1 - Double(smoothing)) + Double(smoothing) / 3 }
        let powers = logits.map { exp($0 - highest) }
        // Without the largest term, which is 1.
        let rest = powers.enumerated().reduce(0) { $0 + ($1.offset == top ? 0 : $1.element) }
        let value = (0..<3).reduce(0) { $0 + shares[$1] * (log1p(rest) + (highest - logits[$1])) }
        let error = 1e-6 + 0x1p-23 * min(highest - logits.min()!, 104)
        #expect(agree(found, value, within: error), "\(y), \(row): \(found), \(value)")
        for i in 0..<3 {
          let left = 1 - shares[i]
          let others = (0..<3).reduce(0) { $0 + ($1 == i ? 0 : powers[$1] / (1 + rest)) }
          let up = powers[i] / (1 + rest) * left
          let down = others * shares[i]
          let size = min(up, down) < 1e-9 * max(up, down) ? max(up, down) : up + down
          #expect(agree(gradient[i], up - down, within: error, of: size), "\(y), \(row): \(gradient[i]), \(up - down)")
        }
      }
    }
  }

  // MARK: Losses of numbers

  /// A loss of the output and the target, and its derivative with respect to the output.
  private typealias Formula = (_ output: Double, _ target: Double) -> (value: Double, slope: Double)

  @Test("losses of numbers", arguments: tables)
  func numbers(kernels: Kernels) throws {
    // log cosh d = log(1 + 2 sinh²(d/2)), as long as that's finite.
    let logCosh: Formula = { output, target in
      let d = abs(output - target)
      let half = sinh(min(d, 500) / 2)
      return (d > 500 ? d - log(2) : log1p(2 * half * half), tanh(output - target))
    }
    try check(.logCosh, kernels, logCosh)
    try check(.squaredError, kernels) { o, y in ((o - y) * (o - y), 2 * (o - y)) }
    try check(.meanSquaredError, kernels) { o, y in ((o - y) * (o - y), 2 * (o - y)) }
    try check(.meanAbsoluteError, kernels) { o, y in (abs(o - y), o == y ? 0 : o > y ? 1 : -1) }
    try check(.huber(threshold: 0.7), kernels) { o, y in
      let (d, threshold) = (abs(o - y), Double(0.7 as Float))
      let value = d <= threshold ? d * d / 2 : threshold * (d - threshold / 2)
      return (value, max(-threshold, min(threshold, o - y)))
    }
    try check(.quantile(0.9), kernels) { o, y in
      let q = Double(0.9 as Float)
      return (max((1 - q) * (o - y), q * (y - o)), o == y ? 0 : o > y ? 1 - q : -q)
    }
    try check(.hinge, kernels) { o, y in
      let sign: Double = y > 0 ? 1 : -1
      return (max(0, 1 - sign * o), sign * o < 1 ? -sign : 0)
    }
  }

  private func check(_ loss: Loss, _ kernels: Kernels, _ formula: Formula) throws {
    var network = try makeNetwork(1, .linear)
    let step = TrainingStep(schema: network.schema, loss: loss, batchCapacity: 1, kernels: kernels)
    for target in [0, 1, -1, 0.3, 1e-20, 250] as [Float] {
      for output in Self.logits + [target + 0.1, target + 0.999, target + 1.001] {
        let (value, slope) = formula(Double(output), Double(target))
        // Every step refuses squares that overflow.
        if value > Double(Float.greatestFiniteMagnitude) { continue }
        let (found, gradient) = try differentiate(step, &network, [output], [target])
        #expect(agree(found, value, within: 1e-6), "\(loss), \(target), \(output): \(found), \(value)")
        #expect(agree(gradient[0], slope, within: 1e-6), "\(loss), \(target), \(output): \(gradient[0]), \(slope)")
      }
    }
  }

  /// eᶻ − y z has zeros, as does eᶻ − y at the best z. Near them, the error is that of the two terms.
  @Test("Poisson's loss", arguments: tables)
  func poisson(kernels: Kernels) throws {
    var network = try makeNetwork(1, .linear)
    let step = TrainingStep(schema: network.schema, loss: .poisson, batchCapacity: 1, kernels: kernels)
    for target in [0, 1, 2, 7, 1e6] as [Float] {
      for output in Self.logits where output < 43 && output > -1e10 {
        let (z, y) = (Double(output), Double(target))
        let (found, gradient) = try differentiate(step, &network, [output], [target])
        #expect(agree(found, exp(z) - y * z, within: 1e-6, of: exp(z) + abs(y * z)), "\(y), \(z): \(found)")
        #expect(agree(gradient[0], exp(z) - y, within: 1e-6, of: max(exp(z), y)), "\(y), \(z): \(gradient)")
      }
    }
  }
}

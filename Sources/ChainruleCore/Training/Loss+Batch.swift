import ChainruleKernels

/// What a loss is computed from. The pointers are valid while the workspace they point into is.
struct LossBatch {
  let rows: Int
  let columns: Int
  let preActivations: UnsafePointer<Float>
  let outputs: UnsafePointer<Float>
  let targets: UnsafePointer<Float>
  /// One for each row; all 1 if there are none.
  let weights: UnsafePointer<Float>?

  func weight(_ row: Int) -> Float {
    guard let weights else { return 1 }
    return weights[row]
  }
}

extension Loss {
  /// The sum of the weights of so many rows.
  static func totalWeight(_ weights: UnsafePointer<Float>?, rows: Int) -> Float {
    guard let weights else { return Float(rows) }
    var total: Float = 0
    for row in 0..<rows { total += weights[row] }
    return total
  }

  /// The weighted sum of the rows' losses. `terms` is memory for a number for each output; the loops are those of a table.
  func sum(
    _ batch: LossBatch, terms: UnsafeMutablePointer<Float>, squaredDistance: Kernels.Distance,
    softplus: Kernels.Elementwise
  ) -> Float {
    let columns = batch.columns
    let count = batch.rows * columns
    var total: Float = 0
    switch kind {
    case .squaredError where batch.weights == nil, .meanSquaredError where batch.weights == nil:
      total = squaredDistance(count, batch.outputs, batch.targets)
    case .crossEntropy:
      for row in 0..<batch.rows { total += batch.weight(row) * crossEntropy(batch, row) }
    default:
      if case .binaryCrossEntropy = kind { softplus(count, batch.preActivations, terms, 0) }
      for row in 0..<batch.rows {
        var sum: Float = 0
        for i in (row * columns)..<((row + 1) * columns) { sum += term(batch, i, softplus: terms) }
        total += batch.weight(row) * sum
      }
    }
    return isMeanOfOutputs ? total / Float(columns) : total
  }

  /// Writes the derivative of the batch's mean loss, by the outputs or by the pre-activations (``includesActivation``).
  /// `totalWeight` is that of the whole batch, of which these may be some rows.
  func delta(_ batch: LossBatch, totalWeight total: Float, into delta: UnsafeMutablePointer<Float>) {
    let columns = batch.columns
    // Samples that all weigh nothing say nothing.
    let share = total == 0 ? 0 : 1 / (isMeanOfOutputs ? total * Float(columns) : total)
    let (smoothingScale, smoothingShift) = smoothing(outputs: columns)
    if let slope = slopeOfDifference, batch.weights == nil {
      let scale = slope * share
      for i in 0..<(batch.rows * columns) {
        delta[i] = scale * (batch.outputs[i] - (batch.targets[i] * smoothingScale + smoothingShift))
      }
      return
    }
    for row in 0..<batch.rows {
      let scale = batch.weight(row) * share
      let start = row * columns
      if case .crossEntropy = kind {
        var targetSum: Float = 0
        for i in start..<(start + columns) { targetSum += batch.targets[i] * smoothingScale + smoothingShift }
        for i in start..<(start + columns) {
          delta[i] = (batch.outputs[i] * targetSum - (batch.targets[i] * smoothingScale + smoothingShift)) * scale
        }
        continue
      }
      for i in start..<(start + columns) {
        let y = batch.targets[i] * smoothingScale + smoothingShift
        let difference = batch.outputs[i] - y
        let slope: Float =
          switch kind {
          case .squaredError, .meanSquaredError: 2 * difference
          case .meanAbsoluteError: Loss.sign(difference)
          case .huber(let threshold):
            difference > threshold ? threshold : difference < -threshold ? -threshold : difference
          case .quantile(let q): difference > 0 ? 1 - q : difference < 0 ? -q : 0
          case .logCosh: PortableMath.tanh(difference)
          case .poisson: PortableMath.exp(batch.outputs[i]) - y
          case .hinge: Loss.hingeSign(y) * batch.outputs[i] < 1 ? -Loss.hingeSign(y) : 0
          case .binaryCrossEntropy, .crossEntropy: difference
          }
        delta[i] = slope * scale
      }
    }
  }

  /// What the difference between output and target is multiplied by, if that is all there is to the derivative.
  private var slopeOfDifference: Float? {
    switch kind {
    case .squaredError, .meanSquaredError: 2
    case .binaryCrossEntropy: 1
    default: nil
    }
  }

  /// Whether a sample's loss is a mean over the outputs, and not a sum.
  var isMeanOfOutputs: Bool {
    switch kind {
    case .squaredError, .binaryCrossEntropy, .crossEntropy: false
    default: true
    }
  }

  private static func sign(_ value: Float) -> Float { value > 0 ? 1 : value < 0 ? -1 : 0 }
  private static func hingeSign(_ target: Float) -> Float { target > 0 ? 1 : -1 }

  /// What one output adds to the loss; `softplus` has log(1 + eᶻ) of each for the loss that wants it.
  @inline(__always)
  private func term(_ batch: LossBatch, _ i: Int, softplus: UnsafePointer<Float>) -> Float {
    let y = batch.targets[i]
    let output = batch.outputs[i]
    let difference = output - y
    switch kind {
    case .squaredError, .meanSquaredError: return difference * difference
    case .meanAbsoluteError: return difference.magnitude
    case .huber(let threshold):
      let distance = difference.magnitude
      return distance <= threshold ? 0.5 * difference * difference : threshold * (distance - 0.5 * threshold)
    case .quantile(let q): return difference > 0 ? (1 - q) * difference : -q * difference
    case .logCosh:
      // log cosh d = |d| + log(1 + e^−2|d|) − log 2; near zero that would cancel, and d²/2 − d⁴/12 is exact.
      let distance = difference.magnitude
      if distance < 0.1 {
        let square = difference * difference
        return square * (0.5 - square * (1 / 12 as Float - square * (1 / 45)))
      }
      return distance + PortableMath.softplus(-2 * distance) - 0.693_147_18
    case .poisson: return PortableMath.exp(output) - y * output
    case .hinge:
      let margin = 1 - Loss.hingeSign(y) * output
      return margin > 0 ? margin : 0
    case .binaryCrossEntropy(let smoothing):
      let z = batch.preActivations[i]
      return softplus[i] - (y * (1 - smoothing) + smoothing / 2) * z
    case .crossEntropy: return 0
    }
  }

  /// The cross-entropy of one row: log Σ eᶻ − z where the target is 1. The softmax of the largest logit is 1 / Σ e^(z − max z),
  /// so that the outputs know the sum.
  private func crossEntropy(_ batch: LossBatch, _ row: Int) -> Float {
    let columns = batch.columns
    let z = batch.preActivations + row * columns
    let y = batch.targets + row * columns
    let (scale, shift) = smoothing(outputs: columns)
    var largest = 0
    for column in 0..<columns where z[column] > z[largest] { largest = column }
    let logarithm = -PortableMath.log(batch.outputs[row * columns + largest])
    var sum: Float = 0
    // Differences from the largest logit first: the small ones keep their digits.
    for column in 0..<columns { sum += (y[column] * scale + shift) * (logarithm - (z[column] - z[largest])) }
    return sum
  }
}

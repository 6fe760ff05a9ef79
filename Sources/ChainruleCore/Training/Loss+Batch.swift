import ChainruleKernels

/// What a loss is computed from. The pointers are valid as long as their workspace.
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
  /// The sum of the weights of `rows` rows.
  static func totalWeight(_ weights: UnsafePointer<Float>?, rows: Int) -> Float {
    guard let weights else { return Float(rows) }
    var total: Float = 0
    for row in 0..<rows { total += weights[row] }
    return total
  }

  /// The weighted sum of the rows' losses. `terms` has room for one number per output.
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
      if isBinaryCrossEntropy { mapTails(batch, terms, softplus) }
      for row in 0..<batch.rows {
        var sum: Float = 0
        for i in (row * columns)..<((row + 1) * columns) { sum += term(batch, i, softplus: terms) }
        total += batch.weight(row) * sum
      }
    }
    return isMeanOfOutputs ? total / Float(columns) : total
  }

  /// Writes the derivative of the batch's mean loss, with respect to the outputs or the pre-activations
  /// (``includesActivation``). `totalWeight` is that of the whole batch, even if these are only some of its rows.
  func delta(
    _ batch: LossBatch, totalWeight total: Float, sigmoid: Kernels.Elementwise, into delta: UnsafeMutablePointer<Float>
  ) {
    let columns = batch.columns
    // If all weights are 0, so is the derivative.
    let share = total == 0 ? 0 : 1 / (isMeanOfOutputs ? total * Float(columns) : total)
    if squaresDifference, batch.weights == nil {
      let scale = 2 * share
      for i in 0..<(batch.rows * columns) { delta[i] = scale * (batch.outputs[i] - batch.targets[i]) }
      return
    }
    if isBinaryCrossEntropy { mapTails(batch, delta, sigmoid) }
    let (smoothingScale, smoothingShift) = smoothing(outputs: columns)
    for row in 0..<batch.rows {
      let scale = batch.weight(row) * share
      let start = row * columns
      if case .crossEntropy = kind {
        crossEntropyDelta(batch, start..<(start + columns), scale: scale, into: delta)
        continue
      }
      for i in start..<(start + columns) {
        let y = batch.targets[i]
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
          case .binaryCrossEntropy, .crossEntropy:
            // σ(z) − y, or (1 − y) − σ(−z): whichever subtracts small numbers.
            batch.preActivations[i] > 0
              ? (1 - y) * smoothingScale + smoothingShift - delta[i] : delta[i] - (y * smoothingScale + smoothingShift)
          }
        delta[i] = slope * scale
      }
    }
  }

  /// Writes a function of −|z|, the logit of the less probable answer, for each output. There, the logistic function
  /// and softplus are small and accurate; near 1, the distance to 1 would lose its digits.
  private func mapTails(
    _ batch: LossBatch, _ tails: UnsafeMutablePointer<Float>, _ function: Kernels.Elementwise
  ) {
    let count = batch.rows * batch.columns
    for i in 0..<count { tails[i] = -batch.preActivations[i].magnitude }
    function(count, tails, tails, 0)
  }

  /// Writes a row's derivative with respect to the logits: ŷ Σ y − y.
  private func crossEntropyDelta(
    _ batch: LossBatch, _ row: Range<Int>, scale weight: Float, into delta: UnsafeMutablePointer<Float>
  ) {
    let (scale, shift) = smoothing(outputs: row.count)
    var targetSum: Float = 0
    for i in row { targetSum += batch.targets[i] * scale + shift }
    for i in row {
      let output = batch.outputs[i]
      let y = batch.targets[i] * scale + shift
      var slope = output * targetSum - y
      if output > 0.5 {
        // Near 1, the difference would lose its digits, so take 1 − ŷ as the sum of the other outputs.
        var others: Float = 0
        var otherTargets: Float = 0
        for j in row where j != i {
          others += batch.outputs[j]
          otherTargets += batch.targets[j] * scale + shift
        }
        slope = output * otherTargets - y * others
      }
      delta[i] = slope * weight
    }
  }

  /// Whether the loss is a sum or mean of squared differences.
  private var squaresDifference: Bool {
    switch kind {
    case .squaredError, .meanSquaredError: true
    default: false
    }
  }

  /// Whether a sample's loss is a mean over the outputs, rather than a sum.
  var isMeanOfOutputs: Bool {
    switch kind {
    case .squaredError, .binaryCrossEntropy, .crossEntropy: false
    default: true
    }
  }

  private static func sign(_ value: Float) -> Float { value > 0 ? 1 : value < 0 ? -1 : 0 }
  private static func hingeSign(_ target: Float) -> Float { target > 0 ? 1 : -1 }

  /// One output's part of the loss. `softplus` has log(1 + e^−|z|) for each output, for the losses that need it.
  @inline(__always)
  private func term(_ batch: LossBatch, _ i: Int, softplus: UnsafePointer<Float>) -> Float {
    let y = batch.targets[i]
    let output = batch.outputs[i]
    let difference = output - y
    let distance = difference.magnitude
    switch kind {
    case .squaredError, .meanSquaredError: return difference * difference
    case .meanAbsoluteError: return distance
    case .huber(let threshold):
      return distance <= threshold ? 0.5 * difference * difference : threshold * (distance - 0.5 * threshold)
    case .quantile(let q): return difference > 0 ? (1 - q) * difference : -q * difference
    case .logCosh: return Loss.logCosh(distance)
    case .poisson: return PortableMath.exp(output) - y * output
    case .hinge:
      let margin = 1 - Loss.hingeSign(y) * output
      return margin > 0 ? margin : 0
    case .binaryCrossEntropy(let smoothing):
      // −log of the more probable answer's probability, plus |z| times the target's share of the other answer. No term
      // is negative, so nothing cancels.
      let z = batch.preActivations[i]
      return softplus[i] + ((z > 0 ? 1 - y : y) * (1 - smoothing) + smoothing / 2) * z.magnitude
    case .crossEntropy: return 0
    }
  }

  /// log cosh of a number that isn't negative. Up to 1, it's d² times a polynomial in d², fitted for the smallest
  /// relative error (7.5e-9). Beyond 1, it's d + log(1 + e^−2d) − log 2, whose terms would cancel near zero.
  private static func logCosh(_ d: Float) -> Float {
    if d > 1 { return d + PortableMath.softplus(-2 * d) - 0.693_147_18 }
    let square = d * d
    var p: Float = 8.780_590_3e-5
    p = p * square - 5.602_165_2e-4
    p = p * square + 2.082_297_4e-3
    p = p * square - 6.713_375_6e-3
    p = p * square + 2.221_741_7e-2
    p = p * square - 8.333_309_5e-2
    return square * (p * square + 0.5)
  }

  /// The cross-entropy of one row: log Σ eᶻ − z where the target is 1. Divided by the largest eᶻ, the sum is 1 plus a
  /// rest, which comes from the softmax's outputs, so a small rest keeps its digits.
  private func crossEntropy(_ batch: LossBatch, _ row: Int) -> Float {
    let columns = batch.columns
    let z = batch.preActivations + row * columns
    let a = batch.outputs + row * columns
    let y = batch.targets + row * columns
    let (scale, shift) = smoothing(outputs: columns)
    var largest = 0
    for column in 0..<columns where z[column] > z[largest] { largest = column }
    var rest: Float = 0
    for column in 0..<columns where column != largest { rest += a[column] }
    let logarithm = PortableMath.logOnePlus(rest / a[largest])
    var sum: Float = 0
    // Subtract from the largest logit first: small differences keep their digits.
    for column in 0..<columns { sum += (y[column] * scale + shift) * (logarithm - (z[column] - z[largest])) }
    return sum
  }
}

/// A network's forward pass and loss in `Double`, sample by sample, straight from the formulas. It checks the fast
/// engine, and shares no code with it.
struct ReferenceNetwork {
  let schema: Schema
  let slices: [LayerSlice]
  var parameters: [Double]
  /// For each layer, the factors by which dropout multiplies each value, (rows, values); empty if nothing is dropped.
  var masks: [[Double]]

  init(_ network: Network) {
    schema = network.schema
    slices = network.slices
    parameters = []
    for value in network.parameters { parameters.append(Double(value)) }
    masks = [[Double]](repeating: [], count: network.slices.count)
  }

  /// Draws dropout's masks as a training step does.
  mutating func drop(rows: Int, random: RandomSource) {
    var random = random
    for (index, slice) in slices.enumerated() {
      guard case .dropout(let rate) = slice.kind else { continue }
      masks[index] = []
      for _ in 0..<(rows * slice.outputs) {
        masks[index].append(random.uniform() < rate ? 0 : Double(1 / (1 - rate)))
      }
    }
  }

  /// The loss of a batch plus the penalties, which training minimizes.
  func loss(_ loss: Loss, on data: Dataset, regularizer: Regularizer) -> Double {
    var rows: [[Double]] = []
    for row in 0..<data.count {
      var values: [Double] = []
      for i in 0..<data.inputCount { values.append(Double(data.inputs[row * data.inputCount + i])) }
      rows.append(values)
    }
    var logits = rows
    for (index, slice) in slices.enumerated() {
      logits = sums(slice, masks[index], rows)
      rows = []
      for z in logits { rows.append(ReferenceNetwork.activate(slice.activation, z)) }
    }
    var total: Double = 0
    var totalWeight: Double = 0
    for row in 0..<data.count {
      var y: [Double] = []
      for i in 0..<data.targetCount { y.append(Double(data.targets[row * data.targetCount + i])) }
      var weight: Double = 1
      if let weights = data.weights { weight = Double(weights[row]) }
      total += weight * ReferenceNetwork.loss(loss, logits: logits[row], outputs: rows[row], targets: y)
      totalWeight += weight
    }
    return (totalWeight == 0 ? 0 : total / totalWeight) + penalty(regularizer)
  }

  private func penalty(_ regularizer: Regularizer) -> Double {
    var sum: Double = 0
    for slice in slices where slice.kind == .dense {
      for i in slice.weights {
        let weight = parameters[i]
        sum += Double(regularizer.l2) * weight * weight + Double(regularizer.l1) * weight.magnitude
      }
    }
    return sum
  }

  /// A layer's pre-activations for all rows.
  private func sums(_ slice: LayerSlice, _ mask: [Double], _ rows: [[Double]]) -> [[Double]] {
    var result: [[Double]] = []
    switch slice.kind {
    case .dense:
      for row in rows {
        var values: [Double] = []
        for output in 0..<slice.outputs {
          var sum = parameters[slice.biases.lowerBound + output]
          for input in 0..<slice.inputs {
            sum += row[input] * parameters[slice.weights.lowerBound + input * slice.outputs + output]
          }
          values.append(sum)
        }
        result.append(values)
      }
    case .layerNormalization:
      for row in rows {
        var values = ReferenceNetwork.standardized(row)
        for i in values.indices { values[i] = scaled(values[i], slice, i) }
        result.append(values)
      }
    case .batchNormalization:
      result = rows
      for i in 0..<slice.outputs {
        var column: [Double] = []
        for row in rows { column.append(row[i]) }
        column = ReferenceNetwork.standardized(column)
        for row in rows.indices { result[row][i] = scaled(column[row], slice, i) }
      }
    case .dropout:
      result = rows
      if mask.isEmpty { break }
      for row in rows.indices {
        for i in 0..<slice.outputs { result[row][i] *= mask[row * slice.outputs + i] }
      }
    }
    return result
  }

  private func scaled(_ value: Double, _ slice: LayerSlice, _ i: Int) -> Double {
    parameters[slice.weights.lowerBound + i] * value + parameters[slice.biases.lowerBound + i]
  }

  private static func standardized(_ values: [Double]) -> [Double] {
    var mean: Double = 0
    for value in values { mean += value / Double(values.count) }
    var variance: Double = 0
    for value in values { variance += (value - mean) * (value - mean) / Double(values.count) }
    let deviation = (variance + Double(TrainingStep.normalizationEpsilon)).squareRoot()
    var result = values
    for i in values.indices { result[i] = (values[i] - mean) / deviation }
    return result
  }

  private static func activate(_ activation: Activation, _ z: [Double]) -> [Double] {
    var result = z
    if activation == .softmax {
      var largest = -Double.infinity
      for value in z where value > largest { largest = value }
      var sum: Double = 0
      for value in z { sum += DoubleMath.exp(value - largest) }
      for i in z.indices { result[i] = DoubleMath.exp(z[i] - largest) / sum }
    } else {
      for i in z.indices { result[i] = activate(activation, z[i]) }
    }
    return result
  }

  private static func activate(_ activation: Activation, _ z: Double) -> Double {
    switch activation {
    case .linear, .softmax: return z
    case .relu: return max(z, 0)
    case .leakyReLU(let slope): return z > 0 ? z : Double(slope) * z
    case .elu(let depth): return z > 0 ? z : Double(depth) * DoubleMath.expMinusOne(z)
    case .selu:
      let value = z > 0 ? z : 1.6732632423543772 * DoubleMath.expMinusOne(z)
      return 1.0507009873554805 * value
    case .gelu: return z * DoubleMath.normalProbability(z)
    case .geluTanh:
      return 0.5 * z * (1 + DoubleMath.tanh(0.7978845608028654 * (z + 0.044715 * z * z * z)))
    case .silu: return z / (1 + DoubleMath.exp(-z))
    case .softplus: return DoubleMath.softplus(z)
    case .softsign: return z / (1 + z.magnitude)
    case .sigmoid: return 1 / (1 + DoubleMath.exp(-z))
    case .hardSigmoid: return max(0, min(1, z / 6 + 0.5))
    case .tanh: return DoubleMath.tanh(z)
    }
  }

  private static func loss(_ loss: Loss, logits: [Double], outputs: [Double], targets: [Double]) -> Double {
    var sum: Double = 0
    let (scale, shift) = loss.smoothing(outputs: outputs.count)
    for i in outputs.indices {
      let y = targets[i] * Double(scale) + Double(shift)
      let difference = outputs[i] - y
      switch loss.kind {
      case .squaredError, .meanSquaredError: sum += difference * difference
      case .meanAbsoluteError: sum += difference.magnitude
      case .huber(let threshold):
        let delta = Double(threshold)
        sum +=
          difference.magnitude <= delta
          ? 0.5 * difference * difference : delta * (difference.magnitude - 0.5 * delta)
      case .quantile(let q): sum += max((1 - Double(q)) * difference, -Double(q) * difference)
      case .logCosh: sum += difference.magnitude + DoubleMath.softplus(-2 * difference.magnitude) - DoubleMath.log(2)
      case .poisson: sum += DoubleMath.exp(outputs[i]) - y * outputs[i]
      case .hinge: sum += max(0, 1 - (y > 0 ? 1 : -1) * outputs[i])
      case .binaryCrossEntropy: sum += DoubleMath.softplus(logits[i]) - y * logits[i]
      case .crossEntropy:
        var largest = -Double.infinity
        for z in logits where z > largest { largest = z }
        var total: Double = 0
        for z in logits { total += DoubleMath.exp(z - largest) }
        sum += y * (largest + DoubleMath.log(total) - logits[i])
      }
    }
    return loss.isMeanOfOutputs ? sum / Double(outputs.count) : sum
  }
}

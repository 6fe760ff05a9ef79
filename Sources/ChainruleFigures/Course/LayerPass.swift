import ChainruleCore
import ChainruleKernels

/// One layer of a ``DepthProbe`` on its way forward and back, in plain loops.
struct LayerPass {
  /// The activation's number in ``DepthProbe/activations``; −1 for the last layer, which has none.
  private let activation: Int
  private let kind: DepthProbe.Kind
  private let weights: [Float]
  private let inputs: Int
  private let units: Int
  /// What the layer gives, (samples, perceptrons).
  private(set) var outputs: [Double] = []
  /// f′ at each sum.
  private var slopes: [Double] = []
  /// Each sum less the mean, over the standard deviation; and 1 over that deviation for each sample.
  private var normalized: [Double] = []
  private var scales: [Double] = []

  init(weights: [Float], biases: [Float], inputs values: [Double], activation: Int, kind: DepthProbe.Kind) {
    self.activation = activation
    self.kind = activation < 0 ? .plain : kind
    self.weights = weights
    units = biases.count
    inputs = weights.count / units
    for row in 0..<DepthProbe.samples {
      var sums: [Double] = []
      for unit in 0..<units {
        var sum = Double(biases[unit])
        for i in 0..<inputs { sum += Double(weights[unit * inputs + i]) * values[row * inputs + i] }
        sums.append(sum)
      }
      if self.kind == .normalized { normalize(&sums) }
      for (unit, sum) in sums.enumerated() {
        let (value, slope) = LayerPass.activate(sum, activation)
        outputs.append(self.kind == .residual ? values[row * inputs + unit] + value : value)
        slopes.append(slope)
      }
    }
  }

  /// f and f′.
  private static func activate(_ sum: Double, _ activation: Int) -> (value: Double, slope: Double) {
    switch activation {
    case 0:
      let value = Double(PortableMath.sigmoid(Float(sum)))
      return (value, value * (1 - value))
    case 1:
      let value = Double(PortableMath.tanh(Float(sum)))
      return (value, 1 - value * value)
    case 2: return sum > 0 ? (sum, 1) : (0, 0)
    case 3: return sum > 0 ? (sum, 1) : (0.01 * sum, 0.01)
    default: return (sum, 1)
    }
  }

  private mutating func normalize(_ sums: inout [Double]) {
    var mean = 0.0
    for sum in sums { mean += sum / Double(units) }
    var variance = 0.0
    for sum in sums { variance += (sum - mean) * (sum - mean) / Double(units) }
    let scale = 1 / (variance + 1e-5).squareRoot()
    for unit in 0..<units { sums[unit] = (sums[unit] - mean) * scale }
    normalized += sums
    scales.append(scale)
  }

  /// How far the outputs for the samples lie apart.
  var spread: Float {
    var squares = 0.0
    for unit in 0..<units {
      var mean = 0.0
      for row in 0..<DepthProbe.samples { mean += outputs[row * units + unit] / Double(DepthProbe.samples) }
      for row in 0..<DepthProbe.samples {
        let distance = outputs[row * units + unit] - mean
        squares += distance * distance
      }
    }
    return Float((squares / Double(outputs.count)).squareRoot())
  }

  /// How many perceptrons give nothing for any sample: f′ is 0 for all.
  var dead: Int {
    var dead = 0
    for unit in 0..<units {
      var lives = false
      for row in 0..<DepthProbe.samples where slopes[row * units + unit] > 0 { lives = true }
      if !lives { dead += 1 }
    }
    return dead
  }

  /// Takes the derivatives of each sample's loss by the layer's outputs to those by its inputs. Returns the root mean square
  /// of δ, the derivatives by the layer's sums.
  func goBack(_ derivatives: inout [Double]) -> Float {
    var previous: [Double] = []
    var squares = 0.0
    for row in 0..<DepthProbe.samples {
      let first = row * units
      var deltas: [Double] = []
      for place in first..<(first + units) { deltas.append(derivatives[place] * slopes[place]) }
      if kind == .normalized {
        // ∂/∂z = (g − mean(g) − ẑ · mean(g ẑ)) / σ
        var (mean, along) = (0.0, 0.0)
        for unit in 0..<units {
          mean += deltas[unit] / Double(units)
          along += deltas[unit] * normalized[first + unit] / Double(units)
        }
        for unit in 0..<units {
          deltas[unit] = (deltas[unit] - mean - normalized[first + unit] * along) * scales[row]
        }
      }
      for delta in deltas { squares += delta * delta }
      for i in 0..<inputs {
        var sum = kind == .residual ? derivatives[first + i] : 0
        for unit in 0..<units { sum += Double(weights[unit * inputs + i]) * deltas[unit] }
        previous.append(sum)
      }
    }
    derivatives = previous
    return Float((squares / Double(DepthProbe.samples * units)).squareRoot())
  }
}

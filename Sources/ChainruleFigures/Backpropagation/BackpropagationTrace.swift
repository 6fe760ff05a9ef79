import ChainruleCore
import ChainruleKernels

/// One step of training on one sample with every number on its way: forward, loss, backward, update, and forward again.
///
/// The engine takes the step; this keeps what it computed. Inputs and perceptrons are numbered together, from the first
/// input to the output. A bias is taken as one more weight, the last, whose input is always 1.
public final class BackpropagationTrace {
  typealias Node = NetworkDiagram.Node

  /// What the network should learn, and how fast.
  public struct Sample: Equatable, Sendable {
    /// One number for each input.
    public var inputs: [Float]
    /// What the output should be.
    public var target: Float
    /// How far the step goes.
    public var learningRate: Float
  }

  /// The step before this one.
  public let before: BackpropagationTrace?
  /// What was shown to the network.
  public let sample: Sample
  /// The network at the beginning of the step.
  public let network: Network
  /// The network after it.
  public let newNetwork: Network
  /// The count of inputs, then of the perceptrons in each layer.
  public let sizes: [Int]

  /// The inputs, then a, what each perceptron gives.
  public let values: [Float]
  /// The same after the step.
  public let newValues: [Float]
  /// z, the weighted sum of each perceptron; 0 for the inputs.
  public let sums: [Float]
  /// δ = ∂L/∂z of each perceptron; 0 for the inputs.
  public let deltas: [Float]
  /// The slope of each perceptron's activation, as used on the way back; 1 for the inputs.
  public let slopes: [Float]
  /// Perceptron by perceptron, its weights and its bias.
  public let weights: [Float]
  /// ∂L/∂w for each of them.
  public let gradients: [Float]
  /// What they are after the step.
  public let newWeights: [Float]
  /// L = (ŷ − y)² before the step.
  public let loss: Float
  /// ‖∇L‖²: the sum of the squares of all gradients.
  public let squaredGradient: Float

  /// What goes wrong on the way back.
  public let mistake: Mistake

  /// Takes a step with a network that has one output, the step itself with a mistake if there is one.
  init(of network: Network, on sample: Sample, after before: BackpropagationTrace?, making mistake: Mistake = .none) {
    let step = TrainingStep(schema: network.schema, loss: .squaredError, batchCapacity: 1, kernels: .course)
    var newNetwork = network
    var loss = Float.infinity
    do throws(TrainingError) {
      loss = try step.train(
        &newNetwork, inputs: sample.inputs, targets: [sample.target], rows: 1,
        optimizer: .sgd(learningRate: sample.learningRate))
    } catch {
      // Beyond all bounds: the loss stays infinite, and the network as it was.
    }
    var sizes = [sample.inputs.count]
    var values = sample.inputs
    var newValues = values
    var sums = [Float](repeating: 0, count: values.count)
    var deltas = sums
    var weights: [Float] = []
    var gradients: [Float] = []
    var newWeights: [Float] = []
    var squaredGradient: Float = 0
    for layer in network.schema.layers.indices {
      values += step.outputs(ofLayer: layer, row: 0)
      sums += step.sums(ofLayer: layer, row: 0)
      // The bias's input is 1, so its gradient is δ itself.
      let delta = step.biasGradients(ofLayer: layer)
      deltas += delta
      weights += BackpropagationTrace.rows(network.weights(ofLayer: layer), network.biases(ofLayer: layer))
      gradients += BackpropagationTrace.rows(step.weightGradients(ofLayer: layer), delta)
      newWeights += BackpropagationTrace.rows(newNetwork.weights(ofLayer: layer), newNetwork.biases(ofLayer: layer))
      sizes.append(delta.count)
      let length = step.gradientNorm(ofLayer: layer)
      squaredGradient += length * length
    }
    let slopes = BackpropagationTrace.slopes(of: network, values: values, inputs: sample.inputs.count, mistake)
    if mistake != .none {
      deltas = BackpropagationTrace.deltas(
        sizes: sizes, weights: weights, slopes: slopes, loss: 2 * (values[values.count - 1] - sample.target), mistake)
      squaredGradient = 0
      var weight = 0
      var first = 0
      for layer in 1..<sizes.count {
        for number in (first + sizes[layer - 1])..<(first + sizes[layer - 1] + sizes[layer]) {
          for i in 0...sizes[layer - 1] {
            gradients[weight] = deltas[number] * (i == sizes[layer - 1] ? 1 : values[first + i])
            if mistake == .zeroing, let before { gradients[weight] += before.gradients[weight] }
            squaredGradient += gradients[weight] * gradients[weight]
            newWeights[weight] = weights[weight] - sample.learningRate * gradients[weight]
            weight += 1
          }
        }
        first += sizes[layer - 1]
      }
      BackpropagationTrace.set(newWeights, in: &newNetwork)
    }
    step.forward(newNetwork, inputs: sample.inputs, rows: 1)
    for layer in network.schema.layers.indices { newValues += step.outputs(ofLayer: layer, row: 0) }
    self.before = before
    self.sample = sample
    self.network = network
    self.newNetwork = newNetwork
    self.sizes = sizes
    self.values = values
    self.newValues = newValues
    self.sums = sums
    self.deltas = deltas
    self.slopes = slopes
    self.mistake = mistake
    self.weights = weights
    self.gradients = gradients
    self.newWeights = newWeights
    self.loss = loss
    self.squaredGradient = squaredGradient
  }

  /// A layer's weights, perceptron by perceptron, each with its bias behind its weights.
  @inline(never)
  private static func rows(_ weights: [Float], _ biases: [Float]) -> [Float] {
    var rows: [Float] = []
    let inputs = weights.count / biases.count
    for index in weights.indices {
      rows.append(weights[index])
      if (index + 1) % inputs == 0 { rows.append(biases[index / inputs]) }
    }
    return rows
  }

  /// The loss after the step.
  public var newLoss: Float {
    let error = newValues[newValues.count - 1] - sample.target
    return error * error
  }
  /// By how much the loss should fall if it went on along its slope: η · ‖∇L‖².
  public var predictedDrop: Float { sample.learningRate * squaredGradient }
  /// By how much it fell; negative if it rose.
  public var drop: Float { loss - newLoss }
  /// Whether the numbers are still such that another step makes sense.
  public var isBounded: Bool { newLoss < 1e6 && squaredGradient < 1e12 }

  // MARK: One perceptron

  /// The number of an input or a perceptron.
  func number(_ node: Node) -> Int {
    var number = node.index
    for layer in 0..<node.layer { number += sizes[layer] }
    return number
  }

  /// Where an input or a perceptron stands.
  func node(_ number: Int) -> Node {
    var node = Node(layer: 0, index: number)
    while node.index >= sizes[node.layer] {
      node.index -= sizes[node.layer]
      node.layer += 1
    }
    return node
  }

  /// Where the weights of a perceptron begin.
  func firstWeight(_ node: Node) -> Int {
    var first = node.index * (sizes[node.layer - 1] + 1)
    for layer in 1..<node.layer { first += sizes[layer] * (sizes[layer - 1] + 1) }
    return first
  }

  /// How a perceptron bends its sum.
  func activation(_ node: Node) -> Activation { network.schema.layers[node.layer - 1].activation }
}

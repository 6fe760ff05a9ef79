import ChainruleCore
import ChainruleKernels

/// A network that tells three species of penguins apart by their bills, in training on all of its sample at once.
///
/// The net is `[2, [3, "softmax"]]`, or with a hidden layer `[2, [8, "relu"], [3, "softmax"]]`. Inputs are standardized: a length
/// of 44 mm and a depth of 17 mm are 0, and 5.5 mm and 2 mm more are 1.
final class SpeciesClassifier {
  static let species = 3

  /// (penguins, 2) and (penguins, 3).
  private(set) var inputs: [Float] = []
  private var targets: [Float] = []
  private(set) var network: Network
  private(set) var history = LossHistory()
  private(set) var steps = 0
  /// Why training stopped, if it did.
  private(set) var failure: TrainingError?
  /// Each penguin's probabilities, (penguins, 3).
  private(set) var probabilities: [Float] = []
  private let step: TrainingStep

  init(hasHiddenLayer: Bool, seed: UInt64) {
    var layers: [Schema.Layer] = hasHiddenLayer ? [.init(8, .relu)] : []
    layers.append(.init(SpeciesClassifier.species, .softmax))
    let schema = try! Schema(inputs: 2, layers: layers)
    network = Network(schema, seed: seed)
    step = TrainingStep(schema: schema, loss: .crossEntropy, batchCapacity: 64, kernels: .courseWithSoftmax)
    for (i, kind) in BillSample.kinds.enumerated() {
      inputs.append(SpeciesClassifier.standardized(length: Float(BillSample.lengths[i]) / 10))
      inputs.append(SpeciesClassifier.standardized(depth: Float(BillSample.depths[i]) / 10))
      for species in 0..<SpeciesClassifier.species { targets.append(Int(kind) == species ? 1 : 0) }
    }
    probabilities = [Float](repeating: 0, count: targets.count)
    look()
  }

  static var count: Int { BillSample.kinds.count }
  static func standardized(length: Float) -> Float { (length - 44) / 5.5 }
  static func standardized(depth: Float) -> Float { (depth - 17) / 2 }

  private func look() { predict(inputs, into: &probabilities) }

  /// The mean of −log p over the penguins, p being the probability of the right species.
  var loss: Float {
    var loss: Float = 0
    for (i, kind) in BillSample.kinds.enumerated() {
      loss -= PortableMath.log(max(probabilities[3 * i + Int(kind)], 1e-30)) / Float(SpeciesClassifier.count)
    }
    return loss
  }

  /// Whether the right species is the most probable one for a penguin.
  func isRight(_ penguin: Int) -> Bool {
    let kind = Int(BillSample.kinds[penguin])
    for species in 0..<SpeciesClassifier.species
    where species != kind && probabilities[3 * penguin + species] >= probabilities[3 * penguin + kind] { return false }
    return true
  }

  /// How many penguins are right.
  var correct: Int {
    var correct = 0
    for penguin in 0..<SpeciesClassifier.count where isRight(penguin) { correct += 1 }
    return correct
  }

  /// Takes a step of gradient descent on all penguins.
  func train(learningRate: Float) {
    if failure != nil { return }
    let former = network
    do throws(TrainingError) {
      let loss = try step.train(
        &network, inputs: inputs, targets: targets, rows: SpeciesClassifier.count,
        optimizer: .sgd(learningRate: learningRate))
      steps += 1
      history.add(loss)
      look()
    } catch {
      network = former
      failure = error
    }
  }

  /// Probabilities for standardized inputs, (places, 2).
  func predict(_ inputs: [Float], into probabilities: inout [Float]) {
    step.predict(network, inputs: inputs, rows: inputs.count / 2, into: &probabilities)
  }

  /// The logits, and the probabilities, for one place.
  func look(at inputs: [Float]) -> (logits: [Float], probabilities: [Float]) {
    step.forward(network, inputs: inputs, rows: 1)
    let last = network.schema.layers.count - 1
    return (step.sums(ofLayer: last, row: 0), step.outputs(ofLayer: last, row: 0))
  }
}

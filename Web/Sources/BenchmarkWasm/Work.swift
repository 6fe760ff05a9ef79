import ChainruleCore
import ChainruleKernels

/// Something to be timed.
protocol Work: AnyObject {
  /// Goes back to the beginning.
  func restart()

  /// Does the work so many times; returns a number that all of it went into: the last loss, or a sum of outputs.
  func run(times: Int) -> Float
}

/// Epochs of the playground's net over 250 samples, in batches of 10, as ``TrainingRun`` goes through them.
final class EpochWork: Work {
  private let samples = Dataset(disc: 250, inside: 1, outside: -1)
  private var run: TrainingRun

  init() { run = EpochWork.beginning(samples) }

  private static func beginning(_ samples: Dataset) -> TrainingRun {
    try! TrainingRun(
      network: .playground, data: samples, loss: .squaredError, optimizer: .sgd(learningRate: 0.03),
      stopping: .after(epochs: .max), batchSize: 10, seed: 1, kernels: .course)
  }

  func restart() { run = EpochWork.beginning(samples) }

  func run(times: Int) -> Float {
    do throws(TrainingError) {
      return try run.train(epochs: times)?.loss ?? .nan
    } catch {
      return .nan
    }
  }
}

/// Training steps of the classification net on 30 samples, as the course's figure takes them.
final class StepWork: Work {
  private let samples = Dataset(disc: 30, inside: 1, outside: 0)
  private let step = TrainingStep(
    schema: Network.classifier.schema, loss: .binaryCrossEntropy, batchCapacity: 64, kernels: .course)
  private var network = Network.classifier

  func restart() { network = .classifier }

  func run(times: Int) -> Float {
    var loss: Float = 0
    do throws(TrainingError) {
      for _ in 0..<times {
        loss = try step.train(
          &network, inputs: samples.inputs, targets: samples.targets, rows: samples.count,
          optimizer: .sgd(learningRate: 0.05))
      }
      return loss
    } catch {
      return .nan
    }
  }
}

/// The outputs of a net with two inputs on a grid of 100 × 100 places.
final class GridWork: Work {
  private static let side = 100

  private let network: Network
  private let step: TrainingStep
  private var inputs: [Float] = []
  private var outputs = [Float](repeating: 0, count: side * side)

  init(_ network: Network) {
    self.network = network
    step = TrainingStep(
      schema: network.schema, loss: .standard(for: network.schema), batchCapacity: 64, kernels: .course)
    for row in 0..<GridWork.side {
      for column in 0..<GridWork.side {
        inputs.append(2 * Float(column) / Float(GridWork.side - 1) - 1)
        inputs.append(2 * Float(row) / Float(GridWork.side - 1) - 1)
      }
    }
  }

  func restart() {}

  func run(times: Int) -> Float {
    for _ in 0..<times { step.predict(network, inputs: inputs, rows: outputs.count, into: &outputs) }
    var sum: Float = 0
    for output in outputs { sum += output }
    return sum
  }
}

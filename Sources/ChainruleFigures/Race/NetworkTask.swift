import ChainruleCore
import ChainruleKernels

/// What networks race at: the wave 1.5 x (2 x² − 1), known at 48 places with a little noise, for a net `[1, [12, "relu"],
/// [12, "relu"], 1]`. All of them get the same batches, one after another.
final class NetworkTask {
  private static let batchSize = 16

  let data: Dataset
  /// The network that all start with.
  let start: Network
  /// The workspace that all networks share.
  let step: TrainingStep
  private var random: RandomSource
  private var inputs = [Float](repeating: 0, count: batchSize)
  private var targets = [Float](repeating: 0, count: batchSize)

  /// The task; `seed` fixes the weights and the batches.
  init(seed: UInt64) {
    var noise = RandomSource(seed: 5)
    var inputs: [Float] = []
    var targets: [Float] = []
    for i in 0..<48 {
      let x = -1 + 2 * (Float(i) + 0.5) / 48
      inputs.append(x)
      targets.append(1.5 * x * (2 * x * x - 1) + 0.03 * noise.normal())
    }
    data = Dataset(inputs: inputs, targets: targets)
    let schema = try! Schema(inputs: 1, layers: [.init(12, .relu), .init(12, .relu), .init(1)])
    start = Network(schema, seed: seed)
    step = TrainingStep(schema: schema, loss: .squaredError, batchCapacity: data.count, kernels: .course)
    // Weights are drawn from the same seed: the batches have to be others.
    random = RandomSource(seed: seed ^ 0x7ace)
  }

  /// The loss over all points.
  func loss(of network: Network) -> Float { step.meanLoss(network, on: data) }

  /// Draws the next batch.
  func drawBatch() {
    for row in inputs.indices {
      let sample = random.index(below: data.count)
      inputs[row] = data.inputs[sample]
      targets[row] = data.targets[sample]
    }
  }

  /// Trains a network on the batch. Returns its loss over all points, which is no number if training failed.
  func train(_ network: inout Network, state: inout StepState, optimizer: Optimizer) -> Float {
    do throws(TrainingError) {
      try step.train(
        &network, state: &state, inputs: inputs, targets: targets, rows: inputs.count, optimizer: optimizer)
      return loss(of: network)
    } catch {
      return .nan
    }
  }
}

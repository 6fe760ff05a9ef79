import ChainruleKernels

/// A network with the memory for its predictions, allocated once. Use it to predict often.
///
/// ``Network/predict(_:kernels:)`` allocates that memory in each call, which takes longer than a small network's
/// prediction itself. A predictor keeps its own copy of the network. It also keeps a packed copy of large layers'
/// weights, in the order in which fast loops read them.
///
/// ```swift
/// let predictor = Predictor(Network("2, 3 relu, 1", seed: 7))
/// var outputs: [Float] = [0]
/// predictor.predict([0.5, -1], into: &outputs)
/// ```
public final class Predictor {
  /// The network that predicts.
  public let network: Network
  private let step: TrainingStep

  /// Creates a predictor.
  ///
  /// - Parameters:
  ///   - network: the network that predicts.
  ///   - batchCapacity: how many samples are computed together, at least 1. More samples are computed in pieces.
  ///   - kernels: the loops to run.
  public convenience init(_ network: Network, batchCapacity: Int = 256, kernels: Kernels = .portable) {
    self.init(network, batchCapacity: batchCapacity, kernels: kernels, packsWeights: true)
  }

  /// Allocates the memory. `packsWeights` says whether enough samples will follow to make packing worthwhile.
  init(_ network: Network, batchCapacity: Int, kernels: Kernels, packsWeights: Bool) {
    self.network = network
    // A forward pass needs no loss; any that fits the schema will do.
    step = TrainingStep(
      schema: network.schema, loss: .standard(for: network.schema), batchCapacity: batchCapacity, kernels: kernels,
      purpose: packsWeights ? .predictionByPackedWeights : .prediction)
    step.pack(network)
  }

  /// Writes the outputs for any number of samples; allocates nothing.
  ///
  /// - Parameters:
  ///   - inputs: (rows, inputs), row by row, whole rows.
  ///   - outputs: (rows, outputs), row by row; must be large enough. Values after the last row stay.
  public func predict(_ inputs: [Float], into outputs: inout [Float]) {
    step.predict(network, inputs: inputs, rows: network.rowCount(of: inputs), into: &outputs)
  }

  /// The outputs for any number of samples, (rows, outputs), row by row.
  public func predict(_ inputs: [Float]) -> [Float] {
    let rows = network.rowCount(of: inputs)
    var outputs = [Float](repeating: 0, count: rows * network.schema.outputs)
    step.predict(network, inputs: inputs, rows: rows, into: &outputs)
    return outputs
  }
}

import ChainruleKernels

/// A network and the memory that its predictions take, made once: for whoever predicts again and again.
///
/// ``Network/predict(_:kernels:)`` makes that memory anew each time, which for a small network takes longer than the prediction
/// itself. A predictor keeps the network as it was when it was made; the weights of large layers it keeps once more, in the order
/// in which fast loops read them.
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

  /// Makes the memory.
  ///
  /// - Parameters:
  ///   - network: what predicts.
  ///   - batchCapacity: how many samples are computed together, at least 1. More of them are computed in pieces.
  ///   - kernels: the loops to run.
  public convenience init(_ network: Network, batchCapacity: Int = 256, kernels: Kernels = .portable) {
    self.init(network, batchCapacity: batchCapacity, kernels: kernels, packsWeights: true)
  }

  /// Makes the memory, and puts weights in order if that is worth the while for as many samples as are to come.
  init(_ network: Network, batchCapacity: Int, kernels: Kernels, packsWeights: Bool) {
    self.network = network
    // A forward pass needs no loss; any that suits the schema will do.
    step = TrainingStep(
      schema: network.schema, loss: .standard(for: network.schema), batchCapacity: batchCapacity, kernels: kernels,
      purpose: packsWeights ? .predictionByPackedWeights : .prediction)
    step.pack(network)
  }

  /// Writes the outputs for any number of samples; allocates nothing.
  ///
  /// - Parameters:
  ///   - inputs: (rows, inputs), row by row, whole rows.
  ///   - outputs: (rows, outputs), row by row; must be large enough, and keeps what stands behind.
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

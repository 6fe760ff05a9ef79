import ChainruleKernels

extension TrainingRun {
  /// A run with the settings to start with, for inputs (and targets that are numbers) near 0 with a deviation near 1.
  ///
  /// Weights by the activations; Adam with a rate of 0.003 that falls along half a cosine; batches of 32; and an L2 penalty
  /// of 3.5 divided by the number of samples, so that it stands for the same few samples' worth of doubt however many there
  /// are. `make bench-tables` compares them with scikit-learn's defaults.
  ///
  /// ```swift
  /// var run = try TrainingRun("4, 100 relu, 3 softmax", data: data, seed: 1)
  /// try run.train()
  /// ```
  ///
  /// - Parameters:
  ///   - schema: the network's shape; its last layer decides the loss.
  ///   - data: the samples.
  ///   - epochs: how many times to go through them.
  ///   - seed: fixes weights, orders and what dropout drops.
  /// - Throws: ``TrainingError`` if data and schema do not fit together, or the data is not finite or empty.
  public init(
    _ schema: Schema, data: Dataset, epochs: Int = 200, seed: UInt64 = 0, kernels: Kernels = .portable
  ) throws(TrainingError) {
    try self.init(
      network: Network(schema, seed: seed), data: data, optimizer: .adam(learningRate: 0.003),
      schedule: .cosine(period: Double(max(1, epochs))), regularizer: Regularizer(l2: 3.5 / Float(max(1, data.count))),
      stopping: .after(epochs: epochs), batchSize: 32, seed: seed, kernels: kernels)
  }
}

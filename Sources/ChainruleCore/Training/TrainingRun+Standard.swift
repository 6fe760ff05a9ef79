import ChainruleKernels

extension TrainingRun {
  /// A run with ``TrainingOptions``, for inputs and numeric targets near 0 with a standard deviation near 1.
  ///
  /// ```swift
  /// var options = TrainingOptions()
  /// options.optimizer.learningRate = 0.001
  /// var run = try TrainingRun("4, 100 relu, 3 softmax", data: data, validation: validation, options: options)
  /// try run.train()
  /// ```
  ///
  /// - Parameters:
  ///   - schema: the network's shape; the options' schema and validation part are for tables and aren't used here.
  ///   - data: the samples to train on.
  ///   - validation: other samples, which choose the best epoch.
  ///   - options: how to train.
  ///   - network: where training starts; by default a new network.
  ///   - kernels: the loops to run.
  /// - Throws: ``TrainingError`` if data, schema and loss don't fit together (``Dataset/check(for:loss:)``), an option
  ///   is out of its range, or batch normalization would see batches of one sample.
  public init(
    _ schema: Schema, data: Dataset, validation: Dataset? = nil, options: TrainingOptions, network: Network? = nil,
    kernels: Kernels = .portable
  ) throws(TrainingError) {
    try options.check()
    try data.checkShape(for: schema)
    let loss = options.loss ?? .standard(for: schema)
    var samples = data
    var validation = validation
    if options.balancesClasses || options.classWeights != nil {
      guard loss.isBinaryCrossEntropy || loss.isCrossEntropy || loss.kind == .hinge else {
        throw .classWeightsNeedClasses(loss)
      }
      let weights = options.classWeights ?? data.balancedClassWeights
      try TrainingError.check(weights.count == max(2, data.targetCount), .classWeights, Double(weights.count))
      samples = data.weighted(byClass: weights)
      validation = validation?.weighted(byClass: weights)
    }
    let hasValidation = (validation?.count ?? 0) > 0
    try self.init(
      network: network ?? Network(schema, initializer: options.initializer, seed: options.seed), data: samples,
      validation: validation, loss: loss, optimizer: options.optimizer, schedule: options.schedule(rows: data.count),
      regularizer: options.regularizer(rows: data.count),
      stopping: options.stopping(rows: data.count, hasValidation: hasValidation),
      batchSize: options.batchSize(rows: data.count), shuffles: options.shuffles, seed: options.seed, kernels: kernels)
  }

  /// A run with the default ``TrainingOptions``, except for these arguments.
  ///
  /// ```swift
  /// var run = try TrainingRun("4, 100 relu, 3 softmax", data: data, seed: 1)
  /// try run.train()
  /// ```
  ///
  /// - Parameters:
  ///   - schema: the network's shape.
  ///   - data: the samples to train on.
  ///   - loss: the loss to minimize; by default the last layer's (``Loss/standard(for:)``).
  ///   - epochs: the number of passes over the data; by default ``TrainingOptions/epochs(rows:)``.
  ///   - seed: fixes weights, orders and what dropout drops.
  ///   - kernels: the loops to run.
  /// - Throws: ``TrainingError`` if data, schema and loss don't fit together (``Dataset/check(for:loss:)``), or batch
  ///   normalization would see batches of one sample.
  public init(
    _ schema: Schema, data: Dataset, loss: Loss? = nil, epochs: Int? = nil, seed: UInt64 = 0,
    kernels: Kernels = .portable
  ) throws(TrainingError) {
    var options = TrainingOptions()
    options.loss = loss
    options.epochs = epochs
    options.seed = seed
    try self.init(schema, data: data, options: options, kernels: kernels)
  }
}

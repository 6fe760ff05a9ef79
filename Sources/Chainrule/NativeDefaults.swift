// ChainruleCore is portable: its entry points take `Kernels.portable` unless they get another table. Here each of them has an
// overload without the `kernels` argument, which takes `Kernels.native`. Swift prefers an overload that leaves no default
// argument out, so a program that imports Chainrule gets the fastest loops unless it names others.

extension TrainingRun {
  /// Prepares a run on ``Kernels/native``, the fastest loops for this processor.
  ///
  /// ```swift
  /// var run = try TrainingRun(network: Network("2, 8 tanh, 1 sigmoid"), data: data)
  /// ```
  ///
  /// For the same bits on every machine, add `kernels: .portable`. ``init(network:data:validation:loss:optimizer:schedule:regularizer:stopping:batchSize:shuffles:seed:kernels:)``
  /// describes the other parameters.
  ///
  /// - Throws: ``TrainingError`` if data, network and settings don't fit together, or the data isn't finite or empty.
  public init(
    network: Network, data: Dataset, validation: Dataset? = nil, loss: Loss? = nil, optimizer: Optimizer = .adam(),
    schedule: Schedule = .constant, regularizer: Regularizer = Regularizer(), stopping: Stopping = .after(epochs: 200),
    batchSize: Int = 32, shuffles: Bool = true, seed: UInt64 = 0
  ) throws(TrainingError) {
    try self.init(
      network: network, data: data, validation: validation, loss: loss, optimizer: optimizer, schedule: schedule,
      regularizer: regularizer, stopping: stopping, batchSize: batchSize, shuffles: shuffles, seed: seed,
      kernels: .native)
  }

  /// Prepares a run with ``TrainingOptions`` on ``Kernels/native``.
  ///
  /// ```swift
  /// var run = try TrainingRun("4, 100 relu, 3 softmax", data: data, options: TrainingOptions())
  /// ```
  ///
  /// For the same bits on every machine, add `kernels: .portable`. ``init(_:data:validation:options:network:kernels:)``
  /// describes the other parameters.
  ///
  /// - Throws: ``TrainingError`` if data, schema and options don't fit together, or the data isn't finite or empty.
  public init(
    _ schema: Schema, data: Dataset, validation: Dataset? = nil, options: TrainingOptions, network: Network? = nil
  ) throws(TrainingError) {
    try self.init(
      schema, data: data, validation: validation, options: options, network: network, kernels: .native)
  }

  /// Prepares a run with the default ``TrainingOptions`` on ``Kernels/native``.
  ///
  /// ```swift
  /// var run = try TrainingRun("4, 100 relu, 3 softmax", data: data, seed: 1)
  /// ```
  ///
  /// For the same bits on every machine, add `kernels: .portable`. ``init(_:data:loss:epochs:seed:kernels:)`` describes the
  /// other parameters.
  ///
  /// - Throws: ``TrainingError`` if data and schema don't fit together, or the data isn't finite or empty.
  public init(
    _ schema: Schema, data: Dataset, loss: Loss? = nil, epochs: Int? = nil, seed: UInt64 = 0
  ) throws(TrainingError) {
    try self.init(schema, data: data, loss: loss, epochs: epochs, seed: seed, kernels: .native)
  }
}

extension TrainingStep {
  /// Creates a workspace on ``Kernels/native``.
  ///
  /// ```swift
  /// let step = TrainingStep(schema: network.schema, loss: .squaredError, batchCapacity: 32)
  /// ```
  ///
  /// For the same bits on every machine, add `kernels: .portable`.
  ///
  /// - Precondition: `loss` fits the schema (``Loss/fits(_:)``) and `batchCapacity` is at least 1.
  public convenience init(schema: Schema, loss: Loss, batchCapacity: Int) {
    self.init(schema: schema, loss: loss, batchCapacity: batchCapacity, kernels: .native)
  }
}

extension Network {
  /// The outputs for any number of samples, computed by ``Kernels/native``.
  ///
  /// ```swift
  /// let outputs = network.predict([0.5, -1])
  /// ```
  ///
  /// For the same bits on every machine, add `kernels: .portable`. To predict many times, use a ``Predictor``.
  ///
  /// - Parameter inputs: (rows, inputs), row by row.
  /// - Returns: (rows, outputs), row by row.
  public func predict(_ inputs: [Float]) -> [Float] { predict(inputs, kernels: .native) }

  /// The outputs of every layer for some samples, computed by ``Kernels/native``: one array for each layer,
  /// (rows, that layer's outputs), row by row.
  ///
  /// ```swift
  /// let hidden = network.values([0.5, -1])[0]
  /// ```
  ///
  /// For the same bits on every machine, add `kernels: .portable`.
  public func values(_ inputs: [Float]) -> [[Float]] { values(inputs, kernels: .native) }

  /// The mean loss over all samples of `data`, computed by ``Kernels/native``; see ``meanLoss(_:on:kernels:)``.
  ///
  /// ```swift
  /// let loss = try network.meanLoss(.squaredError, on: data)
  /// ```
  ///
  /// - Throws: ``TrainingError`` if data, network and loss don't fit together.
  public func meanLoss(_ loss: Loss, on data: Dataset) throws(TrainingError) -> Float {
    try meanLoss(loss, on: data, kernels: .native)
  }

  /// Statistics of every layer, computed by ``Kernels/native``; see ``report(on:loss:kernels:)``.
  ///
  /// ```swift
  /// for layer in try network.report(on: data) { print(layer.gradientNorm, layer.deadUnits) }
  /// ```
  ///
  /// - Throws: ``TrainingError`` if data and network don't fit, or numbers aren't finite.
  public func report(on data: Dataset, loss: Loss? = nil) throws(TrainingError) -> [LayerReport] {
    try report(on: data, loss: loss, kernels: .native)
  }
}

extension Predictor {
  /// Creates a predictor on ``Kernels/native``.
  ///
  /// ```swift
  /// let predictor = Predictor(network)
  /// ```
  ///
  /// For the same bits on every machine, add `kernels: .portable`.
  ///
  /// - Parameters:
  ///   - network: the network that predicts.
  ///   - batchCapacity: how many samples are computed together, at least 1. A larger batch is computed in parts.
  public convenience init(_ network: Network, batchCapacity: Int = 256) {
    self.init(network, batchCapacity: batchCapacity, kernels: .native)
  }
}

extension GradientCheck {
  /// Compares the gradients that ``Kernels/native`` computes with differences of the loss in `Double`; see
  /// ``init(of:on:loss:regularizer:dropout:kernels:distance:)`` for the parameters.
  ///
  /// ```swift
  /// let check = try GradientCheck(of: network, on: data, loss: .squaredError)
  /// ```
  ///
  /// - Throws: ``TrainingError`` if data and network don't fit, or numbers aren't finite.
  public init(
    of network: Network, on data: Dataset, loss: Loss, regularizer: Regularizer = Regularizer(),
    dropout: RandomSource? = nil, distance: Double = 1e-4
  ) throws(TrainingError) {
    try self.init(
      of: network, on: data, loss: loss, regularizer: regularizer, dropout: dropout, kernels: .native,
      distance: distance)
  }
}

extension Optimizer {
  /// Updates parameters outside of a network with ``Kernels/native``; see ``update(_:gradients:state:kernels:)``.
  ///
  /// ```swift
  /// Optimizer.adam().update(&place, gradients: [2, 20], state: &state)
  /// ```
  public func update(_ parameters: inout [Float], gradients: [Float], state: inout StepState) {
    update(&parameters, gradients: gradients, state: &state, kernels: .native)
  }
}

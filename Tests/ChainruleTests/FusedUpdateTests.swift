import Chainrule
import Synchronization
import Testing

/// Fused steps must give the same bits as steps that compute all gradients first.
struct FusedUpdateTests {
  /// The first layer is large enough, the second isn't.
  private static let schemas = [
    "650, 410 relu, 300 tanh, 4 softmax", "650, 410 relu, dropout 0.3, 300 sigmoid, 4 softmax",
  ]
  private static let rows = 33

  private static let optimizers: [Optimizer] = [
    .sgd(learningRate: 0.1, biasLearningRate: 0.02), .nesterov(), .adam(), .adamW(weightDecay: 0.1), .amsGrad(),
    .nAdam(),
    .lion(),
  ]

  private static func batch(seed: UInt64 = 4) -> (inputs: [Float], targets: [Float]) {
    var random = RandomSource(seed: seed)
    let inputs = (0..<(rows * 650)).map { _ in random.uniform(-1, 1) }
    return (inputs, (0..<(rows * 4)).map { $0 % 4 == ($0 / 4) % 3 ? 1 : 0 })
  }

  /// The same loops without the fused ones.
  private static func plain(_ kernels: Kernels) -> Kernels {
    var plain = kernels
    plain.fused = nil
    return plain
  }

  private struct Trained: Equatable {
    var network: Network
    var state: StepState
    var losses: [Float] = []
  }

  private static func train(
    _ text: String, _ optimizer: Optimizer, _ kernels: Kernels, regularizer: Regularizer = Regularizer(),
    frozen: Int? = nil
  ) throws -> Trained {
    let schema = try Schema(parsing: text)
    var trained = Trained(
      network: Network(schema, seed: 1), state: StepState(for: schema, optimizer: optimizer, seed: 2))
    if let frozen { trained.network.setFrozen(true, layer: frozen) }
    let step = TrainingStep(schema: schema, loss: .crossEntropy, batchCapacity: rows + 3, kernels: kernels)
    for seed in 0..<4 {
      let (inputs, targets) = batch(seed: UInt64(seed))
      trained.losses.append(
        try step.train(
          &trained.network, state: &trained.state, inputs: inputs, targets: targets, rows: rows - seed,
          optimizer: optimizer, regularizer: regularizer))
    }
    return trained
  }

  @Test("the bits are the same as with gradients first, updates afterwards", arguments: schemas, optimizers)
  func sameBits(schema: String, optimizer: Optimizer) throws {
    let expected = try Self.train(schema, optimizer, Self.plain(.native(threads: 1)))
    for threads in [1, 2, 3] {
      let found = try Self.train(schema, optimizer, .native(threads: threads))
      #expect(found == expected && found.network.fingerprint == expected.network.fingerprint, "\(threads) threads")
    }
  }

  @Test("frozen layers don't change, maximum norms hold, and settings that need whole gradients get them")
  func sideConditions() throws {
    let kernels = Kernels.native(threads: 2)
    var clipped = Optimizer.adam()
    clipped.clipping = .norm(0.01)
    for (optimizer, regularizer, frozen) in [
      (Optimizer.adam(), Regularizer(), 0), (.adam(), Regularizer(), 1), (.adam(), Regularizer(maxNorm: 0.5), nil),
      (.adam(), Regularizer(l2: 0.1), nil), (clipped, Regularizer(), nil),
    ] {
      let expected = try Self.train(
        Self.schemas[0], optimizer, Self.plain(kernels), regularizer: regularizer, frozen: frozen)
      let found = try Self.train(Self.schemas[0], optimizer, kernels, regularizer: regularizer, frozen: frozen)
      #expect(found == expected)
      if let frozen {
        let start = try Network(Schema(parsing: Self.schemas[0]), seed: 1)
        #expect(found.network.weights(ofLayer: frozen) == start.weights(ofLayer: frozen))
      }
    }
  }

  @Test("numbers that aren't finite, or are too large, change nothing", arguments: [Float.nan, .infinity, 1e30, -3e38])
  func refusal(value: Float) throws {
    let schema = try Schema(parsing: "650, 410 relu, 4")
    let step = TrainingStep(schema: schema, loss: .squaredError, batchCapacity: Self.rows, kernels: .native)
    let (inputs, targets) = Self.batch()
    func train(_ trained: inout Trained, _ step: TrainingStep, _ inputs: [Float]) throws {
      trained.losses = [
        try step.train(
          &trained.network, state: &trained.state, inputs: inputs, targets: targets, rows: Self.rows, optimizer: .adam()
        )
      ]
    }
    var trained = Trained(network: Network(schema, seed: 1), state: StepState(for: schema, optimizer: .adam()))
    try train(&trained, step, inputs)
    let before = trained
    var spoiled = inputs
    spoiled[700] = value
    #expect(throws: TrainingError.self) { try train(&trained, step, spoiled) }
    #expect(trained == before)
    // And its leftovers do no harm.
    try train(&trained, step, inputs)
    var other = before
    try train(
      &other, TrainingStep(schema: schema, loss: .squaredError, batchCapacity: Self.rows, kernels: .native), inputs)
    #expect(trained == other)
  }

  @Test("large inputs and large deltas of different samples aren't refused")
  func looseBound() throws {
    let schema = try Schema(parsing: "650, 410, 4")
    func train(_ kernels: Kernels) throws -> Trained {
      // All weights are zero, so a sample with enormous inputs and targets of zero has no error.
      var trained = Trained(
        network: Network(schema, initializer: .zeros),
        state: StepState(for: schema, optimizer: .sgd(learningRate: 1e-6)))
      let step = TrainingStep(schema: schema, loss: .squaredError, batchCapacity: 2, kernels: kernels)
      let inputs = [Float](repeating: 1e12, count: 650) + [Float](repeating: 1, count: 650)
      let targets: [Float] = [0, 0, 0, 0, 1e8, 1e8, 1e8, 1e8]
      trained.losses = [
        try step.train(
          &trained.network, state: &trained.state, inputs: inputs, targets: targets, rows: 2,
          optimizer: .sgd(learningRate: 1e-6))
      ]
      return trained
    }
    let found = try train(.native)
    #expect(try found == train(Self.plain(.native)))
    #expect(found.network.biases(ofLayer: 1).allSatisfy { $0 > 1 })
  }

  // MARK: Small networks, with loops that fuse every layer and overwrite the gradients

  private final class Counter: Sendable {
    let calls = Atomic<Int>(0)
  }

  private static func fusing(_ counter: Counter) -> Kernels {
    var kernels = Kernels.portable
    kernels.fused = FusedKernels(
      suits: { _ in true },
      updateWeights: { shape, inputs, delta, gradients, biasGradients, update, scratch in
        counter.calls.add(1, ordering: .relaxed)
        let count = shape.inputs * shape.outputs
        Kernels.portable.weightGradient(shape, inputs, delta, gradients, biasGradients, scratch)
        update.run(count: count, gradients: gradients)
        for i in 0..<count { gradients[i] = .nan }
      })
    return kernels
  }

  private static func trainSmall(
    _ text: String, _ optimizer: Optimizer, _ kernels: Kernels, regularizer: Regularizer = Regularizer(),
    rows: [Int] = [20, 20, 13], spoiled: Int? = nil, usesWeights: Bool = false
  ) throws -> Trained {
    let schema = try Schema(parsing: text)
    var trained = Trained(
      network: Network(schema, seed: 1), state: StepState(for: schema, optimizer: optimizer, seed: 2))
    let step = TrainingStep(schema: schema, loss: .squaredError, batchCapacity: 20, kernels: kernels)
    var random = RandomSource(seed: 3)
    for (number, rows) in rows.enumerated() {
      var inputs = (0..<(rows * schema.inputs)).map { _ in random.uniform(-1, 1) }
      let targets = (0..<(rows * schema.outputs)).map { _ in random.uniform(-1, 1) }
      let weights = (0..<rows).map { _ in random.uniform(0, 2) }
      if number == spoiled { inputs[(rows - 1) * schema.inputs] = .nan }
      do {
        trained.losses.append(
          try step.train(
            &trained.network, state: &trained.state, inputs: inputs, targets: targets,
            weights: usesWeights ? weights : nil, rows: rows, optimizer: optimizer, regularizer: regularizer))
      } catch {
        #expect(number == spoiled)
        trained.losses.append(-1)
      }
    }
    return trained
  }

  @Test("every optimizer", arguments: Optimizer.names.filter { $0 != "lbfgs" })
  func everyOptimizer(name: String) throws {
    let optimizer = try #require(Optimizer(name: name))
    let counter = Counter()
    let found = try Self.trainSmall("5, 12 relu, 9 tanh, 3", optimizer, Self.fusing(counter), usesWeights: true)
    #expect(counter.calls.load(ordering: .relaxed) == 9)
    #expect(try found == Self.trainSmall("5, 12 relu, 9 tanh, 3", optimizer, .portable, usesWeights: true))
  }

  @Test(
    "dropout in any position",
    arguments: [
      "9, dropout 0.2, 12 relu, 3", "9, 12 relu, dropout 0.2, dropout 0.5, 10 sigmoid, 3",
      "9, dropout 0.1, dropout 0.4, 12 tanh, 3",
      "9, 12 silu, dropout 0.2, 10, dropout 0.1, 4 tanh",
    ])
  func dropout(schema: String) throws {
    let counter = Counter()
    let found = try Self.trainSmall(schema, .adam(), Self.fusing(counter))
    #expect(counter.calls.load(ordering: .relaxed) > 0)
    #expect(try found == Self.trainSmall(schema, .adam(), .portable))
  }

  @Test("smaller batches, and batches after a refused one")
  func sizes() throws {
    // A batch with fewer than half of the rows isn't fused. The leftovers of a refused batch prevent fusing until the
    // next full batch.
    for (rows, spoiled, calls) in [
      ([20, 9, 10, 20], nil, 9), ([20, 20, 13, 20, 13], 1, 9), ([20, 13, 20], 0, 3),
    ] {
      let counter = Counter()
      let found = try Self.trainSmall(
        "5, 12 relu, 9 tanh, 3", .adam(), Self.fusing(counter), rows: rows, spoiled: spoiled)
      #expect(counter.calls.load(ordering: .relaxed) == calls, "\(rows)")
      #expect(try found == Self.trainSmall("5, 12 relu, 9 tanh, 3", .adam(), .portable, rows: rows, spoiled: spoiled))
    }
  }

  @Test("penalties and clipping see whole gradients")
  func wholeGradients() throws {
    var clipped = Optimizer.adam()
    clipped.clipping = .value(0.01)
    for (optimizer, regularizer) in [
      (clipped, Regularizer()), (.adam(), Regularizer(l1: 0.01)), (.adam(), Regularizer(l2: 0.01)),
    ] {
      let counter = Counter()
      let found = try Self.trainSmall("5, 12 relu, 9, 3", optimizer, Self.fusing(counter), regularizer: regularizer)
      #expect(counter.calls.load(ordering: .relaxed) == 0)
      #expect(try found == Self.trainSmall("5, 12 relu, 9, 3", optimizer, .portable, regularizer: regularizer))
    }
  }

  @Test("the derivatives can be read after differentiating, but not after a fused step")
  func reading() async throws {
    let schema = try Schema(parsing: "5, 12 relu, 3")
    var network = Network(schema, seed: 1)
    let inputs = [Float](repeating: 0.5, count: 100)
    let targets = [Float](repeating: 1, count: 60)
    let step = TrainingStep(
      schema: schema, loss: .squaredError, batchCapacity: 20, kernels: Self.fusing(Counter()))
    try step.train(&network, inputs: inputs, targets: targets, rows: 20, optimizer: .sgd())
    try step.differentiate(network, inputs: inputs, targets: targets, rows: 20)
    #expect(step.gradientNorm(ofLayer: 0) > 0 && step.weightGradients(ofLayer: 1).allSatisfy(\.isFinite))
    await #expect(processExitsWith: .failure) {
      let schema = Schema("5, 12 relu, 3")
      var network = Network(schema, seed: 1)
      var kernels = Kernels.portable
      kernels.fused = FusedKernels(suits: { _ in true }, updateWeights: { _, _, _, _, _, _, _ in })
      let step = TrainingStep(schema: schema, loss: .squaredError, batchCapacity: 20, kernels: kernels)
      try step.train(
        &network, inputs: [Float](repeating: 0.5, count: 100), targets: [Float](repeating: 1, count: 60), rows: 20,
        optimizer: .sgd())
      _ = step.gradientNorm(ofLayer: 0)
    }
  }
}

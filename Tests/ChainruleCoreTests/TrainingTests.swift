import AllocationCounter
import ChainruleCore
import ChainruleKernels
import Testing

struct TrainingTests {
  private static func cubic(count: Int = 64) -> Dataset {
    let x = (0..<count).map { Float($0) / Float(count) * 2 - 1 }
    return Dataset(inputs: x, targets: x.map { $0 * $0 * $0 }, inputCount: 1, targetCount: 1)
  }

  @Test("a step after the first allocates nothing")
  func noAllocation() throws {
    let schemas: [(Schema, Loss)] = [
      ("4, 30 leakyrelu, 30 tanh, 3 softmax", .crossEntropy), ("4, 8 relu, 8 sigmoid, 3 sigmoid", .binaryCrossEntropy),
      ("4, 8 softmax, 3", .meanSquaredError),
      // Products and elementwise loops that threads share.
      ("4, 300 relu, 200 tanh, 3", .meanSquaredError),
    ]
    for (schema, loss) in schemas {
      for kernels in tables {
        var network = Network(schema, seed: 1)
        let step = TrainingStep(schema: schema, loss: loss, batchCapacity: 20, kernels: kernels)
        var random = RandomSource(seed: 2)
        let inputs = (0..<80).map { _ in random.uniform(-1, 1) }
        let targets: [Float] = (0..<60).map { $0 % 3 == 0 ? 1 : 0 }
        func run() throws {
          try step.train(
            &network, inputs: inputs, targets: targets, rows: 20, optimizer: .sgd(learningRate: 0.01),
            regularizer: Regularizer(l2: 0.001))
        }
        try run()
        allocation_counter_start()
        for _ in 0..<50 { try run() }
        #expect(allocation_counter_stop() == 0, "\(schema.text)")
      }
    }
    // The allocation counter works.
    allocation_counter_start()
    let array = [Float](repeating: 1, count: 1000 + schemas.count)
    #expect(allocation_counter_stop() > 0 && array.count > 0)
  }

  @Test("checking settings, weights and normalizations in each step allocates nothing")
  func checksWithoutAllocation() throws {
    let schema: Schema = "4, 30, batchnorm relu, 20 tanh, 3 softmax"
    for (optimizer, kernels) in zip([Optimizer.adam(), .nAdam(), .rmsProp(), .lion(weightDecay: 0.1)], tables) {
      var optimizer = optimizer
      optimizer.clipping = .norm(1)
      var network = Network(schema, seed: 1)
      var state = StepState(for: schema, optimizer: optimizer)
      let step = TrainingStep(schema: schema, loss: .crossEntropy, batchCapacity: 20, kernels: kernels)
      var random = RandomSource(seed: 2)
      let inputs = (0..<80).map { _ in random.uniform(-1, 1) }
      let targets: [Float] = (0..<60).map { $0 % 3 == 0 ? 1 : 0 }
      let weights = (0..<20).map { Float($0) }
      func run() throws {
        try step.train(
          &network, state: &state, inputs: inputs, targets: targets, weights: weights, rows: 20, optimizer: optimizer,
          regularizer: Regularizer(l1: 0.001, maxNorm: 2))
      }
      try run()
      allocation_counter_start()
      for _ in 0..<50 { try run() }
      #expect(allocation_counter_stop() == 0, "\(optimizer)")
    }
  }

  @Test("the same seed gives the same bits, another seed gives others")
  func deterministic() throws {
    func train(seed: UInt64) throws -> Network {
      var run = try TrainingRun(
        network: Network("1, 8 tanh, 1", seed: seed), data: Self.cubic(), loss: .squaredError,
        optimizer: .sgd(learningRate: 0.1), batchSize: 10, seed: seed)
      for _ in 0..<20 { try run.nextEpoch() }
      return run.network
    }
    let first = try train(seed: 1)
    #expect(try train(seed: 1).fingerprint == first.fingerprint)
    #expect(try train(seed: 2).fingerprint != first.fingerprint)
  }

  @Test("an epoch visits every sample once, and the last batch is smaller")
  func epochs() throws {
    // One weight, rate 0: the loss of an epoch is then the mean over all samples, in any order.
    let data = Self.cubic(count: 23)
    let network = Network("1, 1", seed: 1)
    for shuffles in [true, false] {
      var run = try TrainingRun(
        network: network, data: data, loss: .squaredError, optimizer: .sgd(learningRate: 0), batchSize: 10,
        shuffles: shuffles)
      let epoch = try #require(try run.nextEpoch())
      #expect(epoch.index == 1 && run.steps == 3 && run.epochs == 1)
      #expect(try abs(epoch.loss - network.meanLoss(.squaredError, on: data)) < 1e-6)
      #expect(run.network == network)
    }
  }

  @Test("without shuffling, batches come in order")
  func inOrder() throws {
    let data = Self.cubic(count: 6)
    var expected = Network("1, 3 tanh, 1", seed: 1)
    var run = try TrainingRun(
      network: expected, data: data, loss: .squaredError, optimizer: .sgd(learningRate: 0.1), batchSize: 4,
      shuffles: false)
    try run.nextEpoch()
    let step = TrainingStep(schema: expected.schema, loss: .squaredError, batchCapacity: 4)
    for rows in [0..<4, 4..<6] {
      try step.train(
        &expected, inputs: Array(data.inputs[rows]), targets: Array(data.targets[rows]), rows: rows.count,
        optimizer: .sgd(learningRate: 0.1))
    }
    #expect(run.network.fingerprint == expected.fingerprint)
  }

  @Test func learns() throws {
    var run = try TrainingRun(
      network: Network("1, 16 relu, 1", seed: 1), data: Self.cubic(), loss: .squaredError,
      optimizer: .sgd(learningRate: 0.1), stopping: .after(epochs: 500), batchSize: 16, seed: 1)
    try run.train()
    #expect(try run.network.meanLoss(.squaredError, on: Self.cubic()) < 0.002)
  }

  @Test("L2 shrinks weights and leaves biases alone")
  func l2() throws {
    var network = Network("1, 1", initializer: .zeros)
    network.setWeights([2], ofLayer: 0)
    network.setBiases([3], ofLayer: 0)
    // At x = 0, y = 3 the loss has no gradient; only the penalty 0.1·w² acts: w −= 0.5 · 2 · 0.1 · 2.
    let step = TrainingStep(schema: network.schema, loss: .squaredError, batchCapacity: 1)
    let regularizer = Regularizer(l2: 0.1)
    #expect(abs(regularizer.penalty(of: network) - 0.4) < 1e-6)
    try step.train(
      &network, inputs: [0], targets: [3], rows: 1, optimizer: .sgd(learningRate: 0.5), regularizer: regularizer)
    #expect(abs(network.weights(ofLayer: 0)[0] - 1.8) < 1e-6)
    #expect(network.biases(ofLayer: 0) == [3])
  }

  @Test("a rate that's too high throws with layer and step, and the last finite weights stay")
  func nonFinite() throws {
    var run = try TrainingRun(
      network: Network("1, 8 relu, 8 relu, 1", seed: 1), data: Self.cubic(), loss: .squaredError,
      optimizer: .sgd(learningRate: 50), batchSize: 8, seed: 1)
    var caught: TrainingError?
    for _ in 0..<200 where caught == nil {
      do {
        try run.nextEpoch()
      } catch {
        caught = error
      }
    }
    guard case .nonFinite(let found) = try #require(caught) else {
      Issue.record("\(String(describing: caught))")
      return
    }
    #expect((0...2).contains(found.layer) && found.step == run.steps + 1 && found.cause == .learningRateTooHigh)
    #expect(caught?.description.contains("learning rate is too high") == true)
    for layer in 0..<3 {
      #expect(run.network.weights(ofLayer: layer).allSatisfy { $0.isFinite })
      #expect(run.network.biases(ofLayer: layer).allSatisfy { $0.isFinite })
    }
  }

  @Test func whatDoesNotFitIsRefused() {
    func error(_ schema: Schema, _ data: Dataset, _ loss: Loss, batchSize: Int = 4) -> TrainingError? {
      do {
        _ = try TrainingRun(
          network: Network(schema), data: data, loss: loss, optimizer: .sgd(learningRate: 0.1), batchSize: batchSize)
        return nil
      } catch {
        return error
      }
    }
    let data = Self.cubic()
    #expect(error("2, 1", data, .squaredError) == .mismatch(schema: "2, 1", inputCount: 1, targetCount: 1))
    #expect(error("1, 2", data, .squaredError) == .mismatch(schema: "1, 2", inputCount: 1, targetCount: 1))
    #expect(error("1, 1", data, .crossEntropy) == .lossDoesNotFit(.crossEntropy, schema: "1, 1"))
    #expect(error("1, 1", data, .squaredError, batchSize: 0) == .outOfRange(.batchSize, found: 0))
    let empty = Dataset(inputs: [], targets: [], inputCount: 1, targetCount: 1)
    #expect(error("1, 1", empty, .squaredError) == .noSamples)
    let bad = Dataset(inputs: [1, .nan], targets: [1, 1], inputCount: 1, targetCount: 1)
    #expect(error("1, 1", bad, .squaredError) == .nonFiniteSample(index: 1))
    let infinite = Dataset(inputs: [1, 2], targets: [.infinity, 1], inputCount: 1, targetCount: 1)
    #expect(error("1, 1", infinite, .squaredError) == .nonFiniteSample(index: 0))
  }
}

import ChainruleCore
import ChainruleKernels
import Foundation
import Testing

/// A run as a value: stopped, stored, resumed, stepped back; early stopping, freezing, new data.
struct TrainingRunTests {
  static let optimizers = Optimizer.names.map { Optimizer(name: $0)! }

  static func waves(count: Int = 50, seed: UInt64 = 1) -> Dataset {
    var random = RandomSource(seed: seed)
    var inputs: [Float] = []
    var targets: [Float] = []
    for _ in 0..<count {
      let (x, y) = (random.uniform(-1, 1), random.uniform(-1, 1))
      inputs += [x, y]
      targets.append(x * y + 0.1 * random.normal())
    }
    return Dataset(inputs: inputs, targets: targets, inputCount: 2, targetCount: 1)
  }

  /// Uses everything that draws random numbers or has state, as far as the optimizer allows.
  static func run(_ optimizer: Optimizer, seed: UInt64 = 3, schedule: Schedule = .constant) throws -> TrainingRun {
    let isCertain = optimizer.method == Optimizer.lbfgs().method
    let schema: Schema = isCertain ? "2, 8 tanh, layernorm, 1" : "2, 8 tanh, batchnorm, dropout 0.2, 4 relu, 1"
    return try TrainingRun(
      network: Network(schema, seed: seed), data: waves(), validation: waves(count: 20, seed: 2), optimizer: optimizer,
      schedule: isCertain ? .constant : schedule,
      regularizer: Regularizer(l1: 0.0001, l2: 0.001, maxNorm: isCertain ? nil : 3),
      stopping: .early(patience: 100), batchSize: 8, seed: seed)
  }

  @Test("ten epochs, saved and resumed for ten more, equal twenty, bit for bit", arguments: optimizers)
  func resume(optimizer: Optimizer) throws {
    let schedules: [Schedule] = [
      .constant, .reduceOnPlateau(factor: 0.5, patience: 1), .cosine(period: 7).warmedUp(for: 2),
    ]
    for schedule in schedules {
      var whole = try Self.run(optimizer, schedule: schedule)
      for _ in 0..<20 { try whole.nextEpoch() }

      var first = try Self.run(optimizer, schedule: schedule)
      for _ in 0..<10 { try first.nextEpoch() }
      let stored = try JSONEncoder().encode(first.state)
      var second = try Self.run(optimizer, seed: 99, schedule: schedule)
      try second.restore(JSONDecoder().decode(TrainingRun.State.self, from: stored))
      #expect(second.state == first.state)
      for _ in 0..<10 { try second.nextEpoch() }
      #expect(second.network.fingerprint == whole.network.fingerprint)
      #expect(second.state == whole.state)
      #expect(whole.state != first.state)
    }
  }

  @Test("a state from the middle of an epoch continues there, and an old state goes one step back")
  func steps() throws {
    var run = try Self.run(.adam())
    for _ in 0..<10 { try run.nextStep() }
    let kept = run.state
    let expected = try run.nextStep()
    let after = run.state
    try run.restore(kept)
    #expect(run.state == kept && run.steps == 10)
    #expect(try run.nextStep() == expected)
    #expect(run.state == after)
    var other = run.copy()
    try other.nextEpoch()
    #expect(run.state == after && other.state != after)
  }

  @Test("a state of another run, or a damaged one, is refused")
  func foreignStates() throws {
    var run = try Self.run(.adam())
    let otherSchema = try TrainingRun(network: Network("2, 1"), data: Self.waves())
    #expect(throws: TrainingError.stateDoesNotFit) { try run.restore(otherSchema.state) }
    let otherCount = try TrainingRun(network: run.network, data: Self.waves(count: 49))
    #expect(throws: TrainingError.stateDoesNotFit) { try run.restore(otherCount.state) }
    #expect(throws: TrainingError.stateDoesNotFit) { try run.restore(Self.run(.sgd()).state) }
    func tampered(_ pattern: String, _ replacement: String) throws -> TrainingRun.State {
      var text = String(decoding: try JSONEncoder().encode(run.state), as: UTF8.self)
      #expect(text.contains(pattern))
      text = text.replacingOccurrences(of: pattern, with: replacement)
      return try JSONDecoder().decode(TrainingRun.State.self, from: Data(text.utf8))
    }
    #expect(throws: TrainingError.stateDoesNotFit) { try run.restore(tampered("\"position\":0", "\"position\":-1")) }
    #expect(throws: TrainingError.stateDoesNotFit) { try run.restore(tampered("\"order\":[0,1,", "\"order\":[1,1,")) }
    #expect(throws: TrainingError.stateDoesNotFit) { try run.restore(tampered("\"order\":[0,1,", "\"order\":[700,1,")) }
    #expect(throws: DecodingError.self) { try tampered("\"frozen\":[false,", "\"frozen\":[") }
    #expect(throws: DecodingError.self) { try tampered("\"moments\":[[0,", "\"moments\":[[") }
    #expect(throws: TrainingError.stateDoesNotFit) {
      try run.restore(tampered("\"moments\":[[", "\"moments\":[],\"x\":[["))
    }
    #expect(throws: DecodingError.self) { try tampered("\"[2, [8", "\"[2, [9") }
    #expect(throws: DecodingError.self) { try tampered("\"[2, [8", "\"[2, [8,") }
  }

  @Test("early stopping is patient, and restores the best network")
  func earlyStopping() throws {
    // With more parameters than samples, and noise, the validation loss rises again.
    var run = try TrainingRun(
      network: Network("2, 60 tanh, 60 tanh, 1", seed: 1), data: Self.waves(count: 12),
      validation: Self.waves(count: 40, seed: 2), optimizer: .adam(learningRate: 0.01),
      stopping: .early(patience: 15), batchSize: 4, seed: 1)
    var losses: [Float] = []
    while let epoch = try run.nextEpoch() { losses.append(try #require(epoch.validationLoss)) }
    let best = try #require(losses.indices.min { losses[$0] < losses[$1] })
    #expect(run.isFinished && losses.count == best + 16 && losses.count < 1_000)
    #expect(run.state.best?.epoch == best + 1)
    #expect(try abs(run.network.meanLoss(.meanSquaredError, on: Self.waves(count: 40, seed: 2)) - losses[best]) < 1e-6)
    #expect(try run.nextEpoch() == nil)
  }

  @Test func trainingEndsAfterItsEpochs() throws {
    var run = try TrainingRun(
      network: Network("2, 4 tanh, 1", seed: 1), data: Self.waves(), stopping: .after(epochs: 5))
    #expect(try run.train(epochs: 2)?.index == 2 && !run.isFinished)
    #expect(try run.train()?.index == 5 && run.isFinished)
    #expect(try run.train() == nil && run.epochs == 5)
  }

  @Test("frozen layers don't change, including normalizations", arguments: optimizers)
  func freezing(optimizer: Optimizer) throws {
    let isCertain = optimizer.method == Optimizer.lbfgs().method
    let schema: Schema = isCertain ? "2, 6 tanh, layernorm, 5 relu, 1" : "2, 6 tanh, batchnorm, 5 relu, 1"
    var network = Network(schema, seed: 1)
    network.setFrozen(true, layer: 0)
    network.setFrozen(true, layer: 1)
    var run = try TrainingRun(
      network: network, data: Self.waves(), optimizer: optimizer,
      regularizer: Regularizer(l1: 0.01, l2: 0.01, maxNorm: isCertain ? nil : 0.1), seed: 1)
    for _ in 0..<3 { try run.nextEpoch() }
    for layer in 0..<2 {
      #expect(run.network.weights(ofLayer: layer) == network.weights(ofLayer: layer))
      #expect(run.network.biases(ofLayer: layer) == network.biases(ofLayer: layer))
      #expect(run.network.runningMeans(ofLayer: layer) == network.runningMeans(ofLayer: layer))
      #expect(run.network.runningVariances(ofLayer: layer) == network.runningVariances(ofLayer: layer))
    }
    for layer in 2..<4 { #expect(run.network.weights(ofLayer: layer) != network.weights(ofLayer: layer)) }
    #expect(run.network.isFrozen(layer: 0) && !run.network.isFrozen(layer: 2))
  }

  @Test("a run can learn from new samples")
  func partialFit() throws {
    var run = try TrainingRun(network: Network("2, 16 tanh, 1", seed: 1), data: Self.waves(), batchSize: 16, seed: 1)
    try run.train(epochs: 5)
    let news = Self.waves(count: 40, seed: 7)
    let before = try run.network.meanLoss(.meanSquaredError, on: news)
    let steps = run.steps
    for _ in 0..<60 { try run.learn(from: news) }
    #expect(try run.network.meanLoss(.meanSquaredError, on: news) < before)
    #expect(run.steps == steps + 180 && run.epochs == 5)
    #expect(throws: TrainingError.mismatch(schema: run.network.schema, inputCount: 1, targetCount: 1)) {
      try run.learn(from: Dataset(inputs: [1], targets: [1], inputCount: 1, targetCount: 1))
    }
    let samples = run.state
    #expect(throws: TrainingError.nonFiniteSample(index: 1)) {
      try run.learn(from: Dataset(inputs: [1, 1, 1, .nan], targets: [1, 1], inputCount: 2, targetCount: 1))
    }
    #expect(run.state == samples)
  }

  @Test("a failed step changes nothing, and its error says what, where, when and why")
  func nonFinite() throws {
    func failure(_ run: inout TrainingRun) throws -> TrainingError.NonFinite {
      var before = run.state
      for _ in 0..<10_000 {
        before = run.state
        do throws(TrainingError) {
          try run.nextStep()
        } catch {
          #expect(run.state == before)
          guard case .nonFinite(let found) = error else { throw error }
          #expect(found.step == run.steps + 1)
          #expect(run.network.weights(ofLayer: 0).allSatisfy { $0.isFinite })
          return found
        }
      }
      throw TrainingError.noSamples
    }
    var fast = try TrainingRun(
      network: Network("2, 8 relu, 8 relu, 1", seed: 1), data: Self.waves(), optimizer: .sgd(learningRate: 100))
    #expect(try failure(&fast).cause == .learningRateTooHigh)

    let huge = Dataset(inputs: [1e20, 2e20, 3e20, -1e20], targets: [1, 2], inputCount: 2, targetCount: 1)
    var unscaled = try TrainingRun(network: Network("2, 8 relu, 1", seed: 1), data: huge)
    #expect(try failure(&unscaled).cause == .unscaledInputs)

    let deep = try Schema(inputs: 2, layers: [Schema.Layer](repeating: .init(50), count: 60) + [.init(1)])
    var exploding = try TrainingRun(network: Network(deep, initializer: .normal(), seed: 1), data: Self.waves())
    let found = try failure(&exploding)
    #expect(found.cause == .explodingGradient && found.step == 1)
    #expect(TrainingError.nonFinite(found).description.contains("gradient explodes"))

    // With a normalization in each layer, a network of the same depth trains.
    let calm = try Schema(
      inputs: 2,
      layers: [[Schema.Layer]](repeating: [.init(50), .layerNormalization()], count: 60).flatMap { $0 } + [.init(1)])
    var trains = try TrainingRun(network: Network(calm, initializer: .normal(), seed: 1), data: Self.waves())
    try trains.nextEpoch()
  }

  @Test("the same bits on every run, even if several run at once")
  func deterministic() async throws {
    for optimizer in [Optimizer.adam(), .nAdam(), .lbfgs()] {
      let alone = try {
        var run = try Self.run(optimizer)
        try run.train(epochs: 5)
        return run.network.fingerprint
      }()
      let together = try await withThrowingTaskGroup(of: UInt64.self) { group in
        for _ in 0..<8 {
          group.addTask {
            var run = try Self.run(optimizer)
            try run.train(epochs: 5)
            return run.network.fingerprint
          }
        }
        return try await group.reduce(into: Set()) { $0.insert($1) }
      }
      #expect(together == [alone])
    }
  }

  @Test("L-BFGS refuses random losses, and finds the least-squares solution")
  func lbfgs() throws {
    #expect(throws: TrainingError.optimizerNeedsCertainty(layer: 1)) {
      try TrainingRun(network: Network("2, 3, dropout 0.1, 1"), data: Self.waves(), optimizer: .lbfgs())
    }
    #expect(throws: TrainingError.optimizerNeedsCertainty(layer: 0)) {
      try TrainingRun(network: Network("2, batchnorm, 1"), data: Self.waves(), optimizer: .lbfgs())
    }
    func refused(
      _ schedule: Schedule = .constant, _ change: (inout Optimizer) -> Void = { _ in }, maxNorm: Float? = nil
    ) -> TrainingError? {
      var optimizer = Optimizer.lbfgs()
      change(&optimizer)
      do {
        _ = try TrainingRun(
          network: Network("2, 1"), data: Self.waves(), optimizer: optimizer, schedule: schedule,
          regularizer: Regularizer(maxNorm: maxNorm))
        return nil
      } catch {
        return error
      }
    }
    #expect(refused() == nil && refused(.cosine(period: 3)) == .optimizerIgnores(.schedule))
    #expect(refused(.constant, { $0.clipping = .norm(1) }) == .optimizerIgnores(.clipping))
    #expect(refused(.constant, { $0.weightDecay = 0.1 }) == .optimizerIgnores(.weightDecay))
    #expect(refused(maxNorm: 1) == .optimizerIgnores(.maxNorm))
    var all = try TrainingRun(network: Network("2, 1"), data: Self.waves(), optimizer: .lbfgs())
    #expect(throws: TrainingError.optimizerNeedsAllSamples) { try all.learn(from: Self.waves()) }
    let smoothed = TrainingError.lossDoesNotFit(.crossEntropy(smoothing: 0.1), schema: "2, 1 sigmoid")
    #expect(smoothed.description.contains("needs a last layer with softmax, found sigmoid"))

    // Points on a plane.
    let x = Self.waves(count: 30).inputs
    let plane = Dataset(
      inputs: x, targets: (0..<30).map { 2 * x[2 * $0] - 3 * x[2 * $0 + 1] + 0.5 }, inputCount: 2, targetCount: 1)
    var run = try TrainingRun(
      network: Network("2, 1", seed: 4), data: plane, optimizer: .lbfgs(), stopping: .after(epochs: 100))
    try run.train()
    let weights = run.network.weights(ofLayer: 0) + run.network.biases(ofLayer: 0)
    for (found, expected) in zip(weights, [2, -3, 0.5] as [Float]) { #expect(abs(found - expected) < 1e-5) }
    #expect(run.isFinished && run.epochs < 40)

    // The loss never rises, and the fit is better than after as many epochs of Adam.
    var curve = try TrainingRun(
      network: Network("2, 10 tanh, 1", seed: 1), data: Self.waves(), optimizer: .lbfgs(),
      regularizer: Regularizer(l2: 1e-5), stopping: .after(epochs: 100))
    var last = Float.infinity
    while let epoch = try curve.nextEpoch() {
      let penalised = epoch.loss
      #expect(penalised <= last * 1.01 + 1e-4)
      last = min(last, penalised)
    }
    var adam = try TrainingRun(
      network: Network("2, 10 tanh, 1", seed: 1), data: Self.waves(), stopping: .after(epochs: 100))
    try adam.train()
    #expect(
      try curve.network.meanLoss(.meanSquaredError, on: Self.waves())
        < adam.network.meanLoss(.meanSquaredError, on: Self.waves()))
  }
}

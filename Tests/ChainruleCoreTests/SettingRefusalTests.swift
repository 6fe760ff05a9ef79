import ChainruleCore
import ChainruleKernels
import Testing

/// Invalid settings are refused when a run is created and in each step, whether they were passed to an initializer or
/// set afterwards. A step that throws has changed nothing.
struct SettingRefusalTests {
  private typealias Setting = TrainingError.Setting

  private static func optimizer(_ start: Optimizer = .adam(), _ change: (inout Optimizer) -> Void) -> Optimizer {
    var optimizer = start
    change(&optimizer)
    return optimizer
  }

  private static let optimizers: [(Optimizer, Setting)] = [
    (.sgd(learningRate: -0.1), .learningRate), (.sgd(learningRate: .nan), .learningRate),
    (.adam(learningRate: .infinity), .learningRate), (.adam(learningRate: 1e30), .learningRate),
    (optimizer { $0.learningRate = -1 }, .learningRate), (optimizer { $0.learningRate = .nan }, .learningRate),
    (.sgd(learningRate: 1, biasLearningRate: -1), .biasLearningRate),
    (optimizer { $0.biasLearningRate = .nan }, .biasLearningRate),
    (.adamW(weightDecay: -1), .weightDecay), (.adamW(weightDecay: .nan), .weightDecay),
    (.adamW(learningRate: 0.1, weightDecay: 11), .weightDecay),
    (optimizer { $0.weightDecay = .infinity }, .weightDecay),
    (.lion(learningRate: 1, weightDecay: 1e30), .weightDecay),
    (.momentum(momentum: 1), .momentum), (.momentum(momentum: -0.1), .momentum), (.nesterov(momentum: .nan), .momentum),
    (.adadelta(decay: 1), .decay), (.adadelta(epsilon: 0), .epsilon), (.rmsProp(decay: 2), .decay),
    (.rmsProp(epsilon: -1), .epsilon), (.rmsProp(epsilon: .nan, isCentered: true), .epsilon),
    (.adagrad(epsilon: 0), .epsilon), (.adagrad(epsilon: .infinity), .epsilon),
    (.adagrad(epsilon: .leastNonzeroMagnitude), .epsilon),
    (.adam(beta1: 1), .beta1), (.adam(beta1: -0.1), .beta1), (.adam(beta1: .nan), .beta1), (.adam(beta2: 1), .beta2),
    (.adam(beta2: 2), .beta2), (.adam(epsilon: 0), .epsilon), (.amsGrad(beta2: 1), .beta2),
    (.adaMax(beta1: 1), .beta1), (.adaMax(beta2: 1), .beta2), (.adaMax(epsilon: 0), .epsilon),
    (.nAdam(momentumDecay: -1), .momentumDecay), (.nAdam(momentumDecay: .nan), .momentumDecay),
    (.nAdam(beta1: 1), .beta1), (.rAdam(beta1: 1), .beta1), (.rAdam(beta2: 1), .beta2),
    (.lion(beta1: 1), .beta1), (.lion(beta2: .nan), .beta2),
    (optimizer { $0.method = .adam(beta1: 0.9, beta2: 1.5, epsilon: 1e-8, variant: .plain) }, .beta2),
    (optimizer { $0.clipping = .norm(-1) }, .clipping), (optimizer { $0.clipping = .norm(0) }, .clipping),
    (optimizer { $0.clipping = .value(.nan) }, .clipping), (optimizer { $0.clipping = .value(.infinity) }, .clipping),
  ]

  private static func regularizer(_ change: (inout Regularizer) -> Void) -> Regularizer {
    var regularizer = Regularizer()
    change(&regularizer)
    return regularizer
  }

  private static let regularizers: [(Regularizer, Setting)] = [
    (Regularizer(l1: -1), .l1), (Regularizer(l1: .nan), .l1), (Regularizer(l2: -1), .l2), (Regularizer(l2: 1e38), .l2),
    (Regularizer(maxNorm: 0), .maxNorm), (Regularizer(maxNorm: .nan), .maxNorm), (Regularizer(maxNorm: -1), .maxNorm),
    (regularizer { $0.l1 = .infinity }, .l1), (regularizer { $0.l2 = -1 }, .l2),
    (regularizer { $0.maxNorm = 0 }, .maxNorm),
  ]

  private static func stopping(_ change: (inout Stopping) -> Void) -> Stopping {
    var stopping = Stopping.after(epochs: 3)
    change(&stopping)
    return stopping
  }

  private static let stoppings: [(Stopping, Setting)] = [
    (.after(epochs: -1), .epochs), (.best(epochs: -3), .epochs), (.early(patience: 0), .patience),
    (.early(patience: -1), .patience), (.early(patience: 1, epochs: -1), .epochs),
    (.early(patience: 1, minimumImprovement: .nan), .minimumImprovement), (stopping { $0.epochs = -3 }, .epochs),
    (stopping { $0.patience = 0 }, .patience), (stopping { $0.minimumImprovement = -1 }, .minimumImprovement),
    (stopping { $0.minimumImprovement = .infinity }, .minimumImprovement),
  ]

  private static let schedules: [(Schedule, Setting)] = [
    (.step(every: 0), .period), (.step(every: .nan), .period), (.step(every: 1, factor: 0), .factor),
    (.step(every: 1, factor: -1), .factor), (.exponential(factor: 0), .factor),
    (.exponential(factor: .infinity), .factor),
    (.cosine(period: 0), .period), (.cosine(period: -1), .period), (.cosine(period: 1, growth: 0.5), .growth),
    (.cosine(period: 1, growth: .nan), .growth), (.cosine(period: 1e-9, growth: 1.000_001), .growth),
    (.cosine(period: 1, floor: -0.1), .floor),
    (.oneCycle(length: 0), .length), (.oneCycle(length: 1, rise: 0), .rise), (.oneCycle(length: 1, rise: 1), .rise),
    (.oneCycle(length: 1, start: -1), .start), (.oneCycle(length: 1, end: 2), .end), (.polynomial(length: 0), .length),
    (.polynomial(length: 1, power: 0), .power), (.polynomial(length: 1, floor: .nan), .floor),
    (.reduceOnPlateau(factor: 1), .plateauFactor), (.reduceOnPlateau(factor: 0), .plateauFactor),
    (.reduceOnPlateau(patience: -1), .plateauPatience), (.reduceOnPlateau(threshold: 1), .plateauThreshold),
    (.reduceOnPlateau(cooldown: -1), .cooldown), (.reduceOnPlateau(floor: 2), .floor),
    (.constant.warmedUp(for: -1), .warmUp), (.constant.warmedUp(for: .nan), .warmUp),
    (.cosine(period: 9).warmedUp(for: 1, from: -1), .warmUpStart), (.constant.warmedUp(for: 1, from: 2), .warmUpStart),
  ]

  private static let data = TrainingRunTests.waves()
  private static let network = Network("2, 5 tanh, batchnorm, 4 relu, 1", seed: 1)

  private static func error(_ body: () throws -> Void) throws -> TrainingError? {
    do { try body() } catch let error as TrainingError { return error }
    return nil
  }

  private static func expect(_ error: TrainingError?, _ setting: Setting) {
    guard case .outOfRange(setting, let found) = error else {
      Issue.record("expected \(setting), found \(String(describing: error))")
      return
    }
    let text = error!.description
    #expect(text.hasPrefix("found ") && text.contains("; it must be ") && !text.contains("\n"), "\(text), \(found)")
  }

  @Test("a run with a setting out of its range isn't created, and the error names the setting")
  func runs() throws {
    for (optimizer, setting) in Self.optimizers {
      Self.expect(
        try Self.error { _ = try TrainingRun(network: Self.network, data: Self.data, optimizer: optimizer) }, setting)
      var options = TrainingOptions()
      options.optimizer = optimizer
      Self.expect(try Self.error { try options.check() }, setting)
    }
    for (regularizer, setting) in Self.regularizers {
      Self.expect(
        try Self.error { _ = try TrainingRun(network: Self.network, data: Self.data, regularizer: regularizer) },
        setting)
      Self.expect(
        try Self.error {
          _ = try GradientCheck(of: Self.network, on: Self.data, loss: .squaredError, regularizer: regularizer)
        }, setting)
    }
    for (stopping, setting) in Self.stoppings {
      Self.expect(
        try Self.error { _ = try TrainingRun(network: Self.network, data: Self.data, stopping: stopping) }, setting)
    }
    for (schedule, setting) in Self.schedules {
      Self.expect(
        try Self.error { _ = try TrainingRun(network: Self.network, data: Self.data, schedule: schedule) }, setting)
      var options = TrainingOptions()
      options.ratePlan = .schedule(schedule)
      Self.expect(try Self.error { try options.check() }, setting)
    }
    for size in [0, -1, Int.min] {
      Self.expect(
        try Self.error { _ = try TrainingRun(network: Self.network, data: Self.data, batchSize: size) }, .batchSize)
    }
    Self.expect(
      try Self.error { _ = try TrainingRun(network: Network("2, 1"), data: Self.data, optimizer: .lbfgs(history: 0)) },
      .history)
    #expect(
      try Self.error {
        _ = try TrainingRun(network: Network("2, 1"), data: Self.data, optimizer: .sgd(learningRate: -0.1))
      }?
      .description == "found -0.1 for the learning rate; it must be from 0 to 1e+10")
  }

  @Test("every step, even the first, refuses them and changes nothing")
  func steps() throws {
    let step = TrainingStep(schema: Self.network.schema, loss: .squaredError, batchCapacity: 8)
    func expectRefusal(_ optimizer: Optimizer, _ regularizer: Regularizer, _ setting: Setting) throws {
      var network = Self.network
      var state = StepState(for: network.schema, optimizer: optimizer)
      let before = state
      Self.expect(
        try Self.error {
          try step.train(
            &network, state: &state, inputs: Self.data.inputs, targets: Self.data.targets, rows: 8,
            optimizer: optimizer,
            regularizer: regularizer)
        }, setting)
      #expect(network == Self.network && network.fingerprint == Self.network.fingerprint && state == before)
    }
    for (optimizer, setting) in Self.optimizers { try expectRefusal(optimizer, Regularizer(), setting) }
    for (regularizer, setting) in Self.regularizers { try expectRefusal(.adam(), regularizer, setting) }
  }

  @Test("a schedule that makes the rate infinite stops the run, which stays as it was")
  func endlessRate() throws {
    var run = try TrainingRun(
      network: Self.network, data: Self.data, optimizer: .sgd(learningRate: 1e-6), schedule: .exponential(factor: 1e9),
      batchSize: 50)
    for _ in 0..<2 { try run.nextStep() }
    let before = run.state
    // An epoch is one step, and the third has a rate of 10¹².
    for _ in 0..<2 {
      Self.expect(try Self.error { try run.nextStep() }, .learningRate)
      #expect(run.state == before)
    }
  }

  @Test("whatever is set, a step throws and changes nothing, or leaves finite numbers", arguments: tables)
  func noSilentNaN(kernels: Kernels) throws {
    let numbers: [Double] = [
      0, -0.0, -1, .nan, .infinity, 1e-45, 1e-38, 1e-30, 1e-8, 0.5, 0.9, 0.999_999_999_9, 1, 1.5, 1_000, 1e10, 1e19,
      1e30,
      3e38, 1e300,
    ]
    var random = RandomSource(seed: 7)
    var (thrown, learned) = (0, 0)
    for round in 0..<3_000 {
      func number() -> Double { numbers[random.index(below: numbers.count)] }
      /// Mostly usual values, so that a run often begins.
      func usually(_ value: Double) -> Double { random.index(below: 6) == 0 ? number() : value }
      func float(_ value: Double) -> Float { Float(usually(value)) }
      let methods: [Optimizer.Method] = [
        .sgd, .momentum(decay: usually(0.9), isNesterov: true), .momentum(decay: usually(0.9), isNesterov: false),
        .adagrad(epsilon: float(1e-10)), .adadelta(decay: usually(0.9), epsilon: float(1e-6)),
        .rmsProp(decay: usually(0.99), epsilon: float(1e-8), isCentered: false),
        .rmsProp(decay: usually(0.99), epsilon: float(1e-8), isCentered: true),
        .adam(beta1: usually(0.9), beta2: usually(0.999), epsilon: float(1e-8), variant: .plain),
        .adam(beta1: usually(0.9), beta2: usually(0.999), epsilon: float(1e-8), variant: .amsGrad),
        .adam(beta1: usually(0.9), beta2: usually(0.999), epsilon: float(1e-8), variant: .rAdam),
        .adam(
          beta1: usually(0.9), beta2: usually(0.999), epsilon: float(1e-8),
          variant: .nAdam(momentumDecay: usually(0.004))),
        .adaMax(beta1: usually(0.9), beta2: usually(0.999), epsilon: float(1e-8)),
        .lion(beta1: usually(0.9), beta2: usually(0.99)),
      ]
      var optimizer = Optimizer(methods[round % methods.count], learningRate: float(0.01), weightDecay: float(0))
      if random.index(below: 3) == 0 { optimizer.biasLearningRate = float(0.01) }
      let clippings: [Optimizer.Clipping] = [.none, .none, .norm(float(1)), .value(float(1))]
      optimizer.clipping = clippings[random.index(below: clippings.count)]
      let regularizer = Regularizer(
        l1: float(0), l2: float(0), maxNorm: random.index(below: 3) == 0 ? float(1) : nil)
      let schemas: [Schema] = ["2, 3 relu, 1", "2, batchnorm, 3 tanh, 1", "2, 40 relu, 1", "2, layernorm, 3, 1"]
      let schema = schemas[random.index(below: schemas.count)]
      var network = Network(schema, seed: UInt64(round))
      var state = StepState(for: schema, optimizer: optimizer)
      let step = TrainingStep(schema: schema, loss: .meanSquaredError, batchCapacity: 4, kernels: kernels)
      let scale = Float(usually(1))
      let inputs = (0..<8).map { _ in scale * random.normal() }
      let targets = (0..<4).map { _ in float(0.5) }
      let weights: [Float]? = random.index(below: 3) == 0 ? (0..<4).map { _ in float(1) } : nil
      for _ in 0..<4 {
        let (before, stateBefore) = (network, state)
        do {
          try step.train(
            &network, state: &state, inputs: inputs, targets: targets, weights: weights, rows: 4, optimizer: optimizer,
            regularizer: regularizer)
          learned += 1
        } catch {
          thrown += 1
          #expect(network == before && network.fingerprint == before.fingerprint && state == stateBefore)
          break
        }
        for layer in schema.layers.indices {
          let all =
            network.weights(ofLayer: layer) + network.biases(ofLayer: layer) + network.runningMeans(ofLayer: layer)
            + network.runningVariances(ofLayer: layer)
          #expect(all.allSatisfy { $0.isFinite }, "\(optimizer) \(regularizer) \(schema) \(inputs) \(targets)")
        }
      }
    }
    #expect(thrown > 1_000 && learned > 2_000, "\(thrown) \(learned)")
  }

  @Test("an error names the likely cause")
  func causes() throws {
    func cause(_ run: inout TrainingRun) throws -> TrainingError.Cause {
      for _ in 0..<2_000 {
        let before = run.state
        do throws(TrainingError) {
          try run.nextStep()
        } catch {
          #expect(run.state == before)
          guard case .nonFinite(let found) = error else { throw error }
          return found.cause
        }
      }
      throw TrainingError.noSamples
    }
    func run(
      _ data: Dataset = Self.data, _ optimizer: Optimizer = .sgd(), l1: Float = 0, l2: Float = 0, loss: Loss? = nil,
      initializer: Initializer? = nil
    ) throws -> TrainingRun {
      try TrainingRun(
        network: Network("2, 4, 4, 1", initializer: initializer, seed: 1), data: data, loss: loss,
        optimizer: optimizer, regularizer: Regularizer(l1: l1, l2: l2))
    }
    var fast = try run(Self.data, .sgd(learningRate: 1e9))
    #expect(try cause(&fast) == .learningRateTooHigh)
    var penalized = try run(l2: 1e5)
    #expect(try cause(&penalized) == .penaltyTooLarge)
    let prices = Dataset(
      inputs: Self.data.inputs, targets: Self.data.targets.map { $0 * 1e6 + 500_000 }, inputCount: 2)
    var unscaled = try run(prices)
    #expect(try cause(&unscaled) == .unscaledTargets)
    let far = Dataset(inputs: Self.data.inputs.map { $0 * 1e20 }, targets: Self.data.targets, inputCount: 2)
    var wide = try run(far)
    #expect(try cause(&wide) == .unscaledInputs)
    let counts = Dataset(inputs: Self.data.inputs, targets: Self.data.targets.map { _ in 5_000 }, inputCount: 2)
    var counting = try run(counts, .sgd(learningRate: 1), loss: .poisson)
    #expect(try cause(&counting) == .learningRateTooHigh)
    var heavy = try run(initializer: .constant(1e15))
    #expect(try cause(&heavy) == .explodingGradient)
    let error = try #require(try Self.error { try penalized.nextStep() })
    #expect(error.description.contains("probably the penalty on weights is too large: lower l1 and l2"))
  }

  @Test("a network with NaN is refused")
  func damagedNetwork() throws {
    var network = Self.network
    network.setBiases([0, 0, .nan, 0], ofLayer: 2)
    #expect(throws: TrainingError.nonFiniteNetwork(layer: 2)) { try TrainingRun(network: network, data: Self.data) }
    #expect(TrainingError.nonFiniteNetwork(layer: 2).description.contains("layer 3 of the network holds"))
  }
}

import ChainruleCore
import ChainruleKernels
import Testing

/// The defaults, and the other options.
struct TrainingOptionsTests {
  /// Points; those far to the right are in the rare class 1.
  private static func data(count: Int = 60) -> Dataset {
    var random = RandomSource(seed: 1)
    let inputs = (0..<(2 * count)).map { _ in random.normal() }
    let targets = (0..<count).map { inputs[2 * $0] > 0.8 ? Float(1) : 0 }
    return Dataset(inputs: inputs, targets: targets, inputCount: 2, targetCount: 1)
  }

  /// Options with one of them changed.
  private static func options(_ change: (inout TrainingOptions) -> Void) -> TrainingOptions {
    var options = TrainingOptions()
    change(&options)
    return options
  }

  private static let bad: [(TrainingOptions, TrainingError.Setting)] = [
    (options { $0.epochs = -1 }, .epochs), (options { $0.epochs = .max }, .epochs),
    (options { $0.batchSize = 0 }, .batchSize), (options { $0.patience = 0 }, .patience),
    (options { $0.minimumImprovement = .nan }, .minimumImprovement),
    (options { $0.optimizer.learningRate = -1 }, .learningRate),
    (options { $0.optimizer.learningRate = .infinity }, .learningRate),
    (options { $0.optimizer.biasLearningRate = .nan }, .biasLearningRate),
    (options { $0.optimizer.weightDecay = -0.1 }, .weightDecay),
    (options { $0.optimizer.clipping = .norm(0) }, .clipping),
    (options { $0.optimizer.clipping = .value(.nan) }, .clipping),
    (options { $0.l1 = -1 }, .l1), (options { $0.l2 = .nan }, .l2), (options { $0.maxNorm = 0 }, .maxNorm),
    (options { $0.validationFraction = 1 }, .validationFraction),
    (options { $0.validationFraction = .nan }, .validationFraction),
    (options { $0.classWeights = [1, -1] }, .classWeights),
  ]

  @Test("a number out of its range is refused, and the error names it", arguments: 0..<bad.count)
  func ranges(index: Int) {
    let (options, setting) = Self.bad[index]
    let error = #expect(throws: TrainingError.self) {
      try TrainingRun("2, 3 relu, 1 sigmoid", data: Self.data(), options: options)
    }
    guard case .outOfRange(setting, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(error?.description.contains("\n") == false)
  }

  @Test func classWeightsNeedClassesAndOneForEach() {
    let balanced = Self.options { $0.balancesClasses = true }
    #expect(throws: TrainingError.classWeightsNeedClasses(.meanSquaredError)) {
      try TrainingRun("2, 1", data: Self.data(), options: balanced)
    }
    let three = Self.options { $0.classWeights = [1, 2, 3] }
    #expect(throws: TrainingError.outOfRange(.classWeights, found: 3)) {
      try TrainingRun("2, 1 sigmoid", data: Self.data(), options: three)
    }
  }

  @Test("L-BFGS refuses a learning rate")
  func lbfgsRates() throws {
    for change in [\Optimizer.learningRate, \Optimizer.biasLearningRate] {
      var optimizer = Optimizer.lbfgs()
      optimizer[keyPath: change] = 0.5
      let options = Self.options { $0.optimizer = optimizer }
      let error = #expect(throws: TrainingError.self) { try TrainingRun("2, 1", data: Self.data(), options: options) }
      #expect(error == .optimizerIgnores(.learningRate))
      #expect(error?.description.contains("a learning rate") == true)
    }
    var run = try TrainingRun("2, 1 sigmoid", data: Self.data(), options: Self.options { $0.optimizer = .lbfgs() })
    #expect(try run.train() != nil)
  }

  @Test("defaults that depend on the rows never overflow and stay in range")
  func rowRules() {
    let options = TrainingOptions()
    for rows in [0, 1, 49, 50, 1_000, 100_000, 1_000_000, 1 << 40, .max] {
      #expect((10...200).contains(options.epochs(rows: rows)))
      #expect((32...256).contains(options.batchSize(rows: rows)))
      #expect((0...0.1).contains(options.validationFraction(rows: rows)))
      #expect(options.l2(rows: rows) > 0)
    }
    #expect(options.epochs(rows: 150) == 200 && options.batchSize(rows: 150) == 32)
    #expect(options.epochs(rows: 1_000_000) == 20 && options.batchSize(rows: 1_000_000) == 256)
    #expect(options.validationFraction(rows: 30) == 0 && options.validationFraction(rows: 500) == 0.1)
    #expect(Self.options { $0.optimizer = .adamW() }.l2(rows: 100) == 0)
    #expect(Self.options { $0.epochs = 3 }.epochs(rows: 1) == 3)
  }

  @Test("a run of very many epochs begins, and can be stopped")
  func manyEpochs() throws {
    var run = try TrainingRun(
      network: Network("2, 1"), data: Self.data(), schedule: .cosine(period: Double(Int.max)),
      stopping: .after(epochs: .max))
    #expect(try run.train(epochs: 2)?.index == 2 && !run.isFinished)
  }

  @Test("the short initializer uses the options' defaults, and accepts a loss")
  func standard() throws {
    let data = Self.data()
    var short = try TrainingRun("2, 5 relu, 1", data: data, loss: .huber(), epochs: 4, seed: 3)
    let options = Self.options {
      $0.loss = .huber()
      $0.epochs = 4
      $0.seed = 3
    }
    var long = try TrainingRun("2, 5 relu, 1", data: data, options: options)
    var other = try TrainingRun("2, 5 relu, 1", data: data, epochs: 4, seed: 3)
    try short.train()
    try long.train()
    try other.train()
    #expect(short.network == long.network && short.network != other.network)
    #expect(throws: TrainingError.self) { try TrainingRun("2, 1", data: data, loss: .crossEntropy) }
  }

  @Test("the best epoch's weights are kept without stopping early")
  func bestEpoch() throws {
    // With more parameters than samples, and noise, the validation loss rises again.
    let validation = TrainingRunTests.waves(count: 40, seed: 2)
    let options = Self.options {
      $0.epochs = 60
      $0.optimizer = .adam(learningRate: 0.02)
      $0.ratePlan = .constant
      $0.l2 = 0
      $0.seed = 1
    }
    var run = try TrainingRun(
      "2, 60 tanh, 60 tanh, 1", data: TrainingRunTests.waves(count: 12), validation: validation, options: options)
    var losses: [Float] = []
    while let epoch = try run.nextEpoch() { losses.append(try #require(epoch.validationLoss)) }
    let best = try #require(losses.indices.min { losses[$0] < losses[$1] })
    #expect(losses.count == 60 && best < 59 && run.state.best?.epoch == best + 1)
    #expect(try abs(run.network.meanLoss(.meanSquaredError, on: validation) - losses[best]) < 1e-6)
    #expect(Stopping.best(epochs: 5).restoresBest && Stopping.best(epochs: 5).patience == nil)
  }

  @Test("a validation loss that isn't finite is never the best")
  func infiniteValidation() throws {
    let far = Dataset(inputs: [3e38, 3e38], targets: [1], inputCount: 2, targetCount: 1)
    var run = try TrainingRun(
      network: Network("2, 4 relu, 1", seed: 1), data: Self.data(), validation: far, stopping: .early(patience: 3))
    let first = try run.nextEpoch()
    #expect(first?.validationLoss?.isFinite == false)
    #expect(run.state.best == nil)
    try run.train()
    #expect(run.epochs == 3)
  }

  @Test("rare classes weigh more if classes are balanced")
  func balancing() throws {
    let data = Self.data()
    let weights = data.balancedClassWeights
    let counts = (0..<data.count).map(data.classNumber)
    let rare = counts.count { $0 == 1 }
    #expect(weights == [60 / Float(2 * (60 - rare)), 60 / Float(2 * rare)])
    let options = Self.options { $0.balancesClasses = true }
    var balanced = try TrainingRun("2, 1 sigmoid", data: data, options: options)
    var given = try TrainingRun("2, 1 sigmoid", data: data, options: Self.options { $0.classWeights = weights })
    try balanced.train()
    try given.train()
    #expect(balanced.network == given.network)
  }

  @Test("regression with the defaults never diverges, whatever the seed or the width", arguments: 0..<10)
  func noDivergence(seed: Int) throws {
    var random = RandomSource(seed: 5)
    let inputs = (0..<400).map { _ in random.normal() }
    // One target in fifty is an outlier, as in real tables.
    let targets = (0..<100).map { $0 % 50 == 0 ? Float(12) : inputs[4 * $0] * inputs[4 * $0 + 1] }
    let data = Dataset(inputs: inputs, targets: targets, inputCount: 4)
    for width in [1, 100, 500] {
      let schema = try Schema(inputs: 4, layers: [Schema.Layer(width, .relu), Schema.Layer(1)])
      var run = try TrainingRun(schema, data: data, epochs: 100, seed: UInt64(seed))
      let last = try #require(try run.train())
      // Always guessing 0 gives 3.9.
      #expect(last.loss < 4.5)
    }
  }

  @Test("rate plans are found by their names")
  func plans() throws {
    for name in RatePlan.names { #expect(RatePlan(name: name)?.name == name) }
    #expect(RatePlan(name: "cos") == nil && RatePlan.schedule(.constant).name == nil)
    #expect(RatePlan.cosine.schedule(epochs: 10).factor(at: 5) == Schedule.cosine(period: 10).factor(at: 5))
    #expect(RatePlan.linear.schedule(epochs: 0).factor(at: 0) == 1)
  }
}

import ChainruleCore
import Testing

/// Learning rates over time.
struct ScheduleTests {
  private struct Vectors: Decodable {
    struct Entry: Decodable {
      let name: String
      let rates: [Double]
      let metrics: [Float]?
    }
    let base: Double
    let schedules: [Entry]
  }

  private static func schedule(_ name: String) -> Schedule? {
    switch name {
    case "constant": .constant
    case "step": .step(every: 10, factor: 0.5)
    case "exponential": .exponential(factor: 0.95)
    case "cosine": .cosine(period: 100)
    case "cosine-restarts": .cosine(period: 10, growth: 2, floor: 0.01)
    // PyTorch's cycle of a hundred steps peaks in step 29 and ends in step 99.
    case "one-cycle": .oneCycle(length: 99, rise: 29.0 / 99)
    case "polynomial": .polynomial(length: 50, power: 2)
    case "exponential-warmed-up": .exponential(factor: 0.95).warmedUp(for: 10)
    case "cosine-warmed-up": .cosine(period: 90).warmedUp(for: 10)
    default: nil
    }
  }

  @Test("a hundred steps match PyTorch's schedulers")
  func steps() throws {
    let content = try vectors("schedules", as: Vectors.self)
    #expect(content.schedules.count == 10)
    for entry in content.schedules where entry.metrics == nil {
      let schedule = try #require(Self.schedule(entry.name), "\(entry.name)")
      #expect(entry.rates.count == 100)
      for (step, rate) in entry.rates.enumerated() {
        let found = content.base * schedule.factor(at: Double(step))
        #expect(abs(found - rate) <= 1e-12 + 1e-10 * rate, "\(entry.name), step \(step): \(found), \(rate)")
      }
    }
  }

  @Test("a plateau lowers the rate as PyTorch's does")
  func plateau() throws {
    let content = try vectors("schedules", as: Vectors.self)
    let entry = try #require(content.schedules.first { $0.name == "plateau" })
    // A network without a gradient: the loss of each epoch's new target is the metric, and its only weight doesn't
    // change.
    let metrics = try #require(entry.metrics)
    var rates: [Double] = []
    var network = Network("1, 1", initializer: .zeros)
    network.setFrozen(true, layer: 0)
    let schedule = Schedule.reduceOnPlateau(factor: 0.5, patience: 3, threshold: 1e-4, cooldown: 2, floor: 0.01)
    func run(_ metric: Float) throws -> TrainingRun {
      try TrainingRun(
        network: network, data: Dataset(inputs: [0], targets: [metric], inputCount: 1, targetCount: 1),
        loss: .meanAbsoluteError, optimizer: .sgd(learningRate: 0.1), schedule: schedule)
    }
    var state = try run(metrics[0]).state
    for metric in metrics + [0] {
      var next = try run(metric)
      try next.restore(state)
      let epoch = try #require(try next.nextEpoch())
      #expect(epoch.loss == metric)
      rates.append(0.1 * epoch.rateFactor)
      state = next.state
    }
    // An epoch has the rate that follows from the epochs before it.
    for (found, expected) in zip(rates.dropFirst(), entry.rates) { #expect(abs(found - expected) < 1e-12) }
    #expect(Set(entry.rates).count > 4)
  }

  @Test("time is counted in epochs, with their fractions, or in steps")
  func units() throws {
    let data = Dataset(inputs: [1, 2, 3, 4], targets: [0, 0, 0, 0], inputCount: 1, targetCount: 1)
    func factors(_ schedule: Schedule) throws -> [Double] {
      var run = try TrainingRun(
        network: Network("1, 1", seed: 1), data: data, optimizer: .sgd(learningRate: 1e-6), schedule: schedule,
        batchSize: 1)
      return try (0..<3).map { _ in try #require(try run.nextEpoch()).rateFactor }
    }
    // The last of an epoch's four steps is at three quarters of it.
    let byEpochs: [Double] = [0.8125, 0.5625, 0.3125]
    #expect(try factors(.polynomial(length: 4)) == byEpochs)
    #expect(try factors(.polynomial(length: 16).countedInSteps) == byEpochs)
    #expect(Schedule.oneCycle(length: 10).factor(at: 1_000) == 0.000_004)
    #expect(Schedule.cosine(period: 4, floor: 0.5).factor(at: 8) == 1)
  }
}

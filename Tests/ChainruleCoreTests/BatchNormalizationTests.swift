import ChainruleCore
import Foundation
import Testing

/// Batch normalization needs two samples: a single one has no variance.
struct BatchNormalizationTests {
  private static let schema: Schema = "2, 5 tanh, batchnorm, 1"
  private static let network = Network(schema, seed: 1)

  @Test("a run with batches of one sample is refused, and the error says what to do")
  func refused() throws {
    #expect(throws: TrainingError.batchOfOne(layer: 1)) {
      try TrainingRun(network: Self.network, data: TrainingRunTests.waves(), batchSize: 1)
    }
    let one = TrainingRunTests.waves(count: 1)
    #expect(throws: TrainingError.batchOfOne(layer: 1)) { try TrainingRun(network: Self.network, data: one) }
    #expect(throws: TrainingError.batchOfOne(layer: 1)) { try TrainingRun(Self.schema, data: one) }
    #expect(
      TrainingError.batchOfOne(layer: 1).description
        == "the batch normalization in layer 2 would see a batch of one sample, which has no variance; use batches of two "
        + "samples or more, or layernorm")
    var run = try TrainingRun(network: Self.network, data: TrainingRunTests.waves())
    let before = run.state
    #expect(throws: TrainingError.batchOfOne(layer: 1)) { try run.learn(from: one) }
    #expect(run.state == before)
  }

  @Test("so is a step with one sample, which changes nothing")
  func step() throws {
    let step = TrainingStep(schema: Self.schema, loss: .squaredError, batchCapacity: 4)
    var network = Self.network
    #expect(throws: TrainingError.batchOfOne(layer: 1)) {
      try step.train(&network, inputs: [1, 2], targets: [1], rows: 1, optimizer: .sgd())
    }
    #expect(network == Self.network)
    try step.train(&network, inputs: [1, 2, 3, 4], targets: [1, 2], rows: 2, optimizer: .sgd())
    #expect(network != Self.network)
  }

  @Test("a frozen one uses its running statistics, and accepts single samples")
  func frozen() throws {
    var network = Self.network
    network.setFrozen(true, layer: 1)
    var run = try TrainingRun(network: network, data: TrainingRunTests.waves(count: 5), batchSize: 1)
    try run.nextEpoch()
    #expect(run.steps == 5)
    try run.learn(from: TrainingRunTests.waves(count: 1))
  }

  @Test("a last batch of one sample joins the batch before", arguments: [2, 3, 8, 16, 24, 32, 48, 64])
  func lastBatch(batchSize: Int) throws {
    let data = TrainingRunTests.waves(count: 49)
    var run = try TrainingRun(network: Self.network, data: data, batchSize: batchSize, seed: 3)
    let plain = try TrainingRun(network: Network("2, 5 tanh, 1", seed: 1), data: data, batchSize: batchSize, seed: 3)
    var (steps, plainSteps) = (0, 0)
    while try run.nextStep().epoch == nil { steps += 1 }
    var other = plain
    while try other.nextStep().epoch == nil { plainSteps += 1 }
    #expect(plainSteps == (49 + batchSize - 1) / batchSize - 1)
    #expect(steps == (49 % batchSize == 1 ? plainSteps - 1 : plainSteps))
    // New samples come in the same batches.
    let before = run.steps
    try run.learn(from: data)
    #expect(run.steps - before == steps + 1)
    #expect(run.network.runningVariances(ofLayer: 1).allSatisfy { $0.isFinite && $0 >= 0 })
  }

  @Test("a schedule reaches the same point at an epoch's end")
  func schedule() throws {
    let data = TrainingRunTests.waves(count: 33)
    var run = try TrainingRun(
      network: Self.network, data: data, schedule: .polynomial(length: 4), batchSize: 16, seed: 1)
    var factors: [Double] = []
    while factors.count < 3 { factors.append(try #require(try run.nextEpoch()).rateFactor) }
    // Two steps an epoch, of 16 and of 17 samples: the second begins in the middle.
    #expect(factors == [0.875, 0.625, 0.375] as [Double])
  }

  @Test("inputs whose variance overflows are refused before the running variance is infinite")
  func hugeVariance() throws {
    let huge = Dataset(inputs: [1e20, 2e20, 3e20, -1e20], targets: [1, 2], inputCount: 2)
    var run = try TrainingRun(network: Network("2, batchnorm, 1", seed: 1), data: huge)
    let before = run.state
    let error = try #require(#expect(throws: TrainingError.self) { try run.nextStep() })
    guard case .nonFinite(let found) = error else { throw error }
    #expect(found.quantity == .statistics && found.layer == 0 && found.cause == .unscaledInputs && found.step == 1)
    #expect(run.state == before)
  }

  @Test("a state that leads to a batch of one, or contains NaN, is refused")
  func damagedStates() throws {
    var run = try TrainingRun(
      network: Self.network, data: TrainingRunTests.waves(count: 9), optimizer: .adam(), batchSize: 4, seed: 3)
    try run.nextStep()
    let encoded = String(decoding: try JSONEncoder().encode(run.state), as: UTF8.self)
    func restore(_ pattern: String, _ replacement: String) throws {
      let text = encoded.replacing(try Regex(pattern), with: replacement)
      try #require(text != encoded)
      try run.restore(JSONDecoder().decode(TrainingRun.State.self, from: Data(text.utf8)))
    }
    let nan = "\(Float.nan.bitPattern)"
    let infinity = "\(Float.infinity.bitPattern)"
    let negative = "\(Float(-1).bitPattern)"
    let damages = [
      ("\"position\":4", "\"position\":8"), ("\"momentumProduct\":1", "\"momentumProduct\":-1"),
      (#""parameters":\[\d+"#, "\"parameters\":[" + nan), (#""statistics":\[\d+"#, "\"statistics\":[" + infinity),
      (#""moments":\[\[\d+"#, "\"moments\":[[" + nan), (#"\],\[\d+"#, "],[" + negative),
    ]
    for (pattern, replacement) in damages {
      #expect(throws: TrainingError.stateDoesNotFit, "\(pattern)") { try restore(pattern, replacement) }
    }
    // A mean of gradients can be negative.
    try restore(#""moments":\[\[\d+"#, "\"moments\":[[" + negative)
  }
}

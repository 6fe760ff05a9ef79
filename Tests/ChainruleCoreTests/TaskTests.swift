import ChainruleCore
import Testing

/// Well-known problems, learned with default settings.
struct TaskTests {
  /// Two spirals that wind around each other one and a half times, with a little noise and the same number of points.
  private static func spirals(count: Int, seed: UInt64) -> Dataset {
    var random = RandomSource(seed: seed)
    var inputs: [Float] = []
    var targets: [Float] = []
    for i in 0..<count {
      let along = 0.25 + 9.17 * random.uniform(0, 1).squareRoot()
      let label = i % 2
      // Rotates the point (along, 0), with sine and cosine from a sequence of small rotations.
      var (x, y): (Float, Float) = label == 0 ? (along, 0) : (-along, 0)
      for _ in 0..<64 { (x, y) = (x - y * along / 64, y + x * along / 64) }
      let length = (x * x + y * y).squareRoot()
      inputs += [x / length * along / 3 + 0.03 * random.normal(), y / length * along / 3 + 0.03 * random.normal()]
      targets.append(Float(label))
    }
    return Dataset(inputs: inputs, targets: targets, inputCount: 2, targetCount: 1)
  }

  private static func accuracy(_ network: Network, on data: Dataset) -> Double {
    let outputs = network.predict(data.inputs)
    return Double((0..<data.count).count { (outputs[$0] >= 0.5) == (data.targets[$0] >= 0.5) }) / Double(data.count)
  }

  @Test("two spirals, tested on new points", arguments: 1...5 as ClosedRange<UInt64>)
  func twoSpirals(seed: UInt64) throws {
    // Winding boundaries need large weights, so no penalty.
    var run = try TrainingRun(
      network: Network("2, 64 tanh, 64 tanh, 1 sigmoid", seed: seed), data: Self.spirals(count: 600, seed: seed),
      optimizer: .adam(learningRate: 0.01), schedule: .cosine(period: 200), seed: seed)
    try run.train()
    #expect(Self.accuracy(run.network, on: Self.spirals(count: 1_000, seed: seed + 100)) >= 0.98)
  }

  @Test("exclusive or, from every seed", arguments: 1...20 as ClosedRange<UInt64>)
  func exclusiveOr(seed: UInt64) throws {
    let data = Dataset(inputs: [0, 0, 0, 1, 1, 0, 1, 1], targets: [0, 1, 1, 0], inputCount: 2, targetCount: 1)
    var run = try TrainingRun(
      network: Network("2, 8 tanh, 1 sigmoid", seed: seed), data: data, optimizer: .adam(learningRate: 0.05),
      stopping: .after(epochs: 300), seed: seed)
    try run.train()
    #expect(Self.accuracy(run.network, on: data) == 1)
  }
}

import ChainruleCore
import ChainruleFigures
import Testing

/// The large network on few points: it overfits, and a penalty on weights helps.
struct RegularizationFigureTests {
  /// A figure after ten seconds of play.
  private func played(seed: Int = 1, l1: Bool = false, lambda: Float = 0) -> RegularizationFigure {
    let figure = RegularizationFigure()
    figure.set("seed", Float(seed))
    figure.set("points-seed", Float(seed))
    figure.set("penalty", l1 ? 1 : 0)
    figure.set("lambda", lambda)
    figure.set("play")
    for _ in 0..<600 { figure.advance(by: 1.0 / 60) }
    return figure
  }

  private func small(_ figure: RegularizationFigure) -> Int {
    let weights = figure.network.schema.layers.indices.flatMap { figure.network.weights(ofLayer: $0) }
    return weights.count { abs($0) < 0.005 }
  }

  @Test(
    "trains as the engine alone does, to the last bit", arguments: [(0, 0), (0.003, 0), (0, 0.01)] as [(Float, Float)])
  func engine(l1: Float, l2: Float) throws {
    let figure = RegularizationFigure()
    figure.set("penalty", l1 > 0 ? 1 : 0)
    figure.set("lambda", max(l1, l2))
    let optimizer = Optimizer.momentum(learningRate: 0.01)
    var network = Network("1, 32 tanh, 32 tanh, 1", initializer: .uniform(), seed: 1)
    #expect(network == figure.network)
    var state = StepState(for: network.schema, optimizer: optimizer)
    let step = TrainingStep(schema: network.schema, loss: .squaredError, batchCapacity: 12)
    let training = figure.data.training
    for _ in 0..<40 {
      figure.set("step")
      try step.train(
        &network, state: &state, inputs: training.inputs, targets: training.targets, rows: 12, optimizer: optimizer,
        regularizer: Regularizer(l1: l1, l2: l2))
    }
    #expect(network == figure.network && figure.steps == 40)
    #expect(try figure.loss == network.meanLoss(.squaredError, on: training))
    #expect(try figure.validationLoss == network.meanLoss(.squaredError, on: figure.data.validation))
  }

  @Test("without a penalty it memorizes twelve points; with λ = 0.01 it does better on the others")
  func overfitting() {
    var better = 0
    var sums: (without: Float, with: Float) = (0, 0)
    for seed in 1...12 {
      let without = played(seed: seed)
      let with = played(seed: seed, lambda: 0.01)
      #expect(without.loss < 0.001 && without.validationLoss > 50 * without.loss, "seed \(seed)")
      #expect(with.loss > without.loss)
      if with.validationLoss < without.validationLoss { better += 1 }
      sums.without += without.validationLoss
      sums.with += with.validationLoss
    }
    #expect(better >= 10 && sums.with < 0.75 * sums.without, "\(better) seeds, \(sums)")
  }

  @Test("too large a λ is worse on all points")
  func underfitting() {
    let calm = played(lambda: 0.01)
    let flat = played(lambda: 0.1)
    #expect(flat.loss > calm.loss && flat.validationLoss > calm.validationLoss)
  }

  @Test("L1 makes more weights zero than L2", arguments: [0.001, 0.003] as [Float])
  func sparsity(lambda: Float) throws {
    for seed in 1...3 {
      let (l1, l2) = (played(seed: seed, l1: true, lambda: lambda), played(seed: seed, lambda: lambda))
      #expect(small(l1) > 2 * small(l2) && small(l1) > 500, "\(small(l1)) and \(small(l2))")
      let shown = try #require(l1.words.firstMatch(of: /(\d+) % of 1088 weights are within 0.005 of 0/))
      #expect(abs(Float(shown.1)! - Float(small(l1)) / 10.88) <= 0.51)
    }
  }

  @Test("the histogram holds every weight")
  func histogram() {
    let figure = RegularizationFigure()
    let picture = figure.drawn()
    // Bars start at the bottom of the last chart; the highest ends eight pixels below its top.
    let floor = picture.rectangles.map { $0.y + $0.height }.max()!
    let bars = picture.rectangles.filter { abs($0.y + $0.height - floor) < 0.01 && $0.width < 20 }
    let weights = figure.network.schema.layers.indices.flatMap { figure.network.weights(ofLayer: $0) }
    var counts = [Int](repeating: 0, count: 61)
    for weight in weights { counts[Int(min(max(weight / 0.04 + 30.5, 0), 60))] += 1 }
    let expected = counts.filter { $0 > 0 }
    #expect(bars.count == expected.count)
    let scale = bars.map(\.height).max()! / Float(expected.max()!)
    for (bar, count) in zip(bars, expected) { #expect(abs(bar.height - max(scale * Float(count), 2)) < 0.01) }
  }

  @Test("another λ takes effect during training; reset starts with the same weights")
  func controls() {
    let figure = RegularizationFigure()
    let start = figure.network
    figure.set("play")
    #expect(figure.isRunning)
    for _ in 0..<60 { figure.advance(by: 1.0 / 60) }
    figure.set("lambda", 0.02)
    let before = small(figure)
    for _ in 0..<300 { figure.advance(by: 1.0 / 60) }
    #expect(small(figure) > 2 * before && figure.steps == 3_600 && figure.isRunning)
    figure.set("reset")
    #expect(!figure.isRunning && figure.steps == 0 && figure.network == start)
    figure.set("renew")
    #expect(figure.network != start)
    let data = figure.data
    figure.set("points")
    #expect(figure.data.training != data.training && figure.data.validation != data.validation)
  }

  @Test("keys do what they say")
  func keys() {
    let figure = RegularizationFigure()
    func press(_ character: Unicode.Scalar) -> Bool { figure.handle(.key(.character(character), shift: false)) }
    let start = figure.fingerprint
    #expect(press("s") && figure.steps == 1 && press("r") && figure.fingerprint == start)
    #expect(press("w") && figure.fingerprint != start && press("p") && press("l"))
    #expect(figure.words.contains("Penalty L1, λ 0."))
    #expect(figure.handle(.key(.up, shift: false)) && figure.words.contains("λ 0.0001."))
    for _ in 0..<100 { figure.handle(.key(.right, shift: false)) }
    #expect(figure.words.contains("λ 0.1."))
    for _ in 0..<100 { figure.handle(.key(.down, shift: false)) }
    #expect(figure.words.contains("λ 0."))
    #expect(press(" ") && figure.isRunning && press(" ") && !figure.isRunning)
  }

  @Test("draws without a flaw as it learns", arguments: [300, 390, 620, 800, 1_440] as [Float])
  func drawing(width: Float) {
    let figure = RegularizationFigure()
    for lambda in [0, 0.1] as [Float] {
      figure.set("lambda", lambda)
      for _ in 0..<3 {
        let picture = figure.drawn(width: width)
        #expect(picture.problems.isEmpty, "\(picture.problems)")
        figure.set("play")
        for _ in 0..<200 { figure.advance(by: 1.0 / 60) }
      }
    }
  }
}

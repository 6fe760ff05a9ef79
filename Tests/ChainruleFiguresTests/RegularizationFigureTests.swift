import ChainruleCore
import ChainruleFigures
import Testing

/// A large network on few points memorizes them; what helps.
struct RegularizationFigureTests {
  /// A figure after 3,000 steps, or as many as are asked for.
  private func trained(
    seed: Int = 1, l1: Bool = false, lambda: Float = 0, large: Bool = false, steps: Int = 3_000
  ) -> RegularizationFigure {
    let figure = RegularizationFigure()
    figure.set("seed", Float(seed))
    figure.set("points-seed", Float(seed))
    figure.set("penalty", l1 ? 1 : 0)
    figure.set("lambda", lambda)
    figure.set("count", large ? 1 : 0)
    for _ in 0..<steps { figure.set("step") }
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
      let without = trained(seed: seed)
      let with = trained(seed: seed, lambda: 0.01)
      #expect(without.loss < 0.005 && without.validationLoss > 20 * without.loss, "seed \(seed)")
      #expect(with.loss > without.loss)
      if with.validationLoss < without.validationLoss { better += 1 }
      sums.without += without.validationLoss
      sums.with += with.validationLoss
    }
    #expect(better >= 10 && sums.with < 0.75 * sums.without, "\(better) seeds, \(sums)")
  }

  @Test("the validation loss turns upward, for eleven seeds of twelve")
  func turn() {
    let turning = (1...12).filter { seed in
      let figure = trained(seed: seed)
      return figure.best.step < 300 && figure.validationLoss > 1.15 * figure.best.validationLoss
    }
    #expect(turning.count >= 11, "\(turning)")
  }

  @Test("early stopping shows the best network, and stops when it hasn't got better for 500 steps")
  func earlyStopping() throws {
    let figure = trained()
    let latest = (figure.loss, figure.validationLoss, figure.network)
    figure.set("early-stopping")
    #expect(figure.validationLoss == figure.best.validationLoss && figure.validationLoss < 0.5 * latest.1)
    #expect(figure.words.contains("Early stopping: the network of step \(figure.best.step)."))
    #expect(try figure.validationLoss == figure.network.meanLoss(.squaredError, on: figure.data.validation))
    #expect(figure.drawn().problems.isEmpty)
    figure.set("step")
    #expect(figure.steps == 3_000, "it has stopped")
    figure.set("early-stopping", 0)
    #expect(figure.loss == latest.0 && figure.network == latest.2)
    figure.set("early-stopping")
    figure.set("reset")
    figure.set("play")
    for _ in 0..<6_000 where figure.isRunning { figure.advance(by: 1.0 / 60) }
    #expect(!figure.isRunning && figure.steps == figure.best.step + 500)
  }

  @Test("with four times the points the same network does better on the others")
  func moreData() {
    var better = 0
    for seed in 1...8 {
      let (few, many) = (trained(seed: seed), trained(seed: seed, large: true))
      #expect(many.data.training.count == 48 && many.data.validation == few.data.validation)
      #expect(Array(many.data.training.inputs.prefix(12)) == few.data.training.inputs)
      if many.validationLoss < few.validationLoss { better += 1 }
    }
    #expect(better >= 7)
  }

  @Test("more and more of a penalty is worse in the end: at 0.3 the network gives up", arguments: [false, true])
  func underfitting(l1: Bool) {
    let (calm, strong) = (trained(l1: l1, lambda: 0.003), trained(l1: l1, lambda: 0.1))
    let flat = trained(l1: l1, lambda: 0.3)
    #expect(strong.loss > calm.loss && strong.validationLoss > calm.validationLoss)
    #expect(flat.loss > 0.4 && flat.validationLoss > 0.4 && flat.isReached(1) && !flat.isReached(0))
    let outputs = flat.network.predict([-3, -1, 0, 1, 3])
    #expect(outputs.max()! - outputs.min()! < 0.2)
    #expect(calm.isReached(0) && !calm.isReached(1) && !strong.isReached(0))
  }

  @Test("the true curve's loss is that of the formula")
  func trueLoss() {
    let figure = RegularizationFigure()
    let validation = figure.data.validation
    var sum: Float = 0
    for (x, y) in zip(validation.inputs, validation.targets) {
      let t = x / 3.6
      sum += (2.1 * t * (1 - t * t) - y) * (2.1 * t * (1 - t * t) - y)
    }
    #expect(abs(figure.trueValidationLoss - sum / 24) < 1e-5)
  }

  @Test("L1 makes more weights zero than L2", arguments: [0.001, 0.003] as [Float])
  func sparsity(lambda: Float) throws {
    for seed in 1...3 {
      let l1 = trained(seed: seed, l1: true, lambda: lambda, steps: 6_000)
      let l2 = trained(seed: seed, lambda: lambda, steps: 6_000)
      #expect(small(l1) > 2 * small(l2) && small(l1) > 500, "\(small(l1)) and \(small(l2))")
      let shown = try #require(l1.words.firstMatch(of: /(\d+) % of 1088 weights are within 0.005 of 0/))
      #expect(abs(Float(shown.1)! - Float(small(l1)) / 10.88) <= 0.51)
      #expect(l1.sparsity == Float(small(l1)) / 1_088)
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
    for _ in 0..<900 { figure.advance(by: 1.0 / 60) }
    #expect(small(figure) > 2 * before && figure.steps > 2_000 && figure.isRunning)
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
    #expect(figure.words.contains("λ 1."))
    for _ in 0..<100 { figure.handle(.key(.down, shift: false)) }
    #expect(figure.words.contains("λ 0."))
    #expect(press("e") && figure.words.contains("Early stopping") && press("e"))
    #expect(press(" ") && figure.isRunning && press(" ") && !figure.isRunning)
  }

  @Test("draws without a flaw as it learns", arguments: [300, 390, 620, 800, 1_440] as [Float])
  func drawing(width: Float) {
    let figure = RegularizationFigure()
    for lambda in [0, 1] as [Float] {
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

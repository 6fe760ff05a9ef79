import ChainruleCore
import ChainruleFigures
import Testing

/// Compares the race of optimizers with single runs of the engine.
struct RaceTests {
  private static let rules: [Optimizer] = [.sgd(), .momentum(), .rmsProp(), .adam(), .adaMax()]
  private static let starts = [Point(-1.5, 1), Point(-1.8, 0.12), Point(-1.6, 1.1), Point(-0.03, 1)]

  private func make(track: Int, _ settings: [(String, Float)] = []) -> OptimizersFigure {
    let figure = OptimizersFigure()
    figure.set("track", Float(track))
    for (name, value) in settings { figure.set(name, value) }
    return figure
  }

  /// The formulas of the surfaces, written again.
  private static func height(_ track: Int, _ x: Double, _ y: Double) -> Double {
    switch track {
    case 0: return 0.025 * x * x + 2.5 * y * y
    case 1:
      let u = 0.75.squareRoot() * x + 0.5 * y
      let v = 0.75.squareRoot() * y - 0.5 * x
      return 0.025 * u * u + 2.5 * v * v
    case 2: return 0.15 * (1.4 - x) * (1.4 - x) + 2 * (y + 0.8 - x * x / 2) * (y + 0.8 - x * x / 2)
    default: return 0.05 * (x * x - 1.44) * (x * x - 1.44) + 2 * y * y
    }
  }

  /// The slope by the formulas' derivatives.
  private static func slope(_ track: Int, _ x: Float, _ y: Float) -> [Float] {
    let (x, y) = (Double(x), Double(y))
    switch track {
    case 0: return [Float(0.05 * x), Float(5 * y)]
    case 1:
      let (c, s) = (0.75.squareRoot(), 0.5)
      let (du, dv) = (0.05 * (c * x + s * y), 5 * (c * y - s * x))
      return [Float(c * du - s * dv), Float(s * du + c * dv)]
    case 2:
      let side = y + 0.8 - x * x / 2
      return [Float(-0.3 * (1.4 - x) - 4 * side * x), Float(4 * side)]
    default: return [Float(0.2 * x * (x * x - 1.44)), Float(4 * y)]
    }
  }

  /// The slope by central differences of the height.
  private static func measuredSlope(_ track: Int, _ x: Float, _ y: Float) -> [Float] {
    let (x, y, d) = (Double(x), Double(y), 1e-5)
    return [
      Float((height(track, x + d, y) - height(track, x - d, y)) / (2 * d)),
      Float((height(track, x, y + d) - height(track, x, y - d)) / (2 * d)),
    ]
  }

  private static func arrival(_ losses: [Float], goal: Float) -> Int? {
    let last = losses.lastIndex { $0 > goal } ?? -1
    return last + 1 < losses.count ? last + 1 : nil
  }

  /// The losses and the points of a descent, by the engine's optimizer and an independent slope.
  private static func descend(
    _ track: Int, _ optimizer: Optimizer, from start: Point, steps: Int,
    slope: (Int, Float, Float) -> [Float] = slope
  ) -> (losses: [Float], path: [Point]) {
    var state = StepState(parameterCount: 2, optimizer: optimizer)
    var place = [start.x, start.y]
    var losses = [Float(height(track, Double(start.x), Double(start.y)))]
    var path = [start]
    for _ in 0..<steps {
      optimizer.update(&place, gradients: slope(track, place[0], place[1]), state: &state)
      let loss = Float(height(track, Double(place[0]), Double(place[1])))
      if !(loss < 1e6) { break }
      losses.append(loss)
      path.append(Point(place[0], place[1]))
    }
    return (losses, path)
  }

  @Test("paths and losses on a surface are those of the engine's optimizers", arguments: 0...3)
  func surfaces(track: Int) throws {
    for settings in [[], [("rates", 1)], [("factor", 0.5), ("start-x", 1.1), ("start-y", -0.7)]] as [[(String, Float)]]
    {
      let figure = make(track: track, settings)
      #expect(Set(figure.losses).count == 1)
      let start = settings.count == 3 ? Point(1.1, -0.7) : Self.starts[track]
      for _ in 0..<25 { figure.set("step") }
      let picture = figure.drawn()
      let plot = try #require(picture.clips.first)
      for (index, rule) in Self.rules.enumerated() {
        let rate = figure.rates[index]
        let run = Self.descend(
          track, Optimizer(rule.method, learningRate: rate), from: start, steps: 25, slope: Self.measuredSlope)
        #expect(abs(figure.losses[index] - run.losses[25]) <= 1e-3 * (run.losses[25] + 0.01), "\(rule)")
        let path = picture.polylines.filter { $0.count == 26 }[index]
        for (shown, place) in zip(path, run.path) {
          let x = plot.x + (place.x + 2) / 4 * plot.width
          let y = plot.y + plot.height - (place.y + 1.5) / 3 * plot.height
          #expect(abs(shown.x - x) < 0.5 && abs(shown.y - y) < 0.5, "\(rule)")
        }
      }
    }
  }

  @Test("networks race from the same weights with the same batches, to the last bit", arguments: [1, 7])
  func networks(seed: Int) throws {
    let figure = make(track: 4, [("seed", Float(seed))])
    #expect(Set(figure.losses).count == 1)
    var noise = RandomSource(seed: 5)
    let inputs = (0..<48).map { -1 + 2 * (Float($0) + 0.5) / 48 }
    let targets = inputs.map { 1.5 * $0 * (2 * $0 * $0 - 1) + 0.03 * noise.normal() }
    let data = Dataset(inputs: inputs, targets: targets)
    for _ in 0..<30 { figure.set("step") }
    var fingerprint: UInt64 = 0
    for (index, rule) in Self.rules.enumerated() {
      let optimizer = Optimizer(rule.method, learningRate: figure.rates[index])
      var network = Network("1, 12 relu, 12 relu, 1", seed: UInt64(seed))
      var state = StepState(for: network.schema, optimizer: optimizer)
      let step = TrainingStep(schema: network.schema, loss: .squaredError, batchCapacity: 48)
      var random = RandomSource(seed: UInt64(seed) ^ 0x7ace)
      for _ in 0..<30 {
        let batch = data.samples((0..<16).map { _ in random.index(below: 48) })
        try step.train(
          &network, state: &state, inputs: batch.inputs, targets: batch.targets, rows: 16, optimizer: optimizer)
      }
      #expect(figure.losses[index] == step.meanLoss(network, on: data))
      fingerprint = fingerprint &* 31 &+ network.fingerprint
    }
    #expect(figure.fingerprint == fingerprint)
  }

  /// The rates from which the best ones were chosen.
  private static let rates: [Float] =
    ([0.001, 0.01, 0.1].flatMap { power in [1, 1.5, 2, 3, 5, 7].map { $0 * power } }).filter { $0 < 0.4 }

  @Test("the best rates are the best ones tried, from forty starts", arguments: 0...3)
  func bestRates(track: Int) {
    var random = RandomSource(seed: 1)
    let starts = (0..<40).map { _ in Point(random.uniform(-2, 2), random.uniform(-1.5, 1.5)) }
    let chosen = make(track: track).rates
    for (index, rule) in Self.rules.enumerated() {
      func steps(_ rate: Float) -> Float {
        let optimizer = Optimizer(rule.method, learningRate: rate)
        let runs = starts.map { Self.descend(track, optimizer, from: $0, steps: 300).losses }
        return Float(runs.map { $0.count <= 300 ? 301 : Self.arrival($0, goal: 0.001) ?? 301 }.reduce(0, +)) / 40
      }
      let least = Self.rates.map(steps).min()!
      // Several rates can be equally good.
      #expect(steps(chosen[index]) <= least + 1, "\(rule)")
    }
  }

  @Test("the networks' best rates are better than half and twice as much, for twenty seeds")
  func networkRates() {
    func steps(_ factor: Float) -> [Float] {
      var sums = [Float](repeating: 0, count: 5)
      for seed in 1...20 {
        let figure = make(track: 4, [("factor", factor), ("seed", Float(seed))])
        for _ in 0..<400 { figure.set("step") }
        for index in 0..<5 { sums[index] += Float(figure.arrivals[index] ?? 401) }
      }
      return sums
    }
    let best = steps(1)
    for other in [steps(0.5), steps(2)] {
      for index in 0..<5 { #expect(best[index] <= other[index], "\(Self.rules[index])") }
    }
  }

  @Test("turning the valley changes nothing for SGD and momentum, and much for RMSProp")
  func turning() throws {
    let (straight, turned) = (make(track: 0), make(track: 1))
    for figure in [straight, turned] {
      figure.set("play")
      for _ in 0..<1_500 where figure.isRunning { figure.advance(by: 1.0 / 60) }
      #expect(!figure.isRunning)
    }
    for index in 0...1 { #expect(straight.rates[index] == turned.rates[index]) }
    #expect(straight.arrivals[0] == turned.arrivals[0] && straight.arrivals[1] == turned.arrivals[1])
    let fast = try #require(straight.arrivals[2])
    #expect((turned.arrivals[2] ?? 301) > 5 * fast)
    #expect(straight.words.contains("RMSProp, rate 0.02: loss < 0.0001, at the goal since step \(fast)."))
    #expect(straight.loss == straight.losses[2])
  }

  @Test("the reader's own rates begin with those that were there, and stay from track to track")
  func ownRates() {
    let figure = make(track: 0, [("rates", 2)])
    let rates = figure.rates
    #expect(rates == make(track: 0).rates)
    figure.set("track", 1)
    #expect(figure.rates == rates && figure.rates != make(track: 1).rates)
    figure.set("rate-rmsprop", 0.05)
    #expect(figure.rates[2] == 0.05 && figure.rates[3] == rates[3])
    figure.set("rates", 0)
    #expect(figure.rates == make(track: 1).rates)
  }

  @Test("a rate that is best on average isn't best from every start")
  func goalOfOwnRate() {
    let figure = make(track: 0)
    for _ in 0..<60 { figure.set("step") }
    #expect(!figure.isReached(1) && figure.arrivals[2]! > 20)
    figure.set("rates", 2)
    figure.set("rate-rmsprop", 0.05)
    for _ in 0..<60 { figure.set("step") }
    #expect(figure.isReached(1) && figure.arrivals[2]! <= 10)
    figure.set("track", 1)
    for _ in 0..<60 { figure.set("step") }
    #expect(!figure.isReached(1))
  }

  @Test("a bet on the winner wins, at the end of the race only", arguments: 0...5)
  func bets(bet: Int) {
    let figure = make(track: 1, [("bet", Float(bet))])
    figure.set("step")
    #expect(!figure.isReached(0))
    figure.set("play")
    for _ in 0..<1_500 where figure.isRunning { figure.advance(by: 1.0 / 60) }
    // Momentum wins in the turned valley.
    #expect(!figure.isRunning && figure.isReached(0) == (bet == 2))
    let words = figure.drawn(width: 390).texts.map(\.words).joined(separator: " ")
    #expect(words.contains("You bet on") == (bet > 0) && words.contains("it wins") == (bet == 2))
    #expect(words.contains("it doesn’t win") == (bet > 0 && bet != 2))
  }

  @Test("a racer with too high a rate drops out, and the others continue")
  func lost() {
    let figure = make(track: 0, [("rates", 1), ("learning-rate", 1)])
    figure.set("play")
    for _ in 0..<120 { figure.advance(by: 1.0 / 60) }
    #expect(figure.words.contains("SGD, rate 1: out, its numbers grew without bounds."))
    #expect(figure.arrivals[0] == nil && figure.losses.allSatisfy { $0 < 1e6 })
    #expect(figure.words.hasSuffix("without bounds.") && figure.steps == 50)
    #expect(figure.drawn().problems.isEmpty)
    // After a restart, all racers are back.
    figure.set("reset")
    #expect(!figure.words.contains("bounds") && figure.steps == 0 && !figure.isRunning)
  }

  @Test("the start follows pointer and arrow keys, inside the picture")
  func start() throws {
    let figure = make(track: 2)
    let plot = try #require(figure.drawn().clips.first)
    func place(_ x: Float, _ y: Float) -> Point {
      Point(plot.x + (x + 2) / 4 * plot.width, plot.y + plot.height - (y + 1.5) / 3 * plot.height)
    }
    #expect(figure.handle(.pointer(.down, at: place(0.5, 0.5), shift: false)))
    #expect(figure.handle(.pointer(.move, at: place(1, -5), shift: false)))
    figure.handle(.pointer(.up, at: place(1, -5), shift: false))
    #expect(!figure.handle(.pointer(.move, at: place(0, 0), shift: false)))
    #expect(figure.words.contains("from 1.00, −1.50"))
    #expect(abs(Double(figure.losses[4]) - Self.height(2, 1, -1.5)) < 1e-4)
    figure.handle(.key(.left, shift: true))
    figure.handle(.key(.up, shift: false))
    #expect(figure.words.contains("from 0.75, −1.45"))
    #expect(!figure.handle(.pointer(.down, at: Point(plot.x + plot.width + 60, plot.y + 60), shift: false)))
    // The network's start can't be moved, but it can get new weights.
    figure.set("track", 4)
    let before = figure.fingerprint
    figure.handle(.pointer(.down, at: place(0, 0), shift: false))
    figure.handle(.key(.left, shift: false))
    #expect(figure.fingerprint == before)
    figure.handle(.key(.character("w"), shift: false))
    #expect(figure.fingerprint != before)
    #expect(figure.drawn().problems.isEmpty)
  }

  @Test("only meaningful controls are shown")
  func availability() {
    let figure = make(track: 0)
    func available(_ name: String) -> Bool { figure.isAvailable(figure.parameter(named: Array(name.utf8))!) }
    #expect(available("factor") && !available("learning-rate") && !available("renew"))
    figure.set("rates")
    #expect(!available("factor") && available("learning-rate"))
    #expect(figure.rates.allSatisfy { $0 == 0.03 })
    figure.set("track", 4)
    #expect(available("renew") && available("track"))
  }

  @Test("draws without a flaw to the end", arguments: 0...4)
  func drawing(track: Int) {
    for width in [300, 390, 620, 1_440] as [Float] {
      let figure = make(track: track)
      for _ in 0..<6 {
        let picture = figure.drawn(width: width)
        #expect(picture.problems.isEmpty, "\(width): \(picture.problems)")
        for _ in 0..<60 { figure.set("step") }
      }
    }
  }
}

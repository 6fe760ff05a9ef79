import ChainruleCore
import ChainruleFigures
import Foundation
import Testing

/// The figure that compares batches of three sizes.
struct BatchTests {
  private let figure = BatchFigure()
  private static let rates = ["rate-1", "rate-8", "rate-64"]

  private func setRates(_ rate: Float) { for name in Self.rates { figure.set(name, rate) } }

  /// What the figure says about a run.
  private struct Said: Equatable {
    var samples: Int
    var updates: Int
    var loss: Float
    var angle: Int
  }

  private func said() throws -> [Said] {
    let found = figure.words.matches(
      of: /(?:batch|all) (\d+); rate [\d.]+; (\d+) samples; (\d+) updates?; loss ([\d.]+); off by (\d+)°/)
    #expect(found.map { Int($0.1)! } == [1, 8, 64])
    return found.map { Said(samples: Int($0.2)!, updates: Int($0.3)!, loss: Float($0.4)!, angle: Int($0.5)!) }
  }

  private func finish() {
    figure.set("play")
    for _ in 0..<2_000 where figure.isRunning { figure.advance(by: 1.0 / 60) }
    #expect(!figure.isRunning && figure.value("play") == 0)
  }

  /// The figure's samples, created again.
  private var data: Dataset {
    var random = RandomSource(seed: 8)
    var (inputs, targets): ([Float], [Float]) = ([], [])
    for _ in 0..<64 {
      let x = random.uniform(-0.6, 1.6)
      inputs.append(x)
      targets.append(0.8 * x + 0.2 + 0.6 * random.normal())
    }
    return Dataset(inputs: inputs, targets: targets)
  }

  /// A run of `updates` updates by the engine, and the mean angle by the C library.
  private func race(batch: Int, updates: Int, rate: Float, seed: UInt64) throws -> (loss: Float, angle: Double) {
    var network = Network("1, 1", initializer: .uniform(limit: 2), seed: seed)
    var random = RandomSource(seed: seed)
    var order = Array(0..<64)
    let step = TrainingStep(schema: network.schema, loss: .squaredError, batchCapacity: 64)
    var angles = 0.0
    for update in 0..<updates {
      if batch < 64 && update * batch % 64 == 0 { random.shuffle(&order) }
      let samples = data.samples(Array(order[(update * batch % 64)..<(update * batch % 64 + batch)]))
      func gradient() -> SIMD2<Double> {
        [Double(step.weightGradients(ofLayer: 0)[0]), Double(step.biasGradients(ofLayer: 0)[0])]
      }
      try step.differentiate(network, inputs: data.inputs, targets: data.targets, rows: 64)
      let all = gradient()
      try step.train(
        &network, inputs: samples.inputs, targets: samples.targets, rows: batch, optimizer: .sgd(learningRate: rate))
      let part = gradient()
      let cosine = (all * part).sum() / ((all * all).sum() * (part * part).sum()).squareRoot()
      angles += acos(min(max(cosine, -1), 1)) * 180 / .pi
    }
    return (try network.meanLoss(.squaredError, on: data), updates == 0 ? 0 : angles / Double(updates))
  }

  @Test(
    "every run is the engine's with the same batches", arguments: [(7, 0.08), (3, 0.02)] as [(UInt64, Float)])
  func runs(seed: UInt64, rate: Float) throws {
    figure.set("seed", Float(seed))
    setRates(rate)
    for _ in 0..<24 { figure.set("step") }
    #expect(figure.steps == 192)
    for (run, batch) in zip(try said(), [1, 8, 64]) {
      let expected = try race(batch: batch, updates: 192 / batch, rate: rate, seed: seed)
      #expect(run.updates == 192 / batch && run.samples == 192)
      #expect(abs(run.loss - expected.loss) <= 0.00051, "batch \(batch)")
      #expect(abs(Double(run.angle) - expected.angle) < 0.6, "batch \(batch)")
    }
  }

  @Test("with equal samples the updates are n, n/8 and n/64; with equal updates the samples are n, 8 n and 64 n")
  func counts() throws {
    for count in 1...20 {
      figure.set("step")
      #expect(try said().map(\.updates) == [8 * count, count, count / 8])
      #expect(try said().map(\.samples) == [8 * count, 8 * count, 8 * count])
    }
    finish()
    #expect(try said().map(\.updates) == [768, 96, 12] && figure.steps == 768)
    figure.set("compare", 1)
    #expect(figure.steps == 0)
    figure.set("step")
    #expect(try said().map(\.updates) == [1, 1, 1])
    finish()
    #expect(try said().map(\.updates) == [96, 96, 96])
    #expect(try said().map(\.samples) == [96, 768, 6_144])
  }

  @Test("the whole batch never jitters or rises; a single sample jitters most", arguments: 1...12)
  func jitter(seed: Int) throws {
    figure.set("seed", Float(seed))
    figure.set("compare", 1)
    var loss = figure.loss
    for _ in 0..<96 {
      figure.set("step")
      #expect(figure.loss <= loss + 1e-6)
      loss = figure.loss
      #expect(try said()[2].angle == 0)
    }
    let runs = try said()
    #expect(runs[0].angle > runs[1].angle && runs[1].angle > 20)
  }

  @Test("the three start at one point, which can be dragged, moved by keys, and drawn again")
  func start() throws {
    let picture = figure.drawn()
    let plot = try #require(picture.clips.first)
    let before = try said()
    #expect(before[0].loss == before[1].loss && before[1].loss == before[2].loss && before[0].updates == 0)
    for _ in 0..<8 { figure.set("step") }
    let words = figure.words
    let place = Point(plot.x + plot.width * 0.75, plot.y + plot.height * 0.25)
    #expect(figure.pointer(.down, place))
    #expect(figure.words.contains("The start: weight 1.00, bias 1.00.") && figure.words != words)
    // The race has the same number of steps, from the new start.
    #expect(try said().map(\.updates) == [64, 8, 1])
    #expect(figure.pointer(.move, Point(-50, plot.y + plot.height + 90)))
    #expect(figure.words.contains("weight −2.00, bias −2.00."))
    figure.pointer(.up, place)
    #expect(!figure.pointer(.move, place) && !figure.pointer(.hover, place))
    #expect(!figure.pointer(.down, Point(plot.x + plot.width + 60, 100)))
    figure.press(.right, shift: true)
    figure.press(.up)
    #expect(figure.words.contains("weight −1.75, bias −1.95."))
    figure.press(.character("w"))
    #expect(figure.value("seed") == 8 && !figure.words.contains("weight −1.75"))
  }

  @Test("the loss is the same along a ring, and smallest in the middle")
  func bowl() throws {
    let picture = figure.drawn()
    let plot = try #require(picture.clips.first)
    let least = Float(try #require(figure.words.firstMatch(of: /smallest possible loss: (\d\.\d+)/)).1)!
    func loss(_ place: Point) throws -> Float {
      var network = Network("1, 1", initializer: .zeros)
      network.setWeights([(place.x - plot.x) / plot.width * 4 - 2], ofLayer: 0)
      network.setBiases([2 - (place.y - plot.y) / plot.height * 4], ofLayer: 0)
      return try network.meanLoss(.squaredError, on: data)
    }
    let rings = picture.polylines.filter { $0.count == 61 }
    #expect(rings.count == 11)
    for ring in rings.dropFirst(5) {
      let losses = try ring.map(loss)
      #expect(losses.max()! - losses.min()! < 0.01 * losses.max()!)
    }
    #expect(try abs(loss(#require(rings.last).first!) - least) < 0.002)
  }

  @Test("a rate that's too high ends a run, and the figure says so")
  func divergence() throws {
    setRates(1)
    finish()
    #expect(figure.words.contains("diverged") && !figure.words.contains("not a number"))
    for width in [300, 390, 800] as [Float] { #expect(figure.drawn(width: width).problems.isEmpty) }
    setRates(0.08)
    #expect(!figure.words.contains("diverged") && figure.steps == 768)
    // Playing again starts over.
    figure.set("play")
    #expect(figure.steps == 0 && figure.isRunning)
    figure.set("reset")
    #expect(!figure.isRunning && figure.words.hasPrefix("Paused."))
  }

  @Test("each size has a rate with which it reaches the minimum, and no rate is good for all three")
  func ownRates() {
    finish()
    #expect(!figure.isReached(0))
    let shared = figure.results
    #expect(shared[1].loss < shared[0].loss && shared[0].loss < shared[2].loss)
    // At the end of a race another rate has its result at once.
    for (name, rate) in zip(Self.rates, [0.01, 0.08, 0.5] as [Float]) { figure.set(name, rate) }
    #expect(figure.isReached(0) && figure.results.map(\.learningRate) == [0.01, 0.08, 0.5])
    for result in figure.results { #expect(result.loss < figure.smallestLoss + 0.001) }
    for rate in [0.01, 0.02, 0.05, 0.08, 0.1, 0.2, 0.5, 1] as [Float] {
      setRates(rate)
      #expect(!figure.isReached(0), "\(rate)")
    }
    // Only equal samples count.
    for (name, rate) in zip(Self.rates, [0.01, 0.08, 0.5] as [Float]) { figure.set(name, rate) }
    figure.set("compare", 1)
    finish()
    #expect(!figure.isReached(0))
  }

  @Test("the best end of a race is kept until the start changes")
  func best() throws {
    #expect(!figure.words.contains("best "))
    finish()
    for rate in [0.02, 0.01, 0.3] as [Float] { figure.set("rate-1", rate) }
    #expect(figure.words.contains("best 0.354 at 0.01;"))
    #expect(figure.drawn().texts.contains { $0.words == "best 0.354 at 0.01" })
    figure.press(.up)
    #expect(!figure.words.contains("0.354 at 0.01") && figure.words.contains("best "))
    figure.set("reset")
    figure.set("renew")
    #expect(!figure.words.contains("best "))
  }
}

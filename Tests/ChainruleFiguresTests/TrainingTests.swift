import ChainruleCore
import ChainruleFigures
import Foundation
import Testing

struct TrainingTests {
  @Test("twenty seconds of play fit the curve, for nine seeds of ten")
  func regressionFits() {
    let losses = (1...10).map { seed in
      let figure = makeFigure("regression")
      figure.set("seed", Float(seed))
      figure.play(seconds: 20)
      return figure.loss
    }
    #expect(losses.filter { $0 <= 0.015 }.count >= 9, "\(losses)")
  }

  @Test("twenty seconds of play tell the disc from the ring, for nine seeds of ten")
  func classificationFits() {
    let correct = (1...10).map { seed in
      let figure = makeFigure("classification")
      figure.set("seed", Float(seed))
      figure.play(seconds: 20)
      return figure.correct
    }
    #expect(correct.filter { Float($0) / 40 >= 0.97 }.count >= 9, "\(correct)")
  }

  @Test("1,000 steps give these bits on every machine", arguments: trainingFigureNames)
  func fingerprint(name: String) throws {
    struct Expected: Decodable {
      let seed: Int
      let steps: Int
      let fingerprint: String
    }
    struct Fingerprints: Decodable {
      let figures: [String: Expected]
    }
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Vectors/fingerprints.json")
    let all = try JSONDecoder().decode(Fingerprints.self, from: Data(contentsOf: file))
    let expected = try #require(all.figures[name])
    let figure = makeFigure(name)
    figure.set("seed", Float(expected.seed))
    for _ in 0..<expected.steps { figure.set("step") }
    #expect(figure.steps == expected.steps)
    let hex = String(figure.network.fingerprint, radix: 16)
    #expect(String(repeating: "0", count: 16 - hex.count) + hex == expected.fingerprint)
  }

  @Test("the samples and the task are the ones described")
  func tasks() {
    let regression = makeFigure("regression")
    #expect(regression.network.schema == "1, 3 relu, 3 relu, 3 relu, 4, 1")
    #expect(regression.samples.count == 33)
    #expect(regression.samples.first?.place.x == -0.8 && abs(regression.samples[32].place.x - 0.8) < 1e-6)
    for sample in regression.samples {
      let noise = sample.place.y - sample.place.x * sample.place.x * sample.place.x
      #expect(noise >= 0 && noise < 0.3)
    }
    #expect(regression.value("learning-rate") == 0.008 && regression.value("l2") == 0.0006)
    let classification = makeFigure("classification")
    #expect(
      classification.network.schema
        == "2, 30 leakyrelu, 30 leakyrelu, 30 leakyrelu, 30, 1 sigmoid")
    #expect(classification.samples.filter { $0.kind == 0 }.count == 20 && classification.samples.count == 40)
    for sample in classification.samples {
      let radius = (sample.place.x * sample.place.x + sample.place.y * sample.place.y).squareRoot()
      #expect(sample.kind == 0 ? radius < 0.5 : radius > 0.5 && radius < 1)
    }
  }

  @Test("the result doesn't depend on the frame rate", arguments: trainingFigureNames)
  func frameRate(name: String) {
    let slow = makeFigure(name)
    let fast = makeFigure(name)
    slow.play(seconds: 2, framesPerSecond: 20)
    fast.play(seconds: 2, framesPerSecond: 120)
    #expect(abs(slow.steps - fast.steps) <= 1 && slow.steps > 100)
    while slow.steps < fast.steps { slow.set("step") }
    while fast.steps < slow.steps { fast.set("step") }
    #expect(slow.network.fingerprint == fast.network.fingerprint)
  }

  @Test("reset starts again with the same weights, new weights with others", arguments: trainingFigureNames)
  func restart(name: String) {
    let figure = makeFigure(name)
    let start = figure.network.fingerprint
    figure.play(seconds: 1)
    let end = figure.network.fingerprint
    let steps = figure.steps
    #expect(figure.isRunning && steps > 50 && end != start)
    figure.set("reset")
    #expect(!figure.isRunning && figure.steps == 0 && figure.network.fingerprint == start)
    figure.play(seconds: 1)
    #expect(figure.steps == steps && figure.network.fingerprint == end)
    figure.set("renew")
    #expect(figure.steps == 0 && figure.network.fingerprint != start)
    figure.set("seed", 1)
    #expect(figure.network.fingerprint == start)
  }

  @Test("no time passes while paused, and a long pause of the page isn't caught up")
  func time() {
    let figure = makeFigure("regression")
    figure.advance(by: 1)
    #expect(figure.steps == 0)
    figure.set("play")
    for seconds: Float in [0, -1, .nan] { figure.advance(by: seconds) }
    #expect(figure.steps == 0)
    figure.advance(by: 3600)
    #expect(figure.steps == 120)
    figure.set("play", 0)
    figure.advance(by: 1)
    #expect(figure.steps == 120 && !figure.isRunning)
    figure.set("step")
    #expect(figure.steps == 121)
  }

  @Test(
    "a rate that's too high stops with a message and keeps finite weights, and reset recovers",
    arguments: trainingFigureNames)
  func nonFinite(name: String) {
    let figure = makeFigure(name)
    figure.set("learning-rate", 10)
    figure.set("l2", 0.1)
    figure.play(seconds: 20)
    #expect(figure.failure != nil && !figure.isRunning)
    for layer in figure.network.schema.layers.indices {
      #expect(figure.network.weights(ofLayer: layer).allSatisfy { $0.isFinite })
    }
    guard case .nonFinite(let found) = figure.failure else {
      Issue.record("failed otherwise: \(String(describing: figure.failure))")
      return
    }
    let step = found.step
    // The picture shows the last good weights, just before the failed step.
    #expect(step == figure.steps + 1 && figure.steps > 0 && figure.loss.isFinite)
    #expect(figure.words.hasPrefix("Stopped after step \(figure.steps): "))
    #expect(figure.words.contains("learning rate is too high") && figure.words.contains("Step \(figure.steps)."))
    let drawn = figure.drawn()
    #expect(drawn.problems.isEmpty, "\(drawn.problems)")
    #expect(drawn.texts.contains { $0.words == "Stopped after step \(figure.steps)" && $0.role == .warning })
    // The same steps, one by one, give the same result.
    let slow = makeFigure(name)
    slow.set("learning-rate", 10)
    slow.set("l2", 0.1)
    while slow.failure == nil { slow.set("step") }
    #expect(slow.steps == figure.steps && slow.fingerprint == figure.fingerprint && slow.loss == figure.loss)
    let notice = drawn.texts.filter { $0.alignment == 1 && $0.size == 13 && $0.role != .muted }
    #expect(notice.count == 4 && notice.contains { $0.words.contains("learning rate") })
    #expect(notice.allSatisfy { line in drawn.rectangles.contains { $0.width < 260 && $0.encloses(line.box) } })
    let fingerprint = figure.network.fingerprint
    figure.set("step")
    figure.advance(by: 1)
    #expect(figure.network.fingerprint == fingerprint)
    figure.set("play")
    #expect(!figure.isRunning)
    figure.set("learning-rate", 0.01)
    figure.set("reset")
    figure.play(seconds: 1)
    #expect(figure.failure == nil && figure.isRunning && figure.steps > 50)
  }

  @Test("no points, and points of only one class", arguments: trainingFigureNames)
  func fewSamples(name: String) {
    let figure = makeFigure(name)
    figure.samples = []
    figure.play(seconds: 1)
    #expect(figure.steps == 0 && !figure.isRunning)
    #expect(figure.words.hasPrefix("No points to learn from.") && figure.words.contains("0 points"))
    #expect(figure.drawn().texts.contains { $0.words == "No points to learn from" })
    figure.set("step")
    #expect(figure.steps == 0 && figure.loss == 0)
    // It was playing, so with a point it continues.
    figure.set("play")
    figure.click(Point(200, 150))
    #expect(figure.samples.count == 1 && figure.isRunning)
    figure.samples = [Sample(Point(0.1, 0.2))]
    figure.play(seconds: 1)
    #expect(figure.steps > 50 && figure.loss.isFinite && figure.words.contains("1 point."))
    #expect(figure.drawn().problems.isEmpty)
    figure.set("restore")
    #expect(figure.samples.count > 30)
  }

  @Test("settings stay in range and ignore NaN", arguments: trainingFigureNames)
  func range(name: String) {
    let figure = makeFigure(name)
    figure.set("learning-rate", 1e9)
    #expect(figure.value("learning-rate") == 10)
    figure.set("learning-rate", .nan)
    #expect(figure.value("learning-rate") == 10)
    figure.set("l2", -1)
    #expect(figure.value("l2") == 0)
    figure.set("tool", 99)
    #expect(figure.words.contains("erase"))
    figure.set(99, to: 1)
    #expect(figure.value(of: 99) == 0 && figure.parameter(named: Array("speed".utf8)) == nil)
    #expect(FigureCatalogue.make(named: Array("regressio".utf8)) == nil)
  }
}

import ChainruleCore
import ChainruleFigures
import ChainruleKernels
import Foundation
import Testing

/// The two figures that open the course: a line through penguins, and one perceptron that separates two species.
struct OpeningTests {
  /// The complete rows of data/penguins.csv, as numbers by column.
  private func penguins() throws -> [(species: String, values: [String: Float])] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let lines = try String(contentsOf: root.appending(path: "data/penguins.csv"), encoding: .utf8)
      .split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    let names = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]
    let places = try names.map { try #require(lines[0].firstIndex(of: $0)) }
    return lines.dropFirst().compactMap { line in
      let numbers = places.map { Float(line[$0]) }
      if numbers.contains(nil) { return nil }
      return (line[0], Dictionary(uniqueKeysWithValues: zip(names, numbers.map { $0! })))
    }
  }

  private func every<T>(_ n: Int, of rows: [T]) -> [T] { stride(from: 0, to: rows.count, by: n).map { rows[$0] } }

  private func lineFit() -> LineFitFigure { courseFigure("line-fit") as! LineFitFigure }
  private func perceptron() -> OnePerceptronFigure { courseFigure("one-perceptron") as! OnePerceptronFigure }

  // MARK: line-fit

  @Test("its points are every 14th complete row of data/penguins.csv")
  func lineFitSample() throws {
    let rows = try every(14, of: penguins())
    let figure = lineFit()
    #expect(figure.points.count == rows.count && rows.count == 25)
    for (point, row) in zip(figure.points, rows) {
      #expect(abs(point.x - (row.values["flipper_length_mm"]! - 200) / 10) < 1e-5)
      #expect(abs(point.y - row.values["body_mass_g"]! / 1_000) < 1e-5)
    }
  }

  @Test("its steps are the engine's gradient descent", arguments: [0.01, 0.05, 0.25] as [Float])
  func lineFitSteps(rate: Float) throws {
    let figure = lineFit()
    figure.set("learning-rate", rate)
    var network = Network("1, 1", initializer: .zeros)
    network.setWeights([figure.place.x], ofLayer: 0)
    network.setBiases([figure.place.y], ofLayer: 0)
    let step = TrainingStep(
      schema: network.schema, loss: .squaredError, batchCapacity: figure.points.count, kernels: .portable)
    for count in 1...12 {
      let loss = try step.differentiate(
        network, inputs: figure.points.map(\.x), targets: figure.points.map(\.y), rows: figure.points.count)
      let slopes = (step.weightGradients(ofLayer: 0)[0], step.biasGradients(ofLayer: 0)[0])
      #expect(abs(figure.loss - loss) < 1e-4 * max(loss, 1))
      #expect(abs(figure.gradient.x - slopes.0) < 1e-4 && abs(figure.gradient.y - slopes.1) < 1e-4)
      network.setWeights([network.weights(ofLayer: 0)[0] - rate * slopes.0], ofLayer: 0)
      network.setBiases([network.biases(ofLayer: 0)[0] - rate * slopes.1], ofLayer: 0)
      figure.set("step")
      #expect(figure.steps == count)
      #expect(abs(figure.place.x - network.weights(ofLayer: 0)[0]) < 1e-4)
      #expect(abs(figure.place.y - network.biases(ofLayer: 0)[0]) < 1e-4)
    }
  }

  @Test("played, it comes to the line of least squares and stops")
  func lineFitEnd() {
    let figure = lineFit()
    let points = figure.points
    let n = Float(points.count)
    let (x, y) = (points.map(\.x).reduce(0, +) / n, points.map(\.y).reduce(0, +) / n)
    let weight =
      points.map { ($0.x - x) * ($0.y - y) }.reduce(0, +) / points.map { ($0.x - x) * ($0.x - x) }.reduce(0, +)
    figure.set("play")
    for _ in 0..<12_000 where figure.isRunning { figure.advance(by: 1.0 / 60) }
    #expect(!figure.isRunning && figure.steps > 20)
    #expect(abs(figure.place.x - weight) < 0.001 && abs(figure.place.y - (y - weight * x)) < 0.001)
    #expect(abs(figure.loss - figure.smallestLoss) < 1e-5 && abs(figure.best.x - weight) < 1e-4)
    #expect(abs(figure.value("weight") - weight) < 0.001)
    let steps = figure.steps
    figure.set("step")
    #expect(figure.steps == steps)
    // Nothing is smaller near by.
    for (dx, dy) in [(0.01, 0), (-0.01, 0), (0, 0.01), (0, -0.01)] as [(Float, Float)] {
      figure.set("weight", weight + dx)
      figure.set("bias", y - weight * x + dy)
      #expect(figure.loss > figure.smallestLoss)
    }
  }

  @Test("at the largest rate the loss grows, and nothing breaks", arguments: [0, 1] as [Float])
  func lineFitDiverges(view: Float) throws {
    let figure = lineFit()
    figure.set("view", view)
    figure.set("learning-rate", 1)
    #expect(!figure.isReached(2))
    for _ in 0..<60 {
      figure.set("step")
      #expect(figure.loss.isFinite && figure.drawn().problems.isEmpty && figure.drawn(width: 350).problems.isEmpty)
      #expect(!figure.words.contains("not a number"))
    }
    #expect(figure.isReached(2) && figure.words.contains("the loss grows"))
    figure.set("reset")
    #expect(figure.steps == 0 && !figure.isReached(2) && figure.value("weight") == -0.4)
  }

  @Test(
    "handles, points and the place on the loss are dragged; a finger elsewhere scrolls",
    arguments: [350, 900] as [Float])
  func lineFitDrags(width: Float) throws {
    let figure = lineFit()
    func plot(_ index: Int) -> Rectangle { figure.drawn(width: width).clips[index] }
    func spot(_ x: Float, _ y: Float) -> Point {
      let frame = plot(0)
      return Point(frame.x + (x + 3.2) / 6.4 * frame.width, frame.y + frame.height * (6.6 - y) / 4.2)
    }
    // The handle on the left, down to 3 kg: 6.4 kg at x = −2.5 before, 4.4 at x = 2.5 still.
    #expect(figure.pointer(.down, spot(-2.5, 6.4)))
    #expect(figure.pointer(.move, spot(-2.5, 3)))
    figure.pointer(.up, spot(-2.5, 3))
    #expect(abs(figure.place.x - 0.28) < 0.01 && abs(figure.place.y - 3.7) < 0.01)
    // The weight on the parabola.
    let frame = plot(1)
    let place = Point(frame.x + (figure.place.x + 1) / 3 * frame.width, frame.y + frame.height * (1 - figure.loss / 8))
    #expect(figure.pointer(.down, place))
    figure.pointer(.move, Point(place.x + frame.width / 6, place.y))
    figure.pointer(.up, place)
    #expect(abs(figure.place.x - 0.78) < 0.01 && abs(figure.place.y - 3.7) < 0.01)
    // A point: it moves, and Original points brings it back.
    #expect(!figure.isAvailable("points"))
    let loss = figure.loss
    let point = figure.points[13]
    #expect(figure.pointer(.down, spot(point.x, point.y)))
    figure.pointer(.move, spot(point.x, 2.6))
    figure.pointer(.up, spot(point.x, 2.6))
    #expect(abs(figure.points[13].y - 2.6) < 0.02 && figure.loss > loss && figure.isAvailable("points"))
    #expect(!figure.isReached(0))
    figure.set("points")
    #expect(figure.points[13] == point && figure.loss == loss)
    #expect(!figure.pointer(.down, spot(2.9, 2.5)))
    figure.pointer(.up, spot(2.9, 2.5))
    // Weight and bias on the landscape.
    figure.set("view", 1)
    let land = plot(1)
    figure.click(Point(land.x + land.width / 2, land.y + land.height / 5))
    #expect(abs(figure.place.x - 0.5) < 0.01 && abs(figure.place.y - 6) < 0.02)
  }

  @Test("every key does something, and the exercises are noticed")
  func lineFitKeys() {
    let figure = lineFit()
    for (key, name) in [("v", "view"), ("e", "squares")] as [(Unicode.Scalar, String)] {
      #expect(figure.press(.character(key)) && figure.value(name) == 1)
    }
    figure.press(.right)
    figure.press(.up, shift: true)
    #expect(abs(figure.value("weight") + 0.38) < 1e-5 && abs(figure.value("bias") - 5.5) < 1e-5)
    figure.press(.character("s"))
    #expect(figure.steps == 1)
    // Steps are not by hand.
    figure.set("weight", 0.5)
    figure.set("bias", 4.4)
    #expect(figure.loss < 0.13 && !figure.isReached(0))
    figure.press(.character("r"))
    figure.set("weight", 0.5)
    figure.set("bias", 4.4)
    #expect(figure.isReached(0) && !figure.isReached(1))
    // The rate between the two curvatures: 5.2 along the weight, 2 along the bias.
    for (rate, isReached) in [(0.05, false), (0.275, true)] as [(Float, Bool)] {
      figure.press(.character("r"))
      figure.set("learning-rate", rate)
      for _ in 0..<8 { figure.set("step") }
      #expect(figure.isReached(1) == isReached && !figure.isReached(2))
    }
  }

  // MARK: one-perceptron

  @Test("its points are every 9th complete row of the Adelie and Gentoo penguins")
  func perceptronSample() throws {
    let rows = try every(9, of: penguins().filter { $0.species == "Adelie" || $0.species == "Gentoo" })
    let figure = perceptron()
    #expect(figure.samples.count == rows.count && rows.count == 31)
    for (sample, row) in zip(figure.samples, rows) {
      #expect(abs(sample.place.x - (row.values["bill_length_mm"]! - 43) / 5) < 1e-4)
      #expect(abs(sample.place.y - (row.values["bill_depth_mm"]! - 17) / 2) < 1e-4)
      #expect((sample.target == 1) == (row.species == "Gentoo"))
    }
  }

  @Test("its steps are the engine's gradient descent", arguments: [0, 1] as [Float], [0.1, 10] as [Float])
  func perceptronSteps(data: Float, rate: Float) throws {
    let figure = perceptron()
    figure.set("data", data)
    figure.set("learning-rate", rate)
    var network = Network("2, 1 sigmoid", initializer: .zeros)
    let start = figure.parametersNow
    network.setWeights([start.weights.x, start.weights.y], ofLayer: 0)
    network.setBiases([start.bias], ofLayer: 0)
    let samples = figure.samples
    let step = TrainingStep(
      schema: network.schema, loss: .binaryCrossEntropy, batchCapacity: samples.count, kernels: .portable)
    for count in 1...8 {
      let loss = try step.differentiate(
        network, inputs: samples.flatMap { [$0.place.x, $0.place.y] }, targets: samples.map(\.target),
        rows: samples.count)
      #expect(abs(figure.loss - loss) < 1e-3 * max(loss, 1))
      let weights = zip(network.weights(ofLayer: 0), step.weightGradients(ofLayer: 0)).map { $0 - rate * $1 }
      network.setWeights(weights, ofLayer: 0)
      network.setBiases([network.biases(ofLayer: 0)[0] - rate * step.biasGradients(ofLayer: 0)[0]], ofLayer: 0)
      figure.set("step")
      let now = figure.parametersNow
      #expect(figure.steps == count && abs(now.weights.x - weights[0]) < 1e-3 * max(abs(weights[0]), 1))
      #expect(abs(now.weights.y - weights[1]) < 1e-3 * max(abs(weights[1]), 1))
    }
  }

  @Test("played, it has all penguins right; XOR it never has, at any rate", arguments: [0.01, 0.1, 1, 10] as [Float])
  func perceptronEnd(rate: Float) {
    let figure = perceptron()
    figure.set("learning-rate", rate)
    for _ in 0..<500 { figure.set("step") }
    #expect(figure.correct == 31 && figure.loss.isFinite && figure.drawn().problems.isEmpty)
    // Not by hand.
    #expect(!figure.isReached(0))
    figure.set("data", 1)
    for _ in 0..<2_000 {
      figure.set("step")
      #expect(figure.correct <= 3 && figure.loss.isFinite)
    }
    #expect(figure.drawn().problems.isEmpty && !figure.words.contains("not a number"))
  }

  @Test("no line has more than three corners of XOR right, and some have three")
  func xor() {
    let figure = perceptron()
    figure.set("data", 1)
    var most = 0
    var random = RandomSource(seed: 3)
    for _ in 0..<2_000 {
      for name in ["weight-1", "weight-2", "bias"] { figure.set(name, random.uniform(-12, 12)) }
      most = max(most, figure.correct)
      #expect(figure.isReached(1) == (figure.correct == 3))
    }
    #expect(most == 3)
  }

  @Test("the line, its arrow and the points are dragged", arguments: [350, 900] as [Float])
  func perceptronDrags(width: Float) throws {
    let figure = perceptron()
    func spot(_ x: Float, _ y: Float) -> Point {
      let frame = figure.drawn(width: width).clips[0]
      return Point(frame.x + (x + 2.1) / 5 * frame.width, frame.y + frame.height * (2.5 - y) / 5)
    }
    // The handles are drawn last: the arrow's end, then the line's.
    func handles() -> (arrow: Point, line: Point) {
      let circles = figure.drawn(width: width).circles.filter { $0.radius >= 6 && $0.radius <= 7 }
      return (Point(circles[0].x, circles[0].y), Point(circles[1].x, circles[1].y))
    }
    let before = figure.parametersNow
    let target = spot(0.6, -0.4)
    #expect(figure.pointer(.down, handles().line))
    figure.pointer(.move, target)
    figure.pointer(.up, target)
    var now = figure.parametersNow
    #expect(now.weights == before.weights && abs(now.weights.x * 0.6 + now.weights.y * -0.4 + now.bias) < 0.01)
    // The arrow, turned to point right and down: long bills that are not deep.
    let (arrow, line) = handles()
    #expect(figure.pointer(.down, arrow))
    figure.pointer(.move, Point(line.x + 60, line.y + 60))
    figure.pointer(.up, arrow)
    now = figure.parametersNow
    #expect(now.weights.x > 0 && abs(now.weights.x + now.weights.y) < 0.01 * now.weights.x)
    #expect(figure.correct >= 29)
    // By hand, all right.
    figure.set("weight-1", 3)
    figure.set("weight-2", -4)
    figure.set("bias", -1.2)
    #expect(figure.correct == 31 && figure.isReached(0))
    // With a point among the others it is no longer the exercise.
    let place = figure.samples[30].place
    #expect(figure.pointer(.down, spot(place.x, place.y)))
    figure.pointer(.move, spot(-1.5, 2))
    figure.pointer(.up, spot(-1.5, 2))
    #expect(abs(figure.samples[30].place.y - 2) < 0.01 && figure.correct == 30 && !figure.isReached(0))
    figure.set("points")
    #expect(figure.correct == 31)
    #expect(!figure.pointer(.down, Point(1, 1)))
  }

  @Test("the arrow is at a right angle to the line, whatever the weights")
  func rightAngle() throws {
    let figure = perceptron()
    for (a, b, c) in [(2, 1, 0.5), (-6, 3, 2), (0, 5, 1), (12, -12, 12)] as [(Float, Float, Float)] {
      figure.set("weight-1", a)
      figure.set("weight-2", b)
      figure.set("bias", c)
      let segments = figure.drawn().segments.filter { $0.count == 2 }
      let (line, arrow) = (segments[0], segments[1])
      let dot =
        (line[1].x - line[0].x) * (arrow[1].x - arrow[0].x) + (line[1].y - line[0].y) * (arrow[1].y - arrow[0].y)
      let lengths = [line, arrow].map { hypot($0[1].x - $0[0].x, $0[1].y - $0[0].y) }
      #expect(abs(dot) < 0.01 * lengths[0] * lengths[1])
    }
    for name in ["weight-1", "weight-2"] { figure.set(name, 0) }
    #expect(figure.drawn().problems.isEmpty && !figure.words.isEmpty)
    for key in [.left, .right, .up, .down, .character("d"), .character(" ")] as [Key] { #expect(figure.press(key)) }
  }
}

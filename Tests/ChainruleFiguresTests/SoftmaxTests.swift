import ChainruleCore
import ChainruleFigures
import Foundation
import Testing

/// Three species of penguins, told apart by their bills.
struct SoftmaxTests {
  private let figure = SoftmaxFigure()

  @Test("the sample is every seventh complete row of the file, from the fourth on")
  func sample() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "data/penguins.csv")
    let rows = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
      .map { $0.split(separator: ",") }.filter { $0[2] != "NA" && $0[3] != "NA" }
    let chosen = stride(from: 3, to: rows.count, by: 7).map { rows[$0] }
    #expect(figure.penguins.count == chosen.count && figure.count == 49)
    for (penguin, row) in zip(figure.penguins, chosen) {
      #expect(abs(penguin.length - Float(row[2])!) < 0.001 && abs(penguin.depth - Float(row[3])!) < 0.001)
      #expect(["Adelie", "Gentoo", "Chinstrap"][penguin.species] == row[0])
    }
  }

  private var data: Dataset {
    Dataset(
      inputs: figure.penguins.flatMap { [($0.length - 44) / 5.5, ($0.depth - 17) / 2] },
      targets: figure.penguins.flatMap { penguin in (0..<3).map { $0 == penguin.species ? 1 : 0 } }, inputCount: 2,
      targetCount: 3)
  }

  @Test("the step is the engine's, on all penguins", arguments: [0, 1])
  func engine(layers: Int) throws {
    figure.set("layers", Float(layers))
    figure.set("learning-rate", 0.3)
    var network = Network(layers == 0 ? "2, 3 softmax" : "2, 8 relu, 3 softmax", seed: 1)
    #expect(network.fingerprint == figure.fingerprint)
    let step = TrainingStep(schema: network.schema, loss: .crossEntropy, batchCapacity: 49)
    for _ in 0..<20 {
      figure.set("step")
      try step.train(
        &network, inputs: data.inputs, targets: data.targets, rows: 49, optimizer: .sgd(learningRate: 0.3))
    }
    for layer in network.schema.layers.indices {
      for (own, other) in zip(figure.network.weights(ofLayer: layer), network.weights(ofLayer: layer)) {
        #expect(abs(own - other) < 1e-4)
      }
    }
    #expect(abs(try figure.loss - network.meanLoss(.crossEntropy, on: data)) < 1e-4)
  }

  @Test("probabilities are the exponentials' shares, and add up to 1")
  func answer() {
    for _ in 0..<50 { figure.set("step") }
    for (length, depth) in [(32, 12.5), (45, 18), (60, 22)] as [(Float, Float)] {
      figure.set("length", length)
      figure.set("depth", depth)
      let (logits, probabilities) = figure.answer
      let exponentials = logits.map { exp(Double($0)) }
      for i in 0..<3 { #expect(abs(Double(probabilities[i]) - exponentials[i] / exponentials.reduce(0, +)) < 1e-5) }
      #expect(abs(probabilities.reduce(0, +) - 1) < 1e-5)
    }
  }

  @Test("ten seconds of play get 47 penguins right, whatever the seed and the network", arguments: 1...20)
  func learns(seed: Int) {
    for layers in [0, 1] as [Float] {
      figure.set("layers", layers)
      figure.set("seed", Float(seed))
      #expect(figure.steps == 0 && !figure.isReached(0))
      figure.set("play")
      for _ in 0..<600 { figure.advance(by: 1.0 / 60) }
      #expect(figure.correct >= 47 && figure.steps > 100, "\(figure.correct)")
    }
  }

  @Test("δ is shown for a penguin, and its three numbers add up to 0")
  func penguin() throws {
    for _ in 0..<30 { figure.set("step") }
    #expect(!figure.drawn().texts.contains { $0.words == "δ = p − y" })
    #expect(figure.press(.character(".")))
    let first = figure.penguins[0]
    #expect(figure.words.contains("of a real Adelie"))
    #expect(abs(figure.value("length") - first.length) < 0.001 && abs(figure.value("depth") - first.depth) < 0.001)
    let texts = figure.drawn().texts.map(\.words)
    let probabilities = figure.answer.probabilities
    for i in 0..<3 {
      let delta = probabilities[i] - (i == first.species ? 1 : 0)
      let words = String(format: "%+.3f", delta).replacing("-", with: "−").replacing("−0.000", with: "0.000")
      #expect(texts.contains(words), "\(words)")
    }
    // Elsewhere there is no truth to compare with.
    figure.press(.right)
    #expect(!figure.words.contains("real") && !figure.drawn().texts.contains { $0.words == "δ = p − y" })
    figure.press(.character(","))
    #expect(figure.words.contains("real"))
  }

  @Test("a press asks about a place, or about the penguin there; it can be dragged")
  func pressing() throws {
    let plot = try #require(figure.drawn().clips.first)
    func place(_ length: Float, _ depth: Float) -> Point {
      Point(plot.x + (length - 32) / 28 * plot.width, plot.y + plot.height - (depth - 12.5) / 9.5 * plot.height)
    }
    #expect(figure.pointer(.down, place(58, 21.5)))
    #expect(abs(figure.value("length") - 58) < 0.01 && abs(figure.value("depth") - 21.5) < 0.01)
    #expect(!figure.words.contains("real"))
    let penguin = figure.penguins[20]
    #expect(figure.pointer(.move, place(penguin.length + 0.1, penguin.depth)))
    #expect(figure.words.contains("real"))
    figure.pointer(.up, place(40, 15))
    #expect(!figure.pointer(.move, place(40, 15)) && !figure.pointer(.hover, place(40, 15)))
    #expect(!figure.pointer(.down, Point(plot.x + plot.width + 60, 100)))
  }

  @Test("where three regions meet, no species has more than 0.45")
  func torn() {
    for _ in 0..<200 { figure.set("step") }
    #expect(!figure.isReached(1))
    var found = false
    for length in stride(from: 32 as Float, through: 60, by: 0.25) {
      for depth in stride(from: 12.5 as Float, through: 22, by: 0.1) where !found {
        figure.set("length", length)
        figure.set("depth", depth)
        found = figure.isReached(1)
        #expect(found == (figure.answer.probabilities.max()! <= 0.45))
      }
    }
    #expect(found)
  }

  @Test("a rate that is far too high does no harm")
  func highRate() {
    figure.set("learning-rate", 10)
    for layers in [0, 1] as [Float] {
      figure.set("layers", layers)
      figure.set("play")
      for _ in 0..<300 { figure.advance(by: 1.0 / 60) }
      #expect(figure.loss.isFinite && figure.drawn(width: 390).problems.isEmpty)
    }
  }

  @Test("draws without a flaw as it learns", arguments: [300, 390, 620, 800, 1_440] as [Float])
  func drawing(width: Float) {
    for layers in [0, 1] as [Float] {
      figure.set("layers", layers)
      for _ in 0..<4 {
        let picture = figure.drawn(width: width)
        #expect(picture.problems.isEmpty, "\(picture.problems)")
        for _ in 0..<40 { figure.set("step") }
      }
    }
  }
}

import ChainruleCore
import ChainruleFigures
import Foundation
import Testing

@Suite("The stages of one step")
struct StepStageTests {
  @Test("the network takes the step at once, the picture step by step", arguments: trainingFigureNames)
  func sequence(name: String) {
    let figure = makeFigure(name)
    #expect(figure.stage == 0 && figure.batch.isEmpty && figure.batchLoss == 0)
    figure.set("step")
    let after = figure.fingerprint
    #expect(figure.steps == 1 && figure.stage == 1 && figure.isRunning)
    var stages = [1]
    for _ in 0..<600 where figure.isRunning {
      figure.advance(by: 1 / 60)
      if figure.stage != stages.last { stages.append(figure.stage) }
    }
    #expect(stages == [1, 2, 3, 4, 5, 0] && !figure.isRunning)
    #expect(figure.steps == 1 && figure.fingerprint == after)
    // Another press starts over.
    figure.set("step")
    #expect(figure.steps == 2 && figure.stage == 1)
  }

  @Test("until the update, the picture shows the state before the step", arguments: trainingFigureNames)
  func pictures(name: String) {
    let figure = makeFigure(name)
    figure.set("learning-rate", 0.2)
    // The network's output in the plot: its curve, or the line of probability one half.
    func model() -> [Point] {
      let picture = figure.drawn()
      return name == "regression"
        ? picture.polylines.last { $0.count > 100 }! : picture.segments.first { $0.count > 30 && $0.count != 20 }!
    }
    func number() -> String { figure.drawn().texts.filter { $0.size == 15 }[1].words }
    let (before, loss) = (model(), number())
    for stage in 1...4 {
      figure.set("stage", Float(stage))
      #expect(model() == before && number() == loss)
    }
    figure.set("stage", 5)
    #expect(model() != before && number() != loss)
    let picture = figure.drawn()
    #expect((picture.polylines + picture.segments).contains(before), "the former one stays beside the new one")
    let after = model()
    figure.set("stage", 0)
    #expect(model() == after && figure.stage == 0 && figure.steps == 1)
  }

  @Test("rings mark the batch, each point once", arguments: [("regression", 20, 8), ("classification", 30, 9)])
  func batch(name: String, size: Int, radius: Int) {
    let figure = makeFigure(name)
    for _ in 0..<20 {
      figure.set("step")
      #expect(figure.batch.count == size)
      let picture = figure.drawn()
      let rings = picture.circles.filter { $0.radius == Float(radius) }
      let marks = picture.circles.suffix(figure.samples.count)
      let expected = Set(figure.batch).sorted().map { marks[marks.startIndex + $0] }
      #expect(rings.map(\.x) == expected.map(\.x) && rings.map(\.y) == expected.map(\.y))
      #expect(picture.texts.contains { $0.words == "batch: \(expected.count) of \(figure.samples.count)" })
    }
  }

  @Test("gaps end at the network's output, and their mean square is the loss")
  func gaps() throws {
    let figure = makeFigure("regression")
    figure.play(seconds: 1)
    let network = figure.network
    figure.set("step")
    figure.set("stage", 3)
    let drawn = Set(figure.batch).sorted().map { figure.samples[$0].place }
    let picture = figure.drawn()
    let gaps = try #require(picture.segments.first { $0.count == 2 * drawn.count })
    let frame = try #require(picture.clips.first)
    for (index, place) in drawn.enumerated() {
      let answer = network.predict([place.x])[0]
      for (point, y) in [(gaps[2 * index], place.y), (gaps[2 * index + 1], answer)] {
        #expect(abs(point.x - (frame.x + (place.x + 1) / 2 * frame.width)) < 0.01)
        #expect(abs(point.y - (frame.y + (1 - y) / 1.8 * frame.height)) < 0.01)
      }
    }
    let squares = figure.batch.map { index in
      let place = figure.samples[index].place
      return pow(network.predict([place.x])[0] - place.y, 2)
    }
    let mean = squares.reduce(0, +) / 20
    #expect(abs(figure.batchLoss - mean) < 1e-5 * mean)
    let caption = try #require(picture.texts.first { $0.words.hasPrefix("loss: mean gap² = ") })
    #expect(abs(Float(caption.words.split(separator: " ").last!)! - mean) < 0.005 * mean)
  }

  @Test("a ring's fill is the probability of the right class")
  func probabilities() {
    let figure = makeFigure("classification")
    figure.play(seconds: 1)
    let network = figure.network
    figure.set("step")
    figure.set("stage", 2)
    func right(_ sample: Sample) -> Float {
      let p = network.predict([sample.place.x, sample.place.y])[0]
      return sample.kind == 0 ? p : 1 - p
    }
    let surprise = figure.batch.map { -log(right(figure.samples[$0])) }.reduce(0, +) / 30
    #expect(abs(figure.batchLoss - surprise) < 1e-4)
    let drawn = Set(figure.batch).sorted().map { figure.samples[$0] }
    // An arc has a point at its start and one for each 32nd of the ring.
    let arcs = figure.drawn().polylines.prefix(drawn.count)
    for (arc, sample) in zip(arcs, drawn) { #expect(abs(Float(arc.count - 1) - 32 * right(sample)) < 1) }
  }

  @Test("the step is the engine's, with the batch shown", arguments: trainingFigureNames)
  func engine(name: String) throws {
    let figure = makeFigure(name)
    for _ in 0..<10 {
      var network = figure.network
      figure.set("step")
      let isCurve = name == "regression"
      let chosen = figure.batch.map { figure.samples[$0] }
      let step = TrainingStep(
        schema: network.schema, loss: isCurve ? .squaredError : .binaryCrossEntropy, batchCapacity: chosen.count)
      let loss = try step.train(
        &network, inputs: chosen.flatMap { isCurve ? [$0.place.x] : [$0.place.x, $0.place.y] },
        targets: chosen.map { isCurve ? $0.place.y : 1 - Float($0.kind) }, rows: chosen.count,
        optimizer: .sgd(learningRate: figure.value("learning-rate")), regularizer: Regularizer(l2: figure.value("l2")))
      #expect(figure.batchLoss == loss && figure.fingerprint == network.fingerprint)
    }
  }

  @Test("any change of network or points ends the stages", arguments: trainingFigureNames)
  func ends(name: String) {
    let endings: [(TrainingFigure) -> Void] = [
      { $0.set("play") }, { $0.set("reset") }, { $0.set("renew") }, { $0.set("data", 0) }, { $0.set("restore") },
      { $0.set("seed", 3) }, { $0.samples.removeLast() }, { $0.click(Point(60, 60)) }, { $0.set("stage", 0) },
    ]
    for end in endings {
      let figure = makeFigure(name)
      figure.drawn()
      figure.set("step")
      figure.advance(by: 0.05)
      #expect(figure.stage == 1)
      end(figure)
      #expect(figure.stage == 0)
      #expect(figure.drawn().texts.contains { $0.words == (name == "regression" ? "the network" : "filled") })
    }
    let figure = makeFigure(name)
    figure.set("step")
    figure.set("learning-rate", 0.01)
    figure.set("tool", 1)
    #expect(figure.stage == 1, "what changes neither leaves them")
  }

  @Test("a stage can be held, by name and by key; if there was no step, it takes one", arguments: trainingFigureNames)
  func hold(name: String) {
    let figure = makeFigure(name)
    figure.play(seconds: 1)
    let steps = figure.steps
    figure.set("stage", 3)
    #expect(figure.steps == steps + 1 && figure.stage == 3 && figure.value("stage") == 3 && !figure.isRunning)
    figure.advance(by: 1)
    #expect(figure.stage == 3)
    #expect(figure.words.contains("Stage 3 of 5: loss."))
    figure.press(.character("5"))
    #expect(figure.stage == 5 && figure.steps == steps + 1 && figure.words.contains("Stage 5 of 5: update."))
    figure.press(.character("0"))
    #expect(figure.stage == 0 && !figure.words.contains("Stage"))
    #expect(figure.words.contains("The latest step drew \(Set(figure.batch).count) of the points; their loss was 0."))
    // The latest step can be shown again, and its stages continue when it's released.
    figure.press(.character("1"))
    #expect(figure.stage == 1 && figure.steps == steps + 1)
    figure.press(.character("s"))
    #expect(figure.stage == 1 && figure.steps == steps + 2 && figure.isRunning)
    #expect(!figure.press(.character("6")) && !figure.press(.character("/")))
  }

  @Test("there are no stages without points, or after a failed step", arguments: trainingFigureNames)
  func nothingToShow(name: String) {
    let figure = makeFigure(name)
    figure.samples = []
    figure.set("stage", 2)
    #expect(figure.stage == 0 && figure.steps == 0)
    figure.set("restore")
    figure.set("learning-rate", 10)
    for _ in 0..<200 where figure.failure == nil {
      figure.set("step")
      #expect((figure.stage == 1) == (figure.failure == nil))
    }
    #expect(figure.failure != nil)
    figure.set("step")
    #expect(figure.stage == 0)
  }

  @Test("every stage fits at every width", arguments: trainingFigureNames)
  func drawing(name: String) {
    for width: Float in [300, 350, 390, 560, 800, 1_440] {
      for set in 0..<4 {
        let figure = makeFigure(name)
        figure.set("data", Float(set))
        for stage in 1...5 {
          figure.set("stage", Float(stage))
          let picture = figure.drawn(width: width)
          #expect(picture.problems.isEmpty, "\(width), set \(set), stage \(stage): \(picture.problems)")
        }
      }
    }
  }
}

import ChainruleFigures
import Foundation
import Testing

@Suite("Sets of points to choose")
struct PointSetTests {
  /// The curves, as the legend writes them.
  private static let formulas: [(name: String, formula: String, value: @Sendable (Float) -> Float)] = [
    ("Line", "½ x", { 0.5 * $0 }),
    ("Quadratic", "2 x² − ½", { 2 * $0 * $0 - 0.5 }),
    ("Cubic", "x³ + 0.15", { $0 * $0 * $0 + 0.15 }),
    ("Sine", "½ sin πx", { 0.5 * sin(.pi * $0) }),
  ]

  private func names(_ figure: TrainingFigure) -> [String] {
    let data = figure.parameters[figure.parameter(named: Array("data".utf8))!]
    let names = data.choices.description.split(separator: "|").map(String.init)
    #expect(data.kind == .choice && data.maximum == Float(names.count - 1))
    return names
  }

  @Test("each curve is drawn dashed, and the points are at most 0.15 from it")
  func curves() throws {
    let figure = makeFigure("regression")
    #expect(names(figure) == Self.formulas.map(\.name) && figure.value("data") == 2)
    for (index, curve) in Self.formulas.enumerated() {
      figure.set("data", Float(index))
      #expect(figure.samples.count == 33)
      let noise = figure.samples.map { $0.place.y - curve.value($0.place.x) }
      #expect(noise.allSatisfy { abs($0) < 0.1501 } && noise.max()! > 0.1 && noise.min()! < -0.1)
      let picture = figure.drawn()
      #expect(picture.texts.contains { $0.words == curve.formula })
      #expect(figure.words.contains("Data: \(curve.name)."))
      // The first line is the true one. The plot's frame is the clip rectangle; it shows −1 to 1 and −0.8 to 1.
      let frame = try #require(picture.clips.first)
      for point in try #require(picture.polylines.first) {
        let x = (point.x - frame.x) / frame.width * 2 - 1
        let y = (frame.y + frame.height - point.y) / frame.height * 1.8 - 0.8
        #expect(abs(y - curve.value(x)) < 1e-4)
      }
    }
  }

  @Test("each set of two classes matches its name")
  func classes() {
    let figure = makeFigure("classification")
    #expect(names(figure) == ["Clusters", "Overlapping", "Rings", "Xor", "Spirals"] && figure.value("data") == 2)
    for (index, count) in [40, 120, 40, 60, 100].enumerated() {
      figure.set("data", Float(index))
      #expect(figure.samples.count == count && figure.samples.count { $0.kind == 0 } == count / 2)
      #expect(figure.samples.allSatisfy { abs($0.place.x) < 1.1 && abs($0.place.y) < 1.1 })
      let sides = figure.samples.map { $0.place.x + $0.place.y > 0 ? 0 : 1 }
      let wrong = zip(figure.samples, sides).count { $0.kind != $1 }
      switch index {
      case 0: #expect(wrong == 0)
      case 1: #expect(wrong > 10 && wrong < 30)
      case 3: #expect(figure.samples.allSatisfy { ($0.place.x * $0.place.y > 0) == ($0.kind == 0) })
      case 4:
        // The angle follows from the distance to the middle; the classes are half a turn apart.
        for sample in figure.samples {
          let place = sample.place
          let radius = (place.x * place.x + place.y * place.y).squareRoot()
          let angle = 3 * Float.pi * (radius - 0.12) / 0.83 + (sample.kind == 0 ? 0 : .pi)
          let distance = abs(place.x - radius * cos(angle)) + abs(place.y - radius * sin(angle))
          #expect(distance < 0.3 && wrong > 30)
        }
      default: break
      }
    }
  }

  @Test(
    "another set replaces the points, keeps settings, and starts from the same weights", arguments: trainingFigureNames)
  func choosing(name: String) {
    let figure = makeFigure(name)
    figure.set("seed", 5)
    let (start, first) = (figure.fingerprint, figure.samples)
    figure.set("learning-rate", 0.02)
    figure.set("l2", 0.001)
    figure.play(seconds: 1)
    figure.set("data", 0)
    #expect(figure.samples != first && figure.steps == 0 && figure.fingerprint == start)
    #expect(figure.value("learning-rate") == 0.02 && figure.value("l2") == 0.001 && figure.isRunning)
    let second = figure.samples
    figure.set("play", 0)
    figure.samples = [Sample(Point(0, 0))]
    figure.set("restore")
    #expect(figure.samples == second)
    figure.set("data", 2)
    #expect(figure.samples == first && !figure.isRunning)
    figure.set("data", 99)
    #expect(figure.value("data") == figure.parameters.first { $0.name.description == "data" }!.maximum)
  }

  @Test("twenty seconds of play fit each curve, for most seeds", arguments: [(0, 9), (1, 8), (3, 8)])
  func fits(set: Int, most: Int) {
    let losses = (1...10).map { seed in
      let figure = makeFigure("regression")
      figure.set("data", Float(set))
      figure.set("seed", Float(seed))
      figure.play(seconds: 20, framesPerSecond: 20)
      return figure.loss
    }
    #expect(losses.count { $0 <= 0.015 } >= most, "\(losses)")
  }

  @Test("twenty seconds of play separate the classes, for nine seeds of ten", arguments: [0, 3, 4])
  func parts(set: Int) {
    let shares = (1...10).map { seed in
      let figure = makeFigure("classification")
      figure.set("data", Float(set))
      figure.set("seed", Float(seed))
      figure.play(seconds: 20, framesPerSecond: 20)
      return Float(figure.correct) / Float(figure.samples.count)
    }
    #expect(shares.count { $0 >= 0.97 } >= 9, "\(shares)")
  }

  @Test("overlapping clusters are learned as far as possible")
  func overlapping() {
    for seed in 1...10 {
      let figure = makeFigure("classification")
      figure.set("data", 1)
      figure.set("seed", Float(seed))
      figure.play(seconds: 20, framesPerSecond: 20)
      let share = Float(figure.correct) / Float(figure.samples.count)
      #expect(share > 0.82 && share < 0.97, "seed \(seed): \(share)")
      #expect(figure.loss > 0.1 && figure.loss < 0.4, "seed \(seed): \(figure.loss)")
    }
  }
}

import ChainruleFigures
import Testing

struct DrawingTests {
  @Test("drawings are well formed and stay inside, and no texts overlap", arguments: trainingFigureNames)
  func wellFormed(name: String) {
    for width: Float in [300, 358, 420, 559, 560, 599, 700, 800, 1000] {
      let figure = makeFigure(name)
      figure.handle(.focus(true))
      for state in 0..<6 {
        let drawn = figure.drawn(width: width)
        #expect(drawn.problems.isEmpty, "\(width), state \(state): \(drawn.problems)")
        #expect(drawn.operations > 30 && drawn.texts.contains { $0.words == "step" })
        #expect(drawn.circles.count >= figure.samples.count)
        switch state {
        case 0: figure.play(seconds: 1)
        case 1: figure.press(.up)
        case 2: figure.press(.enter)
        case 3: figure.set("learning-rate", 10)
        case 4: figure.play(seconds: 1)
        default: figure.samples = []
        }
      }
    }
  }

  @Test("the loss is beside the plot if there is room, otherwise below it", arguments: trainingFigureNames)
  func layout(name: String) throws {
    for width: Float in [300, 559, 560, 1000] {
      let figure = makeFigure(name)
      figure.play(seconds: 1)
      let clips = figure.drawn(width: width).clips
      let plot = try #require(clips.first)
      let chart = try #require(clips.last)
      #expect(!plot.overlaps(chart))
      #expect((chart.x > plot.x + plot.width) == (width >= 560))
      #expect((chart.y > plot.y + plot.height) == (width < 560))
      if name == "classification" { #expect(abs(plot.width - plot.height) < 1) }
    }
  }

  @Test("on a canvas with another height than preferred, the parts still don't overlap", arguments: trainingFigureNames)
  func otherHeights(name: String) {
    for width: Float in [300, 560, 1000] {
      for height: Float in [400, 700, 1200] {
        let figure = makeFigure(name)
        figure.play(seconds: 1)
        let drawn = figure.drawn(width: width, height: height)
        #expect(drawn.problems.isEmpty, "\(width) × \(height): \(drawn.problems)")
      }
    }
  }

  @Test("the loss is drawn both raw and smoothed")
  func lossCurves() throws {
    let figure = makeFigure("classification")
    figure.play(seconds: 10)
    // A curve's roughness: the sum of its ups and downs.
    func roughness(_ line: [Point]) -> Float { zip(line, line.dropFirst()).map { abs($0.y - $1.y) }.reduce(0, +) }
    let lines = figure.drawn().polylines
    #expect(lines.count == 2 && lines[0].count == lines[1].count && lines[0].count > 100)
    #expect(roughness(lines[1]) < roughness(lines[0]) / 2)
    // A falling loss falls on the screen.
    let smoothed = lines[1]
    #expect(smoothed[0].y < smoothed[smoothed.count - 1].y - 50)
  }

  @Test("losses beyond every axis are drawn too", arguments: trainingFigureNames)
  func extremeLosses(name: String) {
    let figure = makeFigure(name)
    for rate: Float in [0.2, 0.5, 1, 2, 5, 10] {
      for seed: Float in [1, 2, 3, 4, 5, 6, 7] {
        figure.set("seed", seed)
        figure.set("learning-rate", rate)
        for _ in 0..<60 {
          figure.set("step")
          let drawn = figure.drawn()
          #expect(drawn.problems.isEmpty, "rate \(rate), seed \(seed), step \(figure.steps): \(drawn.problems)")
          if figure.failure != nil { break }
        }
        #expect(figure.loss.isFinite)
      }
    }
  }

  @Test("a legend explains the symbols", arguments: trainingFigureNames)
  func legend(name: String) {
    let words = makeFigure(name).drawn(width: 300).texts.map(\.words)
    let expected = name == "regression" ? ["the network", "x³ + 0.15"] : ["filled", "open", "probability ½"]
    for legend in expected { #expect(words.contains(legend)) }
  }

  @Test("the curve covers the plot and moves as the network learns")
  func curve() throws {
    let figure = makeFigure("regression")
    let before = try #require(figure.drawn().polylines.max { $0.count < $1.count })
    #expect(before.count > 200)
    figure.play(seconds: 2)
    let after = try #require(figure.drawn().polylines.max { $0.count < $1.count })
    #expect(before != after)
  }

  @Test("the shading changes as the network learns, and the line of probability one half surrounds the disc")
  func boundary() throws {
    let figure = makeFigure("classification")
    figure.play(seconds: 20)
    let drawn = figure.drawn()
    #expect(drawn.fields == 1)
    // The longest list of segments that isn't a grid: its points are around the plot's middle.
    let line = try #require(drawn.segments.max { $0.count < $1.count })
    #expect(line.count > 60)
    let left = line.map(\.x).min()!
    let right = line.map(\.x).max()!
    let top = line.map(\.y).min()!
    let bottom = line.map(\.y).max()!
    let plot: Float = 400
    // The disc's edge is at 0.5 of 1.1; the line is near it, inside the ring.
    #expect(right - left > plot * 0.3 && right - left < plot * 0.85)
    #expect(bottom - top > plot * 0.3 && bottom - top < plot * 0.85)
  }

  @Test("numbers are written as people write them")
  func numbers() {
    let figure = makeFigure("regression")
    #expect(figure.words.contains("Mean squared error 0."))
    figure.play(seconds: 10)
    // On the screen with a space between thousands, but in words without, or it could be read as two numbers.
    #expect(figure.steps > 11_990)
    #expect(figure.words.contains("Step \(figure.steps)."))
    #expect(figure.words.contains("33 points. Tool: add."))
    let grouped = "\(figure.steps / 1000),\("\(figure.steps)".suffix(3))"
    #expect(figure.drawn().texts.contains { $0.words == grouped })
  }
}

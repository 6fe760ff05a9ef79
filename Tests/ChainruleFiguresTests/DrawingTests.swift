import ChainruleFigures
import Testing

struct DrawingTests {
  @Test("what is drawn is well formed and stays inside", arguments: trainingFigureNames)
  func wellFormed(name: String) {
    for width: Float in [300, 358, 420, 599, 600, 700, 800, 1000] {
      let figure = makeFigure(name)
      figure.handle(.focus(true))
      for state in 0..<4 {
        let drawn = figure.drawn(width: width)
        #expect(drawn.problems.isEmpty, "\(width): \(drawn.problems)")
        #expect(drawn.operations > 30 && drawn.texts.contains { $0.words.hasPrefix("Step ") })
        #expect(drawn.circles.count >= figure.samples.count)
        switch state {
        case 0: figure.play(seconds: 1)
        case 1: figure.press(.up)
        case 2: figure.set("learning-rate", 10)
        default: break
        }
      }
    }
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

  @Test("the shading changes as the network learns, and the line of one half surrounds the disc")
  func boundary() throws {
    let figure = makeFigure("classification")
    figure.play(seconds: 20)
    let drawn = figure.drawn()
    #expect(drawn.fields == 1)
    // The longest list of segments that is no grid: its points lie around the plot's middle.
    let line = try #require(drawn.segments.max { $0.count < $1.count })
    #expect(line.count > 60)
    let left = line.map(\.x).min()!
    let right = line.map(\.x).max()!
    let top = line.map(\.y).min()!
    let bottom = line.map(\.y).max()!
    let plot: Float = 400
    // The disc's edge is at 0.5 of 1.1; the line lies near it, within the ring.
    #expect(right - left > plot * 0.3 && right - left < plot * 0.85)
    #expect(bottom - top > plot * 0.3 && bottom - top < plot * 0.85)
  }

  @Test("numbers are written as people write them")
  func numbers() {
    let figure = makeFigure("regression")
    #expect(figure.words.contains("Mean squared error 0."))
    figure.play(seconds: 10)
    #expect(figure.words.contains("Step 12\u{2009}000") || figure.words.contains("Step 11\u{2009}999"))
    #expect(figure.words.contains("33 points. Tool: add."))
  }
}

import ChainruleCore
import ChainruleFigures
import Testing

/// Rules for every figure of the course, and what each one shows.
struct CourseTests {
  static let names = FigureCatalogue.entries.map(\.name.description)

  @Test("draws without a flaw at every width and at the ends of every parameter", arguments: names)
  func drawing(name: String) {
    let figure = courseFigure(name)
    for width in [300, 350, 390, 560, 800, 1_440] as [Float] {
      for (index, parameter) in figure.parameters.enumerated() where parameter.kind != .action {
        let value = figure.value(of: index)
        for end in [parameter.minimum, parameter.maximum, .infinity, -.infinity, .nan] {
          figure.set(index, to: end)
          let picture = figure.drawn(width: width)
          #expect(picture.problems.isEmpty, "\(picture.problems)")
          #expect(picture.operations > 8 && !figure.words.isEmpty)
          for text in picture.texts where text.alignment == 0 { #expect(text.x >= 0 && text.x < width) }
        }
        figure.set(index, to: value)
      }
    }
  }

  @Test("names its keys, and handles them", arguments: names)
  func keys(name: String) {
    let figure = courseFigure(name)
    let pairs = figure.keys.description.split(separator: "|", omittingEmptySubsequences: false)
    #expect(pairs.count >= 4 && pairs.count.isMultiple(of: 2))
    let known: [Key] = [
      .left, .right, .character("w"), .character("a"), .character("s"), .character("r"), .up, .escape,
    ]
    #expect(known.count { figure.handle(.key($0, shift: false)) } >= 3)
    #expect(!figure.handle(.key(.character("q"), shift: false)))
    #expect(figure.drawn().problems.isEmpty)
  }

  @Test("has goals with names of their own, which no untouched figure meets", arguments: names)
  func goals(name: String) {
    let figure = courseFigure(name)
    #expect(Set(figure.goals.map(\.name.description)).count == figure.goals.count && figure.goals.count <= 32)
    for (index, goal) in figure.goals.enumerated() {
      #expect(!figure.isReached(index), "\(goal.name)")
      #expect(goal.text.description.hasSuffix(".") && !goal.name.description.contains { " |".contains($0) })
    }
    for index in [-1, figure.goals.count, .max] { #expect(!figure.isReached(index)) }
  }

  @Test("one step is enough at a rate of a half, and at no other", arguments: [0.49, 0.5, 0.51] as [Float])
  func oneStep(rate: Float) {
    let figure = courseFigure("learning-rate")
    figure.set("learning-rate", rate)
    figure.set("step", 1)
    #expect(figure.isReached(0) == (rate == 0.5))
    figure.set("step", 1)
    #expect(figure.isReached(0) == (rate == 0.5))
    figure.set("reset", 1)
    #expect(!figure.isReached(0))
  }

  @Test("layers without activations are the line of their product", arguments: 1...40)
  func linearCollapse(seed: Int) throws {
    let figure = courseFigure("linear-collapse")
    figure.set("seed", Float(seed))
    let equation = try #require(figure.words.firstMatch(of: /y = (−?)([\d.]+) x (−|\+) ([\d.]+)/))
    let slope = Float(equation.2)! * (equation.1.isEmpty ? 1 : -1)
    let intercept = Float(equation.4)! * (equation.3 == "+" ? 1 : -1)
    let schema: Schema = "1, 1, 2, 3, 4, 1"
    let network = Network(schema, initializer: .uniform(), seed: UInt64(seed))
    #expect(network.fingerprint == figure.fingerprint)
    for x in [-1, -0.3, 0, 0.5, 1] as [Float] {
      #expect(abs(network.predict([x])[0] - (slope * x + intercept)) < 0.002)
    }
    // The whole line is in the plot.
    let picture = figure.drawn()
    let plot = try #require(picture.clips.first)
    let line = try #require(picture.polylines.max { $0.count < $1.count })
    for point in line { #expect(point.y >= plot.y && point.y <= plot.y + plot.height) }
    figure.handle(.key(.right, shift: true))
    #expect(figure.words.contains("At x = 0.25 the network gives "))
  }

  @Test("a perceptron's handles set weight and bias, and the derivative follows")
  func relu() throws {
    let figure = courseFigure("relu")
    #expect(
      figure.words.contains("z = 1.20 x − 0.40") && figure.words.contains("the output is 0.80 and f′(z) is 1.00"))
    // The handle over x = 0, dragged up to z = 1, and the one over x = 1.
    let plot = try #require(figure.drawn().clips.first)
    func place(_ x: Float, _ y: Float) -> Point {
      Point(plot.x + (x + 2) / 4 * plot.width, plot.y + plot.height - (y + 2) / 4 * plot.height)
    }
    #expect(figure.handle(.pointer(.down, at: place(0, -0.4), shift: false)))
    #expect(figure.handle(.pointer(.move, at: place(0, 1), shift: false)))
    figure.handle(.pointer(.up, at: place(0, 1), shift: false))
    #expect(figure.words.contains("z = 1.20 x + 1.00"))
    #expect(!figure.handle(.pointer(.down, at: place(-1.5, -1.5), shift: false)))
    figure.handle(.pointer(.up, at: place(-1.5, -1.5), shift: false))
    figure.set("weight", -1)
    figure.set("bias", 0.5)
    #expect(figure.words.contains("the output is 0.00 and f′(z) is 0.00"))
    figure.set("activation", 1)
    #expect(figure.words.contains("the output is −0.05 and f′(z) is 0.10"))
    figure.set("activation", 2)
    #expect(figure.words.contains("the output is 0.38 and f′(z) is 0.24"))
    figure.set("activation", 3)
    #expect(figure.words.contains("the output is −0.46 and f′(z) is 0.79"))
  }

  @Test(
    "gradient descent does what its words say",
    arguments: [
      (1.1, "diverges"), (1, "bounces between two points"), (0.9, "overshoots"), (0.5, "converges"), (0.3, "converges"),
      (0.05, "crawls"),
    ] as [(Float, String)])
  func learningRate(rate: Float, word: String) {
    let figure = courseFigure("learning-rate")
    figure.set("learning-rate", rate)
    figure.set("start", -0.8)
    #expect(figure.words.contains(" it \(word): "))
    var x: Float = -0.8
    for step in 1...5 {
      let before = figure.loss
      figure.set("step")
      x -= rate * 2 * x
      if before < 1e-6 { break }
      #expect(figure.steps == step && abs(figure.loss - x * x) < 1e-4 * max(1, x * x))
      switch word {
      case "diverges": #expect(figure.loss > before)
      case "bounces between two points": #expect(abs(figure.loss - before) < 1e-6)
      default: #expect(figure.loss < before)
      }
    }
    figure.set("reset")
    #expect(figure.steps == 0)
    // Played to its end, it stops by itself.
    figure.set("play")
    for _ in 0..<12_000 where figure.isRunning { figure.advance(by: 1.0 / 60) }
    #expect(!figure.isRunning && figure.steps > 0 && figure.steps <= 200)
    #expect(figure.drawn().problems.isEmpty)
  }
}

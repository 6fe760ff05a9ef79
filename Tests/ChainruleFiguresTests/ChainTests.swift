import ChainruleCore
import ChainruleFigures
import Foundation
import Testing

/// The three pictures of the chain rule: their numbers against the tests' own formulas, and the effect of pointing.
struct ChainTests {
  static let names = ["chain-two", "chain-three", "chain-branch"]

  /// Where each connection begins and ends; the perceptrons count from 1, the input is 0.
  private static let connections = [
    "chain-two": [(0, 1), (1, 2)], "chain-three": [(0, 1), (1, 2), (2, 3)],
    "chain-branch": [(0, 1), (1, 2), (1, 3), (2, 4), (3, 4)],
  ]
  /// The connections on each path.
  private static let paths = [
    "chain-two": [[0, 1]], "chain-three": [[0, 1, 2]], "chain-branch": [[0, 1, 3], [0, 2, 4]],
  ]

  private func number(_ text: Substring) -> Double {
    Double(text.first == "−" ? "-" + text.dropFirst() : text)!
  }

  /// The content of the words: the factors of each path, the products, and the derivative in three ways.
  private func said(
    _ words: String
  ) -> (factors: [[Double]], products: [Double], derivative: Double, measured: Double, forgotten: Double) {
    var factors: [[Double]] = []
    var products: [Double] = []
    for path in words.matches(of: /∂z₁\/∂(?:x|w₁) [^=]* = (−?[\d.]+)\./) {
      products.append(number(path.1))
      factors.append(path.0.split(separator: " = ")[0].matches(of: /∂\S+ (−?[\d.]+)/).map { number($0.1) })
    }
    let whole = words.firstMatch(
      of: /is (−?[\d.]+), measured (−?[\d.]+) with a change of 0.00001, with the slopes forgotten (−?[\d.]+)\./)!
    return (factors, products, number(whole.1), number(whole.2), number(whole.3))
  }

  private func differ(_ a: Double, _ b: Double, by most: Double) -> Bool { !(abs(a - b) <= most) }

  @Test("each factor matches its definition, and products and sum match the measured derivative", arguments: names)
  func numbers(name: String) throws {
    let figure = courseFigure(name)
    let connections = try #require(ChainTests.connections[name])
    let paths = try #require(ChainTests.paths[name])
    let last = connections.last!.1
    var random = RandomSource(seed: 7)
    for round in 0..<360 {
      let activation = round % 3
      let isByWeight = round % 2 == 1
      figure.set("activation", Float(activation))
      figure.set("derivative", isByWeight ? 1 : 0)
      // Multiples of 0.05, as the sliders set them; the ends of the ranges come first.
      func draw() -> Float { round < 4 ? (round < 2 ? 2 : -2) : Float(Int.random(in: -40...40, using: &random)) * 0.05 }
      let input = draw()
      figure.set("input", input)
      var weights: [Double] = []
      for index in connections.indices {
        let weight = draw()
        figure.set("weight-\(index + 1)", weight)
        weights.append(Double(weight))
      }
      // The forward pass and the slopes, by textbook formulas.
      var outputs = [Double(input)]
      var slopes = [1.0]
      for perceptron in 1...last {
        var z = 0.0
        for (index, (from, to)) in connections.enumerated() where to == perceptron {
          z += weights[index] * outputs[from]
        }
        switch activation {
        case 0:
          outputs.append(tanh(z))
          slopes.append(1 / (cosh(z) * cosh(z)))
        case 1:
          outputs.append(1 / (1 + exp(-z)))
          slopes.append(exp(-z) / ((1 + exp(-z)) * (1 + exp(-z))))
        default:
          outputs.append(z)
          slopes.append(1)
        }
      }
      let said = said(figure.words)
      try #require(said.factors.count == paths.count)
      var sum = 0.0
      var withoutSlopes = 0.0
      for (path, (factors, product)) in zip(paths, zip(said.factors, said.products)) {
        try #require(factors.count == 2 * path.count)
        var expected = 1.0
        var bare = 1.0
        for (place, connection) in path.enumerated() {
          let weight = isByWeight && place == 0 ? Double(input) : weights[connection]
          let slope = slopes[connections[connection].1]
          #expect(
            !differ(factors[2 * place], weight, by: 0.0051) && !differ(factors[2 * place + 1], slope, by: 0.000051))
          expected *= weight * slope
          bare *= weight
        }
        #expect(!differ(product, expected, by: 2e-6))
        sum += expected
        withoutSlopes += bare
      }
      #expect(!differ(said.derivative, sum, by: 2e-6) && !differ(said.measured, said.derivative, by: 1.5e-6))
      #expect(!differ(said.forgotten, withoutSlopes, by: 3e-6))
      // The picture says the same.
      let shown = figure.drawn().texts.map(\.words)
      for factors in said.factors {
        for (place, factor) in factors.enumerated() {
          let digits = String(format: place % 2 == 0 ? "%.2f" : "%.4f", abs(factor))
          #expect(shown.contains(factor < 0 ? "−" + digits : digits))
        }
      }
    }
  }

  /// The boxes of the parts, and those of the factors, which are taller.
  private func boxes(_ figure: any Figure, width: Float) -> (parts: [Rectangle], chips: [Rectangle]) {
    let boxes = figure.drawn(width: width).rectangles.dropLast()
    return (boxes.filter { $0.height < 78 }, boxes.filter { $0.height == 78 })
  }

  /// A highlighted box is drawn again, in the accent colour.
  private func lit(_ boxes: [Rectangle]) -> [Rectangle] {
    boxes.enumerated().filter { boxes[..<$0.offset].contains($0.element) }.map(\.element)
  }

  private func middle(_ box: Rectangle) -> Point { Point(box.x + box.width / 2, box.y + box.height / 2) }

  @Test("a factor highlights its part, and a part its factors", arguments: names, [320, 390, 620, 820] as [Float])
  func pointing(name: String, width: Float) throws {
    let figure = courseFigure(name)
    let connections = try #require(ChainTests.connections[name])
    let paths = try #require(ChainTests.paths[name])
    let (parts, chips) = boxes(figure, width: width)
    try #require(parts.count == connections.count + connections.last!.1)
    try #require(chips.count == paths.count * paths[0].count * 2)
    #expect(chips.allSatisfy { $0.width >= 44 })
    var seen: [Rectangle] = []
    for chip in chips {
      figure.pointer(.hover, middle(chip))
      let words = figure.words
      let now = boxes(figure, width: width)
      let litPart = lit(now.parts)
      try #require(litPart.count == 1)
      #expect(lit(now.chips).contains(chip))
      #expect(words.contains(": when ") && words.contains(" times as much."))
      // Back from the part: the same boxes are highlighted.
      let litChips = lit(now.chips)
      figure.pointer(.leave, Point(0, 0))
      #expect(lit(boxes(figure, width: width).chips).isEmpty)
      figure.pointer(.hover, middle(litPart[0]))
      let back = boxes(figure, width: width)
      #expect(lit(back.parts) == litPart && lit(back.chips) == litChips)
      seen += litPart
      figure.pointer(.leave, Point(0, 0))
    }
    #expect(parts.allSatisfy { seen.contains($0) })
    // Boxes shared by all paths are highlighted once in each.
    figure.pointer(.hover, middle(chips[0]))
    #expect(lit(boxes(figure, width: width).chips).count == paths.count)
    #expect(figure.words.contains("∂z₁/∂w₁ = x = 0.50: when w₁ moves a little, z₁ moves 0.50 times as much"))
    figure.pointer(.leave, Point(0, 0))
    // Factors under their parts are aligned exactly.
    if width >= 800 {
      for chip in chips { #expect(parts.contains { abs(middle($0).x - middle(chip).x) < 0.01 }) }
    }
  }

  @Test("a press keeps a factor highlighted, a press elsewhere releases it", arguments: names)
  func pressing(name: String) throws {
    let figure = courseFigure(name)
    let chip = boxes(figure, width: 390).chips[1]
    #expect(figure.pointer(.down, middle(chip)))
    figure.pointer(.up, middle(chip))
    figure.pointer(.leave, middle(chip))
    #expect(figure.words.contains("∂a₁/∂z₁ = tanh′(z₁) = 0.5966: when z₁ moves a little"))
    // Pointing elsewhere has priority, and ends with the pointer.
    figure.pointer(.hover, middle(boxes(figure, width: 390).chips[0]))
    #expect(figure.words.contains("when w₁ moves"))
    figure.pointer(.leave, Point(0, 0))
    #expect(figure.words.contains("when z₁ moves"))
    #expect(!figure.pointer(.down, Point(1, 1)))
    #expect(!figure.words.contains("when "))
  }

  @Test("the keys move between factors and change the selected value", arguments: names)
  func keys(name: String) throws {
    let figure = courseFigure(name)
    _ = figure.drawn()
    let count = ChainTests.paths[name]!.joined().count * 2
    var sentences: [String] = []
    for _ in 0..<(count + 2) {
      figure.press(.right)
      sentences.append(figure.words.split(separator: ". ").suffix(2).joined())
    }
    #expect(sentences[count - 1] == sentences[count] && Set(sentences.prefix(count)).count >= count - 2)
    for _ in 0...count { figure.press(.left) }
    let before = figure.value("weight-1")
    figure.press(.up, shift: true)
    #expect(abs(figure.value("weight-1") - before - 0.25) < 1e-6 && figure.value("input") == 0.5)
    figure.press(.right)
    figure.press(.down)
    #expect(abs(figure.value("input") - 0.45) < 1e-6)
    figure.press(.character("a"))
    #expect(figure.words.contains("σ′(z₁)") && figure.words.contains("∂ŷ/∂w₁ is "))
    figure.press(.character("d"))
    #expect(figure.words.contains(name == "chain-two" ? "∂L/∂w₁ is " : "∂ŷ/∂x is "))
    figure.press(.escape)
    #expect(!figure.words.contains("σ′"))
    for _ in 0..<100 { figure.press(.up, shift: true) }
    #expect(figure.value("input") == 2)
  }

  @Test("a change goes through every factor of every path, and stops at the end", arguments: names)
  func playing(name: String) throws {
    let figure = courseFigure(name)
    figure.set("play")
    var products: [String] = []
    var frames = 0
    while figure.isRunning && frames < 3_000 {
      figure.advance(by: 1.0 / 60)
      frames += 1
      let now = String(figure.words.firstMatch(of: /: (−?[\d.]+) times as much\.$/)!.1)
      if products.last != now { products.append(now) }
      #expect(figure.drawn(width: frames % 2 == 0 ? 390 : 820).problems.isEmpty)
    }
    // As far as the words go: the running products, one path after another.
    var expected: [Double] = []
    for factors in said(figure.words).factors {
      var product = 1.0
      for factor in factors {
        product *= factor
        expected.append(product)
      }
    }
    try #require(products.count == expected.count)
    for (product, expected) in zip(products, expected) {
      #expect(!differ(number(Substring(product)), expected, by: 0.0003))
    }
    #expect(!figure.isRunning && figure.value("play") == 0)
    // Again from the start; a press stops it.
    figure.set("play")
    #expect(figure.isRunning && figure.words.contains("when w₁ moves"))
    figure.pointer(.down, middle(boxes(figure, width: 390).chips[2]))
    #expect(!figure.isRunning)
  }

  @Test("has room for every word and number", arguments: names, [300, 350, 390, 480, 620, 820, 1_440] as [Float])
  func room(name: String, width: Float) {
    let figure = courseFigure(name)
    for bend in 0..<3 {
      for value in [-2, 2] as [Float] {
        for parameter in figure.parameters where parameter.kind == .number {
          figure.set(parameter.name.description, value)
        }
        figure.set("activation", Float(bend))
        figure.set("derivative", value > 0 ? 2 : 0)
        for _ in 0..<13 {
          figure.press(.right)
          let picture = figure.drawn(width: width)
          #expect(picture.problems.isEmpty, "\(picture.problems)")
          let check = picture.rectangles.last!
          #expect(picture.texts.count { $0.y < check.y } == picture.texts.count - 6)
        }
        figure.press(.escape)
      }
    }
  }

  @Test("a chain that ends at the loss has one more link, 2(ŷ − y)")
  func loss() throws {
    let figure = courseFigure("chain-two")
    #expect(!figure.isAvailable("target"))
    figure.set("derivative", 2)
    #expect(figure.isAvailable("target"))
    var random = RandomSource(seed: 5)
    for _ in 0..<100 {
      func draw() -> Double { Double(Int.random(in: -40...40, using: &random)) * 0.05 }
      let (x, y, w1, w2) = (draw(), draw(), draw(), draw())
      for (name, value) in [("input", x), ("target", y), ("weight-1", w1), ("weight-2", w2)] {
        figure.set(name, Float(value))
      }
      let a = tanh(w1 * x)
      let output = tanh(w2 * a)
      let slopes = (1 - a * a) * (1 - output * output)
      let said = said(figure.words)
      try #require(said.factors.count == 1 && said.factors[0].count == 5)
      #expect(!differ(said.factors[0][4], 2 * (output - y), by: 0.000051))
      #expect(!differ(said.derivative, 2 * (output - y) * slopes * w2 * x, by: 2e-6))
      #expect(!differ(said.forgotten, 2 * (output - y) * w2 * x, by: 2e-6))
      #expect(!differ(said.measured, said.derivative, by: 2e-6))
    }
    // The choice that was made means nothing in another chain.
    for _ in 0..<5 { figure.press(.right) }
    #expect(figure.words.contains("∂L/∂ŷ = 2(ŷ − y) = "))
    figure.set("derivative", 1)
    #expect(!figure.words.contains("when ") && figure.drawn().problems.isEmpty)
  }

  @Test("the exercises are done by what they ask for, and by nothing near it")
  func goals() {
    var figure = courseFigure("chain-two")
    figure.set("derivative", 2)
    figure.set("target", 0.45)
    #expect(figure.isReached(0))
    figure.set("weight-1", 1.4)
    #expect(!figure.isReached(0))
    figure = courseFigure("chain-three")
    for (name, value) in [("input", 2), ("weight-1", -0.15), ("weight-2", -2), ("weight-3", 2)] as [(String, Float)] {
      figure.set(name, value)
    }
    #expect(!figure.isReached(0))
    figure.set("activation", 1)
    #expect(figure.isReached(0))
    figure.set("weight-3", -2)
    #expect(figure.isReached(0))
    figure.set("weight-3", 1.8)
    #expect(!figure.isReached(0))
    figure = courseFigure("chain-branch")
    figure.set("weight-3", -1.2)
    #expect(!figure.isReached(0))
    figure.set("weight-5", 0.9)
    #expect(figure.isReached(0))
    figure.set("input", 0)
    #expect(!figure.isReached(0))
  }
}

import ChainruleCore
import ChainruleFigures
import Foundation
import Testing

/// The figures that draw networks of perceptrons and connections.
struct DiagramTests {
  private static let pulseFigures = ["forward-pass", "shapes"]

  /// A number as figures show it: two decimals, rounded half up, with a real minus sign.
  private func hundredths(_ value: Float) -> String {
    let count = Int((abs(value) * 100 + 0.5).rounded(.down))
    let digits = "\(count / 100).\(count % 100 < 10 ? "0" : "")\(count % 100)"
    return value < 0 && count > 0 ? "−" + digits : digits
  }

  /// The same with other decimals.
  private func said(_ value: Float, decimals: Int) -> String {
    let text = String(format: "%.\(decimals)f", abs(value))
    return value < 0 && text.contains { "123456789".contains($0) } ? "−" + text : text
  }

  private func number(_ text: Substring) -> Float { Float(text.replacing("−", with: "-"))! }

  /// The numbers in the perceptrons, layer by layer.
  private func shown(_ figure: any Figure) -> [String] {
    figure.drawn().texts.filter { $0.alignment == 1 && $0.words.contains(/^−?\d+\.\d\d$/) }.map(\.words)
  }

  private func network(_ sizes: [Int], seed: UInt64) throws -> Network {
    let layers = sizes.dropFirst().enumerated().map {
      Schema.Layer($0.element, $0.offset < sizes.count - 2 ? .tanh : .linear)
    }
    var network = Network(try Schema(inputs: sizes[0], layers: layers), initializer: .uniform(limit: 1.5), seed: seed)
    // The figures' weights have one decimal, so that a pencil can check their sums.
    func rounded(_ numbers: [Float]) -> [Float] { numbers.map { ($0 * 10 + 0.5).rounded(.down) / 10 } }
    for layer in layers.indices {
      network.setWeights(rounded(network.weights(ofLayer: layer)), ofLayer: layer)
      network.setBiases(rounded(network.biases(ofLayer: layer)), ofLayer: layer)
    }
    return network
  }

  @Test("each perceptron of a forward pass shows the network's value", arguments: [0, 1, 2])
  func forwardPass(choice: Int) throws {
    let figure = courseFigure("forward-pass")
    figure.set("layers", Float(choice))
    for (layer, size) in [4, 1, 2].enumerated() {
      figure.set("hidden-\(layer + 1)", Float(size))
      #expect(figure.isAvailable("hidden-\(layer + 1)") == (layer <= choice))
    }
    figure.set("input", -0.5)
    let network = try network([1] + [4, 1, 2].prefix(choice + 1) + [1], seed: 4)
    #expect(network.fingerprint == figure.fingerprint)
    #expect(shown(figure) == ([[-0.5]] + network.values([-0.5])).flatMap { $0 }.map(hundredths))
  }

  @Test(
    "each shape has its layers, its inputs and its outputs",
    arguments: zip([0, 1, 2], [[1, 2, 3, 4], [1, 2, 3, 2, 1], [3, 2, 1, 2, 3]]))
  func shapes(choice: Int, sizes: [Int]) throws {
    let figure = courseFigure("shapes")
    figure.set("shape", Float(choice))
    for input in 1...3 { #expect(figure.isAvailable("input-\(input)") == (input <= sizes[0])) }
    for seed in [1, 2, 99] as [UInt64] {
      figure.set("seed", Float(seed))
      figure.set("input-1", 0.25)
      figure.set("input-3", -1)
      let inputs = Array([0.25, -0.4, -1].prefix(sizes[0])) as [Float]
      let network = try network(sizes, seed: seed)
      #expect(network.fingerprint == figure.fingerprint)
      #expect(shown(figure) == ([inputs] + network.values(inputs)).flatMap { $0 }.map(hundredths))
      for output in network.predict(inputs) { #expect(figure.words.contains(hundredths(output))) }
    }
  }

  @Test("a pulse passes every connection, and one from a perceptron only that one's", arguments: pulseFigures)
  func pulses(name: String) {
    let figure = courseFigure(name)
    let sizes = name == "shapes" ? [1, 2, 3, 4] : [1, 3, 2, 1]
    func pulses() -> Int { figure.drawn().circles.count { $0.radius == 5 } }
    func counts(frames: Int) -> [Int] {
      var found: [Int] = []
      var wasThere = false
      for _ in 0..<frames where figure.isRunning {
        figure.advance(by: 1.0 / 60)
        // Between two layers they rest.
        if pulses() > 0 && !wasThere { found.append(pulses()) }
        wasThere = pulses() > 0
      }
      return found
    }
    #expect(!figure.isRunning && pulses() == 0)
    figure.set("play")
    let whole = zip(sizes, sizes.dropFirst()).map(*)
    #expect(Array(counts(frames: 700).prefix(3)) == whole)
    #expect(figure.isRunning)
    figure.set("play", 0)
    // A press on the second perceptron of the first hidden layer plays once, to the end.
    let place = figure.drawn().circles.filter { $0.radius >= 17 }[2]
    #expect(figure.pointer(.down, Point(place.x, place.y)))
    #expect(counts(frames: 2_000) == [sizes[2], whole[2]])
    #expect(!figure.isRunning)
    // The same by keyboard. Pressed while it plays, it starts again from the inputs.
    figure.set("play")
    for key in [.escape, .right, .right, .down, .enter] as [Key] { #expect(figure.press(key)) }
    #expect(Array(counts(frames: 700).prefix(3)) == [sizes[2], whole[2], whole[0]])
  }

  @Test("pointing at a perceptron shows its sum, at a connection its weight", arguments: pulseFigures)
  func sums(name: String) throws {
    let figure = courseFigure(name)
    let sizes = name == "shapes" ? [1, 2, 3, 4] : [1, 3, 2, 1]
    let network = try network(sizes, seed: name == "shapes" ? 1 : 4)
    let values = [[0.6]] + network.values([0.6])
    let nodes = figure.drawn().circles.filter { $0.radius >= 17 }
    var i = 1
    for layer in 1..<sizes.count {
      for index in 0..<sizes[layer] {
        figure.pointer(.hover, Point(nodes[i].x, nodes[i].y))
        let picture = figure.drawn()
        #expect(picture.problems.isEmpty)
        for from in 0..<sizes[layer - 1] {
          let weight = said(network[layer: layer - 1, output: index, input: from], decimals: 1)
          #expect(picture.texts.contains { $0.words == weight && $0.alignment == 1 })
        }
        // The formula in the words gives the perceptron's value.
        let words = try #require(figure.words.split(separator: "Chosen: ").last)
        var sum: Float = 0
        for term in words.matches(of: /([−+]?) ?(\d+\.\d)(?: × \(?(−?[\d.]+)\)?)?(?= [−+=])/) {
          sum += (term.1 == "−" ? -1 : 1) * number(term.2) * (term.3.map(number) ?? 1)
        }
        let value = values[layer][index]
        let expected = layer == sizes.count - 1 ? value : atanh(value)
        #expect(abs(sum - expected) < 0.004, "\(words)")
        #expect(words.contains("= \(said(value, decimals: 3))."))
        i += 1
      }
    }
    figure.pointer(.leave, Point(0, 0))
    #expect(!figure.words.contains("Chosen"))
    // A connection, pressed in its middle with a finger, stays selected when the finger is lifted.
    let middle = Point(0.5 * (nodes[0].x + nodes[1].x), 0.5 * (nodes[0].y + nodes[1].y))
    for phase in [.down, .up, .leave] as [PointerPhase] { figure.pointer(phase, middle) }
    let weight = network[layer: 0, output: 0, input: 0]
    #expect(
      figure.words.contains(
        "from input 1 to perceptron 1 of hidden layer 1: weight × input. \(said(weight, decimals: 1)) × 0.60 = \(said(weight * 0.6, decimals: 3))."
      ))
    #expect(!figure.isRunning)
    figure.press(.escape)
    #expect(!figure.words.contains("Chosen"))
  }

  @Test("every part can be pointed at, at every width, and nothing overlaps", arguments: pulseFigures + ["parameters"])
  func everyPart(name: String) {
    for width in [300, 358, 560, 820, 1_400] as [Float] {
      for choice in 0...2 {
        let figure = courseFigure(name)
        figure.set(name == "shapes" ? "shape" : name == "parameters" ? "example" : "layers", Float(choice))
        if name == "forward-pass" { for layer in 1...3 { figure.set("hidden-\(layer)", 4) } }
        let first = figure.drawn(width: width)
        for circle in first.circles where circle.radius > 9 {
          figure.pointer(.hover, Point(circle.x, circle.y))
          let picture = figure.drawn(width: width)
          #expect(picture.problems.isEmpty, "\(width) \(choice) \(figure.words) \(picture.problems)")
          #expect(figure.words.contains("Chosen: "))
        }
      }
    }
  }

  // MARK: Parameters

  private func counted(_ words: String) -> Int? {
    words.firstMatch(of: /in all .*?([\d,]+) parameters/).flatMap { Int($0.1.replacing(",", with: "")) }
  }

  @Test("the number of parameters is the engine's", arguments: 2...6)
  func parameters(layers: Int) throws {
    let figure = courseFigure("parameters")
    figure.set("layers", Float(layers))
    var random = RandomSource(seed: UInt64(layers))
    for _ in 0..<20 {
      let sizes = (0..<layers).map { _ in Int.random(in: 1...8, using: &random) }
      figure.set("inputs", Float(sizes[0]))
      for hidden in 1..<(layers - 1) where layers > 2 { figure.set("hidden-\(hidden)", Float(sizes[hidden])) }
      figure.set("outputs", Float(sizes[layers - 1]))
      for hidden in 1...4 { #expect(figure.isAvailable("hidden-\(hidden)") == (hidden <= layers - 2)) }
      let schema = try Schema(inputs: sizes[0], layers: sizes.dropFirst().map { .init($0) })
      #expect(counted(figure.words) == schema.parameterCount)
      let picture = figure.drawn()
      #expect(picture.problems.isEmpty)
      #expect(picture.segments.count == zip(sizes, sizes.dropFirst()).map(*).reduce(0, +))
      for (inputs, outputs) in zip(sizes, sizes.dropFirst()) {
        #expect(figure.words.contains("\(outputs) × (\(inputs) + 1) = \(outputs * (inputs + 1));"))
      }
    }
  }

  @Test("a network of ordinary size has 101,770 parameters, and its layers are abridged")
  func realSize() {
    let figure = courseFigure("parameters")
    figure.set("example", 1)
    let schema: Schema = "784, 128, 10"
    #expect(counted(figure.words) == 101_770 && schema.parameterCount == 101_770)
    #expect(figure.words.contains("784 weights + 1 bias = 785 parameters"))
    #expect(!figure.isAvailable("inputs") && !figure.isAvailable("layers") && figure.isAvailable("example"))
    // Five perceptrons and three dots for each layer; the arrow keys move across the dots and back.
    let circles = figure.drawn().circles
    #expect(circles.count { $0.radius > 9 } == 15 && circles.count { $0.radius < 3 } == 9)
    for key in [.up, .up, .up, .down, .down, .down] as [Key] { figure.press(key) }
    #expect(figure.words.contains("Chosen: perceptron 127 of hidden layer 1"))
    figure.press(.up)
    #expect(figure.words.contains("Chosen: perceptron 3 of hidden layer 1"))
    figure.press(.character("+"))
    #expect(counted(figure.words) == 101_770)
  }

  @Test("pointing at a perceptron counts its parameters; keys make its layer wider and narrower")
  func counting() {
    let figure = courseFigure("parameters")
    #expect(figure.words.contains("Chosen: perceptron 1 of hidden layer 1. Marked: 3 weights + 1 bias = 4 parameters."))
    let nodes = figure.drawn().circles
    figure.pointer(.hover, Point(nodes[8].x, nodes[8].y))
    #expect(figure.words.contains("Chosen: perceptron 2 of hidden layer 2. Marked: 4 weights + 1 bias = 5 parameters."))
    figure.pointer(.hover, Point(nodes[0].x, nodes[0].y))
    #expect(figure.words.contains("an input. It has no parameters."))
    figure.pointer(.leave, Point(0, 0))
    #expect(figure.words.contains("perceptron 1 of hidden layer 1"))
    for _ in 0..<10 { figure.press(.character("+")) }
    #expect(figure.words.contains("8 × (3 + 1) = 32;") && figure.value("hidden-1") == 8)
    for _ in 0..<10 { figure.press(.character("-")) }
    #expect(figure.words.contains("1 × (3 + 1) = 4;"))
    for _ in 0..<5 { figure.press(.right) }
    figure.press(.character("+"))
    #expect(figure.value("outputs") == 3)
    // If the selected perceptron disappears, another of its layer, or of the last layer, is selected.
    figure.press(.down)
    figure.press(.down)
    figure.set("outputs", 1)
    #expect(figure.words.contains("Chosen: output 1."))
    figure.set("layers", 2)
    #expect(figure.words.contains("Chosen: output 1. Marked: 3 weights"))
    #expect(figure.drawn().problems.isEmpty)
    figure.press(.escape)
    #expect(!figure.words.contains("Chosen"))
    #expect(!figure.pointer(.down, Point(-100, -100)))
  }
}

import ChainruleCore
import ChainruleFigures
import Testing

/// The figure that follows a gradient through many layers.
struct VanishingTests {
  private let figure = courseFigure("vanishing-exploding")

  private static let initializers: [Initializer] = [
    .uniform(), .normal(deviation: 0.1), .lecunNormal, .xavierNormal, .heNormal, .orthogonal(),
  ]
  private static let activations: [Activation] = [.sigmoid, .tanh, .relu, .leakyReLU()]

  /// A number as the figure writes it, read back: `3.1·10⁻⁹`, `0.24`, `∞`.
  private func number(_ words: Substring) -> Float? {
    if words == "∞" { return .infinity }
    let parts = words.split(separator: "·10")
    guard let digits = Float(parts[0]) else { return nil }
    if parts.count == 1 { return digits }
    let plain = parts[1].map {
      $0 == "⁻" ? "-" : String("⁰¹²³⁴⁵⁶⁷⁸⁹".firstIndex(of: $0)!.utf16Offset(in: "⁰¹²³⁴⁵⁶⁷⁸⁹"))
    }
    return Float("\(parts[0])e\(plain.joined())")
  }

  /// What the figure says about a layer, counted from 0.
  private func said(_ layer: Int) throws -> (spread: Float, gradient: Float) {
    let found = try #require(
      figure.words.firstMatch(of: /Chosen: Layer (\d+): spread ([^ ,]+), gradient ([^ ,]+?)[,;.]( |$)/))
    #expect(Int(found.1) == layer + 1)
    return (try #require(number(found.2)), try #require(number(found.3)))
  }

  private func choose(_ layer: Int) {
    figure.press(.escape)
    for _ in 0...layer { figure.press(.right) }
  }

  /// The network and the samples for the figure's parameters, created again.
  private func independent() throws -> (network: Network, data: Dataset) {
    let depth = Int(figure.value("depth"))
    var layers = [Schema.Layer](repeating: .init(16, Self.activations[Int(figure.value("activation"))]), count: depth)
    layers[depth - 1] = .init(1)
    let network = Network(
      try Schema(inputs: 16, layers: layers), initializer: Self.initializers[Int(figure.value("initializer"))],
      seed: UInt64(figure.value("seed")))
    var random = RandomSource(seed: 64)
    var (inputs, targets): ([Float], [Float]) = ([], [])
    for _ in 0..<64 {
      inputs += (0..<16).map { _ in random.normal() }
      targets.append(random.normal())
    }
    return (network, Dataset(inputs: inputs, targets: targets, inputCount: 16))
  }

  @Test(
    "each layer's numbers are the network's",
    arguments: [(0, 0, 12), (1, 1, 9), (2, 1, 20), (3, 1, 50), (4, 2, 30), (5, 3, 2), (4, 2, 2)])
  func numbers(initializer: Int, activation: Int, depth: Int) throws {
    figure.set("initializer", Float(initializer))
    figure.set("activation", Float(activation))
    figure.set("depth", Float(depth))
    let (network, data) = try independent()
    #expect(network.fingerprint == figure.fingerprint)
    // The spread comes from the outputs and the gradients from the step's arrays, not from the report that the figure
    // uses.
    let values = network.values(data.inputs)
    let step = TrainingStep(schema: network.schema, loss: .squaredError, batchCapacity: 64)
    try step.differentiate(network, inputs: data.inputs, targets: data.targets, rows: 64)
    for layer in [0, depth / 2, depth - 1] {
      choose(layer)
      let width = values[layer].count / 64
      var squares: Float = 0
      for unit in 0..<width {
        let column = (0..<64).map { values[layer][$0 * width + unit] }
        let mean = column.reduce(0, +) / 64
        squares += column.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
      }
      let spread = (squares / Float(64 * width)).squareRoot()
      let gradient = step.weightGradients(ofLayer: layer) + step.biasGradients(ofLayer: layer)
      let size = (gradient.map { $0 * $0 }.reduce(0, +) / Float(gradient.count)).squareRoot()
      let found = try said(layer)
      #expect(abs(found.spread - spread) <= 0.06 * spread, "layer \(layer)")
      #expect(abs(found.gradient - size) <= 0.06 * size, "layer \(layer)")
    }
  }

  @Test("its gradient matches finite differences")
  func finiteDifferences() throws {
    figure.set("depth", 4)
    figure.set("activation", 1)
    figure.set("initializer", 3)
    let (network, data) = try independent()
    let check = try GradientCheck(of: network, on: data, loss: .squaredError)
    for layer in [0, 3] {
      choose(layer)
      let measured = check.layers[layer].measured
      let size = Float((measured.map { $0 * $0 }.reduce(0, +) / Double(measured.count)).squareRoot())
      #expect(abs(try said(layer).gradient - size) <= 0.06 * size)
    }
  }

  @Test("two clicks lead from dead to alive")
  func story() {
    #expect(figure.words.contains("30 layers. It vanishes. Layer 1’s gradient is 2.0·10⁻¹² times the last layer’s"))
    figure.set("activation", 2)
    #expect(figure.words.contains("It explodes. Gradients reach "))
    figure.set("initializer", 4)
    #expect(figure.words.contains("Alive. ") && figure.words.contains("Dead ReLUs, 0 for every sample: "))
    // The same by keyboard: He is two initializers after LeCun.
    figure.set("initializer", 2)
    #expect(figure.words.contains("It vanishes"))
    figure.press(.character("i"))
    figure.press(.character("i"))
    #expect(figure.words.contains("Alive. "))
    figure.set("activation", 1)
    figure.set("initializer", 3)
    for seed in 1...20 {
      figure.set("seed", Float(seed))
      #expect(figure.words.contains("Alive. "), "tanh with Xavier, seed \(seed)")
    }
  }

  @Test("ReLUs that are dead for every sample are counted")
  func dead() throws {
    figure.set("activation", 2)
    figure.set("initializer", 4)
    let (network, data) = try independent()
    let values = network.values(data.inputs)
    var dead = 0
    for layer in values.dropLast() {
      for unit in 0..<16 where (0..<64).allSatisfy({ layer[$0 * 16 + unit] == 0 }) { dead += 1 }
    }
    #expect(dead > 0 && figure.words.contains("0 for every sample: \(dead) of 464 ("))
    // A layer's own dead ReLUs are named when it's selected.
    choose(28)
    let last = (0..<16).count { unit in (0..<64).allSatisfy { values[28][$0 * 16 + unit] == 0 } }
    #expect(figure.words.contains("Chosen: Layer 29:") && figure.words.hasSuffix("; \(last) of 16 ReLUs dead."))
  }

  @Test("overflow and underflow are named and drawn")
  func beyond() throws {
    // Uniform weights with the steepest activation: the gradient is too large for a step, but still shown.
    figure.set("activation", 2)
    figure.set("depth", 50)
    var largest: Float = 0
    for seed in 1...40 {
      figure.set("seed", Float(seed))
      #expect(figure.words.contains("It explodes"))
      #expect(figure.drawn().problems.isEmpty)
      choose(49)
      largest = max(largest, try said(49).gradient)
    }
    #expect(largest > 1e19)
    // A gradient that underflows is 0, and has no bar.
    figure.set("activation", 0)
    figure.set("initializer", 1)
    choose(0)
    #expect(try said(0).gradient == 0 && figure.words.contains("Layer 1’s gradient is 0 times"))
    let picture = figure.drawn()
    #expect(picture.problems.isEmpty && picture.circles.count > 5)
  }

  @Test("a layer can be selected by pointing, pressing and keys, and released again")
  func choosing() throws {
    let picture = figure.drawn(width: 390)
    #expect(!figure.words.contains("Chosen") && picture.texts.contains { $0.words.contains("Point at a layer") })
    // 30 columns from 42 to 12 before the right edge.
    func place(_ layer: Int) -> Point { Point(42 + (390 - 54) / 30 * (Float(layer) - 0.5), 300) }
    #expect(!figure.pointer(.hover, place(7)))
    #expect(figure.words.contains("Chosen: Layer 7:"))
    figure.pointer(.leave, Point(-5, 300))
    #expect(!figure.words.contains("Chosen"))
    #expect(figure.pointer(.down, place(30)) && figure.words.contains("Chosen: Layer 30:"))
    #expect(figure.pointer(.move, place(12)) && figure.words.contains("Chosen: Layer 12:"))
    figure.pointer(.up, place(12))
    figure.pointer(.leave, Point(0, 0))
    #expect(figure.words.contains("Chosen: Layer 12:"))
    figure.press(.right, shift: true)
    #expect(figure.words.contains("Chosen: Layer 17:"))
    // If the selected layer disappears, the last one is selected.
    figure.set("depth", 5)
    #expect(figure.words.contains("Chosen: Layer 5:"))
    figure.press(.up)
    figure.press(.left)
    #expect(figure.words.contains("6 layers.") && figure.words.contains("Chosen: Layer 4:"))
    figure.press(.escape)
    #expect(!figure.words.contains("Chosen"))
    #expect(!figure.pointer(.down, Point(200, 2)) && !figure.words.contains("Chosen"))
  }

  @Test("bars move to their new heights, and are always current in a still picture")
  func motion() throws {
    func bars() -> [Rectangle] { figure.drawn().rectangles.filter { $0.width < 30 && $0.width > 10 } }
    let before = bars()
    figure.set("initializer", 3)
    let still = bars()
    #expect(before.count == 60 && still != before && figure.isRunning)
    figure.advance(by: 1.0 / 60)
    let between = bars()
    #expect(between != still && abs(between[3].height - before[3].height) < abs(still[3].height - before[3].height))
    for _ in 0..<60 { figure.advance(by: 1.0 / 60) }
    #expect(!figure.isRunning && bars() == still)
    let words = figure.words
    figure.set("renew")
    #expect(figure.value("seed") == 2 && figure.words != words)
  }
}

import ChainruleCore
import ChainruleFigures
import Foundation
import Testing

/// The figure that follows a gradient through many layers.
struct VanishingTests {
  private let figure = VanishingFigure()

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
  private func said(_ layer: Int) throws -> (spread: Float, delta: Float) {
    let found = try #require(
      figure.words.firstMatch(of: /Chosen: Layer (\d+): spread ([^ ,]+), δ ([^ ,]+?)[,;.]( |$)/))
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
    // Spread from the engine's outputs; δ from its gradients of single samples, which are δ where the bias is concerned.
    let values = network.values(data.inputs)
    let step = TrainingStep(schema: network.schema, loss: .squaredError, batchCapacity: 1)
    var squares = [Double](repeating: 0, count: depth)
    for row in 0..<64 {
      let sample = data.samples([row])
      try step.differentiate(network, inputs: sample.inputs, targets: sample.targets, rows: 1)
      for layer in 0..<depth {
        for delta in step.biasGradients(ofLayer: layer) { squares[layer] += Double(delta) * Double(delta) }
      }
    }
    for layer in [0, depth / 2, depth - 1] {
      choose(layer)
      let width = values[layer].count / 64
      var sum: Float = 0
      for unit in 0..<width {
        let column = (0..<64).map { values[layer][$0 * width + unit] }
        let mean = column.reduce(0, +) / 64
        sum += column.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
      }
      let spread = (sum / Float(64 * width)).squareRoot()
      let delta = Float((squares[layer] / Double(64 * width)).squareRoot())
      let found = try said(layer)
      #expect(abs(found.spread - spread) <= 0.06 * spread, "layer \(layer)")
      #expect(abs(found.delta - delta) <= 0.06 * delta, "layer \(layer)")
      #expect(abs(figure.spreads[layer] - spread) <= 0.001 * spread)
      #expect(abs(figure.deltas[layer] - delta) <= 0.001 * delta)
    }
  }

  /// What a network of the figure's kind gives for a sample, written once more: residual, or normalized, layers of tanh.
  private func output(_ network: Network, _ inputs: [Double], kind: Int, nudge: (layer: Int, unit: Int, by: Double))
    -> Double
  {
    var values = inputs
    let depth = network.schema.layers.count
    for layer in 0..<depth {
      let (weights, biases) = (network.weights(ofLayer: layer), network.biases(ofLayer: layer))
      var sums = biases.indices.map { unit in
        values.indices.reduce(Double(biases[unit])) { $0 + Double(weights[unit * values.count + $1]) * values[$1] }
      }
      if layer == nudge.layer { sums[nudge.unit] += nudge.by }
      if layer == depth - 1 { return sums[0] }
      if kind == 2 {
        let mean = sums.reduce(0, +) / 16
        let variance = sums.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 16
        sums = sums.map { ($0 - mean) / (variance + 1e-5).squareRoot() }
      }
      values = zip(values, sums).map { value, sum in kind == 1 ? value + tanh(sum) : tanh(sum) }
    }
    return .nan
  }

  @Test("δ is what finite differences measure, with residual connections and with normalization", arguments: 0...2)
  func finiteDifferences(kind: Int) throws {
    figure.set("depth", 4)
    figure.set("activation", 1)
    figure.set("initializer", 3)
    figure.set("layer", Float(kind))
    let (network, data) = try independent()
    for layer in [0, 2, 3] {
      let width = layer == 3 ? 1 : 16
      var squares = 0.0
      for row in 0..<64 {
        let sample = data.samples([row])
        let inputs = sample.inputs.map(Double.init)
        for unit in 0..<width {
          func loss(_ by: Double) -> Double {
            let gap = output(network, inputs, kind: kind, nudge: (layer, unit, by)) - Double(sample.targets[0])
            return gap * gap
          }
          let slope = (loss(1e-4) - loss(-1e-4)) / 2e-4
          squares += slope * slope
        }
      }
      let size = Float((squares / Double(64 * width)).squareRoot())
      #expect(abs(figure.deltas[layer] - size) <= 0.001 * size, "layer \(layer)")
    }
  }

  @Test("two clicks lead from vanishing over exploding to healthy")
  func story() {
    #expect(figure.words.hasPrefix("30 layers. It vanishes. Layer 1’s δ is "))
    #expect(figure.deltas[0] < 1e-10 * figure.deltas[29])
    figure.set("activation", 2)
    #expect(figure.words.contains("It explodes. δ reaches ") && figure.deltas.min()! > 1_000)
    figure.set("initializer", 4)
    #expect(figure.words.contains("Healthy. ") && figure.words.contains("Dead ReLUs, 0 for every sample: "))
    // The same by the keys: two initializers on from LeCun is He.
    figure.set("initializer", 2)
    #expect(figure.words.contains("It vanishes"))
    figure.press(.character("i"))
    figure.press(.character("i"))
    #expect(figure.isHealthy && figure.isReached(0) && !figure.isReached(1))
    figure.set("activation", 1)
    figure.set("initializer", 3)
    for seed in 1...20 {
      figure.set("seed", Float(seed))
      #expect(figure.isHealthy, "tanh with Xavier, seed \(seed)")
    }
    #expect(!figure.isReached(0) && !figure.isReached(1))
  }

  @Test("no first weights rescue thirty layers of sigmoids; a residual connection does", arguments: 0...5)
  func sigmoids(initializer: Int) {
    figure.set("initializer", Float(initializer))
    for seed in 1...10 {
      figure.set("seed", Float(seed))
      for kind in [0, 2] as [Float] {
        figure.set("layer", kind)
        #expect(figure.deltas[0] < 1e-9 && figure.words.contains("It vanishes"), "seed \(seed), kind \(kind)")
      }
      figure.set("layer", 1)
      #expect(figure.deltas[0] > 0.01 * figure.deltas[29])
    }
    figure.set("seed", 1)
    figure.set("initializer", 3)
    #expect(figure.isReached(1) && !figure.isReached(0))
    figure.set("depth", 29)
    #expect(!figure.isReached(1))
  }

  @Test("normalization tames ReLUs whose weights are far too large")
  func normalization() {
    figure.set("activation", 2)
    for seed in 1...10 {
      figure.set("seed", Float(seed))
      figure.set("layer", 0)
      #expect(figure.words.contains("It explodes"))
      figure.set("layer", 2)
      #expect(figure.deltas.max()! < 100 && !figure.words.contains("It explodes"))
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
    // Uniform weights with the steepest activation.
    figure.set("activation", 2)
    figure.set("depth", 50)
    var largest: Float = 0
    for seed in 1...10 {
      figure.set("seed", Float(seed))
      figure.set("layer", Float(seed % 2))
      #expect(figure.words.contains("It explodes"))
      #expect(figure.drawn().problems.isEmpty)
      choose(49)
      largest = max(largest, try said(49).delta)
    }
    #expect(largest > 1e17)
    // A δ below all numbers is 0, and no bar.
    figure.set("activation", 0)
    figure.set("layer", 0)
    figure.set("initializer", 1)
    choose(0)
    #expect(try said(0).delta < 1e-37 && figure.words.contains("It vanishes"))
    #expect(figure.drawn().problems.isEmpty)
  }

  @Test("a layer can be selected by pointing, pressing and keys, and released again")
  func choosing() throws {
    let picture = figure.drawn(width: 390)
    #expect(!figure.words.contains("Chosen") && picture.texts.contains { $0.words.contains("Point at a layer") })
    // 30 columns from 52 to 12 before the right edge.
    func place(_ layer: Int) -> Point { Point(52 + (390 - 64) / 30 * (Float(layer) - 0.5), 300) }
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

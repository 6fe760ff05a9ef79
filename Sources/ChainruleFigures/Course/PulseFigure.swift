import ChainruleCore

/// A network that computes before your eyes: a pulse runs along the connections, layer by layer, each perceptron shows
/// what it gives for the inputs, and a press shows how it gets there.
///
/// A subclass says which shapes there are to choose from.
public class PulseFigure: SimpleFigure {
  typealias Node = NetworkDiagram.Node
  typealias Edge = NetworkDiagram.Edge

  /// What can be asked about: a perceptron, or one of the connections that lead to it.
  struct Part: Equatable {
    var node: Node
    var from: Int?
  }

  private static let play = 0
  private static let renew = 1
  /// The place of a subclass's own choice.
  static let choice = 2
  private let firstInput = 3
  private let mostInputs: Int
  private var seed: Int { parameters.count - 1 }

  /// The network; hidden layers bend by tanh, so that its numbers stay small enough to be read.
  private(set) var network: Network
  package private(set) var inputs: [Float] = []
  /// What each layer gives for the inputs.
  package private(set) var outputs: [[Float]] = []
  var diagram = NetworkDiagram(sizes: [1, 1], frame: Rectangle(0, 0, 1, 1))
  private(set) var pulse = Pulse()
  /// Whether the pulse begins anew when it is over: after Play it does, after a press it does not.
  private var repeats = false
  private(set) var inquiry = Inquiry<Part>()

  /// A figure with a choice of shapes, sliders for the inputs, and whatever else its shape depends on.
  init(
    choice: (parameter: Parameter, value: Float), inputs: [(parameter: Parameter, value: Float)],
    others: [(parameter: Parameter, value: Float)], seed: Float
  ) {
    network = Network(sizes: [1, 1], seed: 0)
    mostInputs = inputs.count
    super.init(
      [(Parameter("play", "Play", .toggle), 0), (Parameter("renew", "New weights", .action), 0), choice] + inputs
        + others + [(Parameter("seed", "Seed", .hidden, minimum: 0, maximum: 16_000_000, step: 1), seed)])
    build()
  }

  /// The perceptrons of each layer, the inputs first.
  var sizes: [Int] { [1, 1] }

  /// What the shape is called, and what for; nothing if it needs no name.
  var shape: StaticString { "" }

  private var isPlaying: Bool { value(of: PulseFigure.play) >= 0.5 }

  private func build() {
    let sizes = sizes
    if sizes != diagram.sizes {
      inquiry.choose(nil)
      pulse = Pulse()
    }
    diagram = NetworkDiagram(sizes: sizes, frame: diagram.frame)
    network = Network(sizes: sizes, hidden: .tanh, limit: 1.5, seed: value(of: seed))
    // With weights of one decimal, a pencil can check what the figure says.
    for layer in 1..<sizes.count {
      network.set(
        layer - 1, weights: PulseFigure.rounded(network.weights(ofLayer: layer - 1)),
        biases: PulseFigure.rounded(network.biases(ofLayer: layer - 1)))
    }
    compute()
  }

  private static func rounded(_ numbers: [Float]) -> [Float] { numbers.map { ($0 * 10 + 0.5).rounded(.down) / 10 } }

  private func compute() {
    inputs = []
    for i in 0..<sizes[0] { inputs.append(value(of: firstInput + i)) }
    outputs = network.layers(inputs)
  }

  /// What a perceptron gives.
  func value(of node: Node) -> Float {
    node.layer == 0 ? inputs[node.index] : outputs[node.layer - 1][node.index]
  }

  override func changed(_ parameter: Int) {
    if parameter == PulseFigure.play {
      repeats = isPlaying
    } else if isInput(parameter) {
      compute()
    } else {
      build()
    }
  }

  private func isInput(_ parameter: Int) -> Bool {
    parameter >= firstInput && parameter < firstInput + mostInputs
  }

  override func act(_ parameter: Int) { set(seed, to: value(of: seed) + 1) }

  /// Whether a parameter means anything now: inputs that the network has do.
  public override func isAvailable(_ parameter: Int) -> Bool {
    !isInput(parameter) || parameter < firstInput + sizes[0]
  }

  /// The fingerprint of the network.
  public override var fingerprint: UInt64 { network.fingerprint }

  // MARK: Time

  /// Whether the figure moves by itself.
  public override var isRunning: Bool { isPlaying }

  /// Moves the pulse on.
  override func pass(_ seconds: Float) {
    pulse.advance(by: seconds)
    if pulse.isOver(layers: outputs.count + 1) {
      pulse = Pulse()
      if !repeats { keep(0, for: PulseFigure.play) }
    }
  }

  private func begin(at node: Node?) {
    pulse = Pulse(from: node?.layer == 0 && sizes[0] == 1 ? nil : node)
    if isPlaying { return }
    repeats = false
    keep(1, for: PulseFigure.play)
  }

  // MARK: Events

  /// A press starts the pulse; the arrows choose a perceptron, Enter starts it there.
  override func pointer(_ phase: PointerPhase, at place: Point, shift: Bool) -> Bool {
    let node = diagram.node(at: place)
    var part = node.map { Part(node: $0) }
    // A finger hides the connection that it is put on.
    if node == nil, let edge = diagram.edge(at: place, reach: phase == .down ? 22 : 8) {
      part = Part(node: edge.to, from: edge.from)
    }
    inquiry.take(phase, at: part)
    if phase != .down || node == nil { return false }
    begin(at: node)
    return true
  }

  override func press(_ key: Key, shift: Bool) -> Bool {
    switch key {
    case .character(" "): set(PulseFigure.play, to: isPlaying ? 0 : 1)
    case .character("w"): act(PulseFigure.renew)
    case .left, .right, .up, .down: inquiry.choose(Part(node: diagram.neighbour(of: inquiry.chosen?.node, key)))
    case .enter: begin(at: inquiry.chosen?.node)
    case .escape: inquiry.choose(nil)
    default: return false
    }
    return true
  }

  /// The keys and what they do.
  public override var keys: StaticString {
    "Space|play, pause|W|new weights|Arrows|choose a perceptron|Enter|start the pulse there|Escape|clear"
  }

  // MARK: Words

  /// Adds the figure's state in words.
  public override func describe(into bytes: inout [UInt8]) {
    var text = Text(isPlaying ? "The pulse runs. " : "Paused. ")
    text.add(shape: sizes)
    text.add(". ")
    text.bytes += headline.bytes
    if let part = inquiry.part {
      text.add(" Chosen: ")
      text.bytes += name(of: part).bytes
      text.add(". ")
      text.bytes += formula(of: part).bytes
      text.add(".")
    }
    bytes.append(contentsOf: text.bytes)
  }

  /// What goes in and what comes out.
  var headline: Text {
    var text = Text(shape)
    add(inputs, " goes in; ", " go in; ", to: &text)
    add(outputs[outputs.count - 1], " comes out.", " come out.", to: &text)
    return text
  }

  private func add(_ numbers: [Float], _ one: StaticString, _ several: StaticString, to text: inout Text) {
    for (i, number) in numbers.enumerated() {
      text.add(i == 0 ? "" : i == numbers.count - 1 ? " and " : ", ")
      text.add(number, decimals: 2)
    }
    text.add(numbers.count == 1 ? one : several)
  }

  /// What is asked about.
  func name(of part: Part) -> Text {
    var text = Text()
    if let from = part.from {
      text.add("from ")
      text.add(Node(layer: part.node.layer - 1, index: from), of: sizes)
      text.add(" to ")
    }
    text.add(part.node, of: sizes)
    text.add(
      part.node.layer == 0
        ? ", set by its slider"
        : part.from == nil ? ": weights × inputs, plus the bias" : ": weight × input")
    return text
  }

  /// How a perceptron comes to its value, or what a connection passes on.
  func formula(of part: Part) -> Text {
    var text = Text()
    let node = part.node
    if let from = part.from {
      let product = add(Edge(to: node, from: from), to: &text)
      text.add(" = ")
      text.add(product, decimals: 3)
      return text
    }
    if node.layer > 0 {
      let bias = network.biases(ofLayer: node.layer - 1)[node.index]
      var sum = bias
      for from in 0..<sizes[node.layer - 1] { sum += add(Edge(to: node, from: from), to: &text) }
      text.add(term: bias, decimals: 1)
      if node.layer < sizes.count - 1 {
        text.add(" = ")
        text.add(sum, decimals: 3)
        text.add("; tanh(")
        text.add(sum, decimals: 3)
        text.add(")")
      }
      text.add(" = ")
    }
    text.add(value(of: node), decimals: node.layer == 0 ? 2 : 3)
    return text
  }

  /// Adds what a connection passes on, and returns it.
  private func add(_ edge: Edge, to text: inout Text) -> Float {
    let weight = network.weight(edge)
    let value = value(of: edge.source)
    text.add(term: weight, decimals: 1)
    text.add(value < 0 ? " × (" : " × ")
    text.add(value, decimals: edge.source.layer == 0 ? 2 : 3)
    text.add(value < 0 ? ")" : "")
    return weight * value
  }

  // MARK: Drawing

  override func height(forWidth width: Float) -> Float { 310 + roomForWords(width) }

  private func roomForWords(_ width: Float) -> Float { 34 + 36_000 / width }

  /// Draws the connections, the pulse on them, the perceptrons with their numbers, and the words.
  override func paint(on canvas: any Canvas, size: Size) {
    diagram = NetworkDiagram(
      sizes: sizes, frame: Rectangle(12, 4, size.width - 24, max(size.height - roomForWords(size.width) - 30, 60)),
      radii: 17...24)
    drawConnections(on: canvas)
    for node in diagram.nodes { draw(node, on: canvas) }
    diagram.drawNames(at: diagram.frame.bottom + 15, on: canvas)
    drawWords(below: diagram.frame.bottom + 26, width: size.width - 24, on: canvas)
  }
}

import ChainruleCore

/// A number's way through a network: a pulse runs along the connections, layer by layer, and each perceptron shows what it
/// gives. Pressed, a perceptron starts the pulse itself.
public final class ForwardPassFigure: SimpleFigure {
  typealias Node = NetworkDiagram.Node

  /// The order of ``parameters``.
  enum Control: Int {
    case play, renew, layers, input, first, second, third, seed
  }

  private static let layersPerSecond: Float = 0.9

  /// The network; hidden layers bend by tanh, so that its numbers stay small enough to be read.
  private(set) var network: Network
  /// What each layer gives for the input, the input itself first.
  private(set) var values: [[Float]] = []
  private var diagram = NetworkDiagram(sizes: [1, 1], frame: Rectangle(0, 0, 1, 1))
  /// Where the pulse began; `nil` for the input.
  private var start: Node?
  /// How far the pulse has come, in layers from its start.
  private var progress: Float = 0
  private var pointedEdge: NetworkDiagram.Edge?
  private var selected: Node?

  /// A figure with four layers.
  public init() {
    network = Network(try! Schema(inputs: 1, layers: [.init(1)]))
    super.init([
      (Parameter("play", "Play", .toggle), 0), (Parameter("renew", "New weights", .action), 0),
      (Parameter("layers", "Layers", .choice, maximum: 2, choices: "3 layers|4 layers|5 layers"), 1),
      (Parameter("input", "Input", .number, minimum: -1, maximum: 1, step: 0.05), 0.6),
      (Parameter("hidden-1", "First hidden layer", .number, minimum: 1, maximum: 4), 3),
      (Parameter("hidden-2", "Second hidden layer", .number, minimum: 1, maximum: 4), 2),
      (Parameter("hidden-3", "Third hidden layer", .number, minimum: 1, maximum: 4), 3),
      (Parameter("seed", "Seed", .hidden, minimum: 0, maximum: 16_000_000, step: 1), 4),
    ])
    build()
  }

  private func number(_ control: Control) -> Float { value(of: control.rawValue) }
  private var isPlaying: Bool { number(.play) >= 0.5 }

  /// The perceptrons of each layer, the input first.
  var sizes: [Int] {
    var sizes = [1]
    for hidden in 0...Int(number(.layers)) {
      sizes.append(Int(value(of: Control.first.rawValue + hidden) + 0.5))
    }
    return sizes + [1]
  }

  private func build() {
    let sizes = sizes
    var layers: [Schema.Layer] = []
    for size in sizes[1..<(sizes.count - 1)] { layers.append(.init(size, .tanh)) }
    layers.append(.init(1))
    network = Network(
      try! Schema(inputs: 1, layers: layers), initializer: .uniform(limit: 1.5), seed: UInt64(number(.seed)))
    start = nil
    selected = nil
    pointedEdge = nil
    compute()
  }

  private func compute() {
    values = [[number(.input)]] + network.values([number(.input)])
  }

  override func changed(_ parameter: Int) {
    switch Control(rawValue: parameter) {
    case .input: compute()
    case .play: if isPlaying && isOver { progress = 0 }
    case .layers, .first, .second, .third, .seed:
      build()
      progress = 0
    default: break
    }
  }

  override func act(_ parameter: Int) { set(Control.seed.rawValue, to: number(.seed) + 1) }

  /// The fingerprint of the network.
  public override var fingerprint: UInt64 { network.fingerprint }

  // MARK: The pulse

  private var firstLayer: Int { start?.layer ?? 0 }
  private var isOver: Bool { firstLayer + Int(progress) >= values.count }

  /// Whether the figure moves by itself.
  public override var isRunning: Bool { isPlaying }

  /// Moves the pulse on; behind the last layer it waits a moment and begins again.
  public override func advance(by seconds: Float) {
    if !isPlaying || !(seconds > 0) { return }
    progress += min(seconds, 0.1) * ForwardPassFigure.layersPerSecond
    if isOver {
      progress = 0
      start = nil
    }
  }

  private func begin(at node: Node) {
    start = node.layer == 0 ? nil : node
    progress = 0
    keep(1, for: Control.play.rawValue)
  }

  /// Whether the pulse passes a perceptron at all: it is its start, or stands behind it.
  private func isReached(_ node: Node) -> Bool {
    guard let start else { return true }
    return node.layer > start.layer || node == start
  }

  // MARK: Events

  /// A press starts the pulse; the arrows choose a perceptron, Enter starts it there.
  @discardableResult
  public override func handle(_ event: Event) -> Bool {
    switch event {
    case .pointer(let phase, let place, _):
      pointedEdge = nil
      if phase == .leave || phase == .cancel { return false }
      let node = diagram.node(at: place)
      if phase == .down, let node {
        begin(at: node)
        return true
      }
      if node == nil { pointedEdge = diagram.edge(at: place) }
      return phase == .down && pointedEdge != nil
    case .key(let key, _):
      switch key {
      case .character(" "): set(Control.play.rawValue, to: isPlaying ? 0 : 1)
      case .character("w"): act(Control.renew.rawValue)
      case .left, .right, .up, .down: select(key)
      case .enter: begin(at: selected ?? Node(layer: 0, index: 0))
      case .escape: selected = nil
      default: return false
      }
      return true
    case .focus(let on):
      if !on { selected = nil }
      return false
    }
  }

  private func select(_ key: Key) {
    guard var node = selected else {
      selected = Node(layer: 0, index: 0)
      return
    }
    if key == .left { node.layer = max(node.layer - 1, 0) }
    if key == .right { node.layer = min(node.layer + 1, values.count - 1) }
    if key == .up { node.index -= 1 }
    if key == .down { node.index += 1 }
    node.index = min(max(node.index, 0), values[node.layer].count - 1)
    selected = node
  }

  /// The keys and what they do.
  public override var keys: StaticString {
    "Space|play, pause|W|new weights|Arrows|choose a perceptron|Enter|start the pulse there|Escape|choose none"
  }

  // MARK: Words

  private func addName(_ node: Node, to text: inout Text) {
    if node.layer == 0 {
      text.add("the input")
    } else if node.layer == values.count - 1 {
      text.add("the output")
    } else {
      text.add("perceptron ")
      text.add(node.index + 1)
      text.add(" of hidden layer ")
      text.add(node.layer)
    }
  }

  /// Adds the figure's state in words.
  public override func describe(into bytes: inout [UInt8]) {
    var text = Text(isPlaying ? "The pulse runs. " : "Paused. ")
    text.add("A network with ")
    for (layer, size) in sizes.enumerated() {
      if layer > 0 { text.add(layer == sizes.count - 1 ? " and " : ", ") }
      text.add(size)
    }
    text.add(" perceptrons. The input ")
    text.add(values[0][0], decimals: 2)
    text.add(" becomes the output ")
    text.add(values[values.count - 1][0], decimals: 2)
    text.add(".")
    if let selected {
      text.add(" Chosen: ")
      addName(selected, to: &text)
      text.add(", which gives ")
      text.add(values[selected.layer][selected.index], decimals: 2)
      text.add(".")
    }
    if let edge = pointedEdge {
      text.add(" The weight pointed at is ")
      text.add(weight(edge), decimals: 2)
      text.add(".")
    }
    bytes.append(contentsOf: text.bytes)
  }

  private func weight(_ edge: NetworkDiagram.Edge) -> Float {
    network[layer: edge.to.layer - 1, output: edge.to.index, input: edge.from]
  }

  // MARK: Drawing

  /// Draws connections, the pulse on them, perceptrons and their numbers.
  public override func draw(on canvas: any Canvas) {
    let size = canvas.size
    let words: Float = size.width < 400 ? 62 : 46
    diagram = NetworkDiagram(sizes: sizes, frame: Rectangle(12, 8, size.width - 24, size.height - 12 - words))
    drawEdges(on: canvas)
    for layer in values.indices {
      for index in values[layer].indices { draw(Node(layer: layer, index: index), on: canvas) }
    }
    var text: Text
    if let edge = pointedEdge {
      text = Text("weight ")
      text.add(weight(edge), decimals: 3)
      text.add(": passes on ")
      text.add(values[edge.to.layer - 1][edge.from], decimals: 2)
      text.add(" × ")
      text.add(weight(edge), decimals: 2)
      text.add(" = ")
      text.add(values[edge.to.layer - 1][edge.from] * weight(edge), decimals: 3)
    } else {
      text = Text("Press a perceptron to start there; point at a connection for its weight.")
    }
    canvas.paragraph(
      text, at: Point(14, size.height - words + 14), width: size.width - 28, size: 12.5,
      role: pointedEdge == nil ? .muted : .ink)
  }

  private func drawEdges(on canvas: any Canvas) {
    for layer in 1..<values.count {
      for index in values[layer].indices {
        for from in values[layer - 1].indices {
          let edge = NetworkDiagram.Edge(to: Node(layer: layer, index: index), from: from)
          let (a, b) = diagram.ends(edge)
          let weight = weight(edge)
          let isPointed = edge == pointedEdge
          canvas.segments(
            [a, b],
            stroke: Stroke(
              weight < 0 ? .negative : .positive, width: 1 + min(weight.magnitude, 2) * 1.6 + (isPointed ? 2 : 0),
              opacity: isPointed ? 1 : 0.45))
          drawPulse(on: edge, from: a, to: b, canvas)
        }
      }
    }
  }

  private func drawPulse(on edge: NetworkDiagram.Edge, from a: Point, to b: Point, _ canvas: any Canvas) {
    let part = progress - Float(edge.to.layer - 1 - firstLayer)
    if part <= 0 || part >= 1 || !isReached(Node(layer: edge.to.layer - 1, index: edge.from)) { return }
    let place = Point(a.x + part * (b.x - a.x), a.y + part * (b.y - a.y))
    canvas.circle(center: place, radius: 5, fill: Fill(.curve), stroke: Stroke(.background, width: 1.5))
  }

  private func draw(_ node: Node, on canvas: any Canvas) {
    let place = diagram.place(node)
    let value = values[node.layer][node.index]
    // Lit while the pulse is on its way out of it.
    let part = progress - Float(node.layer - firstLayer)
    let isLit = part >= 0 && part < 1 && progress > 0 && isReached(node)
    canvas.circle(
      center: place, radius: diagram.radius, fill: Fill(isLit ? .curve : .surface),
      stroke: Stroke(isLit ? .curve : .axis, width: 1.5))
    if node == selected {
      canvas.circle(center: place, radius: diagram.radius + 4, fill: nil, stroke: Stroke(.focus, width: 2))
    }
    var text = Text()
    text.add(value, decimals: diagram.radius < 15 ? 1 : 2)
    canvas.write(
      text, at: Point(place.x, place.y + 4), size: diagram.radius < 18 ? 9.5 : 11, alignment: .middle, bold: isLit,
      role: isLit ? .background : .ink)
  }
}

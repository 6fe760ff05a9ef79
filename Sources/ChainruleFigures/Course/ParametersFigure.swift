import ChainruleCore

/// How many numbers a network learns: a perceptron has a weight for each of its incoming connections and a bias, a layer
/// as many times that as it has perceptrons, and the network all of its layers' together.
public final class ParametersFigure: SimpleFigure {
  typealias Node = NetworkDiagram.Node

  /// The order of ``parameters``.
  enum Control: Int {
    case example, layers, inputs, hidden
    case outputs = 7
  }

  /// A network of ordinary size: it reads digits from pictures of 28 × 28 dots.
  private static let real = [784, 128, 10]

  private var diagram = NetworkDiagram(sizes: [1, 1], frame: Rectangle(0, 0, 1, 1))
  /// The perceptron whose parameters are counted.
  private var inquiry = Inquiry(Node(layer: 1, index: 0))

  /// A figure with four layers.
  public init() {
    super.init(
      [
        (Parameter("example", "Example", .choice, maximum: 1, choices: "Small|Digits: 784-128-10"), 0),
        (Parameter("layers", "Layers", .number, minimum: 2, maximum: 6), 4),
        (Parameter("inputs", "Inputs", .number, minimum: 1, maximum: 8), 3),
      ] + HiddenLayers.sliders(maximum: 8, [4, 3, 4, 3]) + [
        (Parameter("outputs", "Outputs", .number, minimum: 1, maximum: 8), 2)
      ])
    diagram = NetworkDiagram(sizes: sizesToSet, frame: diagram.frame)
  }

  private func number(_ parameter: Int) -> Int { Int(value(of: parameter) + 0.5) }
  private var isReal: Bool { number(Control.example.rawValue) == 1 }
  private var hiddenLayers: Int { number(Control.layers.rawValue) - 2 }

  /// The inputs, then the perceptrons of each layer.
  private var sizes: [Int] { diagram.sizes }

  private var sizesToSet: [Int] {
    if isReal { return ParametersFigure.real }
    var sizes = [number(Control.inputs.rawValue)]
    for hidden in 0..<hiddenLayers { sizes.append(number(Control.hidden.rawValue + hidden)) }
    return sizes + [number(Control.outputs.rawValue)]
  }

  override func changed(_ parameter: Int) {
    diagram = NetworkDiagram(sizes: sizesToSet, frame: diagram.frame)
    // Counted on in the perceptron that is left in its place.
    guard let node = inquiry.part else { return }
    let layer = min(node.layer, sizes.count - 1)
    let shown = diagram.shown(layer)
    inquiry.choose(Node(layer: layer, index: shown.contains(node.index) ? node.index : shown[shown.count - 1]))
  }

  /// Whether a parameter means anything now: sliders of layers that the network has do.
  public override func isAvailable(_ parameter: Int) -> Bool {
    let hidden = parameter - Control.hidden.rawValue
    let isThere = hidden < hiddenLayers || parameter == Control.outputs.rawValue
    return parameter == Control.example.rawValue || (isThere && !isReal)
  }

  // MARK: Counting

  /// The weights and the bias of each perceptron of a layer.
  private func parameters(ofEachIn layer: Int) -> Int { sizes[layer - 1] + 1 }

  /// What the perceptron that is asked about adds to the count.
  private var count: Text {
    guard let node = inquiry.part else { return Text("Point at a perceptron to count its parameters.") }
    if node.layer == 0 { return Text("Marked: an input. It has no parameters.") }
    let weights = sizes[node.layer - 1]
    var text = Text("Marked: ")
    text.add(weights)
    text.add(weights == 1 ? " weight" : " weights")
    text.add(" + 1 bias = ")
    text.add(weights + 1)
    text.add(" parameters.")
    return text
  }

  /// What a layer adds: its perceptrons × (weights + bias).
  private func product(_ layer: Int, isShort: Bool = false) -> Text {
    var text = Text()
    text.add(sizes[layer])
    text.add(" × ")
    text.add(isShort ? "" : "(")
    text.add(isShort ? parameters(ofEachIn: layer) : sizes[layer - 1])
    text.add(isShort ? "" : " + 1)")
    return text
  }

  private func sum(_ layer: Int) -> Text {
    var text = Text("= ")
    text.add(sizes[layer] * parameters(ofEachIn: layer))
    return text
  }

  /// The layers' sums, added up.
  private var account: Text {
    var text = Text()
    for layer in 1..<sizes.count {
      text.add(layer == 1 ? "" : " + ")
      text.add(sizes[layer] * parameters(ofEachIn: layer))
    }
    text.add(sizes.count == 2 ? "" : " = ")
    // The total is the engine's own.
    if sizes.count > 2 { text.add(Schema(sizes: sizes).parameterCount) }
    text.add(" parameters")
    return text
  }

  // MARK: Events

  /// Pointing at a perceptron counts its parameters.
  override func pointer(_ phase: PointerPhase, at place: Point, shift: Bool) -> Bool {
    let node = diagram.node(at: place)
    inquiry.take(phase, at: node)
    return phase == .down && node != nil
  }

  override func press(_ key: Key, shift: Bool) -> Bool {
    switch key {
    case .left, .right, .up, .down: inquiry.choose(diagram.neighbour(of: inquiry.part, key))
    case .character("+"), .character("="): resize(by: 1)
    case .character("-"): resize(by: -1)
    case .escape: inquiry.choose(nil)
    default: return false
    }
    return true
  }

  /// Makes the layer of the perceptron that is counted wider or narrower.
  private func resize(by change: Int) {
    guard let layer = inquiry.part?.layer, !isReal else { return }
    let parameter = layer == sizes.count - 1 ? Control.outputs.rawValue : Control.inputs.rawValue + layer
    set(parameter, to: Float(sizes[layer] + change))
  }

  /// The keys and what they do.
  public override var keys: StaticString {
    "Arrows|choose a perceptron|+, −|one perceptron more or less in its layer|Escape|clear"
  }

  // MARK: Words

  /// Adds the figure's state in words.
  public override func describe(into bytes: inout [UInt8]) {
    var text = Text("A network of ")
    text.add(shape: sizes)
    text.add(". ")
    for layer in 1..<sizes.count {
      text.bytes += product(layer).bytes
      text.add(" ")
      text.bytes += sum(layer).bytes
      text.add("; ")
    }
    text.add("in all ")
    text.bytes += account.bytes
    text.add(".")
    if let node = inquiry.part {
      text.add(" Chosen: ")
      text.add(node, of: sizes)
      text.add(". ")
      text.bytes += count.bytes
    }
    bytes.append(contentsOf: text.bytes)
  }

  // MARK: Drawing

  override func height(forWidth width: Float) -> Float { width >= 560 ? 430 : 460 }

  /// Draws the network, with what each perceptron has, and the sums under the layers.
  override func paint(on canvas: any Canvas, size: Size) {
    let margin: Float = size.width >= 560 ? 44 : 32
    let words: Float = size.width >= 560 ? 142 : 180
    diagram = NetworkDiagram(
      sizes: sizes, frame: Rectangle(margin, 4, size.width - 2 * margin, max(size.height - words, 60)), radii: 11...20)
    // Those that are counted lie over the others.
    for isCounted in [false, true] {
      for edge in diagram.edges where (edge.to == inquiry.part) == isCounted {
        diagram.draw(edge, stroke: Stroke(isCounted ? .accent : .axis, width: isCounted ? 2.5 : 1), on: canvas)
      }
    }
    for node in diagram.nodes { draw(node, on: canvas) }
    for layer in sizes.indices { drawSum(of: layer, on: canvas) }
    diagram.drawNames(at: diagram.frame.bottom + 18, on: canvas)
    let end = canvas.paragraph(
      account, at: Point(14, diagram.frame.bottom + 94), width: size.width - 28, size: 15, bold: true, role: .ink)
    canvas.paragraph(
      count, at: Point(14, end + 24), width: size.width - 28, role: inquiry.part == nil ? .muted : .accent)
  }

  private func draw(_ node: Node, on canvas: any Canvas) {
    var text = Text()
    if node.layer > 0 { text.add(parameters(ofEachIn: node.layer)) }
    diagram.draw(node, text, lit: node == inquiry.part ? .accent : nil, on: canvas)
  }

  /// The account of a layer below it, and dots for its perceptrons that are too many to be drawn.
  private func drawSum(of layer: Int, on canvas: any Canvas) {
    let x = diagram.place(Node(layer: layer, index: 0)).x
    if diagram.isAbridged(layer) {
      let dots = diagram.placeOfDots(layer)
      for i in -1...1 {
        canvas.circle(
          center: Point(x, dots.y + 8 * Float(i)), radius: 1.8, fill: Fill(.muted), stroke: nil)
      }
    }
    let y = diagram.frame.bottom + 38
    if layer == 0 {
      var text = Text()
      text.add(sizes[0])
      canvas.write(text, at: Point(x, y), size: 13, alignment: .middle, role: .ink)
      return
    }
    let isCounted = layer == inquiry.part?.layer
    let isShort = diagram.distance < 96 || (isReal && diagram.frame.width < 480)
    canvas.write(
      product(layer, isShort: isShort), at: Point(x, y), size: 13, alignment: .middle, role: .ink)
    canvas.write(
      sum(layer), at: Point(x, y + 18), size: 13, alignment: .middle, bold: true, role: isCounted ? .accent : .ink)
  }
}

import ChainruleCore

// Kept whole, not copied into each figure that draws a network: a page waits for every byte.

extension NetworkDiagram {
  /// Draws a connection.
  @inline(never)
  func draw(_ edge: Edge, stroke: Stroke, on canvas: any Canvas) {
    let (a, b) = ends(edge)
    canvas.segments([a, b], stroke: stroke)
  }

  /// How a weight is drawn: thicker the larger it is, orange and whole if positive, blue and dashed if negative.
  @inline(never)
  func stroke(_ weight: Float) -> Stroke {
    Stroke(
      weight < 0 ? .negative : .positive, width: (1 + min(weight.magnitude, 2) * 1.5) * min(radius / 12, 1),
      opacity: 0.6, dash: weight < 0 ? 5 : 0)
  }

  /// Draws a perceptron and the number in it, filled where something happens, with a ring where it is asked about.
  @inline(never)
  func draw(_ node: Node, _ number: Text, lit: Role?, isAsked: Bool = false, on canvas: any Canvas) {
    let place = place(node)
    canvas.circle(
      center: place, radius: radius, fill: Fill(lit ?? .surface), stroke: Stroke(lit ?? .axis, width: 1.5))
    if isAsked { canvas.circle(center: place, radius: radius + 3, fill: nil, stroke: Stroke(.focus, width: 2)) }
    canvas.write(
      number, at: Point(place.x, place.y + 4.5), size: 13, alignment: .middle, bold: lit != nil,
      role: lit == nil ? .ink : .background)
  }

  /// Draws a whole network, one perceptron of it lit.
  @inline(never)
  func draw(_ network: Network, lit: Node? = nil, on canvas: any Canvas) {
    for edge in edges { draw(edge, stroke: stroke(network.weight(edge)), on: canvas) }
    for node in nodes { draw(node, Text(), lit: node == lit ? .accent : nil, on: canvas) }
  }

  /// Writes under each layer what it is.
  @inline(never)
  func drawNames(at y: Float, on canvas: any Canvas) {
    for layer in sizes.indices {
      var text = Text()
      if layer > 0 && layer < sizes.count - 1 {
        text.add(distance < 76 ? "" : "hidden ")
        text.add(layer)
      } else {
        text.add(layer == 0 ? "input" : "output")
        text.add(sizes[layer] == 1 ? "" : "s")
      }
      canvas.write(text, at: Point(place(Node(layer: layer, index: 0)).x, y), size: 13, alignment: .middle)
    }
  }
}

extension Text {
  /// The shape of a network: `1 input, 3 + 2 hidden perceptrons, 1 output`.
  @inline(never)
  mutating func add(shape sizes: [Int]) {
    for (layer, size) in sizes.enumerated() {
      add(layer == 0 ? "" : layer == 1 || layer == sizes.count - 1 ? ", " : " + ")
      add(size)
      if layer == 0 { add(size == 1 ? " input" : " inputs") }
      if layer > 0 && layer == sizes.count - 2 { add(" hidden") }
      if layer == sizes.count - 1 { add(size == 1 ? " output" : " outputs") }
    }
  }

  /// A perceptron's name in a network of that shape.
  @inline(never)
  mutating func add(_ node: NetworkDiagram.Node, of sizes: [Int]) {
    if node.layer > 0 && node.layer < sizes.count - 1 {
      add("perceptron ")
      add(node.index + 1)
      add(" of hidden layer ")
      add(node.layer)
    } else {
      add(node.layer == 0 ? "input " : "output ")
      add(node.index + 1)
    }
  }

  /// Words, and a number with two decimals behind them.
  @inline(never)
  mutating func add(_ words: StaticString, _ number: Float) {
    add(words)
    add(number, decimals: 2)
  }

  /// Another term of a sum: behind the first with its sign as the sign of calculation.
  @inline(never)
  mutating func add(term number: Float, decimals: Int) {
    let isFirst = bytes.isEmpty
    add(number < 0 ? (isFirst ? "−" : " − ") : (isFirst ? "" : " + "))
    add(number.magnitude, decimals: decimals)
  }
}

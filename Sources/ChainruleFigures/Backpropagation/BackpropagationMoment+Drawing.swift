/// The parts of the picture: the row of calculations, and the network with what is known of it so far.
extension BackpropagationMoment {
  /// The colour of what is calculated.
  var role: Role { Keyframe.role(ofPhase: phase) }

  private func name(ofPhase phase: Int) -> StaticString {
    switch phase {
    case 0: "forward"
    case 1: "loss"
    case 2: "backward"
    default: "update"
    }
  }

  /// Draws all calculations of a step in a row; the one that is shown stands out.
  func drawTimeline(in frame: Rectangle, on canvas: any Canvas) {
    let width = frame.width / Float(Keyframe.total(of: count))
    var x = frame.x
    for phase in 0..<4 {
      let start = Keyframe.start(ofPhase: phase, of: count)
      let end = Keyframe.start(ofPhase: phase + 1, of: count)
      let role = Keyframe.role(ofPhase: phase)
      let isNow = phase == self.phase
      canvas.write(
        Text(name(ofPhase: phase)), at: Point(x + Float(end - start) / 2 * width, 40),
        size: frame.width < 320 ? 11 : 13,
        alignment: .middle,
        bold: isNow, role: isNow ? role : .muted)
      for i in start..<end {
        let height: Float = i == position ? 18 : 8
        canvas.rectangle(
          Rectangle(x + 1, 15 - height / 2, width - 2, height), cornerRadius: 2,
          fill: Fill(role, opacity: i <= position ? 1 : 0.25), stroke: nil)
        x += width
      }
    }
  }

  // MARK: The network

  /// Whether a perceptron's calculation has been made already.
  private func isDone(_ kind: Keyframe.Kind, at number: Int) -> Bool {
    Keyframe.position(of: kind, at: number - trace.sizes[0], of: count) <= position
  }

  /// Draws the network; a pulse has come so far along the connections, 1 being all the way.
  func draw(_ diagram: NetworkDiagram, pulse: Float, on canvas: any Canvas) {
    // What is lit lies above the rest.
    for pass in 0..<2 {
      var weight = 0
      for number in trace.sizes[0]..<trace.values.count {
        let node = trace.node(number)
        for from in 0..<trace.sizes[node.layer - 1] {
          let (a, b) = diagram.ends(NetworkDiagram.Edge(to: node, from: from))
          let isLit = isLit(node, from)
          let value = isDone(.update, at: number) ? trace.newWeights[weight] : trace.weights[weight]
          if pass == 0 && !isLit {
            drawLine(a, b, weight: value, role: value < 0 ? .negative : .positive, opacity: 0.5, on: canvas)
          } else if pass == 1 && isLit {
            drawLine(a, b, weight: value, role: role, opacity: 1, on: canvas)
            if comparison == nil && kind == .forward { drawFlow(a, b, diagram.radius + 1, pulse, on: canvas) }
            if comparison == nil && kind == .delta { drawFlow(b, a, diagram.radius + 1, pulse, on: canvas) }
            let isGradient = comparison != nil || kind == .gradient
            drawLabel(
              isGradient ? trace.gradients[weight] : value, between: a, b, size: letterSize(in: diagram), on: canvas)
          }
          weight += 1
        }
        weight += 1
      }
    }
    for number in trace.values.indices { draw(number, in: diagram, on: canvas) }
  }

  /// Whether a number runs along a connection: on the way back out of what lies behind the perceptron in focus, otherwise
  /// into it.
  private func isLit(_ node: Node, _ from: Int) -> Bool {
    if comparison == nil {
      if kind == .loss || kind == .result { return false }
      if kind == .delta { return node.layer == focus.layer + 1 && from == focus.index }
    }
    return node == focus
  }

  private func drawLine(_ a: Point, _ b: Point, weight: Float, role: Role, opacity: Float, on canvas: any Canvas) {
    let isNegative = role == .negative
    canvas.segments(
      [a, b],
      stroke: Stroke(role, width: 1 + min(weight.magnitude, 2) * 1.6, opacity: opacity, dash: isNegative ? 7 : 0))
  }

  /// Smaller only on the narrowest screens.
  private func letterSize(in diagram: NetworkDiagram) -> Float { diagram.distance < 85 ? 11 : 13 }

  private func drawLabel(_ number: Float, between a: Point, _ b: Point, size: Float, on canvas: any Canvas) {
    var text = Text()
    text.add(quantity: number, decimals: 2)
    let width = Float(text.letters) * size * 0.57 + 6
    let middle = Point((a.x + b.x) / 2, (a.y + b.y) / 2)
    canvas.rectangle(
      Rectangle(middle.x - width / 2, middle.y - 9, width, 18), cornerRadius: 8, fill: Fill(.background), stroke: nil)
    canvas.write(text, at: Point(middle.x, middle.y + 4.5), size: size, alignment: .middle, role: .ink)
  }

  /// An arrow's head where a connection ends, and a pulse on its way there.
  private func drawFlow(_ a: Point, _ b: Point, _ distance: Float, _ pulse: Float, on canvas: any Canvas) {
    let length = a.squaredDistance(to: b).squareRoot()
    let x = (b.x - a.x) / length
    let y = (b.y - a.y) / length
    let tip = Point(b.x - x * distance, b.y - y * distance)
    let back = Point(tip.x - x * 10, tip.y - y * 10)
    canvas.polygon(
      [tip, Point(back.x - y * 6, back.y + x * 6), Point(back.x + y * 6, back.y - x * 6)], fill: Fill(role))
    if pulse < 1 {
      canvas.circle(
        center: Point(a.x + pulse * length * x, a.y + pulse * length * y), radius: 5, fill: Fill(role),
        stroke: Stroke(.background, width: 1.5))
    }
  }

  /// Draws an input or a perceptron: what is known of it so far.
  private func draw(_ number: Int, in diagram: NetworkDiagram, on canvas: any Canvas) {
    let node = trace.node(number)
    let place = diagram.place(node)
    let isFocus = number == self.number
    let isKnown = node.layer == 0 || isDone(.forward, at: number)
    canvas.circle(
      center: place, radius: diagram.radius, fill: Fill(isFocus ? role : isKnown ? .surface : .background),
      stroke: Stroke(isFocus ? role : isKnown ? .axis : .grid, width: 1.5))
    func write(_ text: Text, below distance: Float, role: Role) {
      canvas.write(
        text, at: Point(place.x, place.y + distance), size: letterSize(in: diagram), alignment: .middle, bold: isFocus,
        role: role)
    }
    var text = Text()
    if isKnown {
      text.add(quantity: kind == .result ? trace.newValues[number] : trace.values[number], decimals: 2)
      write(text, below: 4.5, role: isFocus ? .background : .ink)
    }
    text = Text()
    if node.layer == 0 {
      text.add("x#", subscript: node.index)
      write(text, below: diagram.radius + 14, role: .muted)
    } else if kind != .result && isDone(.delta, at: number) {
      let delta = trace.deltas[number]
      let isSmall = delta != 0 && delta.magnitude < 0.005
      text.add(isSmall ? "δ ≈ " : "δ ")
      text.add(quantity: isSmall ? 0 : delta, decimals: 2)
      write(text, below: diagram.radius + 14, role: delta == 0 ? .warning : Keyframe.role(ofPhase: 2))
    }
  }
}

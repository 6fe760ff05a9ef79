extension PulseFigure {
  func drawConnections(on canvas: any Canvas) {
    for edge in diagram.edges {
      var stroke = diagram.stroke(network.weight(edge))
      if !pulse.passes(edge.source) { stroke.opacity = 0.2 }
      if isAsked(edge) {
        stroke.opacity = 1
        stroke.width += 1
      }
      diagram.draw(edge, stroke: stroke, on: canvas)
    }
    for edge in diagram.edges {
      if isAsked(edge) { drawLabel(network.weight(edge), at: diagram.place(0.5, on: edge), on: canvas) }
      if let part = pulse.place(on: edge) {
        canvas.dot(diagram.place(part, on: edge), radius: 5, .curve)
      }
    }
  }

  /// A connection is asked about by itself, or as one that leads to a perceptron.
  private func isAsked(_ edge: Edge) -> Bool {
    guard let part = inquiry.part else { return false }
    return part.node == edge.to && (part.from ?? edge.from) == edge.from
  }

  private func drawLabel(_ weight: Float, at place: Point, on canvas: any Canvas) {
    // Where layers are close, the formula below has to do.
    if diagram.distance < 76 { return }
    let width: Float = 34
    canvas.rectangle(
      Rectangle(place.x - width / 2, place.y - 9, width, 18), cornerRadius: 4, fill: Fill(.background, opacity: 0.9),
      stroke: nil)
    var text = Text()
    text.add(weight, decimals: 1)
    canvas.write(text, at: Point(place.x, place.y + 4), size: 13, alignment: .middle, role: .ink)
  }

  func draw(_ node: Node, on canvas: any Canvas) {
    var text = Text()
    text.add(value(of: node), decimals: 2)
    diagram.draw(
      node, text, lit: pulse.isIn(node) ? .curve : nil, isAsked: inquiry.part == Part(node: node), on: canvas)
  }

  func drawWords(below y: Float, width: Float, on canvas: any Canvas) {
    var place = Point(12, y + 16)
    if let part = inquiry.part {
      place.y = canvas.paragraph(name(of: part), at: place, width: width) + 21
      canvas.paragraph(formula(of: part), at: place, width: width, role: .ink)
    } else {
      place.y = canvas.paragraph(headline, at: place, width: width, role: .ink) + 21
      canvas.paragraph(
        Text("Press a perceptron for its sum and a pulse, a connection for its weight."), at: place, width: width)
    }
  }
}

import ChainruleCore

extension ReLUNetworkFigure {
  /// The network over the plot, each ReLU marked by its shape, the one that is asked about lit.
  func drawNetwork(width: Float, on canvas: any Canvas) {
    diagram = NetworkDiagram(sizes: diagram.sizes, frame: Rectangle(42, 2, width - 60, 92), radii: 8...9)
    let asked = inquiry.part.map { kinks[$0].node }
    diagram.draw(network, lit: asked, on: canvas)
    for node in diagram.nodes where node.layer > 0 && node.layer < 4 {
      let place = diagram.place(node)
      canvas.polyline(
        [Point(place.x - 5, place.y + 2), Point(place.x, place.y + 2), Point(place.x + 4, place.y - 4)],
        stroke: Stroke(node == asked ? .background : .ink, width: 1.5))
    }
    diagram.drawNames(at: 110, on: canvas)
  }

  func drawPlot(size: Size, on canvas: any Canvas) {
    plot.frame = Rectangle(42, 132, size.width - 60, max(size.height - 132 - roomForWords(size.width), 60))
    plot.drawAxes(on: canvas, ticks: [-2, -1, 0, 1, 2])
    let inputs = plot.inputs()
    let values = network.layers(inputs)
    canvas.clip(to: plot.frame)
    for kink in kinks { plot.drawUpright(at: kink.x, stroke: Stroke(.axis, dash: 3), on: canvas) }
    plot.drawCurve(inputs, values[4], stroke: Stroke(.curve, width: 3), on: canvas)
    for (index, kink) in kinks.enumerated() {
      let isAsked = index == inquiry.part
      canvas.dot(
        plot.place(Point(kink.x, network.output(kink.x))), radius: isAsked ? 8 : 5, .accent,
        rim: isAsked ? .focus : .background)
    }
    canvas.endClip()
    plot.drawBorder(on: canvas)
    if showsShares { drawShares(inputs, values[2], on: canvas) }
  }

  /// Draws what each of the last ReLUs adds to the curve, and what the biases do, each with its name behind its end.
  private func drawShares(_ inputs: [Float], _ values: [Float], on canvas: any Canvas) {
    let names: [StaticString] = ["1", "2", "3", "b"]
    let shares = shares
    var taken: [Float] = []
    for unit in 0...3 {
      var outputs: [Float] = []
      for i in inputs.indices { outputs.append(shares[unit] * (unit == 3 ? 1 : values[i * 3 + unit])) }
      canvas.clip(to: plot.frame)
      plot.drawCurve(
        inputs, outputs, stroke: Stroke(.series(unit == 0 ? 0 : unit + 1), width: 2, dash: unit == 3 ? 6 : 0),
        on: canvas)
      canvas.endClip()
      var y = plot.place(plot.clamped(Point(0, outputs[outputs.count - 1]))).y + 4
      // No name over another: it gives way towards the middle.
      let away: Float = y < plot.frame.y + 0.5 * plot.frame.height ? 1 : -1
      while taken.contains(where: { ($0 - y).magnitude < 13 }) { y += away }
      taken.append(y)
      canvas.write(
        Text(names[unit]), at: Point(plot.frame.right + 6, y), size: 13, bold: true,
        role: .series(unit == 0 ? 0 : unit + 1))
    }
  }

  func drawWords(on canvas: any Canvas) {
    var text = Text()
    if let index = inquiry.part {
      text = words(kinks[index])
    } else if showsShares {
      text.add(
        "Lines 1–3 are what each of the last three ReLUs contributes, b the biases. Added up they give the curve.")
    } else {
      text.add(kinks.count)
      text.add(kinks.count == 1 ? " kink" : " kinks")
      text.add(": at each, one ReLU switches on or off. Point at one to see which.")
    }
    let place = Point(plot.frame.x, plot.frame.bottom + 44)
    canvas.paragraph(text, at: place, width: plot.frame.width, role: .ink)
  }
}

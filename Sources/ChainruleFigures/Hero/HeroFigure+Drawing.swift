extension HeroFigure {
  /// Draws the connections, each perceptron's picture, the map of the output, and the points on it.
  func drawAll(on canvas: any Canvas, size: Size) {
    let layout = HeroLayout(size: size, sizes: HeroNetwork.sizes)
    plot.frame = layout.map
    let network = pictured()
    drawConnections(of: network, layout, on: canvas)
    var picture = 0
    for (layer, squares) in layout.layers.enumerated() {
      for square in squares {
        let isOutput = layer == layout.layers.count - 1
        NeuronPicture.draw(
          network.pictures[picture], side: HeroNetwork.side, in: square, low: isOutput ? .class2 : .negative,
          high: isOutput ? .class1 : .positive, on: canvas)
        picture += 1
      }
    }
    let line = LevelLine(values: network.probabilities, columns: HeroNetwork.side, level: 0.5)
    canvas.segments(line.segments(in: layout.map), stroke: Stroke(.ink, width: 2))
    drawSamples(on: canvas)
    drawCrosshair(on: canvas)
    drawWords(layout, size, on: canvas)
  }

  private func drawConnections(of network: HeroNetwork, _ layout: HeroLayout, on canvas: any Canvas) {
    for layer in 1..<HeroNetwork.sizes.count {
      for to in 0..<HeroNetwork.sizes[layer] {
        for from in 0..<HeroNetwork.sizes[layer - 1] {
          let weight = network.weight(layer: layer, to: to, from: from)
          canvas.polyline(
            layout.connection(layer: layer, to: to, from: from), stroke: NeuronPicture.stroke(weight))
        }
      }
    }
  }

  private func drawSamples(on canvas: any Canvas) {
    for (index, sample) in editor.samples.enumerated() {
      let place = plot.place(sample.place)
      let isHighlighted = index == editor.highlighted
      if isHighlighted {
        canvas.circle(
          center: place, radius: 11, fill: nil, stroke: Stroke(editor.isLettingGo ? .warning : .focus, width: 2))
      }
      let radius: Float = isHighlighted ? 6.5 : 5
      if sample.kind == 0 {
        canvas.circle(center: place, radius: radius, fill: Fill(.class1), stroke: Stroke(.background, width: 1.5))
      } else {
        canvas.circle(
          center: place, radius: radius - 0.5, fill: Fill(.background), stroke: Stroke(.class2, width: 2.5))
      }
    }
  }

  private func drawCrosshair(on canvas: any Canvas) {
    guard editor.showsCrosshair, let crosshair = editor.crosshair else { return }
    let place = plot.place(crosshair)
    canvas.segments(
      [
        Point(plot.frame.x, place.y), Point(plot.frame.right, place.y), Point(place.x, plot.frame.y),
        Point(place.x, plot.frame.bottom),
      ], stroke: Stroke(.focus, width: 1.5, opacity: 0.6))
  }

  private func drawWords(_ layout: HeroLayout, _ size: Size, on canvas: any Canvas) {
    let names: [StaticString] = ["inputs", "hidden layer 1", "hidden layer 2", "output"]
    for (index, place) in layout.names.enumerated() {
      let isFlush = index == 0 || index == names.count - 1
      canvas.write(Text(names[index]), at: place, size: 13, alignment: isFlush ? .start : .middle)
    }
    var text = Text("step ")
    text.add(steps)
    text.add(", ")
    text.add(correct, isGrouped: false)
    text.add(" of ")
    text.add(editor.samples.count, isGrouped: false)
    text.add(" right")
    canvas.write(text, at: Point(layout.map.x, layout.map.bottom + 20), size: 14, role: .ink)
    if layout.isWide {
      canvas.write(
        Text("orange: above 0 · blue, dashed: below 0"), at: Point(2, layout.map.bottom + 20), size: 13)
    }
  }
}

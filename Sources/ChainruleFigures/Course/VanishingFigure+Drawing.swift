/// The picture: two panels over one axis of layers, the spread on the way forward and δ on the way back.
extension VanishingFigure {
  private static let left: Float = 52
  private static let right: Float = 12
  /// Narrower than this, words need more lines.
  static let wide: Float = 560

  func drawPicture(on canvas: any Canvas, size: Size) {
    let isWide = size.width >= VanishingFigure.wide
    let width = size.width - VanishingFigure.left - VanishingFigure.right
    drawVerdict(width: size.width - 24, on: canvas)

    let top: Float = isWide ? 90 : 132
    let below: Float = isWide ? 78 : 138
    let room = max(size.height - top - below - 62, 120)
    let spread = Rectangle(VanishingFigure.left, top, width, room * 0.4)
    let delta = Rectangle(VanishingFigure.left, spread.bottom + 62, width, room * 0.6)
    columns = Rectangle(spread.x, spread.y, width, delta.bottom - spread.y)

    let bars = shownBars
    title("spread of the outputs", "forward →", over: spread, canvas)
    bars[0].draw(in: spread, role: .accent, on: canvas)
    title("size of δ", "← backward", over: delta, canvas)
    bars[1].draw(in: delta, role: .curve, band: (-2, 2), on: canvas)
    if isReLU { drawDead(at: spread.bottom + 6, canvas) }
    drawAxis(at: delta.bottom + 17, canvas)
    drawAsked(in: [spread, delta], canvas)

    var text = Text()
    if let asked {
      add(layer: asked, to: &text)
    } else {
      text.add("Spread: how far apart the outputs for different samples are. Point at a layer for its numbers.")
      if isReLU {
        addDead(to: &text)
      }
    }
    canvas.paragraph(
      text, at: Point(12, delta.bottom + 54), width: size.width - 24, role: asked == nil ? .muted : .ink)
  }

  private func drawVerdict(width: Float, on canvas: any Canvas) {
    let verdict = verdict
    canvas.write(
      Text(verdict.word), at: Point(12, 18), size: 16, bold: true, role: isHealthy ? .ink : .warning)
    canvas.paragraph(verdict.why, at: Point(12, 38), width: width, role: .ink)
  }

  private func title(_ words: StaticString, _ way: StaticString, over frame: Rectangle, _ canvas: any Canvas) {
    canvas.write(Text(words), at: Point(frame.x, frame.y - 9))
    canvas.write(Text(way), at: Point(frame.right, frame.y - 9), alignment: .end)
  }

  /// For each layer how many of its ReLUs are dead, from the bottom up in a strip of its own.
  private func drawDead(at y: Float, _ canvas: any Canvas) {
    let column = columns.width / Float(depth)
    let height: Float = 18
    canvas.write(Text("dead"), at: Point(columns.x - 7, y + 13), alignment: .end)
    for layer in 0..<(depth - 1) {
      let x = columns.x + column * (Float(layer) + 0.14)
      let width = column * 0.72
      let part = height * Float(probe.dead[layer]) / Float(DepthProbe.width)
      canvas.rectangle(Rectangle(x, y, width, height), cornerRadius: 1, fill: Fill(.grid, opacity: 0.6), stroke: nil)
      if part > 0 {
        canvas.rectangle(
          Rectangle(x, y + height - part, width, part), cornerRadius: 1, fill: Fill(.muted), stroke: nil)
      }
    }
  }

  /// The layers' numbers: the first, the last, and round ones between.
  private func drawAxis(at y: Float, _ canvas: any Canvas) {
    let column = columns.width / Float(depth)
    let every = depth <= 10 ? 1 : 10
    for layer in 1...depth where layer == 1 || layer == depth || (layer % every == 0 && layer + every / 3 < depth) {
      var text = Text()
      text.add(layer)
      canvas.write(text, at: Point(columns.x + column * (Float(layer) - 0.5), y), alignment: .middle)
    }
    canvas.write(Text("input side"), at: Point(columns.x, y + 16))
    canvas.write(Text("layer"), at: Point(columns.x + columns.width / 2, y + 16), alignment: .middle)
    canvas.write(Text("output side"), at: Point(columns.right, y + 16), alignment: .end)
  }

  private func drawAsked(in frames: [Rectangle], _ canvas: any Canvas) {
    guard let asked else { return }
    let column = columns.width / Float(depth)
    for frame in frames {
      canvas.rectangle(
        Rectangle(frame.x + column * Float(asked), frame.y, column, frame.height), cornerRadius: 2,
        fill: Fill(.focus, opacity: 0.08), stroke: Stroke(.focus, width: 1.5))
    }
  }
}

/// The picture: the bowl of the loss with three paths on it, for each run a dial and its numbers, and the losses.
extension BatchFigure {
  /// From this width on the bowl and the rest stand side by side.
  static let wide: Float = 600
  private static let widths: [Float] = [1.25, 2, 2.5]

  func drawPicture(on canvas: any Canvas, size: Size) {
    let isWide = size.width >= BatchFigure.wide
    let below: Float = isWide ? 96 : 168
    let y: Float = isWide ? 0 : size.width * 0.8 + 42
    // The losses keep some height: a canvas that is too low for them cuts off what is below.
    let bottom = max(size.height - below, y + 300)
    plot.frame = Rectangle(
      42, 30, isWide ? size.width * 0.45 : size.width - 54, isWide ? bottom - 30 : size.width * 0.8 - 20)
    let x: Float = isWide ? plot.frame.right + 16 : 4
    let width = size.width - x - 4
    for i in 0..<3 { drawCard(i, x: x + width * (Float(i) + 0.5) / 3, y: y, on: canvas) }
    drawLosses(in: Rectangle(x + 38, y + 240, width - 54, bottom - y - 240), on: canvas)
    drawBowl(on: canvas)
    canvas.paragraph(
      Text(
        """
        Each sample costs one forward and one backward pass; each batch makes one update. Needles: the latest batches’ \
        gradients; straight down is the gradient of all samples. Press on the bowl to start there.
        """), at: Point(12, bottom + 46), width: size.width - 20)
  }

  private func stroke(_ i: Int) -> Stroke {
    Stroke(.series(i), width: BatchFigure.widths[i], dash: i == 1 ? 6 : 0)
  }

  // MARK: The bowl

  private func drawBowl(on canvas: any Canvas) {
    canvas.write(Text("loss over weight → and bias ↑"), at: Point(plot.frame.x, plot.frame.y - 10))
    plot.drawAxes(on: canvas, ticks: [-2, -1, 0, 1, 2])
    canvas.clip(to: plot.frame)
    // Each ring lies in the one before: the deeper, the lighter. The last is a point, the minimum.
    canvas.rectangle(plot.frame, cornerRadius: 0, fill: Fill(.axis, opacity: 0.6), stroke: nil)
    for ring in 0...10 {
      let points = places(fit.contour(Float(10 - ring) * 0.42 + 0.04))
      canvas.polygon(points, fill: Fill(ring == 10 ? .ink : .surface, opacity: ring == 10 ? 1 : 0.18))
      canvas.polyline(points, stroke: Stroke(.axis, opacity: 0.6))
    }
    let start = runs[0].path[0]
    canvas.circle(center: plot.place(start), radius: 7, fill: nil, stroke: Stroke(.ink, width: 2))
    for i in 0..<3 {
      var path = runs[i].path
      path.removeLast(path.count - 1 - updates(runs[i]))
      let points = places(path)
      canvas.polyline(points, stroke: stroke(i))
      if i == 2 {
        for point in points { canvas.circle(center: point, radius: 2.5, fill: Fill(.series(i)), stroke: nil) }
      }
    }
    for i in 0..<3 {
      SeriesMark(i).draw(at: places([runs[i].path[updates(runs[i])]])[0], radius: 6, on: canvas)
    }
    canvas.endClip()
    plot.drawBorder(on: canvas)
  }

  /// Where data stand on the canvas. Far outside, a place's exact coordinates mean nothing.
  private func places(_ data: [Point]) -> [Point] {
    var result: [Point] = []
    for point in data { result.append(plot.place(Point(min(max(point.x, -9), 9), min(max(point.y, -9), 9)))) }
    return result
  }

  // MARK: The runs' numbers

  /// Draws a run's name, its dial and its numbers, one below the other with `x` in the middle.
  private func drawCard(_ i: Int, x: Float, y: Float, on canvas: any Canvas) {
    let run = runs[i]
    let lines = lines(of: i)
    SeriesMark(i).draw(at: Point(x - 36, y + 12), radius: 6, on: canvas)
    canvas.write(lines[0], at: Point(x + 5, y + 16), size: 13, alignment: .middle, bold: true, role: .ink)
    drawDial(i, at: Point(x, y + 60), on: canvas)
    for line in 1...5 {
      // Below the samples is room for the bar.
      let y = y + 97 + Float(line) * 17 + (line == 1 ? 0 : 9)
      let role: Role = line == 1 ? .muted : line == 3 && run.hasFailed ? .warning : .ink
      canvas.write(lines[line], at: Point(x, y), size: 13, alignment: .middle, role: role)
    }
    // How much of a batch has gone through since the latest update.
    let part: Float = countsUpdates || run.size == 1 ? 1 : Float(position % run.size) / Float(run.size)
    func bar(_ part: Float, _ role: Role) {
      if part == 0 { return }
      canvas.rectangle(Rectangle(x - 34, y + 119, 68 * part, 5), cornerRadius: 2, fill: Fill(role), stroke: nil)
    }
    bar(1, .grid)
    bar(part, .series(i))
  }

  /// Where the latest batches pulled; straight down is where all samples pull.
  private func drawDial(_ i: Int, at center: Point, on canvas: any Canvas) {
    let radius: Float = 30
    let updates = updates(runs[i])
    canvas.circle(center: center, radius: radius, fill: Fill(.surface), stroke: Stroke(.axis))
    var needles: [Point] = []
    for update in max(updates - 24, 0)..<updates {
      let pull = runs[i].pulls[update]
      needles += [center, Point(center.x + pull.y * (radius - 3), center.y + pull.x * (radius - 3))]
    }
    canvas.segments(needles, stroke: Stroke(.series(i), width: 1.5, opacity: 0.6))
    canvas.segments([center, Point(center.x, center.y + radius + 6)], stroke: Stroke(.ink, width: 1.5, dash: 3))
  }

  // MARK: The losses

  private func drawLosses(in frame: Rectangle, on canvas: any Canvas) {
    let least = LogScale.power(of: fit.smallestLoss)
    let scale = LogScale(
      frame: frame, low: least - 0.08, high: max(LogScale.power(of: runs[0].losses[0]), least + 0.3) + 0.08)
    canvas.write(Text(frame.width < 280 ? "loss" : "loss over all samples"), at: Point(frame.x, frame.y - 9), size: 13)
    canvas.write(Text("dashed: minimum"), at: Point(frame.right, frame.y - 9), size: 13, alignment: .end)
    scale.draw(on: canvas)
    canvas.segments(
      [Point(frame.x, scale.y(least)), Point(frame.right, scale.y(least))], stroke: Stroke(.muted, dash: 3))
    canvas.rectangle(frame, cornerRadius: 0, fill: nil, stroke: Stroke(.axis))
    for i in 0..<3 {
      let run = runs[i]
      let distance = frame.width * Float(countsUpdates ? 1 : run.size) / Float(end)
      var points: [Point] = []
      for update in 0...updates(run) {
        points.append(Point(frame.x + distance * Float(update), scale.y(LogScale.power(of: run.losses[update]))))
      }
      var last = points[points.count - 1]
      // Until its next update a run stays as it is.
      if !run.hasFailed { last.x = frame.x + frame.width * Float(position) / Float(end) }
      points.append(last)
      canvas.polyline(points, stroke: stroke(i))
      SeriesMark(i).draw(at: last, radius: 6, on: canvas)
    }
    var text = Text()
    text.add(end)
    text.add(countsUpdates ? " updates each" : " samples each")
    canvas.write(text, at: Point(frame.right, frame.bottom + 17), alignment: .end)
  }
}

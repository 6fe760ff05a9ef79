extension LineFitFigure {
  /// From this width on, the plots are beside each other.
  static let wide: Float = 620

  private static let flipper = Measure(name: "flipper length, cm", origin: 20, ticks: [18, 20, 22])
  private static let mass = Measure(name: "body mass, kg", ticks: [3, 4, 5, 6])
  private static let weight = Measure(name: "weight w, kg per cm", ticks: [-1, 0, 1, 2])
  private static let height = Measure(name: "loss L", ticks: [0, 2, 4, 6, 8])
  private static let bias = Measure(name: "bias b, kg", ticks: [2, 3, 4, 5, 6, 7])

  /// The words under the plots take more lines where the figure is narrow.
  func roomForWords(_ width: Float) -> Float { 34 + 36_000 / width }

  func drawPicture(on canvas: any Canvas, size: Size) {
    let isWide = size.width >= LineFitFigure.wide
    let words = isWide ? 98 : roomForWords(size.width)
    let width = isWide ? (size.width - 108) / 2 : size.width - 48
    let height = max(isWide ? size.height - words - 76 : (size.height - words - 146) / 2, 60)
    plot.frame = Rectangle(36, 28, width, height)
    let frame = isWide ? Rectangle(width + 92, 28, width, height) : Rectangle(36, height + 102, width, height)
    parabola.frame = frame
    landscape.frame = frame
    drawLine(on: canvas)
    if showsLandscape { drawLandscape(on: canvas) } else { drawParabola(on: canvas) }
    var y = frame.bottom + 64
    for line in lines {
      y = canvas.paragraph(line, at: Point(36, y), width: size.width - 48, role: .ink) + 21
    }
    if isGrowing {
      canvas.paragraph(
        Text("The steps are too large: the loss grows."), at: Point(36, y), width: size.width - 48, role: .warning)
    }
  }

  /// The line as a formula with its loss, the slopes, and the next step.
  var lines: [Text] {
    var lines = [Text("ŷ = "), Text("Slopes: ∂L/∂w = "), Text("Next step: w = ")]
    let (gradient, next) = (gradient, next)
    lines[0].add(place.x, decimals: 2)
    lines[0].add(place.y < 0 ? " x − " : " x + ")
    lines[0].add(place.y.magnitude, decimals: 2)
    lines[0].add(", loss L = ")
    lines[0].add(loss, decimals: 3)
    lines[1].add(gradient.x, decimals: 3)
    lines[1].add(", ∂L/∂b = ")
    lines[1].add(gradient.y, decimals: 3)
    if isGrowing {
      lines.removeLast()
      return lines
    }
    if isOver {
      lines[2] = Text("At the bottom: the slopes are zero")
      return lines
    }
    lines[2].add(place.x, decimals: 3)
    lines[2].add(" − ")
    lines[2].add(short: rate)
    lines[2].add(gradient.x < 0 ? " × (" : " × ")
    lines[2].add(gradient.x, decimals: 3)
    lines[2].add(gradient.x < 0 ? ") = " : " = ")
    lines[2].add(next.x, decimals: 3)
    return lines
  }

  private func drawLine(on canvas: any Canvas) {
    plot.drawAxes(on: canvas, across: LineFitFigure.flipper, up: LineFitFigure.mass)
    canvas.clip(to: plot.frame)
    var errors: [Point] = []
    for point in fit.points {
      let spot = plot.place(point)
      let onLine = plot.place(Point(point.x, point.y + min(max(fit.error(point, at: place), -20), 20)))
      errors += [spot, onLine]
      let side = (spot.y - onLine.y).magnitude
      if showsSquares && side > 0.5 {
        canvas.rectangle(
          Rectangle(spot.x, min(spot.y, onLine.y), side, side), cornerRadius: 0, fill: Fill(.accent, opacity: 0.1),
          stroke: Stroke(.accent, opacity: 0.6))
      }
    }
    canvas.segments(errors, stroke: Stroke(.accent, width: 1.5, opacity: 0.7))
    plot.drawCurve(
      [plot.x.low, plot.x.high],
      [place.x * plot.x.low + place.y, place.x * plot.x.high + place.y], stroke: Stroke(.curve, width: 3), on: canvas)
    for index in fit.points.indices {
      let isActive = (held ?? hovered) == .point(index)
      canvas.dot(plot.place(fit.points[index]), radius: isActive ? 6.5 : 4.5, .ink, rim: .surface)
    }
    canvas.endClip()
    plot.drawBorder(on: canvas)
    drawHandle(.left, on: canvas)
    drawHandle(.right, on: canvas)
  }

  private func drawHandle(_ grip: Grip, on canvas: any Canvas) {
    canvas.dot(spot(of: grip), radius: (held ?? hovered) == grip ? 9 : 7, .accent)
  }

  /// Draws the loss over the weight, for the bias as it is: the place, its tangent, and the next step.
  private func drawParabola(on canvas: any Canvas) {
    let plot = parabola
    plot.drawAxes(on: canvas, across: LineFitFigure.weight, up: LineFitFigure.height)
    canvas.clip(to: plot.frame)
    let inputs = plot.inputs()
    plot.drawCurve(
      inputs, inputs.map { fit.loss(at: Point($0, place.y)) }, stroke: Stroke(.muted, width: 2), on: canvas)
    if max(place.x.magnitude, place.y.magnitude) < 20 {
      let (slope, reach) = (gradient.x, Float(0.35))
      let ends = [Point(place.x - reach, loss - reach * slope), Point(place.x + reach, loss + reach * slope)]
      canvas.segments(ends.map { plot.place($0) }, stroke: Stroke(.accent, width: 2, dash: 4))
      let landing = plot.place(Point(next.x, fit.loss(at: Point(next.x, place.y))))
      if !isOver && next.x.magnitude < 20 {
        canvas.polyline(
          [plot.place(Point(place.x, loss)), plot.place(Point(next.x, loss)), landing],
          stroke: Stroke(.muted, width: 1.5, dash: 3))
        canvas.dot(landing, radius: 5, .surface, rim: .curve)
      }
    }
    canvas.endClip()
    plot.drawBorder(on: canvas)
    drawPlace(.weight, on: canvas)
  }

  private func drawPlace(_ grip: Grip, on canvas: any Canvas) {
    canvas.dot(spot(of: grip), radius: (held ?? hovered) == grip ? 8.5 : 6.5, .curve)
  }

  /// Draws the loss over weight and bias: the higher, the further from the page's colour; and the way down.
  private func drawLandscape(on canvas: any Canvas) {
    let plot = landscape
    plot.drawAxes(on: canvas, across: LineFitFigure.weight, up: LineFitFigure.bias)
    canvas.clip(to: plot.frame)
    let (columns, rows) = (41, 41)
    var levels: [UInt8] = []
    for row in 0..<rows {
      for column in 0..<columns {
        let weight = plot.x.low + plot.x.length * Float(column) / Float(columns - 1)
        let bias = plot.y.high - plot.y.length * Float(row) / Float(rows - 1)
        // The root of the loss: a bowl becomes a cone, with even steps between its lines.
        levels.append(128 + UInt8(min(32 * fit.loss(at: Point(weight, bias)).squareRoot(), 127)))
      }
    }
    canvas.field(levels, columns: columns, rows: rows, in: plot.frame, low: .surface, high: .axis, opacity: 0.6)
    for line in 1...14 {
      canvas.polyline(
        fit.contour(0.3 * Float(line)).map { plot.place($0) }, stroke: Stroke(.muted, opacity: 0.45))
    }
    // Far outside, an exact place means nothing.
    let far = Plot.Range(low: -30, high: 30)
    let reach = Plot(x: far, y: far)
    canvas.polyline(path.map { plot.place(reach.clamped($0)) }, stroke: Stroke(.curve, width: 2))
    for place in path.suffix(60) {
      canvas.circle(center: plot.place(reach.clamped(place)), radius: 3, fill: Fill(.curve), stroke: nil)
    }
    let bottom = plot.place(best)
    canvas.segments(
      [
        Point(bottom.x - 5, bottom.y), Point(bottom.x + 5, bottom.y), Point(bottom.x, bottom.y - 5),
        Point(bottom.x, bottom.y + 5),
      ], stroke: Stroke(.ink, width: 1.5))
    canvas.endClip()
    plot.drawBorder(on: canvas)
    drawPlace(.place, on: canvas)
  }
}

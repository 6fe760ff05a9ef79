import ChainruleKernels

extension OnePerceptronFigure {
  /// From this width on, the sigmoid is beside the plane.
  static let wide: Float = 620

  private static let sum = Measure(name: "sum z", ticks: [-8, -4, 0, 4, 8])
  private static let probability = Measure(name: "probability of Gentoo", ticks: [0, 1])
  private static let probabilityOfOne = Measure(name: "probability of 1", ticks: [0, 1])
  private static let side = 41

  func drawPicture(on canvas: any Canvas, size: Size) {
    let isWide = size.width >= OnePerceptronFigure.wide
    // The plane has one scale in both directions, so that right angles look like right angles.
    let side = max(min(isWide ? size.height - 130 : size.width - 52, isWide ? size.width * 0.5 : size.width), 60)
    plane.frame = Rectangle(40, 28, side, side)
    curve.frame =
      isWide
      ? Rectangle(side + 92, 28, size.width - side - 108, side)
      : Rectangle(40, side + 104, size.width - 56, max(size.height - side - 232, 40))
    drawPlane(on: canvas)
    drawCurve(on: canvas)
    var y = curve.frame.bottom + 62
    for line in lines {
      y = canvas.paragraph(line, at: Point(40, y), width: size.width - 52, role: .ink) + 21
    }
  }

  private func drawPlane(on canvas: any Canvas) {
    plane.drawAxes(
      on: canvas, across: isXOR ? Separation.first : Separation.length,
      up: isXOR ? Separation.second : Separation.depth)
    canvas.clip(to: plane.frame)
    var levels: [UInt8] = []
    let side = OnePerceptronFigure.side
    for row in 0..<side {
      for column in 0..<side {
        let place = Point(
          plane.x.low + plane.x.length * Float(column) / Float(side - 1),
          plane.y.high - plane.y.length * Float(row) / Float(side - 1))
        levels.append(UInt8(255 * PortableMath.sigmoid(line.sum(at: place)) + 0.5))
      }
    }
    canvas.field(levels, columns: side, rows: side, in: plane.frame, low: .class1, high: .class2, opacity: 0.5)
    if line.steepness > 1e-4 { drawBoundary(on: canvas) }
    for (index, sample) in separation.samples.enumerated() {
      let isActive = (held ?? hovered) == .point(index)
      draw(sample, at: plane.place(sample.place), radius: isActive ? 7.5 : 5.5, on: canvas)
    }
    canvas.endClip()
    plane.drawBorder(on: canvas)
    if line.steepness > 1e-4 {
      canvas.dot(spot(of: .arrow), radius: (held ?? hovered) == .arrow ? 8 : 6, .accent)
      canvas.dot(spot(of: .line), radius: (held ?? hovered) == .line ? 9 : 7, .accent)
    }
  }

  /// Draws a point: the first class as a disc, the second as a square, each in its colour.
  private func draw(_ sample: Separation.Sample, at spot: Point, radius: Float, on canvas: any Canvas) {
    if sample.target == 0 {
      canvas.circle(center: spot, radius: radius, fill: Fill(.class1), stroke: Stroke(.background, width: 1.5))
    } else {
      let side = 1.8 * radius
      canvas.rectangle(
        Rectangle(spot.x - side / 2, spot.y - side / 2, side, side), cornerRadius: 1, fill: Fill(.class2),
        stroke: Stroke(.background, width: 1.5))
    }
  }

  /// Draws the line where the sum is zero, and the weights as an arrow that stands on it at a right angle.
  private func drawBoundary(on canvas: any Canvas) {
    let middle = line.foot(of: Point((plane.x.low + plane.x.high) / 2, 0))
    // Along the line: the weights, turned by a quarter.
    let scale = 12 / line.steepness
    let way = Point(-scale * line.weights.y, scale * line.weights.x)
    let far = Plot.Range(low: -60, high: 60)
    let near = Plot(x: far, y: far)
    let ends = [Point(middle.x - way.x, middle.y - way.y), Point(middle.x + way.x, middle.y + way.y)]
    canvas.segments(ends.map { plane.place(near.clamped($0)) }, stroke: Stroke(.ink, width: 2.5))
    canvas.segments([plane.place(foot), plane.place(tip)], stroke: Stroke(.accent, width: 2.5))
    let end = spot(of: .arrow)
    let name = Point(
      min(end.x + 11, plane.frame.right - 16), min(max(end.y + 5, plane.frame.y + 18), plane.frame.bottom - 6))
    canvas.write(Text("w"), at: name, size: 14, bold: true, role: .accent)
  }

  /// Draws the sigmoid, and each point on it at its sum.
  private func drawCurve(on canvas: any Canvas) {
    curve.drawAxes(
      on: canvas, across: OnePerceptronFigure.sum,
      up: isXOR ? OnePerceptronFigure.probabilityOfOne : OnePerceptronFigure.probability)
    canvas.clip(to: curve.frame)
    let inputs = curve.inputs()
    curve.drawUpright(at: 0, stroke: Stroke(.axis, width: 1.5, dash: 4), on: canvas)
    curve.drawCurve(inputs, inputs.map { PortableMath.sigmoid($0) }, stroke: Stroke(.curve, width: 2.5), on: canvas)
    for sample in separation.samples {
      let sum = line.sum(at: sample.place)
      let spot = curve.place(curve.clamped(Point(sum, PortableMath.sigmoid(sum))))
      draw(sample, at: spot, radius: 5.5, on: canvas)
    }
    canvas.endClip()
    curve.drawBorder(on: canvas)
  }
}

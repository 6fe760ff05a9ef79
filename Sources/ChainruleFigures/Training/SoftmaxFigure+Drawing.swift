import ChainruleKernels

/// The picture: the plane of bills at the left, and the calculation at the asked place and the loss at the right or below.
extension SoftmaxFigure {
  private static let wide: Float = 620
  private static let top: Float = 34
  private static let left: Float = 44
  /// The height of a species' row: its numbers and its bar.
  private static let row: Float = 46
  private static let table: Float = 4 * row + 12

  private func plotSize(forWidth width: Float) -> Size {
    let isWide = width >= SoftmaxFigure.wide
    let across = isWide ? width * 0.5 - SoftmaxFigure.left : width - SoftmaxFigure.left - 14
    return Size(across, isWide ? min(max(across * 0.8, 340), 420) : across * 0.8)
  }

  func pictureHeight(forWidth width: Float) -> Float {
    let plot = plotSize(forWidth: width).height + SoftmaxFigure.top + 48
    return width >= SoftmaxFigure.wide ? plot : plot + SoftmaxFigure.table + 210
  }

  func drawPicture(on canvas: any Canvas, size: Size) {
    let isWide = size.width >= SoftmaxFigure.wide
    let area = plotSize(forWidth: size.width)
    plot.frame = Rectangle(SoftmaxFigure.left, SoftmaxFigure.top, area.width, area.height)
    drawPlane(on: canvas)
    let x = isWide ? plot.frame.right + 30 : 8
    let y = isWide ? SoftmaxFigure.top : plot.frame.bottom + 76
    let width = size.width - x - 12
    drawCalculation(x: x, y: y, width: width, on: canvas)
    let top = y + SoftmaxFigure.table + 34
    let bottom = isWide ? max(plot.frame.bottom, top + 60) : top + 110
    var text = Text()
    text.add(correct)
    text.add(" of ")
    text.add(count)
    text.add(" right")
    canvas.write(text, at: Point(x + width, top - 9), alignment: .end, bold: true, role: .ink)
    LossChart(
      history: classifier.history, steps: steps, frame: Rectangle(x + 50, top, width - 50, bottom - top),
      title: "loss"
    ).draw(on: canvas)
  }

  // MARK: The plane

  private func drawPlane(on canvas: any Canvas) {
    let frame = plot.frame
    plot.drawAxes(on: canvas, ticks: [])
    canvas.clip(to: frame)
    field.update(classifier, plot: plot)
    field.draw(on: canvas, in: frame)
    canvas.endClip()
    for millimeters in [35, 40, 45, 50, 55] {
      var text = Text()
      text.add(millimeters)
      canvas.write(
        text, at: Point(plot.place(Point(Float(millimeters), 0)).x, frame.bottom + 17), alignment: .middle)
    }
    for millimeters in [14, 16, 18, 20] {
      var text = Text()
      text.add(millimeters)
      canvas.write(text, at: Point(frame.x - 7, plot.place(Point(40, Float(millimeters))).y + 4), alignment: .end)
    }
    canvas.write(Text("bill depth ↑ and length →, mm"), at: Point(frame.right, frame.bottom + 36), alignment: .end)
    plot.drawBorder(on: canvas)
    for i in BillSample.kinds.indices {
      let place = plot.place(SoftmaxFigure.bill(i))
      if !classifier.isRight(i) {
        canvas.circle(center: place, radius: 8.5, fill: nil, stroke: Stroke(.warning, width: 1.5))
      }
      drawMark(Int(BillSample.kinds[i]), at: place, on: canvas)
    }
    let place = plot.place(asked)
    canvas.circle(center: place, radius: 11, fill: nil, stroke: Stroke(.ink, width: 2))
    canvas.segments(
      [
        Point(place.x - 17, place.y), Point(place.x - 7, place.y), Point(place.x + 7, place.y),
        Point(place.x + 17, place.y), Point(place.x, place.y - 17), Point(place.x, place.y - 7),
        Point(place.x, place.y + 7), Point(place.x, place.y + 17),
      ], stroke: Stroke(.ink, width: 2))
    var x = frame.x + 6
    for (i, name) in BillSample.species.enumerated() {
      drawMark(i, at: Point(x, frame.y - 15), on: canvas)
      canvas.write(Text(name), at: Point(x + 9, frame.y - 11), role: .ink)
      x += i == 0 ? 66 : 76
    }
    if frame.width > 300 {
      canvas.circle(center: Point(x + 18, frame.y - 15), radius: 6, fill: nil, stroke: Stroke(.warning, width: 1.5))
      canvas.write(Text("wrong"), at: Point(x + 29, frame.y - 11), role: .ink)
    }
  }

  /// A species' mark: a disc, a ring or a triangle. They differ in shape, not in color alone.
  private func drawMark(_ species: Int, at place: Point, on canvas: any Canvas) {
    let role = SpeciesField.role(species)
    switch species {
    case 0: canvas.circle(center: place, radius: 5, fill: Fill(role), stroke: Stroke(.background, width: 1.5))
    case 1: canvas.circle(center: place, radius: 4.5, fill: Fill(.background), stroke: Stroke(role, width: 2.5))
    default:
      let corners = [
        Point(place.x, place.y - 6), Point(place.x + 6, place.y + 5), Point(place.x - 6, place.y + 5),
      ]
      canvas.polygon(corners, fill: Fill(role))
      canvas.polyline(corners + [corners[0], corners[1]], stroke: Stroke(.background, width: 1.5))
    }
  }

  // MARK: The calculation

  /// A row for each species: its sum z, the exponential, its share as number and bar, and what goes backward.
  private func drawCalculation(x: Float, y: Float, width: Float, on canvas: any Canvas) {
    let (logits, probabilities) = answer
    let columns = [x + width * 0.46, x + width * 0.64, x + width * 0.82, x + width]
    func write(_ text: Text, _ column: Int, _ y: Float, role: Role = .ink, bold: Bool = false) {
      canvas.write(text, at: Point(columns[column], y), alignment: .end, bold: bold, role: role)
    }
    let titles: [StaticString] = width < 440 ? ["z", "exp", "p", "δ"] : ["z", "exp(z − max)", "p", "δ = p − y"]
    for (i, title) in titles.enumerated() {
      if i < 3 || penguin != nil { write(Text(title), i, y + 4, role: .muted) }
    }
    var most = logits[0]
    for logit in logits { most = max(most, logit) }
    var sum: Float = 0
    for (i, name) in BillSample.species.enumerated() {
      let row = y + 12 + SoftmaxFigure.row * Float(i)
      drawMark(i, at: Point(x + 6, row + 11), on: canvas)
      canvas.write(Text(name), at: Point(x + 16, row + 15), role: .ink)
      let exponential = PortableMath.exp(logits[i] - most)
      sum += exponential
      var text = Text()
      text.add(logits[i], decimals: 2)
      write(text, 0, row + 15)
      text = Text()
      text.add(exponential, decimals: 3)
      write(text, 1, row + 15)
      text = Text()
      text.add(probabilities[i], decimals: 3)
      write(text, 2, row + 15, bold: true)
      if let penguin {
        let target: Float = Int(BillSample.kinds[penguin]) == i ? 1 : 0
        text = Text(probabilities[i] > target ? "+" : "")
        text.add(probabilities[i] - target, decimals: 3)
        write(text, 3, row + 15)
      }
      let bar = Rectangle(x, row + 23, width, 10)
      canvas.rectangle(bar, cornerRadius: 3, fill: Fill(.grid), stroke: nil)
      if probabilities[i] > 0.002 {
        canvas.rectangle(
          Rectangle(bar.x, bar.y, bar.width * min(probabilities[i], 1), bar.height), cornerRadius: 3,
          fill: Fill(SpeciesField.role(i)), stroke: nil)
      }
    }
    let last = y + 12 + SoftmaxFigure.row * 3
    canvas.write(Text("sum"), at: Point(x + 16, last + 15))
    var text = Text()
    text.add(sum, decimals: 3)
    write(text, 1, last + 15, role: .muted)
    write(Text("1"), 2, last + 15, role: .muted)
    text = Text()
    if let penguin {
      text.add("A real ")
      text.add(BillSample.species[Int(BillSample.kinds[penguin])])
      text.add(": its loss is −log p = ")
      text.add(significant: -PortableMath.log(max(probabilities[Int(BillSample.kinds[penguin])], 1e-30)))
    } else {
      text.add("Press a penguin to see its loss and δ.")
    }
    canvas.write(text, at: Point(x, last + 38), role: .ink)
  }
}

import ChainruleKernels

/// The curve of a loss over the steps, on a logarithmic axis.
struct LossChart {
  /// The powers of ten that an axis can show. A loss beyond them runs along the edge.
  private static let decades: [(value: Float, label: StaticString)] = [
    (0.00001, "0.00001"), (0.0001, "0.0001"), (0.001, "0.001"), (0.01, "0.01"), (0.1, "0.1"), (1, "1"), (10, "10"),
    (100, "100"), (1000, "1000"), (10_000, "10\u{2009}000"),
  ]

  let history: LossHistory
  let steps: Int
  let frame: Rectangle

  /// The part of ``decades`` that holds all means, two decades at least.
  private var span: (bottom: Int, top: Int) {
    var low: Float = .infinity
    var high: Float = 0
    for mean in history.means where mean > 0 {
      low = min(low, mean)
      high = max(high, mean)
    }
    if high == 0 { return (3, 5) }
    let decades = LossChart.decades
    var bottom = decades.count - 3
    while bottom > 0 && decades[bottom].value > low { bottom -= 1 }
    var top = bottom + 2
    while top < decades.count - 1 && decades[top].value < high { top += 1 }
    return (bottom, top)
  }

  func draw(on canvas: any Canvas) {
    let decades = LossChart.decades
    let (bottom, top) = span
    let lowest = decades[bottom].value
    let highest = decades[top].value
    let scale = frame.height / PortableMath.log(highest / lowest)
    func height(_ value: Float) -> Float {
      frame.bottom - scale * PortableMath.log(min(max(value, lowest), highest) / lowest)
    }

    canvas.write(Text("loss, batch by batch"), at: Point(frame.x, frame.y - 9))
    canvas.rectangle(frame, cornerRadius: 0, fill: Fill(.surface), stroke: nil)
    // Numbers keep a distance of 18 pixels.
    let every = Int(18 * Float(top - bottom) / frame.height) + 1
    var lines: [Point] = []
    for index in bottom...top {
      let y = height(decades[index].value)
      lines.append(Point(frame.x, y))
      lines.append(Point(frame.right, y))
      if (index - bottom) % every == 0 {
        canvas.write(Text(decades[index].label), at: Point(frame.x - 7, y + 4), alignment: .end)
      }
    }
    canvas.segments(lines, stroke: Stroke(.grid))

    canvas.clip(to: frame)
    draw(history.means, height, stroke: Stroke(.curve, width: 1, opacity: 0.4), on: canvas)
    draw(history.smoothed, height, stroke: Stroke(.curve, width: 2.5), on: canvas)
    canvas.endClip()
    canvas.rectangle(frame, cornerRadius: 0, fill: nil, stroke: Stroke(.axis))

    canvas.write(Text("0"), at: Point(frame.x, frame.bottom + 17))
    if steps > 0 {
      var text = Text()
      text.add(steps)
      text.add(steps == 1 ? " step" : " steps")
      canvas.write(text, at: Point(frame.right, frame.bottom + 17), alignment: .end)
    }
  }

  private func draw(_ values: [Float], _ height: (Float) -> Float, stroke: Stroke, on canvas: any Canvas) {
    if values.isEmpty { return }
    // A single value is a level line.
    let values = values.count == 1 ? values + values : values
    var points: [Point] = []
    points.reserveCapacity(values.count)
    let distance = frame.width / Float(values.count - 1)
    for (i, value) in values.enumerated() { points.append(Point(frame.x + distance * Float(i), height(value))) }
    canvas.polyline(points, stroke: stroke)
  }
}

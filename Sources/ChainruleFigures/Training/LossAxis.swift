import ChainruleKernels

/// The logarithmic axis of a chart of losses: whole powers of ten that hold all it has to show, two decades at least.
struct LossAxis {
  /// The powers of ten that an axis can show. A loss beyond them runs along the edge.
  private static let decades: [(value: Float, label: StaticString)] = [
    (0.00001, "0.00001"), (0.0001, "0.0001"), (0.001, "0.001"), (0.01, "0.01"), (0.1, "0.1"), (1, "1"), (10, "10"),
    (100, "100"), (1000, "1000"), (10_000, "10\u{2009}000"),
  ]

  let frame: Rectangle
  private let bottom: Int
  private let top: Int
  private let scale: Float

  /// An axis along the left edge of `frame`, for the losses of some lines.
  init(frame: Rectangle, lines: [[Float]]) {
    self.frame = frame
    let decades = LossAxis.decades
    var low: Float = .infinity
    var high: Float = 0
    for line in lines {
      for loss in line where loss > 0 {
        low = min(low, loss)
        high = max(high, loss)
      }
    }
    var bottom = high == 0 ? 3 : decades.count - 3
    while bottom > 0 && decades[bottom].value > low { bottom -= 1 }
    var top = bottom + 2
    while top < decades.count - 1 && decades[top].value < high { top += 1 }
    self.bottom = bottom
    self.top = top
    scale = frame.height / PortableMath.log(decades[top].value / decades[bottom].value)
  }

  /// Where a loss stands.
  func height(_ loss: Float) -> Float {
    let lowest = LossAxis.decades[bottom].value
    return frame.bottom
      - scale * PortableMath.log(min(max(loss, lowest), LossAxis.decades[top].value) / lowest)
  }

  /// Draws the surface, and a line and a number for each power of ten.
  func draw(on canvas: any Canvas) {
    canvas.rectangle(frame, cornerRadius: 0, fill: Fill(.surface), stroke: nil)
    // Numbers keep a distance of 18 pixels.
    let every = Int(18 * Float(top - bottom) / frame.height) + 1
    var lines: [Point] = []
    for index in bottom...top {
      let y = height(LossAxis.decades[index].value)
      lines.append(Point(frame.x, y))
      lines.append(Point(frame.right, y))
      if (index - bottom) % every == 0 {
        canvas.write(Text(LossAxis.decades[index].label), at: Point(frame.x - 7, y + 4), alignment: .end)
      }
    }
    canvas.segments(lines, stroke: Stroke(.grid))
  }

  /// Draws the border, over the lines, and how many steps they take, below.
  func drawBorder(steps: Int, on canvas: any Canvas) {
    canvas.rectangle(frame, cornerRadius: 0, fill: nil, stroke: Stroke(.axis))
    canvas.write(Text("0"), at: Point(frame.x, frame.bottom + 17))
    if steps > 0 {
      var text = Text()
      text.add(steps)
      text.add(steps == 1 ? " step" : " steps")
      canvas.write(text, at: Point(frame.right, frame.bottom + 17), alignment: .end)
    }
  }

  /// The points of a line whose losses stand at equal distances, `count` of them being as long as the frame.
  func points(_ losses: [Float], across count: Int) -> [Point] {
    var points: [Point] = []
    points.reserveCapacity(losses.count)
    let distance = frame.width / Float(max(count - 1, 1))
    for (i, loss) in losses.enumerated() { points.append(Point(frame.x + distance * Float(i), height(loss))) }
    return points
  }
}

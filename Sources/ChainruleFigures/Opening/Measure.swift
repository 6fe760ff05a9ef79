/// What an axis measures: its name, and how a number in the units that people use becomes one that a network can use.
struct Measure {
  /// The name and the unit, as they are written beside the axis.
  let name: StaticString
  /// The number that becomes 0.
  var origin: Float = 0
  /// How much is 1.
  var unit: Float = 1
  /// Where numbers are written, in the units that people use.
  let ticks: [Float]

  /// What a network gets for a number in people's units.
  func scaled(_ number: Float) -> Float { (number - origin) / unit }
}

extension Plot {
  /// Draws the surface, grid lines, and the axes with their numbers and names.
  func drawAxes(on canvas: any Canvas, across: Measure, up: Measure) {
    canvas.rectangle(frame, cornerRadius: 0, fill: Fill(.surface), stroke: nil)
    var lines: [Point] = []
    for tick in across.ticks {
      let foot = place(Point(across.scaled(tick), y.low))
      lines += [Point(foot.x, frame.y), foot]
      canvas.write(Measure.text(tick), at: Point(foot.x, frame.bottom + 18), size: 13, alignment: .middle)
    }
    for tick in up.ticks {
      let foot = place(Point(x.low, up.scaled(tick)))
      lines += [foot, Point(frame.right, foot.y)]
      canvas.write(Measure.text(tick), at: Point(frame.x - 7, foot.y + 4), size: 13, alignment: .end)
    }
    canvas.segments(lines, stroke: Stroke(.grid))
    canvas.write(Text(up.name), at: Point(frame.x - 28, frame.y - 10), size: 13)
    canvas.write(Text(across.name), at: Point(frame.right, frame.bottom + 37), size: 13, alignment: .end)
  }
}

extension Measure {
  fileprivate static func text(_ tick: Float) -> Text {
    var text = Text()
    text.add(tick, decimals: 0)
    return text
  }
}

/// The losses of several runs over their steps, on one logarithmic axis. Each line has its name at its end.
struct LossLines {
  /// One run.
  struct Line {
    let name: StaticString
    /// The number of its colour and its mark.
    let series: Int
    /// Its losses, at equal distances.
    let losses: [Float]
  }

  /// The room that names need at the right of a chart.
  static let nameRoom: Float = 76
  private static let nameDistance: Float = 14

  let title: StaticString
  let frame: Rectangle
  let lines: [Line]
  /// How many losses are as long as the chart.
  let count: Int
  let steps: Int
  /// A loss to come down to.
  var goal: Float?

  func draw(on canvas: any Canvas) {
    var all: [[Float]] = [[(goal ?? 0) / 2]]  // there is room below the goal
    for line in lines { all.append(line.losses) }
    let axis = LossAxis(frame: frame, lines: all)
    canvas.write(Text(title), at: Point(frame.x, frame.y - 9))
    axis.draw(on: canvas)
    if let goal {
      let y = axis.height(goal)
      canvas.segments([Point(frame.x, y), Point(frame.right, y)], stroke: Stroke(.ink, width: 1.5, dash: 4))
      canvas.write(Text("goal"), at: Point(frame.x + 6, y + 15))
    }
    canvas.clip(to: frame)
    var ends: [Point] = []
    for line in lines {
      let points = axis.points(line.losses, across: count)
      if points.count > 1 { canvas.polyline(points, stroke: Stroke(.series(line.series), width: 2)) }
      ends.append(points.last ?? Point(frame.x, frame.bottom))
    }
    canvas.endClip()
    axis.drawBorder(steps: steps, on: canvas)
    for (line, end) in zip(lines, ends) { SeriesMark(line.series).draw(at: end, radius: 4, on: canvas) }
    drawNames(at: ends, on: canvas)
  }

  /// Writes the names beside the ends, moved apart where they would lie on each other.
  private func drawNames(at ends: [Point], on canvas: any Canvas) {
    var heights: [Float] = []
    for end in ends { heights.append(end.y) }
    let order = Race.order(of: heights)
    var lowest = frame.bottom - LossLines.nameDistance * Float(ends.count - 1)
    var next = frame.y
    for index in order {
      // Below the one above, and high enough for those that follow.
      next = max(min(heights[index], lowest), next)
      canvas.write(Text(lines[index].name), at: Point(ends[index].x + 9, next + 4), role: .series(lines[index].series))
      next += LossLines.nameDistance
      lowest += LossLines.nameDistance
    }
  }
}

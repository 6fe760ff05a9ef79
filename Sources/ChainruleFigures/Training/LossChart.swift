/// The curve of a loss over the steps, on a logarithmic axis.
struct LossChart {
  let history: LossHistory
  let steps: Int
  let frame: Rectangle
  var title: StaticString = "loss, batch by batch"

  func draw(on canvas: any Canvas) {
    let axis = LossAxis(frame: frame, lines: [history.means])
    canvas.write(Text(title), at: Point(frame.x, frame.y - 9))
    axis.draw(on: canvas)
    canvas.clip(to: frame)
    draw(history.means, axis, Stroke(.curve, width: 1, opacity: 0.4), on: canvas)
    draw(history.smoothed, axis, Stroke(.curve, width: 2.5), on: canvas)
    canvas.endClip()
    axis.drawBorder(steps: steps, on: canvas)
  }

  private func draw(_ values: [Float], _ axis: LossAxis, _ stroke: Stroke, on canvas: any Canvas) {
    if values.isEmpty { return }
    // A single value is a level line.
    let values = values.count == 1 ? values + values : values
    canvas.polyline(axis.points(values, across: values.count), stroke: stroke)
  }
}

import ChainruleKernels

/// The training and the validation loss over the steps. Losses stand on a linear axis, on which the second is seen to turn
/// upward; steps on a logarithmic one, as it turns early and climbs late.
struct FitChart {
  /// The loss at the upper edge; greater ones run along it.
  private static let most: Float = 0.6

  let frame: Rectangle
  /// The losses at the start and after each step.
  let training: [Float]
  let validation: [Float]
  /// The step with the smallest validation loss, and that loss.
  let best: (step: Int, loss: Float)

  private var steps: Int { training.count - 1 }

  func draw(training trainingSeries: Int, validation validationSeries: Int, on canvas: any Canvas) {
    drawAxes(on: canvas)
    canvas.clip(to: frame)
    canvas.polyline(points(training), stroke: Stroke(.series(trainingSeries), width: 2))
    canvas.polyline(points(validation), stroke: Stroke(.series(validationSeries), width: 2))
    let x = across(best.step)
    if steps > 0 {
      canvas.segments([Point(x, frame.y), Point(x, frame.bottom)], stroke: Stroke(.ink, width: 1.5, dash: 4))
    }
    canvas.endClip()
    canvas.rectangle(frame, cornerRadius: 0, fill: nil, stroke: Stroke(.axis))
    if steps > 0 {
      SeriesMark(validationSeries).draw(at: Point(x, height(best.loss)), radius: 6, on: canvas)
      var text = Text("best: step ")
      text.add(best.step)
      text.add(", ")
      text.addLoss(best.loss)
      canvas.write(text, at: Point(frame.right, frame.y - 9), alignment: .end, role: .ink)
    }
    let ends = [height(training[steps]), height(validation[steps])]
    SeriesMark(trainingSeries).draw(at: Point(frame.right, ends[0]), radius: 4, on: canvas)
    SeriesMark(validationSeries).draw(at: Point(frame.right, ends[1]), radius: 4, on: canvas)
    // The names keep a distance from each other.
    let middle = min((ends[0] + ends[1]) / 2, frame.bottom - 8)
    let distance = max((ends[0] - ends[1]).magnitude, 15) / 2
    let lower = ends[0] >= ends[1] ? distance : -distance
    canvas.write(Text("training"), at: Point(frame.right + 8, middle + lower + 4), role: .series(trainingSeries))
    canvas.write(Text("validation"), at: Point(frame.right + 8, middle - lower + 4), role: .series(validationSeries))
  }

  private func drawAxes(on canvas: any Canvas) {
    // What the best step was needs the room where there is little.
    if steps == 0 || frame.width > 200 { canvas.write(Text("loss"), at: Point(frame.x, frame.y - 9)) }
    canvas.rectangle(frame, cornerRadius: 0, fill: Fill(.surface), stroke: nil)
    for tick in 0...6 {
      let y = height(Float(tick) / 10)
      canvas.segments([Point(frame.x, y), Point(frame.right, y)], stroke: Stroke(.grid))
      if tick % 2 > 0 { continue }
      var text = Text()
      text.add(Float(tick) / 10, decimals: 1)
      canvas.write(text, at: Point(frame.x - 7, y + 4), alignment: .end)
    }
    var text = Text()
    text.add(steps)
    text.add(steps == 1 ? " step" : " steps")
    canvas.write(text, at: Point(frame.right, frame.bottom + 17), alignment: .end)
    var power = 1
    while power < steps {
      let x = across(power)
      canvas.segments([Point(x, frame.y), Point(x, frame.bottom)], stroke: Stroke(.grid))
      text = Text()
      text.add(power)
      if x < frame.right - 90 { canvas.write(text, at: Point(x, frame.bottom + 17), alignment: .middle) }
      power *= 10
    }
  }

  private func height(_ loss: Float) -> Float {
    frame.bottom - min(max(loss / FitChart.most, 0), 1) * frame.height
  }

  private func across(_ step: Int) -> Float {
    frame.x + frame.width * PortableMath.log(Float(step + 1)) / PortableMath.log(Float(max(steps, 1) + 1))
  }

  /// As many points as can be told apart.
  private func points(_ losses: [Float]) -> [Point] {
    var points: [Point] = []
    for (step, loss) in losses.enumerated() {
      let x = across(step)
      if step > 0 && step < steps && x < points[points.count - 1].x + 0.7 { continue }
      points.append(Point(x, height(loss)))
    }
    if points.count == 1 { points.append(Point(frame.right, points[0].y)) }
    return points
  }
}

/// A plot: a rectangle of the canvas and the data coordinates that it shows.
struct Plot {
  /// A stretch of an axis.
  struct Range {
    var low: Float
    var high: Float
    var length: Float { high - low }
  }

  var frame = Rectangle(0, 0, 1, 1)
  let x: Range
  let y: Range

  /// The place on the canvas of data coordinates.
  @inline(never)
  func place(_ data: Point) -> Point {
    Point(
      frame.x + (data.x - x.low) / x.length * frame.width, frame.bottom - (data.y - y.low) / y.length * frame.height)
  }

  /// The data coordinates of a place on the canvas.
  func data(at place: Point) -> Point {
    Point(
      x.low + (place.x - frame.x) / frame.width * x.length, y.low + (frame.bottom - place.y) / frame.height * y.length)
  }

  /// The places of a line's points. Far outside, their exact places mean nothing; coordinates could overflow.
  func line(_ xs: [Float], _ ys: [Float]) -> [Point] {
    var points: [Point] = []
    points.reserveCapacity(xs.count)
    for i in xs.indices { points.append(place(Point(xs[i], min(max(ys[i], y.low - 10), y.high + 10)))) }
    return points
  }

  /// The nearest data coordinates that the plot shows.
  func clamped(_ data: Point) -> Point {
    Point(min(max(data.x, x.low), x.high), min(max(data.y, y.low), y.high))
  }

  /// Draws the surface, grid lines and numbers at the given ticks, the same on both axes unless `upTicks` are others.
  func drawAxes(on canvas: any Canvas, ticks: [Float], upTicks: [Float]? = nil) {
    canvas.rectangle(frame, cornerRadius: 0, fill: Fill(.surface), stroke: nil)
    var lines: [Point] = []
    for tick in ticks {
      if tick >= x.low && tick <= x.high {
        let across = place(Point(tick, y.low))
        lines.append(Point(across.x, frame.y))
        lines.append(across)
        label(tick, at: Point(across.x, frame.bottom + 17), alignment: .middle, on: canvas)
      }
    }
    for tick in upTicks ?? ticks {
      if tick >= y.low && tick <= y.high {
        let up = place(Point(x.low, tick))
        lines.append(up)
        lines.append(Point(frame.right, up.y))
        label(tick, at: Point(frame.x - 7, up.y + 4), alignment: .end, on: canvas)
      }
    }
    canvas.segments(lines, stroke: Stroke(.grid))
  }

  /// Draws the border, over what the plot holds.
  func drawBorder(on canvas: any Canvas) {
    canvas.rectangle(frame, cornerRadius: 0, fill: nil, stroke: Stroke(.axis))
  }

  private func label(_ tick: Float, at point: Point, alignment: TextAlignment, on canvas: any Canvas) {
    var text = Text()
    text.add(tick, decimals: 1)
    canvas.write(text, at: point, size: 13, alignment: alignment)
  }
}

// Kept whole, not copied into each figure that draws a curve: a page waits for every byte.

extension Plot {
  /// Numbers along the axis, one for each pixel, so that kinks stand where they are.
  @inline(never)
  func inputs() -> [Float] {
    let count = max(Int(frame.width), 2)
    var inputs: [Float] = []
    for i in 0...count { inputs.append(x.low + x.length * Float(i) / Float(count)) }
    return inputs
  }

  /// Draws a curve through outputs over their inputs.
  @inline(never)
  func drawCurve(_ inputs: [Float], _ outputs: [Float], stroke: Stroke, on canvas: any Canvas) {
    // Far outside, an exact place means nothing.
    let far = 4 * y.length
    var points: [Point] = []
    for i in inputs.indices { points.append(place(Point(inputs[i], min(max(outputs[i], y.low - far), y.high + far)))) }
    canvas.polyline(points, stroke: stroke)
  }

  /// Draws a dashed line at x, from the top to the bottom.
  @inline(never)
  func drawUpright(at x: Float, stroke: Stroke, on canvas: any Canvas) {
    let across = place(Point(x, y.low)).x
    canvas.segments([Point(across, frame.y), Point(across, frame.bottom)], stroke: stroke)
  }
}

/// How a network is drawn whose perceptrons show their outputs over the plane.
enum NeuronPicture {
  /// Draws a square field of levels, its outermost nodes on the square's edges, with a border.
  @inline(never)
  static func draw(
    _ levels: [UInt8], side: Int, in square: Rectangle, low: Role, high: Role, on canvas: any Canvas
  ) {
    // A picture's dots have their centres half a dot inside its edge.
    let dot = square.width / Float(side - 1)
    canvas.clip(to: square)
    canvas.rectangle(square, cornerRadius: 0, fill: Fill(.surface), stroke: nil)
    canvas.field(
      levels, columns: side, rows: side,
      in: Rectangle(square.x - dot / 2, square.y - dot / 2, square.width + dot, square.height + dot), low: low,
      high: high, opacity: 0.75)
    canvas.endClip()
    canvas.rectangle(square, cornerRadius: 0, fill: nil, stroke: Stroke(.axis))
  }

  /// How a weight is drawn: thicker and clearer the larger it is, orange and whole above 0, blue and dashed below.
  @inline(never)
  static func stroke(_ weight: Float) -> Stroke {
    let size = min(weight.magnitude, 4)
    return Stroke(
      weight < 0 ? .negative : .positive, width: 0.8 + size * 1.1, opacity: min(0.25 + size * 0.3, 0.9),
      dash: weight < 0 ? 6 : 0)
  }
}

/// The mark of one of several lines: five shapes, so that nobody has to tell them apart by their colours.
struct SeriesMark {
  private let index: Int

  /// The mark that belongs to ``Role/series(_:)`` of the same number.
  init(_ index: Int) { self.index = index % 5 }

  /// The corners of a circle of radius 1 around the middle: of a square, triangles up and down, and a diamond. There are
  /// none where the mark is a circle.
  private static let corners: [[Point]] = [
    [],
    [Point(-0.85, -0.85), Point(0.85, -0.85), Point(0.85, 0.85), Point(-0.85, 0.85)],
    [Point(0, -1.1), Point(1.1, 0.85), Point(-1.1, 0.85)],
    [Point(0, -1.25), Point(1.25, 0), Point(0, 1.25), Point(-1.25, 0)],
    [Point(0, 1.1), Point(1.1, -0.85), Point(-1.1, -0.85)],
  ]

  /// Draws the mark with an edge in the background's colour.
  func draw(at center: Point, radius: Float, on canvas: any Canvas) {
    let role = Role.series(index)
    let corners = SeriesMark.corners[index]
    if corners.isEmpty {
      canvas.circle(center: center, radius: radius, fill: Fill(role), stroke: Stroke(.background, width: 1.5))
      return
    }
    var points: [Point] = []
    for corner in corners { points.append(Point(center.x + radius * corner.x, center.y + radius * corner.y)) }
    canvas.polygon(points, fill: Fill(role))
    // Once around and along the first side again, so that every corner is whole.
    canvas.polyline(points + [points[0], points[1]], stroke: Stroke(.background, width: 1.5))
  }
}

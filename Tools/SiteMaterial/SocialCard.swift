import ChainruleFigures
import ChainruleSVG

/// The picture for links to the site in social networks: its name, and what a network has learned.
enum SocialCard {
  private static let size = Size(1200, 630)
  /// The card's right side, which the field fills. The field extends beyond it, so that no outline runs along the edge.
  private static let part = Rectangle(570, 0, 630, 630)
  private static let field = Rectangle(564, -6, 642, 642)
  /// The range of the data across the field, centered at 0.
  private static let reach: Float = 2.2
  /// The number of levels along each side of the field.
  private static let side = 126

  /// The card, in light colours.
  static func document() throws -> String {
    let request = try FigureRequest(name: "classification", settings: ["data=spirals"], steps: 2_000)
    guard let figure = try request.figure() as? ClassificationFigure else {
      preconditionFailure("The classification figure is of another kind.")
    }
    let canvas = SVGCanvas(size: size, name: "card")
    draw(figure, on: canvas)
    drawMark(at: Point(84, 142), on: canvas)
    func write(_ words: String, y: Float, size: Float, bold: Bool = false, role: Role) {
      canvas.text(Array(words.utf8), at: Point(72, y), size: size, alignment: .start, bold: bold, fill: Fill(role))
    }
    write("Chainrule", y: 360, size: 84, bold: true, role: .ink)
    write("A network you can see through", y: 418, size: 28, role: .muted)
    return canvas.document(
      title: "Chainrule", description: "Chainrule. A network you can see through. \(figure.words)", theme: .light)
  }

  /// The site's mark: a network of three layers, as in `favicon.svg`.
  private static func drawMark(at corner: Point, on canvas: SVGCanvas) {
    let layers: [(x: Float, ys: [Float], role: Role)] = [
      (0, [22, 70], .class2), (52, [0, 46, 92], .muted), (104, [46], .class1),
    ]
    for (layer, next) in zip(layers, layers.dropFirst()) {
      let lines = layer.ys.flatMap { from in
        next.ys.flatMap { [Point(corner.x + layer.x, corner.y + from), Point(corner.x + next.x, corner.y + $0)] }
      }
      canvas.segments(lines, stroke: Stroke(.axis, width: 4))
    }
    for layer in layers {
      for y in layer.ys {
        canvas.circle(center: Point(corner.x + layer.x, corner.y + y), radius: 12, fill: Fill(layer.role), stroke: nil)
      }
    }
  }

  private static func draw(_ figure: ClassificationFigure, on canvas: SVGCanvas) {
    let levels = levels(of: figure)
    canvas.clip(to: part)
    canvas.field(
      levels, columns: side, rows: side, in: field, low: .class2, high: .class1, opacity: 0.55)
    for outline in Contours(levels, columns: side, rows: side).outlines(above: 127.5) {
      let dot = field.width / Float(side)
      let points = outline.map { Point(field.x + $0.x * dot, field.y + $0.y * dot) }
      canvas.polyline(points + [points[0]], stroke: Stroke(.ink, width: 4))
    }
    for sample in figure.samples {
      let place = Point(
        field.x + (sample.place.x / reach + 0.5) * field.width, field.y + (0.5 - sample.place.y / reach) * field.height)
      if sample.kind == 0 {
        canvas.circle(center: place, radius: 10, fill: Fill(.class1), stroke: Stroke(.background, width: 3))
      } else {
        canvas.circle(center: place, radius: 9, fill: Fill(.background), stroke: Stroke(.class2, width: 5))
      }
    }
    canvas.endClip()
  }

  /// The network's probability at the center of each dot.
  private static func levels(of figure: ClassificationFigure) -> [UInt8] {
    func place(_ dot: Int) -> Float { ((Float(dot) + 0.5) / Float(side) - 0.5) * reach }
    let inputs = (0..<side).flatMap { row in (0..<side).flatMap { column in [place(column), -place(row)] } }
    return figure.network.predict(inputs).map { UInt8($0 * 255 + 0.5) }
  }
}

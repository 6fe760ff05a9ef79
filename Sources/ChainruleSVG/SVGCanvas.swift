import ChainruleFigures

/// A canvas that writes an SVG document: for slides, for print, and for pages without JavaScript.
///
/// Colours are CSS classes named after the roles (`ink` fills, `ink-s` strokes), so that one picture can be light and
/// dark. Two pictures with different names can be in one HTML page.
public final class SVGCanvas: Canvas {
  /// The picture's size, in CSS pixels.
  public let size: Size
  /// The prefix of the picture's ids.
  private let name: String
  private var body = ""
  private var clips: [Rectangle] = []
  /// The classes in use, by the role's number.
  private var fills: Set<Int32> = [Role.background.rawValue]
  private var strokes: Set<Int32> = []

  /// Creates an empty picture. Its ids begin with `name`, which can contain letters, digits and hyphens.
  public init(size: Size, name: String) {
    self.size = size
    self.name = name
  }

  /// The document: everything drawn so far, over the background.
  public func document(title: String, description: String, theme: SVGTheme = .auto) -> String {
    let (width, height) = (Markup.number(size.width), Markup.number(size.height))
    let font = Markup.escaped(SVGPalette.font)
    let regions = clips.enumerated().map { index, region in
      "<clipPath id=\"\(name)-\(index)\"><rect\(edges(region))/></clipPath>\n"
    }
    return """
      <svg xmlns="http://www.w3.org/2000/svg" class="chainrule" width="\(width)" height="\(height)" \
      viewBox="0 0 \(width) \(height)" role="img" font-family="\(font)" font-size="12" fill="none" \
      stroke-linecap="round" stroke-linejoin="round">
      <title>\(Markup.escaped(title))</title>
      <desc>\(Markup.escaped(description))</desc>
      <style>
      \(styles(theme))</style>
      \(regions.joined())<rect class="background" width="\(width)" height="\(height)"/>
      \(body)</svg>

      """
  }

  // MARK: Colours

  private func styles(_ theme: SVGTheme) -> String {
    let rules = rules(isDark: theme == .dark)
    if theme != .auto { return rules }
    return rules + "@media screen and (prefers-color-scheme:dark){\n" + self.rules(isDark: true) + "}\n"
  }

  /// A rule for each class in use, which applies only inside pictures like this one.
  private func rules(isDark: Bool) -> String {
    var rules = ""
    for role in SVGPalette.roles {
      let color = SVGPalette.color(role, isDark: isDark)
      if fills.contains(role.rawValue) { rules += ".chainrule .\(role){fill:\(color)}\n" }
      if strokes.contains(role.rawValue) { rules += ".chainrule .\(role)-s{stroke:\(color)}\n" }
    }
    return rules
  }

  /// The attributes of an element that is filled, stroked, or both.
  private func paint(_ fill: Fill?, _ stroke: Stroke? = nil) -> String {
    var classes: [String] = []
    var attributes = ""
    if let fill {
      fills.insert(fill.role.rawValue)
      classes.append("\(fill.role)")
      attributes += attribute("fill-opacity", fill.opacity, unless: 1)
    }
    if let stroke {
      strokes.insert(stroke.role.rawValue)
      classes.append("\(stroke.role)-s")
      attributes += attribute("stroke-width", stroke.width, unless: 1)
      attributes += attribute("stroke-opacity", stroke.opacity, unless: 1)
      attributes += attribute("stroke-dasharray", stroke.dash, unless: 0)
    }
    return " class=\"\(classes.joined(separator: " "))\"" + attributes
  }

  private func attribute(_ name: String, _ value: Float, unless usual: Float, decimals: Int = 2) -> String {
    value == usual ? "" : " \(name)=\"\(Markup.number(value, decimals: decimals))\""
  }

  // MARK: Drawing

  /// A line through all points.
  public func polyline(_ points: [Point], stroke: Stroke) {
    if points.count > 1 { path("M" + list(points), paint(nil, stroke)) }
  }

  /// A line for each pair of points.
  public func segments(_ points: [Point], stroke: Stroke) {
    let lines = stride(from: 0, to: points.count - 1, by: 2).map { "M" + list(points[$0...($0 + 1)]) }
    if !lines.isEmpty { path(lines.joined(), paint(nil, stroke)) }
  }

  /// A filled area.
  public func polygon(_ points: [Point], fill: Fill) {
    if points.count > 2 { path("M" + list(points) + "z", paint(fill)) }
  }

  private func path(_ outline: String, _ attributes: String) { body += "<path\(attributes) d=\"\(outline)\"/>\n" }

  private func list(_ points: some Collection<Point>) -> String { points.map(Markup.pair).joined(separator: " ") }

  /// A circle: filled, stroked, or both. Its stroke is never dashed.
  public func circle(center: Point, radius: Float, fill: Fill?, stroke: Stroke?) {
    let (x, y, r) = (Markup.number(center.x), Markup.number(center.y), Markup.number(radius))
    body += "<circle\(paint(fill, whole(stroke))) cx=\"\(x)\" cy=\"\(y)\" r=\"\(r)\"/>\n"
  }

  /// A rectangle with round corners: filled, stroked, or both. Its stroke is never dashed.
  public func rectangle(_ rectangle: Rectangle, cornerRadius: Float, fill: Fill?, stroke: Stroke?) {
    body += "<rect\(paint(fill, whole(stroke)))\(edges(rectangle))\(attribute("rx", cornerRadius, unless: 0))/>\n"
  }

  /// Circles and rectangles are never dashed; see ``DisplayList``.
  private func whole(_ stroke: Stroke?) -> Stroke? {
    stroke.map { Stroke($0.role, width: $0.width, opacity: $0.opacity) }
  }

  private func edges(_ rectangle: Rectangle) -> String {
    attribute("x", rectangle.x, unless: 0) + attribute("y", rectangle.y, unless: 0)
      + " width=\"\(Markup.number(rectangle.width))\" height=\"\(Markup.number(rectangle.height))\""
  }

  /// A line of UTF-8 text, its baseline at `point`.
  public func text(
    _ bytes: [UInt8], at point: Point, size: Float, alignment: TextAlignment, bold: Bool, fill: Fill
  ) {
    var attributes = paint(fill) + attribute("x", point.x, unless: 0) + attribute("y", point.y, unless: 0)
    attributes += attribute("font-size", size, unless: 12)
    if bold { attributes += " font-weight=\"600\"" }
    if alignment != .start { attributes += " text-anchor=\"\(alignment)\"" }
    body += "<text\(attributes)>\(Markup.escaped(String(decoding: bytes, as: UTF8.self)))</text>\n"
  }

  /// Clips drawing to a rectangle, until ``endClip()``.
  public func clip(to rectangle: Rectangle) {
    let index = clips.firstIndex(of: rectangle) ?? clips.count
    if index == clips.count { clips.append(rectangle) }
    body += "<g clip-path=\"url(#\(name)-\(index))\">\n"
  }

  /// Ends the latest clip.
  public func endClip() { body += "</g>\n" }

  // MARK: Fields

  /// The number of colour steps on each side of a field's middle.
  private static let bands = 24
  /// Units of length per dot of a field, so that outlines consist of short whole numbers.
  private static let units: Float = 16

  /// A smooth picture of levels, like heights on a map: stacked areas, each one step nearer to the colour `low` or
  /// `high`.
  ///
  /// An embedded image of dots would be smaller, but it would need an encoder and a second copy for dark pages, and
  /// print shows the dots. Areas are sharp at any size, and take their colours from the theme.
  public func field(
    _ levels: [UInt8], columns: Int, rows: Int, in rectangle: Rectangle, low: Role, high: Role, opacity: Float
  ) {
    let lower = Contours(levels.map { 255 - $0 }, columns: columns, rows: rows)
    let upper = Contours(levels, columns: columns, rows: rows)
    let scale = Point(
      rectangle.width / Float(columns) / SVGCanvas.units, rectangle.height / Float(rows) / SVGCanvas.units)
    body += "<g\(attribute("opacity", opacity, unless: 1))>\n"
    self.rectangle(rectangle, cornerRadius: 0, fill: Fill(.surface), stroke: nil)
    body += "<g transform=\"translate(\(Markup.pair(Point(rectangle.x, rectangle.y)))) "
    body += "scale(\(Markup.number(scale.x, decimals: 5)) \(Markup.number(scale.y, decimals: 5)))\">\n"
    bands(lower, role: low)
    bands(upper, role: high)
    body += "</g>\n</g>\n"
  }

  /// The areas of one side. After the first k of n areas, the colour has k/n of its strength, so each area covers a
  /// fraction of what is missing.
  private func bands(_ contours: Contours, role: Role) {
    let count = SVGCanvas.bands
    for band in 1...count {
      let outlines = contours.outlines(above: 127.5 + 127.5 * (Float(band) - 0.5) / Float(count))
      if outlines.isEmpty { return }
      let opacity = 1 / Float(count - band + 1)
      let attributes = paint(Fill(role)) + attribute("fill-opacity", opacity, unless: 1, decimals: 3)
      path(outlines.map(outline).joined(), attributes)
    }
  }

  /// A closed line as steps in whole units. Steps in the same direction are merged.
  private func outline(_ points: [Point]) -> String {
    let places = points.map { point in
      (x: Int((point.x * SVGCanvas.units).rounded()), y: Int((point.y * SVGCanvas.units).rounded()))
    }
    var text = "M\(places[0].x)\(separated(places[0].y))"
    var last = places[0]
    var step = (x: 0, y: 0)
    var command = "l"
    func finishStep() {
      if step == (0, 0) { return }
      text += (command == "l" ? "l\(step.x)" : separated(step.x)) + separated(step.y)
      command = ""
    }
    for place in places.dropFirst() {
      let new = (x: place.x - last.x, y: place.y - last.y)
      last = place
      if step.x * new.y == step.y * new.x && step.x * new.x + step.y * new.y >= 0 {
        step = (step.x + new.x, step.y + new.y)
      } else {
        finishStep()
        step = new
      }
    }
    finishStep()
    return text + "z"
  }

  /// A number after another one; a minus sign is separator enough.
  private func separated(_ number: Int) -> String { number < 0 ? "\(number)" : " \(number)" }
}

/// A canvas that writes down what is drawn, as numbers and bytes, for somebody else to play.
///
/// `floats` holds one operation after another: its code, then its arguments. Roles are their raw values, −1 for none.
///
/// | code | operation | arguments |
/// |---|---|---|
/// | 1 | polyline | role, width, opacity, dash, n, then n pairs x, y |
/// | 2 | polygon | role, opacity, n, then n pairs x, y |
/// | 3 | circle | x, y, radius, fill role, fill opacity, stroke role, stroke width, stroke opacity |
/// | 4 | rectangle | x, y, width, height, corner, fill role, fill opacity, stroke role, stroke width, stroke opacity |
/// | 5 | text | x, y, size, alignment, bold, role, opacity, offset in `bytes`, length |
/// | 6 | field | x, y, width, height, columns, rows, low role, high role, opacity, offset in `bytes` |
/// | 7 | clip | x, y, width, height |
/// | 8 | end of clip | |
/// | 9 | segments | role, width, opacity, dash, n, then n pairs x, y |
public final class DisplayList: Canvas {
  /// The operations.
  public private(set) var floats: [Float] = []
  /// The texts and levels that operations point at.
  public private(set) var bytes: [UInt8] = []
  /// How large the canvas is, in CSS pixels.
  public private(set) var size = Size(0, 0)

  /// Creates an empty list.
  public init() {}

  /// Forgets what was drawn and starts anew; the memory is kept.
  public func begin(size: Size) {
    self.size = size
    floats.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
  }

  /// A line through all points.
  public func polyline(_ points: [Point], stroke: Stroke) { lines(1, points, stroke) }

  /// A line for each pair of points.
  public func segments(_ points: [Point], stroke: Stroke) { lines(9, points, stroke) }

  private func lines(_ code: Float, _ points: [Point], _ stroke: Stroke) {
    if points.isEmpty { return }
    add(code, Float(stroke.role.rawValue), stroke.width, stroke.opacity, stroke.dash)
    add(points)
  }

  /// A filled area.
  public func polygon(_ points: [Point], fill: Fill) {
    if points.isEmpty { return }
    add(2, Float(fill.role.rawValue), fill.opacity)
    add(points)
  }

  /// A circle, filled, drawn, or both.
  public func circle(center: Point, radius: Float, fill: Fill?, stroke: Stroke?) {
    add(3, center.x, center.y, radius)
    add(fill, stroke)
  }

  /// A rectangle with round corners, filled, drawn, or both.
  public func rectangle(_ rectangle: Rectangle, cornerRadius: Float, fill: Fill?, stroke: Stroke?) {
    add(4, rectangle.x, rectangle.y, rectangle.width, rectangle.height)
    add(cornerRadius)
    add(fill, stroke)
  }

  /// A line of UTF-8 text, its baseline at `point`.
  public func text(
    _ text: [UInt8], at point: Point, size: Float, alignment: TextAlignment, bold: Bool, fill: Fill
  ) {
    add(5, point.x, point.y, size, Float(alignment.rawValue))
    add(bold ? 1 : 0, Float(fill.role.rawValue), fill.opacity, Float(bytes.count), Float(text.count))
    bytes.append(contentsOf: text)
  }

  /// A smooth picture of levels.
  public func field(
    _ levels: [UInt8], columns: Int, rows: Int, in rectangle: Rectangle, low: Role, high: Role, opacity: Float
  ) {
    add(6, rectangle.x, rectangle.y, rectangle.width, rectangle.height)
    add(Float(columns), Float(rows), Float(low.rawValue), Float(high.rawValue), opacity)
    add(Float(bytes.count))
    bytes.append(contentsOf: levels)
  }

  /// Hides what is drawn outside, until ``endClip()``.
  public func clip(to rectangle: Rectangle) {
    add(7, rectangle.x, rectangle.y, rectangle.width, rectangle.height)
  }

  /// Ends the latest clip.
  public func endClip() { add(8) }

  // Written out, not variadic: these run hundreds of times a frame and must not allocate.
  private func add(_ a: Float) { floats.append(a) }
  private func add(_ a: Float, _ b: Float, _ c: Float) {
    floats.append(a)
    floats.append(b)
    floats.append(c)
  }
  private func add(_ a: Float, _ b: Float, _ c: Float, _ d: Float) {
    add(a, b, c)
    floats.append(d)
  }
  private func add(_ a: Float, _ b: Float, _ c: Float, _ d: Float, _ e: Float) {
    add(a, b, c, d)
    floats.append(e)
  }
  private func add(_ points: [Point]) {
    floats.append(Float(points.count))
    for point in points {
      floats.append(point.x)
      floats.append(point.y)
    }
  }
  private func add(_ fill: Fill?, _ stroke: Stroke?) {
    add(fill.map { Float($0.role.rawValue) } ?? -1)
    add(fill?.opacity ?? 0)
    add(stroke.map { Float($0.role.rawValue) } ?? -1, stroke?.width ?? 0, stroke?.opacity ?? 0)
  }
}

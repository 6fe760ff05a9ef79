/// A loss of two weights: a landscape whose lowest places lie at a height of 0.
enum Surface: Int {
  /// ½ (u²/20 + 5 v²): a hundred times as steep across as along. The axes are the weights'.
  case valley
  /// The same valley, turned by 30°.
  case turned
  /// A valley whose floor is a parabola, after Rosenbrock (1960).
  case bend
  /// Two hollows with a pass between them, where the slope is 0.
  case saddle

  /// The weights that pictures show.
  static let across = Plot.Range(low: -2, high: 2)
  static let up = Plot.Range(low: -1.5, high: 1.5)

  /// The height at a place and its derivatives.
  func at(_ x: Float, _ y: Float) -> (height: Float, slope: Point) {
    switch self {
    case .valley, .turned:
      let (cosine, sine): (Float, Float) = self == .valley ? (1, 0) : (0.866_025_4, 0.5)
      let u = cosine * x + sine * y
      let v = cosine * y - sine * x
      let (du, dv) = (0.05 * u, 5 * v)
      return ((u * du + v * dv) / 2, Point(cosine * du - sine * dv, sine * du + cosine * dv))
    case .bend:
      let rest = 1.4 - x
      let side = y + 0.8 - x * x / 2
      return (0.15 * rest * rest + 2 * side * side, Point(-0.3 * rest - 4 * side * x, 4 * side))
    case .saddle:
      let side = x * x - 1.44
      return (0.05 * side * side + 2 * y * y, Point(0.2 * side * x, 4 * y))
    }
  }

  /// Where the height is 0.
  var lowest: [Point] {
    switch self {
    case .valley, .turned: [Point(0, 0)]
    case .bend: [Point(1.4, 0.18)]
    case .saddle: [Point(-1.2, 0), Point(1.2, 0)]
    }
  }

  /// Where a race starts unless the reader moves the start: in the turned valley at the place that corresponds to that in
  /// the other.
  var start: Point {
    switch self {
    case .valley: Point(-1.5, 1)
    case .turned: Point(-1.8, 0.12)
    case .bend: Point(-1.6, 1.1)
    case .saddle: Point(-0.03, 1)
    }
  }
}

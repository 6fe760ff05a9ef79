/// A search along a line for a step that meets the strong Wolfe conditions: the loss falls enough for the step's
/// length, and the slope is nearly 0 (Nocedal and Wright, Numerical Optimization, 2nd edition, algorithms 3.5 and 3.6).
struct LineSearch {
  /// A point on the line.
  struct Point {
    let length: Double
    let loss: Double
    let slope: Double
  }

  /// The part of the decrease promised by the first slope that the loss must reach, and the part of that slope that may
  /// remain.
  private static let sufficientDecrease = 1e-4
  private static let curvature = 0.9
  private static let evaluations = 25
  /// The relative rounding error of a loss in single precision.
  private static let rounding = 1e-6

  private let start: Point
  private let evaluate: (Double) -> Point

  /// - Parameters:
  ///   - start: the point at length 0; its slope is negative.
  ///   - evaluate: computes loss and slope at a length; the loss may be infinite.
  init(start: Point, evaluate: @escaping (Double) -> Point) {
    self.start = start
    self.evaluate = evaluate
  }

  /// Searches, beginning with a length. Returns the best point found, or `nil` if none is lower than the start.
  func search(from first: Double) -> Point? {
    var last = start
    var length = first
    for count in 0..<LineSearch.evaluations {
      let point = evaluate(length)
      if !point.loss.isFinite {
        // Too far: go back.
        length = last.length + 0.1 * (length - last.length)
        continue
      }
      if !fallsEnough(point) || (count > 0 && point.loss >= last.loss && !isLevel(point)) {
        return zoom(low: last, high: point)
      }
      if isFlat(point) { return point }
      if point.slope >= 0 { return zoom(low: point, high: last) }
      last = point
      length *= 2
    }
    return last.loss < start.loss ? last : nil
  }

  /// Near the minimum, losses differ by less than their rounding errors, so the slope decides (Hager and Zhang 2005).
  private func fallsEnough(_ point: Point) -> Bool {
    if point.loss <= start.loss + LineSearch.sufficientDecrease * point.length * start.slope { return true }
    return isLevel(point) && point.slope <= (2 * LineSearch.sufficientDecrease - 1) * start.slope
  }

  /// Whether the loss equals that of the start, except for rounding.
  private func isLevel(_ point: Point) -> Bool {
    point.loss <= start.loss + LineSearch.rounding * start.loss.magnitude
  }

  private func isFlat(_ point: Point) -> Bool { point.slope.magnitude <= -LineSearch.curvature * start.slope }

  /// Narrows an interval that contains a good point; `low` is the best one so far.
  private func zoom(low: Point, high: Point) -> Point? {
    var low = low
    var high = high
    for _ in 0..<LineSearch.evaluations {
      let point = evaluate(LineSearch.between(low, high))
      if !point.loss.isFinite || !fallsEnough(point) || (point.loss >= low.loss && !isLevel(point)) {
        high = point
      } else {
        if isFlat(point) { return point }
        if point.slope * (high.length - low.length) >= 0 { high = low }
        low = point
      }
      if (high.length - low.length).magnitude <= 1e-9 * max(low.length, high.length) { break }
    }
    return low.loss < start.loss ? low : nil
  }

  /// The minimum of the cubic through two points with their slopes, kept away from both ends; the middle if there is
  /// none.
  private static func between(_ a: Point, _ b: Point) -> Double {
    let middle = 0.5 * (a.length + b.length)
    let width = b.length - a.length
    guard b.loss.isFinite, b.slope.isFinite else { return a.length + 0.1 * width }
    let d = a.slope + b.slope - 3 * (a.loss - b.loss) / (a.length - b.length)
    let discriminant = d * d - a.slope * b.slope
    if !(discriminant >= 0) { return middle }
    let root = width > 0 ? discriminant.squareRoot() : -discriminant.squareRoot()
    let length = b.length - width * (b.slope + root - d) / (b.slope - a.slope + 2 * root)
    let part = (length - a.length) / width
    return part > 0.05 && part < 0.95 ? length : middle
  }
}

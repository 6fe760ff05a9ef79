/// Points with a straight line through them, ŷ = w · x + b: one perceptron with one input and no activation. Its loss is
/// the mean of the squared errors (ŷ − y)².
///
/// It begins with 25 penguins: every 14th complete row of Palmer Station's penguins (Horst, Hill and Gorman 2020, CC0).
/// x is the flipper's length in centimeters above 20, y the body mass in kilograms.
struct PenguinLine {
  /// Lengths of flippers in millimeters.
  private static let flippers: [UInt8] = [
    181, 185, 180, 196, 193, 190, 194, 192, 197, 195, 187, 218, 221, 209, 217, 224, 217, 218, 228, 230, 178, 181, 195,
    187, 195,
  ]
  /// Body masses in units of 25 grams.
  private static let masses: [UInt8] = [
    150, 148, 158, 176, 152, 156, 142, 164, 171, 172, 139, 228, 252, 188, 196, 222, 208, 212, 224, 234, 130, 144, 144,
    130, 146,
  ]

  /// The inputs and targets.
  private(set) var points: [Point] = []
  /// Whether a point has been moved.
  private(set) var isChanged = false
  /// Means over the points: of x, of y, of the squares of x around their mean, and of the products around theirs.
  private var (middle, spread, together) = (Point(0, 0), Float(1), Float(0))

  init() {
    for i in PenguinLine.flippers.indices {
      points.append(Point((Float(PenguinLine.flippers[i]) - 200) / 10, Float(PenguinLine.masses[i]) / 40))
    }
    measure()
  }

  /// Moves a point.
  mutating func move(_ index: Int, to place: Point) {
    points[index] = place
    isChanged = true
    measure()
  }

  private mutating func measure() {
    let n = Float(points.count)
    middle = Point(0, 0)
    for point in points { middle = Point(middle.x + point.x / n, middle.y + point.y / n) }
    (spread, together) = (0, 0)
    for point in points {
      spread += (point.x - middle.x) * (point.x - middle.x) / n
      together += (point.x - middle.x) * (point.y - middle.y) / n
    }
    // With all points above each other, no line is better than the level one through their middle.
    spread = max(spread, 1e-4)
  }

  /// How far the line at weight and bias is above a point: ŷ − y.
  func error(_ point: Point, at place: Point) -> Float { place.x * point.x + place.y - point.y }

  /// The mean squared error of a weight (x) and a bias (y).
  func loss(at place: Point) -> Float {
    var sum: Float = 0
    for point in points {
      let error = error(point, at: place)
      sum += error * error
    }
    return sum / Float(points.count)
  }

  /// The loss's derivatives with respect to weight and bias: the means of 2 (ŷ − y) x and of 2 (ŷ − y).
  func gradient(at place: Point) -> Point {
    var sum = Point(0, 0)
    for point in points {
      let error = error(point, at: place)
      sum = Point(sum.x + error * point.x, sum.y + error)
    }
    let scale = 2 / Float(points.count)
    return Point(scale * sum.x, scale * sum.y)
  }

  /// The weight and the bias with the smallest loss, by the formula of least squares.
  var best: Point {
    let weight = together / spread
    return Point(weight, middle.y - weight * middle.x)
  }

  /// All weights and biases whose loss is the smallest and `distance`² more: an ellipse.
  func contour(_ distance: Float) -> [Point] {
    let best = best
    let across = distance / spread.squareRoot()
    var points: [Point] = []
    // A pointer of length 1, turned by 6 degrees again and again.
    var (x, y): (Float, Float) = (1, 0)
    for _ in 0...60 {
      points.append(Point(best.x + across * x, best.y + distance * y - middle.x * across * x))
      (x, y) = (0.9945219 * x - 0.1045285 * y, 0.1045285 * x + 0.9945219 * y)
    }
    return points
  }
}

/// A perceptron's two weights and its bias, and the line where its sum is zero.
struct SeparatingLine: Equatable {
  var weights: Point
  var bias: Float

  /// The perceptron's sum z at a place.
  func sum(at place: Point) -> Float { weights.x * place.x + weights.y * place.y + bias }

  /// The weights' length: how fast the sum grows at a right angle to the line.
  var steepness: Float { (weights.x * weights.x + weights.y * weights.y).squareRoot() }

  /// The place on the line that is nearest to another; that one itself if there is no line.
  func foot(of place: Point) -> Point {
    let square = weights.x * weights.x + weights.y * weights.y
    if square < 1e-8 { return place }
    let away = sum(at: place) / square
    return Point(place.x - away * weights.x, place.y - away * weights.y)
  }
}

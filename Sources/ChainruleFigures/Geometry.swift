/// A place, in CSS pixels, x to the right and y downwards; or a pair of data coordinates.
public struct Point: Equatable, Sendable {
  /// Across.
  public var x: Float
  /// Down on a canvas, up in a plot's data.
  public var y: Float

  /// Creates a point.
  public init(_ x: Float, _ y: Float) {
    self.x = x
    self.y = y
  }

  /// The square of the distance to another point.
  func squaredDistance(to other: Point) -> Float {
    (x - other.x) * (x - other.x) + (y - other.y) * (y - other.y)
  }

  /// The index of the nearest of some spots that are closer than `reach`; of the first, if two are as near.
  @inline(never)
  func nearest(of spots: [Point], within reach: Float) -> Int? {
    var nearest: Int?
    var least = reach * reach
    for (index, spot) in spots.enumerated() {
      let distance = squaredDistance(to: spot)
      if distance < least { (nearest, least) = (index, distance) }
    }
    return nearest
  }
}

/// A width and a height, in CSS pixels, each from 0 to ``largest``.
///
/// ```swift
/// Size(.infinity, -3) == Size(16_384, 0)  // true
/// ```
public struct Size: Equatable, Sendable {
  /// The largest width and the largest height: as much as browsers allow for a canvas.
  public static let largest: Float = 16_384

  /// Across.
  public let width: Float
  /// Down.
  public let height: Float

  /// Creates a size. What lies outside the range is brought to its nearer end; what is not a number becomes 0.
  public init(_ width: Float, _ height: Float) {
    self.width = Size.inRange(width)
    self.height = Size.inRange(height)
  }

  private static func inRange(_ length: Float) -> Float { length > 0 ? min(length, largest) : 0 }
}

/// An upright rectangle, in CSS pixels.
public struct Rectangle: Equatable, Sendable {
  /// The left edge.
  public var x: Float
  /// The upper edge.
  public var y: Float
  /// Across.
  public var width: Float
  /// Down.
  public var height: Float

  /// Creates a rectangle from its upper left corner and its size.
  public init(_ x: Float, _ y: Float, _ width: Float, _ height: Float) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  var right: Float { x + width }
  var bottom: Float { y + height }

  /// Whether a point lies inside, or outside by at most `margin`.
  func contains(_ point: Point, margin: Float = 0) -> Bool {
    point.x >= x - margin && point.x <= right + margin && point.y >= y - margin && point.y <= bottom + margin
  }
}

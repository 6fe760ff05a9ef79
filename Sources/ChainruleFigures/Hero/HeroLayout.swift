/// Where the parts of the opening picture stand. On a wide page the network runs from left to right into the large map of
/// its output; on a narrow one it runs from the top down.
struct HeroLayout {
  /// The output's map.
  let map: Rectangle
  /// Where each layer's name stands, and how it is aligned.
  let names: [Point]
  let isWide: Bool
  /// The squares of the perceptrons' pictures, layer by layer, without the output's.
  private let squares: [[Rectangle]]

  private static let top: Float = 28
  private static let bottom: Float = 30
  /// Between the centres of a layer's pictures, and between layers, on a narrow page.
  private static let narrowPitch: Float = 78
  private static let narrowTile: Float = 48
  /// On a canvas that's too low, the map doesn't get smaller than this; its lower part is cut off.
  private static let leastSide: Float = 40

  /// The height that suits a width.
  static func height(forWidth width: Float) -> Float {
    if width >= 640 { return min(max(width * 0.4, 300), 420) + top + bottom }
    return min(width - 60, 300) + 3 * narrowPitch + bottom + 4
  }

  init(size: Size, sizes: [Int]) {
    isWide = size.width >= 640
    let hidden = Array(sizes.dropLast())
    var squares: [[Rectangle]] = []
    var names: [Point] = []
    if isWide {
      let side = max(min(size.height - HeroLayout.top - HeroLayout.bottom, size.width * 0.44), HeroLayout.leastSide)
      map = Rectangle(size.width - side - 2, HeroLayout.top, side, side)
      let middle = map.y + side / 2
      let pitch = side / 4
      let tile = min(pitch * 0.74, size.width * 0.085)
      let distance = (map.x - tile) / Float(hidden.count)
      for (layer, count) in hidden.enumerated() {
        let x = tile / 2 + 2 + Float(layer) * distance
        names.append(Point(layer == 0 ? x - tile / 2 : x, 16))
        squares.append(
          (0..<count).map { HeroLayout.square(x, middle + (Float($0) - Float(count - 1) / 2) * pitch, tile) })
      }
      names.append(Point(map.x, 16))
    } else {
      let side = max(
        min(size.width - 60, size.height - 3 * HeroLayout.narrowPitch - HeroLayout.bottom - 4), HeroLayout.leastSide)
      let pitch = min(size.width / 4, 92)
      map = Rectangle((size.width - side) / 2, 3 * HeroLayout.narrowPitch, side, side)
      for (layer, count) in hidden.enumerated() {
        let y = HeroLayout.narrowTile / 2 + 2 + Float(layer) * HeroLayout.narrowPitch
        squares.append(
          (0..<count).map {
            HeroLayout.square(
              size.width / 2 + (Float($0) - Float(count - 1) / 2) * pitch, y, HeroLayout.narrowTile)
          })
      }
    }
    self.squares = squares
    self.names = names
  }

  private static func square(_ x: Float, _ y: Float, _ side: Float) -> Rectangle {
    Rectangle(x - side / 2, y - side / 2, side, side)
  }

  /// The square of a perceptron's picture; the output's is the map.
  func square(layer: Int, _ index: Int) -> Rectangle { layer < squares.count ? squares[layer][index] : map }

  /// How many pictures the layers have that come before the output.
  var layers: [[Rectangle]] { squares + [[map]] }

  /// A connection as a bent line: out of one picture straight, into the next straight.
  func connection(layer: Int, to: Int, from: Int) -> [Point] {
    let (a, b) = (square(layer: layer - 1, from), square(layer: layer, to))
    let isLast = layer == squares.count
    // Into the map the connections come side by side.
    let spread = isLast ? (Float(from) - Float(squares[layer - 1].count - 1) / 2) * 26 : 0
    let start =
      isWide ? Point(a.right, a.y + a.height / 2) : Point(a.x + a.width / 2, a.bottom)
    let end =
      isWide ? Point(b.x, b.y + b.height / 2 + spread) : Point(b.x + b.width / 2 + spread, b.y)
    return (0...16).map { step in
      let t = Float(step) / 16
      // The share of the way across the direction of the network: slow at both ends.
      let s = t * t * (3 - 2 * t)
      return isWide
        ? Point(start.x + (end.x - start.x) * t, start.y + (end.y - start.y) * s)
        : Point(start.x + (end.x - start.x) * s, start.y + (end.y - start.y) * t)
    }
  }
}

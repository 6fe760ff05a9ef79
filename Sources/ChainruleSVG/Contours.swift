import ChainruleFigures
import ChainruleKernels

/// A grid of levels as a landscape, and the outlines of the areas above a height.
///
/// Each level is at the center of its dot. Between centers the landscape is smooth, and over the outer half of the
/// outermost dots it's flat. Marching squares finds the outlines: where an outline crosses an edge between two levels,
/// it leaves one cell and enters the next, so following the crossings leads around it and back to its start.
public struct Contours {
  /// The levels with two rings around them: an inner ring that repeats the outermost levels, and an outer ring below
  /// every height.
  private let heights: [Float]
  private let columns: Int
  private let rows: Int
  private let across: [Float]
  private let down: [Float]

  /// A landscape of `rows` times `columns` levels, the first row on top.
  public init(_ levels: [UInt8], columns: Int, rows: Int) {
    require(
      columns > 0 && rows > 0 && levels.count / columns == rows && levels.count % columns == 0,
      "found \(levels.count.counted("level")) for \(rows.counted("row")) of \(columns); each dot needs one")
    self.columns = columns + 4
    self.rows = rows + 4
    across = Contours.places(columns)
    down = Contours.places(rows)
    var heights: [Float] = []
    for row in -2..<(rows + 2) {
      for column in -2..<(columns + 2) {
        let isOutside = row == -2 || row == rows + 1 || column == -2 || column == columns + 1
        let nearest = min(max(row, 0), rows - 1) * columns + min(max(column, 0), columns - 1)
        heights.append(isOutside ? -1 : Float(levels[nearest]))
      }
    }
    self.heights = heights
  }

  /// The positions of rings and dots: a dot's center is half a dot from its edge. The outer ring is at the same place
  /// as the inner one, so that outlines close along the rim.
  private static func places(_ count: Int) -> [Float] {
    [0, 0] + (0..<count).map { Float($0) + 0.5 } + [Float(count), Float(count)]
  }

  /// The outlines of the areas higher than `height`, in dots from the upper left corner: clockwise around each area,
  /// counterclockwise around holes in it.
  public func outlines(above height: Float) -> [[Point]] {
    var next = crossings(at: height)
    var outlines: [[Point]] = []
    for start in next.indices where next[start] >= 0 {
      var outline: [Point] = []
      var edge = start
      while next[edge] >= 0 {
        outline.append(place(of: edge, at: height))
        (edge, next[edge]) = (next[edge], -1)
      }
      outlines.append(outline)
    }
    return outlines
  }

  /// For each edge where an outline enters a cell, the edge where it leaves it; −1 for all others. Edge 2n leads from
  /// node n to the right, edge 2n + 1 downwards.
  private func crossings(at height: Float) -> [Int] {
    var next = [Int](repeating: -1, count: 2 * heights.count)
    for row in 0..<(rows - 1) {
      for column in 0..<(columns - 1) {
        let node = row * columns + column
        // Clockwise from the upper left; edge i leads from corner i to the next one.
        let corners = [node, node + 1, node + columns + 1, node + columns]
        let isHigh = corners.map { heights[$0] > height }
        if isHigh.allSatisfy({ $0 == isHigh[0] }) { continue }
        let edges = [2 * node, 2 * (node + 1) + 1, 2 * (node + columns), 2 * node + 1]
        let isSaddle = isHigh[0] == isHigh[2] && isHigh[1] == isHigh[3]
        let middle = corners.reduce(0) { $0 + heights[$1] } / 4
        for edge in 0..<4 where isHigh[edge] && !isHigh[(edge + 1) % 4] {
          // Walked clockwise, the high part's border leaves the cell's border here. It comes back where the next high
          // corner begins or, in a saddle with a low middle, where the corner that it has just left began.
          var back = (edge + 1) % 4
          while isHigh[back] || !isHigh[(back + 1) % 4] { back = (back + 1) % 4 }
          if isSaddle && middle <= height { back = (edge + 3) % 4 }
          next[edges[edge]] = edges[back]
        }
      }
    }
    return next
  }

  /// Where an edge has this height.
  private func place(of edge: Int, at height: Float) -> Point {
    let node = edge / 2
    let other = edge % 2 == 0 ? node + 1 : node + columns
    let share = (height - heights[node]) / (heights[other] - heights[node])
    func between(_ a: Float, _ b: Float) -> Float { a + (b - a) * share }
    return Point(
      between(across[node % columns], across[other % columns]), between(down[node / columns], down[other / columns]))
  }
}

/// The line along which values on a grid have one level, found by marching squares: where the line crosses an edge of a cell,
/// by linear interpolation, it enters or leaves the cell.
struct LevelLine {
  /// The values, row by row, the first row on top.
  let values: [Float]
  let columns: Int
  let level: Float

  /// The line in pieces, each a pair of points; the outermost nodes lie on the edges of `frame`.
  func segments(in frame: Rectangle) -> [Point] {
    let rows = values.count / columns
    let cell = Point(frame.width / Float(columns - 1), frame.height / Float(rows - 1))
    var result: [Point] = []
    for row in 0..<(rows - 1) {
      for column in 0..<(columns - 1) {
        let i = row * columns + column
        let a = values[i] - level
        let b = values[i + 1] - level
        let c = values[i + columns + 1] - level
        let d = values[i + columns] - level
        let positive = (a > 0 ? 1 : 0) + (b > 0 ? 1 : 0) + (c > 0 ? 1 : 0) + (d > 0 ? 1 : 0)
        if positive == 0 || positive == 4 { continue }
        let x = frame.x + Float(column) * cell.x
        let y = frame.y + Float(row) * cell.y
        let start = result.count
        if (a > 0) != (b > 0) { result.append(Point(x + cell.x * a / (a - b), y)) }
        if (b > 0) != (c > 0) { result.append(Point(x + cell.x, y + cell.y * b / (b - c))) }
        if (c > 0) != (d > 0) { result.append(Point(x + cell.x * d / (d - c), y + cell.y)) }
        if (d > 0) != (a > 0) { result.append(Point(x, y + cell.y * a / (a - d))) }
        // In a saddle the crossings are four, in order around the cell: they pair as top–right and bottom–left where
        // the middle is like the upper left corner, else as top–left and right–bottom.
        if result.count - start == 4 && (a + b + c + d > 0) != (a > 0) {
          result.swapAt(start + 1, start + 3)
        }
      }
    }
    return result
  }
}

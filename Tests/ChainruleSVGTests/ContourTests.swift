import ChainruleCore
import ChainruleFigures
import ChainruleSVG
import Testing

/// Outlines enclose exactly the areas above a height.
struct ContourTests {
  /// How often outlines wind around a point, clockwise on a canvas.
  private func turns(_ outlines: [[Point]], around place: Point) -> Int {
    var turns = 0
    for outline in outlines {
      for (a, b) in zip(outline, outline.dropFirst() + [outline[0]]) where (a.y <= place.y) != (b.y <= place.y) {
        let x = a.x + (place.y - a.y) / (b.y - a.y) * (b.x - a.x)
        if x > place.x { turns += b.y > a.y ? 1 : -1 }
      }
    }
    return turns
  }

  private func area(_ outlines: [[Point]]) -> Float {
    outlines.reduce(0) { sum, outline in
      zip(outline, outline.dropFirst() + [outline[0]]).reduce(sum) { $0 + ($1.0.x * $1.1.y - $1.1.x * $1.0.y) / 2 }
    }
  }

  @Test(arguments: 1...40)
  func encloseWhatIsHigh(seed: UInt64) {
    var random = RandomSource(seed: seed)
    let (columns, rows) = (1 + random.index(below: 9), 1 + random.index(below: 9))
    // Two different levels make many saddles; all different levels make many slopes.
    let levels = (0..<(columns * rows)).map { _ in
      seed % 2 == 0 ? UInt8(random.index(below: 256)) : UInt8(255 * random.index(below: 2))
    }
    let contours = Contours(levels, columns: columns, rows: rows)
    for height in [0.5, 60.2, 127.2, 254.5] as [Float] {
      let outlines = contours.outlines(above: height)
      for (index, level) in levels.enumerated() {
        let middle = Point(Float(index % columns) + 0.5, Float(index / columns) + 0.5)
        #expect(turns(outlines, around: middle) == (Float(level) > height ? 1 : 0), "\(columns) × \(rows), \(index)")
      }
      for point in outlines.joined() {
        #expect(point.x >= 0 && point.x <= Float(columns) && point.y >= 0 && point.y <= Float(rows))
      }
      // Low areas are high in the inverted landscape: together they cover everything, and don't overlap.
      let rest = Contours(levels.map { 255 - $0 }, columns: columns, rows: rows).outlines(above: 255 - height)
      #expect(abs(area(outlines) + area(rest) - Float(columns * rows)) < 0.001 * Float(columns * rows))
    }
  }

  @Test func flatGroundHasOneOutlineOrNone() {
    let contours = Contours([UInt8](repeating: 9, count: 12), columns: 4, rows: 3)
    #expect(contours.outlines(above: 9).isEmpty)
    let rim = contours.outlines(above: 8.5)
    #expect(rim.count == 1 && area(rim) == 12)
  }

  @Test func slopesAreCrossedWhereTheyHaveTheHeight() {
    let outlines = Contours([0, 100], columns: 2, rows: 1).outlines(above: 25)
    #expect(Set(outlines[0].map(\.x)) == [0.75, 1.5, 2])
    #expect(area(outlines) == 1.25)
  }

  @Test func aSaddleJoinsByItsMiddle() {
    let apart = Contours([10, 0, 0, 10], columns: 2, rows: 2)
    #expect(apart.outlines(above: 6).count == 2)
    #expect(apart.outlines(above: 4).count == 1)
  }
}

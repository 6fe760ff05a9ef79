import ChainruleKernels

/// The picture of a surface: shades and lines of equal height, drawn once and kept until surface or frame change.
///
/// What is drawn is the height's root, which makes a bowl a cone: its lines lie at equal distances, and the flat floor of a
/// valley has some too.
struct SurfaceMap {
  private static let columns = 121
  private static let rows = 91
  /// The distance between lines, in roots of the height.
  private static let distance: Float = 0.2

  let surface: Surface
  let frame: Rectangle
  private let levels: [UInt8]
  private let lines: [Point]

  init(_ surface: Surface, plot: Plot) {
    self.surface = surface
    frame = plot.frame
    var roots: [Float] = []
    var highest: Float = 0
    for row in 0..<SurfaceMap.rows {
      for column in 0..<SurfaceMap.columns {
        let x = plot.x.low + plot.x.length * Float(column) / Float(SurfaceMap.columns - 1)
        let y = plot.y.high - plot.y.length * Float(row) / Float(SurfaceMap.rows - 1)
        let root = PortableMath.squareRoot(surface.at(x, y).height)
        roots.append(root)
        highest = max(highest, root)
      }
    }
    levels = roots.map { UInt8(128 + 127 * $0 / highest) }
    var lines: [Point] = []
    var level = SurfaceMap.distance
    while level < highest {
      lines += LevelLine(values: roots, columns: SurfaceMap.columns, level: level).segments(in: plot.frame)
      level += SurfaceMap.distance
    }
    self.lines = lines
  }

  func draw(on canvas: any Canvas) {
    canvas.field(
      levels, columns: SurfaceMap.columns, rows: SurfaceMap.rows, in: frame, low: .surface, high: .axis, opacity: 0.6)
    canvas.segments(lines, stroke: Stroke(.muted, opacity: 0.35))
  }
}

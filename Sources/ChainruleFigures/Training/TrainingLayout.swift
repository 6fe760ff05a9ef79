/// Where a training figure's parts stand: plot and loss panel side by side where there is room, else one above the other.
struct TrainingLayout {
  /// The samples and what the network makes of them. The legend stands over it.
  private(set) var plot = Rectangle(0, 0, 1, 1)
  /// The curve of the loss.
  private(set) var chart = Rectangle(0, 0, 1, 1)
  /// Over the chart: where the numbers stand.
  private(set) var numbers = Rectangle(0, 0, 1, 1)

  private static let wide: Float = 560
  /// Room for an axis's numbers, for half a number at the right, for the legend, and for the numbers below.
  private static let left: Float = 42
  private static let right: Float = 18
  private static let top: Float = 30
  private static let bottom: Float = 28
  /// The room for the numbers and the chart's title, and for the numbers at the chart's left.
  private static let header: Float = 72
  private static let scale: Float = 56
  private static let gap: Float = 26
  private static let chartHeight: Float = 110

  init() {}

  init(size: Size, isSquare: Bool) {
    typealias Layout = TrainingLayout
    let width = size.width
    let room = width - Layout.left - Layout.right
    if width >= Layout.wide {
      var height = max(size.height - Layout.top - Layout.bottom, 90)
      let plotWidth = isSquare ? min(height, (room + Layout.right) * 0.55) : (room + Layout.right) * 0.54
      if isSquare { height = plotWidth }
      plot = Rectangle(Layout.left, Layout.top, plotWidth, height)
      numbers = Rectangle(plot.right + Layout.gap, 0, width - Layout.right - plot.right - Layout.gap, Layout.header)
    } else {
      let below = Layout.header + Layout.chartHeight + Layout.bottom
      var height = max(size.height - Layout.top - Layout.bottom - below, 60)
      if isSquare { height = min(height, room) }
      plot = Rectangle(Layout.left, Layout.top, isSquare ? height : room, height)
      numbers = Rectangle(Layout.left, plot.bottom + Layout.bottom, room, Layout.header)
    }
    let chartBottom = width >= Layout.wide ? plot.bottom : numbers.bottom + Layout.chartHeight
    let inset = width >= Layout.wide ? Layout.scale : Layout.scale - Layout.left
    chart = Rectangle(
      numbers.x + inset, numbers.bottom, numbers.width - inset, chartBottom - numbers.bottom)
  }

  /// The height that gives the plot a good shape: a square, or three to two.
  static func preferredHeight(forWidth width: Float, isSquare: Bool) -> Float {
    if width >= wide {
      let plot = isSquare ? min(width * 0.5, 440) : min(max(width * 0.42, 260), 400)
      return plot + top + bottom
    }
    return (width - left - right) * (isSquare ? 1 : 0.72) + top + bottom + header + chartHeight + bottom
  }
}

/// Where a training figure's plot and loss panel stand: side by side where there is room, else one above the other.
struct TrainingLayout {
  var plot = Rectangle(0, 0, 1, 1)
  var panel = Rectangle(0, 0, 1, 1)
  /// Where the panel's words begin.
  var textLeft: Float = 0

  private static let wide: Float = 600
  private static let left: Float = 36
  private static let right: Float = 10
  private static let top: Float = 8
  private static let bottom: Float = 26
  private static let panelHeight: Float = 110
  /// The space over the panel for its two lines of words.
  private static let words: Float = 52
  /// The space left of the panel for its numbers.
  private static let numbers: Float = 52

  init() {}

  init(size: Size, isSquare: Bool) {
    let width = max(size.width, 160)
    if width >= TrainingLayout.wide {
      let height = max(size.height - TrainingLayout.top - TrainingLayout.bottom, 40)
      let share = isSquare ? height : (width - TrainingLayout.left) * 0.56
      plot = Rectangle(TrainingLayout.left, TrainingLayout.top, share, height)
      textLeft = plot.right + 24
      let x = textLeft + TrainingLayout.numbers
      let panelTop = TrainingLayout.top + TrainingLayout.words
      panel = Rectangle(
        x, panelTop, max(width - x - TrainingLayout.right, 20),
        max(min(height - TrainingLayout.words, 240), 20))
    } else {
      let plotWidth = width - TrainingLayout.left - TrainingLayout.right
      let below = TrainingLayout.words + TrainingLayout.panelHeight + TrainingLayout.bottom
      let height = max(size.height - TrainingLayout.top - TrainingLayout.bottom - below, 40)
      plot = Rectangle(TrainingLayout.left, TrainingLayout.top, plotWidth, height)
      panel = Rectangle(
        TrainingLayout.numbers, plot.bottom + TrainingLayout.bottom + TrainingLayout.words,
        width - TrainingLayout.numbers - TrainingLayout.right, TrainingLayout.panelHeight)
      textLeft = TrainingLayout.left
    }
  }

  /// The height that gives the plot a good shape: a square, or three to two.
  static func preferredHeight(forWidth width: Float, isSquare: Bool) -> Float {
    if width >= wide {
      let plot = isSquare ? min(width * 0.5, 440) : min(max(width * 0.42, 260), 400)
      return plot + top + bottom
    }
    let plotWidth = max(width - left - right, 100)
    return plotWidth * (isSquare ? 1 : 0.72) + top + 2 * bottom + words + panelHeight
  }
}

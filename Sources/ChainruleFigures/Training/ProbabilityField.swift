/// A probability for every place of a plot, on a grid: its shading, and the line where it is one half.
struct ProbabilityField {
  /// Grid nodes along each side; the outermost lie on the plot's edges.
  private static let side = 56

  private var inputs: [Float] = []
  private var probabilities: [Float] = []
  private var levels = [UInt8](repeating: 128, count: side * side)
  private var version = -1

  /// Asks the network, or the former one, for the probability at every node, all in one call, unless it was asked last.
  mutating func update(plot: Plot, session: TrainingSession, former: Bool) {
    let version = former ? session.changes - 1 : session.changes
    if version == self.version { return }
    self.version = version
    let side = ProbabilityField.side
    if inputs.isEmpty {
      inputs.reserveCapacity(side * side * 2)
      for row in 0..<side {
        for column in 0..<side {
          inputs.append(plot.x.low + plot.x.length * Float(column) / Float(side - 1))
          inputs.append(plot.y.high - plot.y.length * Float(row) / Float(side - 1))
        }
      }
    }
    session.predict(inputs, former: former, into: &probabilities)
    for i in 0..<(side * side) {
      // Far from the samples a network with huge weights may give no number: it doesn't know.
      if probabilities[i].isNaN { probabilities[i] = 0.5 }
      levels[i] = UInt8(probabilities[i] * 255 + 0.5)
    }
  }

  func draw(on canvas: any Canvas, in frame: Rectangle) {
    let side = ProbabilityField.side
    // A picture's dots have their centres half a dot inside its edge; the nodes lie on the plot's.
    let (width, height) = (frame.width / Float(side - 1), frame.height / Float(side - 1))
    let grown = Rectangle(frame.x - width / 2, frame.y - height / 2, frame.width + width, frame.height + height)
    canvas.field(levels, columns: side, rows: side, in: grown, low: .class2, high: .class1, opacity: 0.7)
    drawBoundary(on: canvas, in: frame, stroke: Stroke(.ink, width: 2))
  }

  /// Draws the line of probability one half alone.
  func drawBoundary(on canvas: any Canvas, in frame: Rectangle, stroke: Stroke) {
    if probabilities.isEmpty { return }
    let line = LevelLine(values: probabilities, columns: ProbabilityField.side, level: 0.5)
    canvas.segments(line.segments(in: frame), stroke: stroke)
  }
}

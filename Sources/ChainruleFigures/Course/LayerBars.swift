/// One number for each layer, as bars on a scale of powers of ten that rise from 1 or hang from it.
final class LayerBars {
  /// What stands for 0 and for numbers that can't be held, outside of what a `Float` can be.
  private static let zero: Float = -50
  private static let beyond: Float = 40

  /// The power of ten that each number is.
  private var powers: [Float] = []
  /// What the scale shows: as much as all of them need, but not less than was asked for.
  private var low: Float
  private var high: Float

  init(_ numbers: [Float], low: Float, high: Float) {
    self.low = low
    self.high = high
    for number in numbers {
      let power = min(max(LogScale.power(of: number), LayerBars.zero), LayerBars.beyond)
      powers.append(power)
      // The smallest of all bars, too, is to be seen.
      if number > 0 { self.low = min(self.low, power - 1) }
      self.high = max(self.high, power + 0.5)
    }
  }

  /// Part of the way from other bars, of as many layers, to these.
  init(from other: LayerBars, to target: LayerBars, _ part: Float) {
    func between(_ a: Float, _ b: Float) -> Float { a + part * (b - a) }
    low = between(other.low, target.low)
    high = between(other.high, target.high)
    for (layer, power) in target.powers.enumerated() { powers.append(between(other.powers[layer], power)) }
  }

  var count: Int { powers.count }

  /// Draws the bars, each in the middle of its layer's column; an open circle means 0. The band marks the healthy
  /// range of powers.
  func draw(in frame: Rectangle, role: Role, band: (low: Float, high: Float)? = nil, on canvas: any Canvas) {
    let scale = LogScale(frame: frame, low: low, high: high)
    scale.draw(on: canvas)
    if let band {
      let top = scale.y(band.high)
      canvas.rectangle(
        Rectangle(frame.x, top, frame.width, scale.y(band.low) - top), cornerRadius: 0,
        fill: Fill(.accent, opacity: 0.14), stroke: nil)
      canvas.write(Text("healthy"), at: Point(frame.right - 6, top + 14), alignment: .end, role: .ink)
    }
    let column = frame.width / Float(count)
    let width = min(column * 0.72, 34)
    let one = scale.y(0)
    for (layer, power) in powers.enumerated() {
      let x = frame.x + column * (Float(layer) + 0.5)
      if power == LayerBars.zero {
        canvas.circle(
          center: Point(x, frame.bottom - 4), radius: min(width / 2, 3), fill: nil, stroke: Stroke(.warning, width: 1.5)
        )
        continue
      }
      let end = scale.y(power)
      // A number that is 1 is to be seen, too.
      let height = max((end - one).magnitude, 2)
      canvas.rectangle(
        Rectangle(x - width / 2, min(end, one), width, height), cornerRadius: min(width / 3, 3),
        fill: Fill(power == LayerBars.beyond ? .warning : role), stroke: nil)
    }
  }
}

import ChainruleKernels

/// An upright axis of powers of ten, for numbers of very different sizes.
struct LogScale {
  let frame: Rectangle
  /// The powers of ten at the lower and at the upper edge.
  let low: Float
  let high: Float

  /// The power of ten that a number is; −∞ for 0.
  static func power(of number: Float) -> Float { PortableMath.log(number) * 0.43429448 }

  /// The height of a power of ten, at the nearer edge if it is outside.
  func y(_ power: Float) -> Float {
    frame.bottom - (min(max(power, low), high) - low) / (high - low) * frame.height
  }

  /// Draws the surface, grid lines and their numbers: as many as have room.
  func draw(on canvas: any Canvas) {
    canvas.rectangle(frame, cornerRadius: 0, fill: Fill(.surface), stroke: nil)
    let decade = frame.height / (high - low)
    var every = 1
    while Float(every) * decade < 22 { every = every == 2 ? 5 : every * 2 }
    for power in -50...40 where power % every == 0 {
      var text = Text()
      switch power {
      case -1: text.add("0.1")
      case 0: text.add("1")
      case 1: text.add("10")
      default: text.add(powerOfTen: power)
      }
      line(at: Float(power), text, on: canvas)
    }
    if decade < 80 { return }
    for (i, name) in (["0.2", "0.5", "2", "5", "20", "50"] as [StaticString]).enumerated() {
      // Ten to the power 0.301 is 2, to the power 0.699 it is 5.
      line(at: Float(i / 2 - 1) + (i % 2 == 0 ? 0.30103 : 0.69897), Text(name), on: canvas)
    }
  }

  /// A grid line with what it is called, if it is on the scale.
  private func line(at power: Float, _ name: Text, on canvas: any Canvas) {
    if power < low || power > high { return }
    let y = y(power)
    canvas.segments([Point(frame.x, y), Point(frame.right, y)], stroke: Stroke(power == 0 ? .axis : .grid))
    canvas.write(name, at: Point(frame.x - 7, y + 4), alignment: .end)
  }
}

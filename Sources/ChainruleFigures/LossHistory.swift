import ChainruleKernels

/// The losses of all steps so far, in at most a few hundred numbers: each is the mean over a stretch of steps, and when
/// the numbers run out, neighbours are joined and the stretches double.
struct LossHistory {
  private static let capacity = 400

  /// The mean loss of each stretch, the oldest first.
  private(set) var means: [Float] = []
  private var stretch = 1
  private var sum: Float = 0
  private var count = 0

  mutating func add(_ loss: Float) {
    sum += loss
    count += 1
    if count < stretch { return }
    means.append(sum / Float(count))
    sum = 0
    count = 0
    if means.count == LossHistory.capacity {
      for i in 0..<(means.count / 2) { means[i] = (means[2 * i] + means[2 * i + 1]) / 2 }
      means.removeLast(means.count / 2)
      stretch *= 2
    }
  }

  /// Draws the curve over a logarithmic axis, with a line and a number at each power of ten.
  func draw(on canvas: any Canvas, in frame: Rectangle) {
    canvas.rectangle(frame, cornerRadius: 0, fill: Fill(.surface), stroke: nil)
    var low: Float = .infinity
    var high: Float = 0
    for mean in means where mean > 0 {
      low = min(low, mean)
      high = max(high, mean)
    }
    if high == 0 {
      low = 0.01
      high = 1
    }
    low = max(low, high * 1e-6)
    // Whole decades, two at least.
    var bottom: Float = 1
    while bottom > low * 1.0001 { bottom /= 10 }
    while bottom * 10 <= low * 1.0001 { bottom *= 10 }
    var top = bottom * 100
    while top < high { top *= 10 }
    let scale = frame.height / PortableMath.log(top / bottom)
    func height(_ value: Float) -> Float {
      frame.bottom - scale * PortableMath.log(min(max(value, bottom), top) / bottom)
    }
    var lines: [Point] = []
    var decade = bottom
    var decimals = 0
    var probe = bottom
    while probe < 0.9 {
      probe *= 10
      decimals += 1
    }
    while decade < top * 1.01 {
      let y = height(decade)
      lines.append(Point(frame.x, y))
      lines.append(Point(frame.right, y))
      var text = Text()
      text.add(decade, decimals: min(decimals, 6))
      canvas.text(
        text.bytes, at: Point(frame.x - 7, y + 4), size: 12, alignment: .end, bold: false, fill: Fill(.muted))
      decade *= 10
      decimals = max(0, decimals - 1)
    }
    canvas.segments(lines, stroke: Stroke(.grid))
    if means.count > 1 {
      var points: [Point] = []
      points.reserveCapacity(means.count)
      for (i, mean) in means.enumerated() {
        points.append(Point(frame.x + frame.width * Float(i) / Float(means.count - 1), height(mean)))
      }
      canvas.clip(to: frame)
      canvas.polyline(points, stroke: Stroke(.curve, width: 1.5))
      canvas.endClip()
    }
    canvas.rectangle(frame, cornerRadius: 0, fill: nil, stroke: Stroke(.axis))
  }
}

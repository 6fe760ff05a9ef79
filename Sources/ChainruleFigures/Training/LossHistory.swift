/// The losses of all steps so far, in at most a few hundred numbers: each is the mean over a stretch of steps, and when
/// the numbers run out, neighbours are joined and the stretches double.
struct LossHistory {
  private static let capacity = 400

  /// The mean loss of each stretch, the oldest first.
  private(set) var means: [Float] = []
  private var stretch = 1
  // A few losses near the largest number overflow a `Float`.
  private var sum: Double = 0
  private var count = 0

  mutating func add(_ loss: Float) {
    sum += Double(loss)
    count += 1
    if count < stretch { return }
    means.append(Float(sum / Double(count)))
    sum = 0
    count = 0
    if means.count == LossHistory.capacity {
      for i in 0..<(means.count / 2) { means[i] = means[2 * i] / 2 + means[2 * i + 1] / 2 }
      means.removeLast(means.count / 2)
      stretch *= 2
    }
  }

  /// The means, smoothed exponentially: each takes a part of the new and keeps the rest of the old. The first values are
  /// corrected for there being no older ones.
  var smoothed: [Float] {
    let part: Float = 0.2
    var result: [Float] = []
    result.reserveCapacity(means.count)
    var value: Float = 0
    var weight: Float = 0
    for mean in means {
      value += part * (mean - value)
      weight += part * (1 - weight)
      result.append(value / weight)
    }
    return result
  }
}

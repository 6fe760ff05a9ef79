/// Times work that's too short for a single measurement.
enum Stopwatch {
  /// Repeats `body` for about this number of seconds.
  ///
  /// `body` gets the number of repetitions. The clock is read about every 10 milliseconds, so its cost doesn't matter.
  /// The result is the median of these intervals.
  static func microseconds(
    seconds: Double, _ body: (_ times: Int) throws -> Void
  ) rethrows -> (median: Double, times: Int) {
    let clock = ContinuousClock()
    let block = Duration.milliseconds(10)
    var times = 1
    // A warm-up: the first run may initialize something.
    try body(times)
    let start = clock.now
    var elapsed = try clock.measure { try body(times) }
    var found = elapsed > block ? [elapsed / .microseconds(1) / Double(times)] : []
    while elapsed < block / 4 {
      times *= 4
      elapsed = try clock.measure { try body(times) }
    }
    times = max(1, Int(Double(times) * (block / elapsed)))
    while found.isEmpty || clock.now - start < .seconds(seconds) {
      let elapsed = try clock.measure { try body(times) }
      found.append(elapsed / .microseconds(1) / Double(times))
    }
    return (found.sorted()[found.count / 2], found.count * times)
  }
}

/// Times something that is too short to be timed once.
enum Stopwatch {
  /// Does `body` over and over for about so many seconds.
  ///
  /// `body` is told how many times to do it; between two looks at the clock lie about 10 milliseconds, so that the
  /// clock does not count. The median of what was seen between the looks is the result.
  static func microseconds(
    seconds: Double, _ body: (_ times: Int) throws -> Void
  ) rethrows -> (median: Double, times: Int) {
    let clock = ContinuousClock()
    let block = Duration.milliseconds(10)
    var times = 1
    // The first time may have to get something ready.
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

import Foundation

/// Shows how far training is, on standard error: a bar on a terminal, a few plain lines elsewhere.
struct Progress {
  private let epochs: Int
  private let isTerminal: Bool
  private let clock = ContinuousClock()
  private var lastDrawing: ContinuousClock.Instant?
  private var isBarShown = false

  init(epochs: Int) {
    self.epochs = epochs
    isTerminal = isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
  }

  /// Tells that an epoch has ended.
  mutating func show(_ epoch: Int, loss: Double) {
    if isTerminal {
      let now = clock.now
      if let lastDrawing, now - lastDrawing < .milliseconds(50), epoch < epochs { return }
      lastDrawing = now
      draw(epoch, loss: loss)
    } else if epoch % ((epochs + 9) / 10) == 0 || epoch == epochs {
      StandardError.write("epoch \(epoch) of \(epochs), loss \(Evaluation.number(loss))")
    }
  }

  /// Leaves the bar as it is and goes on below it.
  mutating func end() {
    if isBarShown { StandardError.writeRaw("\n") }
    isBarShown = false
  }

  private mutating func draw(_ epoch: Int, loss: Double) {
    let text = " epoch \(epoch) of \(epochs), loss \(Evaluation.number(loss))"
    let room = min(30, Self.columns - text.count - 1)
    let done = max(0, room) * epoch / epochs
    let bar = room > 4 ? String(repeating: "█", count: done) + String(repeating: "░", count: room - done) : ""
    let width = max(0, Self.columns - 1)
    StandardError.writeRaw("\r\(bar)\((bar + text).count <= width ? text : String(text.prefix(width)))\u{1B}[K")
    isBarShown = true
  }

  /// How wide the terminal is.
  private static var columns: Int {
    var size = winsize()
    return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
  }
}

import Foundation

/// Shows a command's progress on standard error: a bar on a terminal, a few plain lines elsewhere.
final class Progress {
  private enum Style { case none, lines, bar }

  private let style: Style
  private let clock = ContinuousClock()
  private var lastDrawing: ContinuousClock.Instant?
  private var isBarShown = false
  private var nextReport = Progress.firstReport

  /// Plain lines begin after this number of bytes: a smaller table is read quickly.
  private static let firstReport = 100_000_000

  init(quiet: Bool) {
    if quiet {
      style = .none
    } else if isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb" {
      style = .bar
    } else {
      style = .lines
    }
  }

  /// Shows how much of a table has been read.
  func showReading(_ name: String, bytes: Int, of total: Int?, rows: Int) {
    switch style {
    case .none: return
    case .bar:
      // What is read quickly needs no bar.
      if !isBarShown && bytes < 10_000_000 || !isDue { return }
      let part = total.map { $0 > 0 ? min(1, Double(bytes) / Double($0)) : 1 }
      draw(part, "reading \(name): \(Self.grouped(bytes / 1_000_000)) MB, \(Self.grouped(rows)) rows")
    case .lines:
      if bytes < nextReport { return }
      nextReport = bytes <= Int.max / 2 ? bytes * 2 : Int.max
      let part = total.map { " of \(Self.grouped($0 / 1_000_000))" } ?? ""
      StandardError.write(
        "reading \(name): \(Self.grouped(bytes / 1_000_000))\(part) MB, \(Self.grouped(rows)) rows")
    }
  }

  /// Shows the progress of training.
  ///
  /// - Parameters:
  ///   - epochs: the number of completed epochs, plus the completed part of the next one.
  ///   - total: the largest number of epochs.
  ///   - loss: the last epoch's training loss; `nil` before the first one ends.
  ///   - validationLoss: its loss on the validation rows, if there are some.
  ///   - endsEpoch: whether an epoch has just ended.
  func showTraining(
    epochs: Double, of total: Int, loss: Double?, validationLoss: Double?, endsEpoch: Bool, prefix: String = ""
  ) {
    let epoch = min(total, endsEpoch ? Int(epochs) : Int(epochs) + 1)
    var text = "\(prefix)epoch \(epoch) of \(total)"
    if let loss { text += ", loss \(TextFormat.number(loss))" }
    if let validationLoss { text += ", validation \(TextFormat.number(validationLoss))" }
    switch style {
    case .none: return
    case .bar:
      if isDue || epoch == total && endsEpoch { draw(total == 0 ? 1 : min(1, epochs / Double(total)), text) }
    case .lines:
      // Ten lines, for any number of epochs.
      let interval = max(1, total / 10 + (total % 10 == 0 ? 0 : 1))
      if endsEpoch && (epoch % interval == 0 || epoch == total) { StandardError.write(text) }
    }
  }

  /// Ends the bar's line.
  func end() {
    if isBarShown { StandardError.writeRaw("\n") }
    isBarShown = false
    lastDrawing = nil
  }

  /// Whether it's time to draw again.
  private var isDue: Bool {
    guard let lastDrawing else { return true }
    return clock.now - lastDrawing >= .milliseconds(80)
  }

  private func draw(_ part: Double?, _ text: String) {
    lastDrawing = clock.now
    let text = TextFormat.printable(text)
    let width = max(0, Self.columns - 1)
    let room = min(30, width - text.count - 1)
    var line = text
    if let part, room > 4 {
      let done = min(room, Int(Double(room) * part))
      line = String(repeating: "█", count: done) + String(repeating: "░", count: room - done) + " " + text
    }
    StandardError.writeRaw("\r\(line.prefix(width))\u{1B}[K")
    isBarShown = true
  }

  /// The terminal's width.
  private static var columns: Int {
    var size = winsize()
    return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
  }

  private static func grouped(_ number: Int) -> String { TextFormat.grouped(number) }
}

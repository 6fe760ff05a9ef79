/// The line on which each row starts. Most rows are one line after another, so only the jumps are stored.
struct LineMap: Sendable {
  struct Jump: Sendable, Equatable {
    let row: Int
    let line: Int
  }

  private(set) var jumps: [Jump] = []
  private var expected = 0

  /// Records where the next row starts.
  mutating func add(row: Int, line: Int) {
    if line != expected || jumps.isEmpty { jumps.append(Jump(row: row, line: line)) }
    expected = line + 1
  }

  /// The line on which a row starts; `nil` if nothing is known about lines.
  func line(ofRow row: Int) -> Int? {
    guard let first = jumps.first, row >= first.row else { return nil }
    var low = 0
    var high = jumps.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if jumps[middle].row <= row { low = middle } else { high = middle }
    }
    return jumps[low].line + row - jumps[low].row
  }
}

/// Rows with more or fewer cells than there are columns.
struct RaggedRows {
  /// After this number of them, reading stops.
  static let most = 1000

  private(set) var count = 0
  private(set) var lines: [Int] = []
  private(set) var found = 0
  private(set) var expected = 0

  mutating func add(line: Int, found: Int, expected: Int) {
    if count == 0 { (self.found, self.expected) = (found, expected) }
    if lines.count < 5 { lines.append(line) }
    count += 1
  }
}

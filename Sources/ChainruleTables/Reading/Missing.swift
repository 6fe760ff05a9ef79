/// The words that mean a missing value.
///
/// "None" isn't one: as a category it often means something ("no garage").
struct Missing {
  static let standard = Missing(additional: [])

  private var words: [[UInt8]] = []
  private var longest = 0

  init(additional: [String]) {
    for word in Self.standardWords { add(word) }
    for word in additional { add(word) }
  }

  private static var standardWords: [String] {
    [
      "na", "n/a", "nan", "null", "?", "-", ".", "nil", "n.a.", "#n/a", "#na", "<na>", "--", "..", "...", "-nan", "*",
      "(null)",
      "\\n",
    ]
  }

  private mutating func add(_ word: String) {
    let bytes = word.utf8.map { $0.lowercased }
    longest = max(longest, bytes.count)
    words.append(bytes)
  }

  /// Whether a cell without surrounding spaces is missing.
  func contains(_ cell: Bytes) -> Bool {
    if cell.isEmpty { return true }
    if cell.count > longest { return false }
    for word in words where word.withUnsafeBufferPointer({ cell.equalsIgnoringCase($0) }) { return true }
    return false
  }
}

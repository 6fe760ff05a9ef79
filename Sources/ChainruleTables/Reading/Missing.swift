/// The words that mean that a value is missing, in one place.
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

  /// Whether a cell without spaces around it is missing.
  func contains(_ cell: Bytes) -> Bool {
    if cell.isEmpty { return true }
    if cell.count > longest { return false }
    for word in words where cell.equalsIgnoringCase(word) { return true }
    return false
  }
}

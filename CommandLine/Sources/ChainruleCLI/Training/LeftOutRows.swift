import ChainruleTables

/// Rows that can't be used because of their target.
enum LeftOutRows {
  /// A phrase for each reason: “2 rows without a target”.
  static func words(missing: Int, unknown: [TextCount]) -> [String] {
    var words: [String] = []
    if missing > 0 { words.append("\(TextFormat.count(missing, "row")) without a target") }
    let rows = unknown.reduce(0) { $0 + $1.count }
    if rows > 0 {
      let names = TextFormat.list(unknown.map { "“\($0.text)”" }, limit: 5)
      words.append("\(TextFormat.count(rows, "row")) with an unknown target (\(names))")
    }
    return words
  }
}

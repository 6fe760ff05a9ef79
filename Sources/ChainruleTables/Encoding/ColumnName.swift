/// What a column's name tells about it.
struct ColumnName {
  private let name: [UInt8]
  private let words: [[UInt8]]

  init(_ name: String) {
    self.name = ByteText.lowercased(name)
    words = Self.words(Array(name.utf8))
  }

  /// Whether it's a name for identifiers: “id”, “PassengerId”, “user_id”, “row names”, “uuid”, “index”.
  var isIdentifier: Bool {
    guard let first = words.first, let last = words.last else { return false }
    if Self.isOne(of: Self.identifiers, last) || Self.isOne(of: ["id"], first) { return true }
    if Self.isOne(of: Self.wholeNames, name) { return true }
    // “userid”, in one word.
    if last.count > 2, last.suffix(2).elementsEqual("id".utf8) {
      return Self.isOne(of: Self.owners, Array(last.dropLast(2)))
    }
    return false
  }

  /// Whether it's a name for identifiers if all values differ: “pid”, “number”.
  var mayBeIdentifier: Bool { Self.isOne(of: Self.possibleIdentifiers, name) }

  /// Whether it's a name for a counted quantity that's still worth learning from: time, age, the x of a curve.
  var isCounted: Bool {
    // One letter is a variable.
    if name.count == 1 { return !Self.isOne(of: ["n", "i", "#"], name) }
    for word in words where Self.isOne(of: Self.counted, word) { return true }
    return false
  }

  private static var identifiers: [String] { ["id", "ids", "uuid", "guid", "identifier", "idx", "rowid", "rownames"] }

  private static var wholeNames: [String] {
    [
      "index", "key", "row", "row names", "row_names", "row.names", "row number", "rownumber", "row_number", "rownum",
      "#", "serial number", "serial_number", "serialno", "unnamed: 0",
    ]
  }

  private static var possibleIdentifiers: [String] {
    ["pid", "no", "no.", "nr", "nr.", "number", "code", "serial", "sno", "s.no", "s.no.", "sr", "sr.", "entry", "case"]
  }

  private static var owners: [String] {
    [
      "user", "customer", "row", "patient", "product", "order", "passenger", "client", "account", "item", "subject",
      "person", "employee", "student", "member", "movie", "session", "transaction", "record", "case", "sample",
      "object",
    ]
  }

  private static var counted: [String] {
    [
      "year", "month", "day", "hour", "minute", "second", "week", "quarter", "time", "date", "t", "x", "step", "epoch",
      "age", "period", "dose", "distance", "depth", "level", "length", "temperature",
    ]
  }

  private static func isOne(of words: [String], _ word: [UInt8]) -> Bool {
    for other in words where word.elementsEqual(other.utf8) { return true }
    return false
  }

  /// The words of a name in lower case. They're split at everything except letters and digits, and where a capital
  /// follows a lower-case letter.
  private static func words(_ name: [UInt8]) -> [[UInt8]] {
    var words: [[UInt8]] = []
    var word: [UInt8] = []
    var previousIsSmall = false
    for byte in name {
      let isCapital = byte >= 0x41 && byte <= 0x5A
      let isSmall = byte >= 0x61 && byte <= 0x7A
      let isDigit = byte >= 0x30 && byte <= 0x39
      if !(isCapital || isSmall || isDigit || byte >= 0x80) || isCapital && previousIsSmall {
        if !word.isEmpty { words.append(word) }
        word = []
      }
      if isCapital || isSmall || isDigit || byte >= 0x80 { word.append(isCapital ? byte | 0x20 : byte) }
      previousIsSmall = isSmall
    }
    if !word.isEmpty { words.append(word) }
    return words
  }

  /// The most similar of some names to a mistyped one; `nil` if none is close.
  static func nearest(to name: String, among names: [String]) -> String? {
    let wanted = ByteText.lowercased(name)
    var best: String?
    var least = max(1, wanted.count / 3) + 1
    for candidate in names {
      let distance = editDistance(wanted, ByteText.lowercased(candidate))
      if distance < least {
        least = distance
        best = candidate
      }
    }
    return best
  }

  /// The number of letters to insert, delete, change, or swap with their neighbour (Damerau 1964).
  private static func editDistance(_ first: [UInt8], _ second: [UInt8]) -> Int {
    if first.count > 100 || second.count > 100 { return first == second ? 0 : 100 }
    var before = [Int](repeating: 0, count: second.count + 1)
    var last = Array(0...second.count)
    for i in first.indices {
      var row = [i + 1]
      for j in second.indices {
        var distance = min(last[j] + (first[i] == second[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
        if i > 0 && j > 0 && first[i] == second[j - 1] && first[i - 1] == second[j] {
          distance = min(distance, before[j - 1] + 1)
        }
        row.append(distance)
      }
      before = last
      last = row
    }
    return last[second.count]
  }
}

/// A text and its count.
public struct TextCount: Sendable {
  /// The text.
  public let text: String
  /// How often it occurs.
  public let count: Int

  package init(_ text: String, _ count: Int) {
    self.text = text
    self.count = count
  }

  /// The different texts with their counts, the most frequent first.
  static func counted(_ texts: [String]) -> [TextCount] {
    var sorted = texts
    sorted.sort { ByteText.precedes($0, $1) }
    var counted: [TextCount] = []
    var start = 0
    while start < sorted.count {
      var end = start + 1
      while end < sorted.count && ByteText.equal(sorted[end], sorted[start]) { end += 1 }
      counted.append(TextCount(sorted[start], end - start))
      start = end
    }
    return mostFrequent(counted, limit: counted.count)
  }

  /// The sum of several lists of counts, the most frequent first.
  static func sum(_ counted: [TextCount], limit: Int) -> [TextCount] {
    var sorted = counted
    sorted.sort { ByteText.precedes($0.text, $1.text) }
    var sums: [TextCount] = []
    for text in sorted {
      if let last = sums.last, ByteText.equal(last.text, text.text) {
        sums[sums.count - 1] = TextCount(text.text, last.count + text.count)
      } else {
        sums.append(text)
      }
    }
    return mostFrequent(sums, limit: limit)
  }

  /// Sorted by count, the most frequent first, then by Unicode scalars.
  static func mostFrequent(_ counted: [TextCount], limit: Int) -> [TextCount] {
    var sorted = counted
    sorted.sort { $0.count == $1.count ? ByteText.precedes($0.text, $1.text) : $0.count > $1.count }
    return Array(sorted.prefix(limit))
  }
}

#if !hasFeature(Embedded)
  extension TextCount: Equatable {}
#endif

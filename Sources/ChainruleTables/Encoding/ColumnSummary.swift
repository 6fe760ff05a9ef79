/// What a column holds in some rows: counts, the different values if they're few, the range of the numbers.
struct ColumnSummary {
  let column: Column
  let rows: [Int]?
  let isFirst: Bool

  /// The number of rows, and of missing cells.
  private(set) var count = 0
  private(set) var missing = 0
  /// The number of cells that are numbers, dates and other texts.
  private(set) var numbers = 0
  private(set) var dates = 0
  private(set) var texts = 0
  /// The different values; `nil` for a column that holds too many to keep.
  private(set) var groups: [LevelGroup]?
  /// The range of the numbers, or of the dates in seconds.
  private(set) var minimum = Double.infinity
  private(set) var maximum = -Double.infinity

  init(_ column: Column, rows: [Int]?, isFirst: Bool = false) {
    self.column = column
    self.rows = rows
    self.isFirst = isFirst
    count = rows?.count ?? column.count
    switch column.storage {
    case .levels(let codes, let levels, let seconds):
      let counts = LevelGroup.counts(codes, levels: levels.count, rows: rows)
      summarize(levels, seconds: seconds, counts: counts)
      groups = LevelGroup.groups(of: column, rows: rows)
    case .dense(let values, let others):
      summarize(values, others: others)
    case .discarded:
      missing = rows?.count { column.isMissing(at: $0) } ?? column.missingCount
      texts = count - missing
    }
  }

  /// The number of cells that aren't missing.
  var present: Int { count - missing }

  private mutating func add(_ number: Double) {
    if number < minimum { minimum = number }
    if number > maximum { maximum = number }
  }

  private mutating func summarize(_ levels: [Level], seconds: [Double], counts: [Int]) {
    var found = 0
    for (code, level) in levels.enumerated() where counts[code] > 0 {
      found += counts[code]
      if !seconds.isEmpty && !seconds[code].isNaN {
        dates += counts[code]
        add(seconds[code])
      } else if !level.number.isNaN {
        numbers += counts[code]
        if column.dates == nil { add(level.number) }
      } else {
        texts += counts[code]
      }
    }
    missing = count - found
  }

  private mutating func summarize(_ values: NumberBlocks, others: [Column.OtherText]) {
    var low = Double.infinity
    var high = -Double.infinity
    var found = 0
    func look(_ value: Double) {
      // False for NaN, which isn't a number.
      if value < low { low = value }
      if value > high { high = value }
      found &+= value == value ? 1 : 0
    }
    if let rows {
      for row in rows { look(values[row]) }
    } else {
      values.forEachBlock { _, block in for value in block { look(value) } }
    }
    (minimum, maximum) = (low, high)
    if column.dates == nil { numbers = found } else { dates = found }
    texts = Self.count(others, in: rows, of: values)
    missing = count - found - texts
  }

  private static func count(_ others: [Column.OtherText], in rows: [Int]?, of values: NumberBlocks) -> Int {
    guard let rows else { return others.count }
    if others.isEmpty { return 0 }
    var isOther = [Bool](repeating: false, count: values.count)
    for other in others { isOther[other.row] = true }
    var count = 0
    for row in rows where isOther[row] { count += 1 }
    return count
  }

  /// The number (or the date) in a row; NaN if there is none.
  func value(at row: Int) -> Double { column.dates == nil ? column.number(at: row) : column.seconds(at: row) }

  /// Calls `body` with every number (or date) in the rows until it returns false. Returns whether it never did.
  func allValues(_ body: (_ row: Int, _ value: Double) -> Bool) -> Bool {
    for position in 0..<count {
      let row = rows?[position] ?? position
      let value = value(at: row)
      if !value.isNaN && !body(row, value) { return false }
    }
    return true
  }

  /// Whether all numbers are whole.
  var areWhole: Bool {
    if let groups {
      for group in groups where !group.number.isNaN && !Self.isWhole(group.number) { return false }
      return true
    }
    return allValues { _, value in Self.isWhole(value) }
  }

  static func isWhole(_ number: Double) -> Bool { number.rounded(.down) == number && abs(number) < 0x1p53 }

  /// Whether no two numbers are the same.
  var areAllDifferent: Bool {
    if let groups { return groups.count == present }
    var sorted: [Double] = []
    sorted.reserveCapacity(numbers)
    _ = allValues { _, value in
      sorted.append(value)
      return true
    }
    sorted.sort()
    for index in sorted.indices.dropFirst() where sorted[index] == sorted[index - 1] { return false }
    return true
  }

  /// Whether the numbers are row numbers, from 0 or from 1.
  var countsRows: Bool {
    if minimum < 0 || numbers < count || numbers < 3 { return false }
    let first = value(at: rows?.first ?? 0) - Double(rows?.first ?? 0)
    return (first == 0 || first == 1) && allValues { row, value in value - Double(row) == first }
  }

  /// Whether there are two different numbers, and nothing else but missing cells.
  var hasTwoValues: Bool {
    if minimum >= maximum { return false }
    return allValues { _, value in value == minimum || value == maximum }
  }

  /// The number of different numbers if that's at most `limit`; otherwise a larger number than `limit`.
  func differentNumbers(limit: Int) -> Int {
    if let groups {
      var count = 0
      for group in groups where !group.number.isNaN { count += 1 }
      return count
    }
    var seen: [Double] = []
    _ = allValues { _, value in
      if !seen.contains(value) { seen.append(value) }
      return seen.count <= limit
    }
    return seen.count
  }

  /// The texts that aren't numbers (or dates), the most frequent first.
  func otherTexts(limit: Int) -> [TextCount] {
    var found: [TextCount] = []
    switch column.storage {
    case .levels(let codes, let levels, let seconds):
      let counts = LevelGroup.counts(codes, levels: levels.count, rows: rows)
      for (code, level) in levels.enumerated() where counts[code] > 0 && level.number.isNaN {
        if seconds.isEmpty || seconds[code].isNaN { found.append(TextCount(level.text, counts[code])) }
      }
    case .dense(let values, let others):
      if others.isEmpty { return [] }
      var texts: [String] = []
      if let rows {
        for row in rows where values[row].isNaN { if let text = column.text(at: row) { texts.append(text) } }
      } else {
        for other in others { texts.append(other.text) }
      }
      found = TextCount.counted(texts)
    case .discarded(_, let examples):
      for example in examples { found.append(TextCount(example, 1)) }
    }
    return TextCount.mostFrequent(found, limit: limit)
  }

  /// An even sample of the numbers (or dates).
  func sample() -> OrderStatistics {
    let step = max(1, (count + OrderStatistics.limit - 1) / OrderStatistics.limit)
    var numbers: [Double] = []
    var start = 0
    // If a sample has only missing cells, the next one begins a row later.
    while numbers.isEmpty && start < step {
      numbers.reserveCapacity(count / step + 1)
      var position = start
      while position < count {
        let value = value(at: rows?[position] ?? position)
        if !value.isNaN { numbers.append(value) }
        position += step
      }
      start += 1
    }
    return OrderStatistics(numbers)
  }
}

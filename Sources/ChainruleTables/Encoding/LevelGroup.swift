/// One of a column's different values, and how many rows have it. Different spellings of a number are one value.
struct LevelGroup {
  var text: String
  let number: Double
  var count: Int

  /// Sorted by number if all are numbers, otherwise by Unicode scalars.
  static func sorted(_ groups: [LevelGroup]) -> [LevelGroup] {
    var sorted = groups
    let areNumbers = !groups.contains { $0.number.isNaN }
    sorted.sort { areNumbers ? $0.number < $1.number : ByteText.precedes($0.text, $1.text) }
    return sorted
  }

  /// Sorted by frequency, the most frequent first, then as in ``sorted(_:)``.
  static func byFrequency(_ groups: [LevelGroup]) -> [LevelGroup] {
    let ordered = sorted(groups)
    var indices = Array(ordered.indices)
    indices.sort { ordered[$0].count == ordered[$1].count ? $0 < $1 : ordered[$0].count > ordered[$1].count }
    return indices.map { ordered[$0] }
  }

  /// A column's different values in some rows; `nil` if its cells weren't kept.
  static func groups(of column: Column, rows: [Int]?) -> [LevelGroup]? {
    switch column.storage {
    case .levels(let codes, let levels, _): groups(levels, counts: counts(codes, levels: levels.count, rows: rows))
    case .dense(let values, let others): groups(column, values: values, others: others, rows: rows)
    case .discarded: nil
    }
  }

  /// The number of rows with each code.
  static func counts(_ codes: [Int32], levels: Int, rows: [Int]?) -> [Int] {
    var counts = [Int](repeating: 0, count: levels)
    if let rows {
      for row in rows where codes[row] >= 0 { counts[Int(codes[row])] += 1 }
    } else {
      for code in codes where code >= 0 { counts[Int(code)] += 1 }
    }
    return counts
  }

  private static func groups(_ levels: [Level], counts: [Int]) -> [LevelGroup] {
    var groups: [LevelGroup] = []
    var numbers: [LevelGroup] = []
    for (code, level) in levels.enumerated() where counts[code] > 0 {
      let group = LevelGroup(text: level.text, number: level.number, count: counts[code])
      if level.number.isNaN { groups.append(group) } else { numbers.append(group) }
    }
    return groups + merged(numbers)
  }

  /// Merges equal numbers into one group, with the shortest of their spellings.
  private static func merged(_ numbers: [LevelGroup]) -> [LevelGroup] {
    var sorted = numbers
    sorted.sort {
      if $0.number != $1.number { return $0.number < $1.number }
      let (first, second) = ($0.text.utf8.count, $1.text.utf8.count)
      return first == second ? ByteText.precedes($0.text, $1.text) : first < second
    }
    var merged: [LevelGroup] = []
    for group in sorted {
      if let last = merged.last, last.number == group.number {
        merged[merged.count - 1].count += group.count
      } else {
        merged.append(group)
      }
    }
    return merged
  }

  private static func groups(
    _ column: Column, values: NumberBlocks, others: [Column.OtherText], rows: [Int]?
  ) -> [LevelGroup] {
    var numbers: [Double] = []
    var texts: [String] = []
    for position in 0..<(rows?.count ?? values.count) {
      let row = rows?[position] ?? position
      if !values[row].isNaN {
        numbers.append(values[row])
      } else if let text = column.text(at: row) {
        texts.append(text)
      }
    }
    numbers.sort()
    var groups: [LevelGroup] = []
    var start = 0
    while start < numbers.count {
      var end = start + 1
      while end < numbers.count && numbers[end] == numbers[start] { end += 1 }
      let text = column.dates?.text(numbers[start]) ?? NumberText.shortest(numbers[start])
      let number = column.dates == nil ? numbers[start] : .nan
      groups.append(LevelGroup(text: text, number: number, count: end - start))
      start = end
    }
    for text in TextCount.counted(texts) {
      groups.append(LevelGroup(text: text.text, number: .nan, count: text.count))
    }
    return groups
  }
}

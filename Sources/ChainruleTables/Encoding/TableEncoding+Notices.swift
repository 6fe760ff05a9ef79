extension TableEncoding {
  /// Warnings about a table for prediction: levels never seen in training, cells that can't be read, missing cells in
  /// columns that had none in training, numbers far outside the training rows' range.
  ///
  /// - Throws: ``TableError``, which names every column that is missing.
  public func notices(for table: Table, rows: [Int]? = nil) throws(TableError) -> [EncodingNotice] {
    if let rows { table.checkRows(rows) }
    var notices: [EncodingNotice] = []
    for (index, column) in try columns(of: table).enumerated() {
      notices += CellCounts(inputs[index], column, rows: rows).notices
    }
    return notices
  }
}

/// The counts of a column's cells that differ from the training rows.
private struct CellCounts {
  private let input: InputColumn
  private let coder: InputCoder
  private var missing = 0
  private var far = 0
  private var unreadable: [TextCount] = []
  private var other: [TextCount] = []

  init(_ input: InputColumn, _ column: Column, rows: [Int]?) {
    self.input = input
    coder = InputCoder(input)
    switch column.storage {
    case .levels(let codes, let levels, let seconds):
      let counts = LevelGroup.counts(codes, levels: levels.count, rows: rows)
      missing = rows?.count ?? codes.count
      for (code, level) in levels.enumerated() where counts[code] > 0 {
        missing -= counts[code]
        let date = coder.seconds(of: level.text, as: column.dates, parsed: seconds.isEmpty ? .nan : seconds[code])
        add(coder.meaning(of: level, seconds: date), level.text, counts[code])
      }
    case .dense(let values, _):
      for position in 0..<(rows?.count ?? values.count) {
        let row = rows?[position] ?? position
        let meaning = coder.meaning(of: column, row: row)
        if case .value(let number) = meaning {
          if isFar(number) { far += 1 }
        } else {
          add(meaning, column.text(at: row) ?? "", 1)
        }
      }
    case .discarded(let cells, let examples):
      for example in examples { unreadable.append(TextCount(example, 0)) }
      missing = rows?.count { cells[$0] == .missing } ?? column.missingCount
      unreadable.append(TextCount("", (rows?.count ?? cells.count) - missing))
    }
  }

  private func isFar(_ number: Double) -> Bool {
    switch input.coding {
    case .number(let scaling): scaling.isFarOutside(number)
    case .date(let coding): coding.trend.isFarOutside(number)
    case .sign, .oneHot: false
    }
  }

  private mutating func add(_ meaning: InputCoder.Meaning, _ text: String, _ count: Int) {
    switch meaning {
    case .missing: missing += count
    case .value(let number): if isFar(number) { far += count }
    case .level: break
    case .otherLevel: other.append(TextCount(text, count))
    case .unreadable: unreadable.append(TextCount(text, count))
    }
  }

  var notices: [EncodingNotice] {
    var notices: [EncodingNotice] = []
    if let (count, examples) = Self.sum(unreadable) {
      notices.append(.unreadable(column: input.name, count: count, examples: examples))
    }
    // If the encoding has an input for rare levels, new levels use it, and the two aren't distinguished.
    if let (count, examples) = Self.sum(other) {
      notices.append(.unseenLevels(column: input.name, count: count, examples: examples))
    }
    if missing > 0 && !input.hasMissingInput { notices.append(.filled(column: input.name, count: missing)) }
    if far > 0 {
      switch input.coding {
      case .number(let scaling):
        notices.append(
          .farOutside(column: input.name, count: far, minimum: scaling.minimum, maximum: scaling.maximum))
      case .date(let coding):
        notices.append(
          .datesOutside(
            column: input.name, count: far, first: coding.format.text(coding.trend.minimum),
            last: coding.format.text(coding.trend.maximum)))
      case .sign, .oneHot: break
      }
    }
    return notices
  }

  /// The total count, and the most frequent texts.
  private static func sum(_ counted: [TextCount]) -> (Int, [TextCount])? {
    var sum = 0
    for text in counted { sum += text.count }
    return sum == 0 ? nil : (sum, TextCount.mostFrequent(counted.filter { !$0.text.utf8.isEmpty }, limit: 3))
  }
}

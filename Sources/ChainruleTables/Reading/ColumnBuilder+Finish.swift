extension ColumnBuilder {
  /// Finishes the column and frees the builder's memory.
  mutating func finish(
    name: String, rows: Int, isUnnamedFirst: Bool, kind: DeclaredKind?, _ context: CellContext,
    _ notices: inout [Notice]
  ) -> Column {
    var column: Column
    var counted: (counts: [Int], missing: Int) = ([], 0)
    if mode == .codes {
      counted = countCodes(rows: rows)
      settle(rows: rows, counted, context)
    }
    switch mode {
    case .codes: column = finishCodes(name, rows, kind, counted, &notices)
    case .numbers: column = finishNumbers(name, rows, kind)
    case .dates: column = finishDates(name, rows, kind, &notices)
    case .discarded: column = finishKinds(name, rows, kind)
    }
    free()
    if let unit { notices.append(.unit(unit.text, column: name)) }
    if isUnnamedFirst, column.numbersOrNamesRows {
      column.isIndex = true
      notices.append(.indexColumn(name))
    }
    return column
  }

  /// Decides at the end of the table what a column of codes holds.
  private mutating func settle(rows: Int, _ counted: (counts: [Int], missing: Int), _ context: CellContext) {
    if Int(levels.codeCount) > Self.fewLevels, !keepsTexts { return decide(rows: rows, counted, context) }
    _ = adoptUnit(counted.counts, atLeast: rows - counted.missing, context)
  }

  private func finishCodes(
    _ name: String, _ rows: Int, _ kind: DeclaredKind?, _ counted: (counts: [Int], missing: Int),
    _ notices: inout [Notice]
  ) -> Column {
    let (counts, missing) = counted
    var guess = DateGuess()
    var numbers = 0
    var texts: [Level] = []
    texts.reserveCapacity(counts.count)
    for code in counts.indices {
      let number = levels.number(code: code)
      texts.append(Level(text: levels.text(code: code), number: number))
      if number.isNaN {
        levels.withBytes(code: code) { guess.add($0, count: counts[code]) }
      } else {
        numbers += counts[code]
      }
    }
    let present = rows - missing
    let best = guess.best
    let hasDates = best.count > 0 && best.count >= present - present / 10
    var seconds: [Double] = []
    if hasDates {
      seconds = counts.indices.map { code in
        levels.withBytes(code: code) { DateScan($0)?.seconds(best.format) ?? .nan }
      }
      if best.isAmbiguous, let example = seconds.firstIndex(where: { !$0.isNaN }) {
        notices.append(.ambiguousDates(column: name, example: texts[example].text))
      }
      if guess.mixesOffsets { notices.append(.mixedOffsets(column: name)) }
    }
    var dates = 0
    if hasDates { for code in counts.indices where !seconds[code].isNaN { dates += counts[code] } }
    return Column(
      name: name, storage: .levels(codes: codes.array(rows), levels: texts, seconds: seconds),
      dates: hasDates ? best.format : nil, declaredKind: kind, missingCount: missing, numberCount: numbers,
      dateCount: dates, textCount: present - numbers - dates)
  }

  private mutating func finishNumbers(_ name: String, _ rows: Int, _ kind: DeclaredKind?) -> Column {
    var numbers = 0
    values.forEachBlock(below: rows) { _, block in
      for value in block where !value.isNaN { numbers += 1 }
    }
    return Column(
      name: name, storage: .dense(values: takeValues(rows), others: others), declaredKind: kind,
      missingCount: rows - numbers - others.count, numberCount: numbers, textCount: others.count)
  }

  private mutating func finishDates(_ name: String, _ rows: Int, _ kind: DeclaredKind?, _ notices: inout [Notice])
    -> Column
  {
    var guess = DateGuess()
    var example: StoredDate?
    forEachDate(below: rows) { _, date in
      if example == nil { example = date }
      guess.add(date)
      return date.seconds
    }
    let best = guess.best
    var dates = 0
    var misfits: [Column.OtherText] = []
    forEachDate(below: rows) { row, date in
      let seconds = date.seconds(best.format)
      if seconds.isNaN { misfits.append(Column.OtherText(row: row, text: date.text)) } else { dates += 1 }
      return seconds
    }
    if best.isAmbiguous, let example { notices.append(.ambiguousDates(column: name, example: example.text)) }
    if guess.mixesOffsets { notices.append(.mixedOffsets(column: name)) }
    let texts = misfits.isEmpty ? others : (others + misfits).sorted { $0.row < $1.row }
    return Column(
      name: name, storage: .dense(values: takeValues(rows), others: texts), dates: best.format, declaredKind: kind,
      missingCount: rows - dates - texts.count, dateCount: dates, textCount: texts.count)
  }

  /// Sets each date's seconds.
  private func forEachDate(below rows: Int, _ seconds: (Int, StoredDate) -> Double) {
    values.forEachBlock(below: rows) { start, block in
      let tags = tags.address(of: start)
      for offset in block.indices where !block[offset].isNaN {
        block[offset] = seconds(start + offset, StoredDate(seconds: block[offset], tag: tags[offset]))
      }
    }
  }

  private func finishKinds(_ name: String, _ rows: Int, _ kind: DeclaredKind?) -> Column {
    let cells = kinds.array(rows)
    let missing = cells.count { $0 == .missing }
    let numbers = cells.count { $0 == .number }
    return Column(
      name: name, storage: .discarded(cells: cells, examples: examples), declaredKind: kind,
      missingCount: missing, numberCount: numbers, textCount: rows - missing - numbers)
  }
}

extension Column {
  /// Whether the cells number or name the rows, each differently.
  fileprivate var numbersOrNamesRows: Bool {
    if missingCount > 0 || count < 2 { return false }
    switch storage {
    case .levels(let codes, let levels, _):
      return levels.count == codes.count
        && levels.allSatisfy { $0.number.isNaN || $0.number == $0.number.rounded(.down) }
    case .dense(let values, let others):
      if !others.isEmpty || dates != nil { return false }
      var isIncreasing = true
      for row in values.indices {
        if values[row] != values[row].rounded(.down) { return false }
        if row > 0, values[row] <= values[row - 1] { isIncreasing = false }
      }
      if isIncreasing { return true }
      let sorted = values.sorted()
      return sorted.indices.dropFirst().allSatisfy { sorted[$0] != sorted[$0 - 1] }
    case .discarded: return numberCount == 0
    }
  }
}

extension ColumnBuilder {
  /// Ends the column and gives its memory back.
  mutating func finish(
    name: String, rows: Int, isUnnamedFirst: Bool, kind: DeclaredKind?, _ context: CellContext,
    _ notices: inout [Notice]
  ) -> Column {
    var column: Column
    if mode == .codes { settle(rows: rows, context) }
    switch mode {
    case .codes: column = finishCodes(name, rows, kind, &notices)
    case .numbers: column = finishNumbers(name, rows, kind)
    case .dates: column = finishDates(name, rows, kind, &notices)
    case .discarded:
      let texts = rows - counts.missing - counts.numbers
      column = Column(
        name: name, storage: .discarded(count: rows, examples: examples), declaredKind: kind,
        missingCount: counts.missing, numberCount: counts.numbers, textCount: texts)
    }
    free()
    if let unit { notices.append(.unit(unit.text, column: name)) }
    if isUnnamedFirst, column.numbersOrNamesRows {
      column.isIndex = true
      notices.append(.indexColumn(name))
    }
    return column
  }

  /// Decides at the end what a column of codes holds.
  private mutating func settle(rows: Int, _ context: CellContext) {
    if Int(levels.codeCount) > Self.fewLevels, !keepsTexts { return decide(rows: rows, context) }
    let (counts, missing) = countCodes(rows: rows)
    _ = adoptUnit(counts, atLeast: rows - missing, context)
  }

  private func finishCodes(_ name: String, _ rows: Int, _ kind: DeclaredKind?, _ notices: inout [Notice]) -> Column {
    let (counts, missing) = countCodes(rows: rows)
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
        levels.withBytes(code: code) { DateScan($0)?.seconds(best.format.order) ?? .nan }
      }
      if best.isAmbiguous { notices.append(.ambiguousDates(column: name, example: texts[0].text)) }
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
    var example: DateScan?
    values.forEachBlock(below: rows) { _, block in
      for value in block where !value.isNaN {
        let date = DateScan(packed: value)
        if example == nil { example = date }
        guess.add(date, count: 1)
      }
    }
    let best = guess.best
    var dates = 0
    var misfits: [Column.OtherText] = []
    values.forEachBlock(below: rows) { start, block in
      for offset in block.indices where !block[offset].isNaN {
        let date = DateScan(packed: block[offset])
        block[offset] = date.seconds(best.format.order)
        if block[offset].isNaN {
          misfits.append(Column.OtherText(row: start + offset, text: date.text))
        } else {
          dates += 1
        }
      }
    }
    if best.isAmbiguous, let example { notices.append(.ambiguousDates(column: name, example: example.text)) }
    let texts = misfits.isEmpty ? others : (others + misfits).sorted { $0.row < $1.row }
    return Column(
      name: name, storage: .dense(values: takeValues(rows), others: texts), dates: best.format, declaredKind: kind,
      missingCount: rows - dates - texts.count, dateCount: dates, textCount: texts.count)
  }
}

extension Column {
  /// Whether the cells count rows or name them, each differently.
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

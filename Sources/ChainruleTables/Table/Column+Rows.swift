extension Column {
  /// Some of the cells, in the given order. If the column isn't stored, its examples still come from all rows.
  func rows(_ rows: [Int]) -> Column {
    var counts = (missing: 0, numbers: 0, dates: 0)
    for row in rows {
      if isMissing(at: row) {
        counts.missing += 1
      } else if case .discarded(let cells, _) = storage {
        if cells[row] == .number { counts.numbers += 1 }
      } else if !number(at: row).isNaN {
        counts.numbers += 1
      } else if !seconds(at: row).isNaN {
        counts.dates += 1
      }
    }
    return Column(
      name: name, storage: storage.rows(rows), dates: dates, declaredKind: declaredKind, isIndex: isIndex,
      missingCount: counts.missing, numberCount: counts.numbers, dateCount: counts.dates,
      textCount: rows.count - counts.missing - counts.numbers - counts.dates)
  }

  /// Whether a row's cell is missing.
  public func isMissing(at row: Int) -> Bool {
    checkRow(row)
    return switch storage {
    case .levels(let codes, _, _): codes[row] < 0
    case .dense(let values, let others): values[row].isNaN && Self.other(at: row, in: others) == nil
    case .discarded(let cells, _): cells[row] == .missing
    }
  }
}

extension Column.Storage {
  fileprivate func rows(_ rows: [Int]) -> Column.Storage {
    switch self {
    case .levels(let codes, let levels, let seconds):
      // The remaining levels, in the order of their first appearance.
      var newCodes = [Int32](repeating: -1, count: levels.count)
      var kept: [Int] = []
      var taken: [Int32] = []
      taken.reserveCapacity(rows.count)
      for row in rows {
        let code = codes[row]
        if code >= 0, newCodes[Int(code)] < 0 {
          newCodes[Int(code)] = Int32(truncatingIfNeeded: kept.count)
          kept.append(Int(code))
        }
        taken.append(code < 0 ? -1 : newCodes[Int(code)])
      }
      return .levels(
        codes: taken, levels: kept.map { levels[$0] }, seconds: seconds.isEmpty ? [] : kept.map { seconds[$0] })
    case .dense(let values, let others):
      var texts: [Column.OtherText] = []
      for (position, row) in rows.enumerated() where values[row].isNaN {
        if let text = Column.other(at: row, in: others) { texts.append(Column.OtherText(row: position, text: text)) }
      }
      return .dense(values: NumberBlocks(rows.map { values[$0] }), others: texts)
    case .discarded(let cells, let examples): return .discarded(cells: rows.map { cells[$0] }, examples: examples)
    }
  }
}

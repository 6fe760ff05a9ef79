import ChainruleKernels

/// One column of a table: its name and its cells, stored by type rather than as text.
///
/// A column with few different spellings stores each spelling once, and a code per row. A column with many different
/// numbers or dates stores only the numbers. A column with many different texts (names, free text) stores only some
/// examples, because a network can't learn from it.
///
/// ```swift
/// let sex = try table.column(named: "sex")
/// sex.levels?.count  // 2
/// sex[3]  // .missing
/// sex.missingCount  // 11
/// ```
public struct Column: Sendable {
  /// How the cells are stored.
  package enum Storage: Sendable {
    /// `codes[row]` is a position in `levels`, or -1 if the cell is missing. `seconds` belongs to `levels` if they're
    /// dates, and is empty otherwise.
    case levels(codes: [Int32], levels: [Level], seconds: [Double])
    /// `values[row]` is the number (for dates: seconds since 1970-01-01T00:00), or NaN if the cell is missing or is one
    /// of `others`, which are sorted by row.
    case dense(values: NumberBlocks, others: [OtherText])
    /// Too many different texts to keep: only each cell's kind and some examples are left.
    case discarded(cells: [StoredKind], examples: [String])
  }

  /// A cell of a dense column that is neither missing nor a number (or date).
  package struct OtherText: Sendable {
    package let row: Int
    package let text: String
  }

  /// The column's name: never empty, and different from all others in the table.
  public let name: String
  package let storage: Storage
  /// The column's type as declared in an ARFF file; `nil` for other files.
  public let declaredKind: DeclaredKind?
  /// The dates' format, if (nearly) all cells that aren't missing are dates of one format.
  public let dates: DateFormat?
  /// Whether the column only numbers or names the rows, as pandas and R write it: the first column, without a name.
  public internal(set) var isIndex: Bool
  /// The number of cells that are missing.
  public let missingCount: Int
  /// The number of cells that are numbers.
  public let numberCount: Int
  /// The number of cells that are dates of the format ``dates``.
  public let dateCount: Int
  /// The number of cells that are neither missing nor a number nor a date.
  public let textCount: Int

  package init(
    name: String, storage: Storage, dates: DateFormat? = nil, declaredKind: DeclaredKind? = nil, isIndex: Bool = false,
    missingCount: Int, numberCount: Int = 0, dateCount: Int = 0, textCount: Int = 0
  ) {
    self.name = name
    self.storage = storage
    self.dates = dates
    self.declaredKind = declaredKind
    self.isIndex = isIndex
    self.missingCount = missingCount
    self.numberCount = numberCount
    self.dateCount = dateCount
    self.textCount = textCount
  }

  /// The number of cells: the table's rows.
  public var count: Int {
    switch storage {
    case .levels(let codes, _, _): codes.count
    case .dense(let values, _): values.count
    case .discarded(let cells, _): cells.count
    }
  }

  /// Whether the column had too many different texts to keep its cells. Each cell's kind and some examples are kept.
  public var isDiscarded: Bool {
    if case .discarded = storage { true } else { false }
  }

  /// The different spellings, in the order of their first appearance; `nil` if there are too many.
  public var levels: [Level]? {
    if case .levels(_, let levels, _) = storage { levels } else { nil }
  }

  /// Traps unless the row exists.
  @inline(__always)
  func checkRow(_ row: Int) {
    require(
      row >= 0 && row < count, "column “\(name)”: found row \(row), expected one below \(count); rows count from 0")
  }

  /// The position in ``levels`` of a row's cell; `nil` if the cell is missing or there are no levels.
  ///
  /// - Precondition: the table has the row. This holds for all functions that take a row.
  public func code(at row: Int) -> Int? {
    checkRow(row)
    return if case .levels(let codes, _, _) = storage, codes[row] >= 0 { Int(codes[row]) } else { nil }
  }

  /// The number in a row; NaN if the cell isn't a number.
  public func number(at row: Int) -> Double {
    checkRow(row)
    return switch storage {
    case .levels(let codes, let levels, _): codes[row] < 0 ? .nan : levels[Int(codes[row])].number
    case .dense(let values, _): dates == nil ? values[row] : .nan
    case .discarded: .nan
    }
  }

  /// The date in a row, in seconds since 1970-01-01T00:00; NaN if the cell isn't a date of the format ``dates``. If all
  /// dates of the column have an offset from UTC, the seconds are in UTC, otherwise in the table's own time zone.
  public func seconds(at row: Int) -> Double {
    checkRow(row)
    if dates == nil { return .nan }
    switch storage {
    case .levels(let codes, _, let seconds): return codes[row] < 0 ? .nan : seconds[Int(codes[row])]
    case .dense(let values, _): return values[row]
    case .discarded: return .nan
    }
  }

  /// A row's cell as written in the file, without surrounding spaces and quotation marks; `nil` if it's missing.
  /// Columns with many different numbers don't keep the spelling: there it's the shortest one for the same number.
  public func text(at row: Int) -> String? {
    checkRow(row)
    switch storage {
    case .levels(let codes, let levels, _): return codes[row] < 0 ? nil : levels[Int(codes[row])].text
    case .dense(let values, let others):
      if let dates, !values[row].isNaN { return dates.text(values[row]) }
      if !values[row].isNaN { return NumberText.shortest(values[row]) }
      return Self.other(at: row, in: others)
    case .discarded: return nil
    }
  }

  /// What a row's cell holds. Dates are texts; see ``seconds(at:)``.
  public subscript(row: Int) -> Cell {
    let number = number(at: row)
    if !number.isNaN { return .number(number) }
    guard let text = text(at: row) else { return .missing }
    return .text(text)
  }

  static func other(at row: Int, in others: [OtherText]) -> String? {
    var low = 0
    var high = others.count
    while low < high {
      let middle = (low + high) / 2
      if others[middle].row < row { low = middle + 1 } else { high = middle }
    }
    return low < others.count && others[low].row == row ? others[low].text : nil
  }
}

extension Column {
  /// Up to five different texts of cells that aren't missing.
  public var examples: [String] {
    switch storage {
    case .levels(_, let levels, _): return levels.prefix(5).map { $0.text }
    case .discarded(_, let examples): return examples
    case .dense(let values, _):
      var found: [String] = []
      for row in 0..<min(values.count, 1000) where found.count < 5 {
        guard let text = text(at: row) else { continue }
        if !found.contains(where: { $0.utf8.elementsEqual(text.utf8) }) { found.append(text) }
      }
      return found
    }
  }

  /// The cells that are neither missing nor numbers nor dates: their count, and the most frequent texts.
  public func nonNumbers(limit: Int = 5) -> (count: Int, examples: [(text: String, count: Int)]) {
    var texts: [(text: String, count: Int)] = []
    switch storage {
    case .levels(let codes, let levels, let seconds):
      var counts = [Int](repeating: 0, count: levels.count)
      for code in codes where code >= 0 { counts[Int(code)] += 1 }
      for (index, level) in levels.enumerated() where level.number.isNaN && (dates == nil || seconds[index].isNaN) {
        if counts[index] > 0 { texts.append((level.text, counts[index])) }
      }
    case .dense(_, let others):
      for other in others {
        if let index = texts.firstIndex(where: { $0.text.utf8.elementsEqual(other.text.utf8) }) {
          texts[index].count += 1
        } else if texts.count < 1000 {
          texts.append((other.text, 1))
        }
      }
    case .discarded(_, let examples): texts = examples.map { (text: $0, count: 1) }
    }
    texts.sort { $0.count > $1.count }
    return (textCount, Array(texts.prefix(limit)))
  }
}

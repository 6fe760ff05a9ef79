/// Guesses a file's dialect by how well its first rows agree under each candidate.
struct DialectGuess {
  private static let separators: [UInt8] = [0x2C, 0x3B, 0x09, 0x7C, 0x20]

  private(set) var dialect = Dialect()
  private(set) var notices: [Notice] = []
  /// The rows to guess from.
  private(set) var sample: SampleRows
  /// The number of columns.
  private(set) var columnCount = 0
  /// Whether there is a separator; otherwise each line is one cell.
  private(set) var hasSeparator = true
  /// Where the rows begin, after the header.
  private(set) var start: Int
  /// Where the header begins.
  private(set) var headerStart = 0
  /// The columns' names as written; empty without a header.
  private(set) var names: [String] = []
  /// Whether the header leaves out the first column's name, as R does.
  private(set) var isFirstNameLeftOut = false
  private let options: ReadingOptions
  private let bytes: Bytes
  private let isWhole: Bool

  init(_ bytes: Bytes, isWhole: Bool, options: ReadingOptions, missing: Missing) {
    self.bytes = bytes
    self.isWhole = isWhole
    self.options = options
    start = 0
    sample = SampleRows(bytes, from: bytes.count, separator: 0x2C, quote: 0, comment: 0, isWhole: isWhole)
    let given = options.separator.map { UInt8(truncatingIfNeeded: $0.value) } ?? readSeparatorLine()
    dialect.comment = options.comment ?? (hasCommentLines ? "#" : nil)
    chooseSeparator(given)
    chooseQuote()
    if options.comment == nil, dialect.comment != nil { keepCommentedHeader() }
    columnCount = max(1, sample.mode.cellCount)
    let numbers = NumberGuess(sample, columnCount: columnCount, separator: separator, options: options)
    dialect.decimal = numbers.decimal
    dialect.thousands = numbers.thousands
    notices += numbers.notices
    chooseHeader(missing)
  }

  private var separator: UInt8 {
    hasSeparator ? UInt8(truncatingIfNeeded: dialect.separator.value) : RowLayout.never
  }
  private var quote: UInt8 { UInt8(truncatingIfNeeded: dialect.quote?.value ?? 0) }
  private var comment: UInt8 { UInt8(truncatingIfNeeded: dialect.comment?.value ?? 0) }

  private func rows(_ separator: UInt8, quote: UInt8) -> SampleRows {
    SampleRows(bytes, from: start, separator: separator, quote: quote, comment: comment, isWhole: isWhole)
  }

  /// Excel's first line, “sep=;”.
  private mutating func readSeparatorLine() -> UInt8? {
    var position = 0
    let isQuoted = bytes.first == 0x22
    if isQuoted { position = 1 }
    guard bytes.count > position + 5,
      Bytes(rebasing: bytes[position..<(position + 4)]).equalsIgnoringCase("sep=")
    else { return nil }
    let separator = bytes[position + 4]
    var end = position + 5
    if isQuoted, bytes[end] == 0x22 { end += 1 }
    guard end < bytes.count, bytes[end] == 0x0A || bytes[end] == 0x0D, separator != 0x0A, separator != 0x0D else {
      return nil
    }
    start = end + 1
    return separator
  }

  // MARK: Comments

  private var hasCommentLines: Bool {
    var position = start
    var isLineStart = true
    while position < bytes.count {
      if isLineStart, bytes[position] == 0x23 { return true }
      isLineStart = bytes[position] == 0x0A || bytes[position] == 0x0D
      position += 1
    }
    return false
  }

  /// If a single line with “#” before the first row has as many cells, it's the header.
  private mutating func keepCommentedHeader() {
    guard start < bytes.count, bytes[start] == 0x23 else { return keepOrdinaryCells() }
    let count = sample.mode.cellCount
    let all = SampleRows(bytes, from: start + 1, separator: separator, quote: quote, comment: 0, isWhole: isWhole)
    guard count > 1, all.rowCount > 1, all.cellCount(0) == count, all.offsets[1] < bytes.count,
      bytes[all.offsets[1]] != 0x23, all.mode.cellCount == count
    else { return }
    start += 1
    sample = rows(separator, quote: quote)
  }

  /// If lines with “#” further down fit the other rows, they're rows.
  private mutating func keepOrdinaryCells() {
    let all = SampleRows(bytes, from: start, separator: separator, quote: quote, comment: 0, isWhole: isWhole)
    let count = sample.mode.cellCount
    for row in 0..<all.rowCount where bytes[all.offsets[row]] == 0x23 && all.cellCount(row) == count {
      dialect.comment = nil
      sample = all
      return
    }
  }

  // MARK: Separator and quotation mark

  private mutating func chooseSeparator(_ given: UInt8?) {
    let firstQuote = UInt8(truncatingIfNeeded: (options.quote ?? "\"").value)
    dialect.quote = options.quote ?? "\""
    var best = (separator: given ?? 0x2C, score: 0.0)
    if given == nil {
      for candidate in Self.separators {
        let score = score(rows(candidate, quote: firstQuote), candidate)
        if score > best.score + 1e-9 { best = (candidate, score) }
      }
    }
    dialect.separator = Unicode.Scalar(best.separator)
    hasSeparator = given != nil || best.score > 0
    sample = rows(separator, quote: firstQuote)
  }

  /// How well rows agree: the share of those with the same number of cells, minus the cells that contain other
  /// separators.
  private func score(_ rows: SampleRows, _ separator: UInt8) -> Double {
    let (count, share) = rows.mode
    if count < 2 || share < 0.3 || separator == 0x20 && !agree(rows, count) { return 0 }
    let parsers = [NumberParser(), NumberParser(decimal: 0x2C)]
    var (impure, all) = (0, 0)
    for row in 0..<min(rows.rowCount, 200) {
      for column in 0..<rows.cellCount(row) {
        all += 1
        if rows.isQuoted(row, column) { continue }
        let cell = rows.cell(row, column)
        let holdsOther = cell.contains { byte in
          byte != separator && (byte == 0x2C || byte == 0x3B || byte == 0x09 || byte == 0x7C)
        }
        if holdsOther, parsers.allSatisfy({ $0.parse(cell).isNaN }) { impure += 1 }
      }
    }
    let purity = 1 - Double(impure) / Double(max(all, 1))
    return share * purity * (separator == 0x20 ? 0.8 : 1)
  }

  /// Whether nearly all rows below the first one have `count` cells. Spaces can also be between words.
  private func agree(_ rows: SampleRows, _ count: Int) -> Bool {
    let agreeing = (1..<max(rows.rowCount, 1)).count { rows.cellCount($0) == count }
    return agreeing * 10 >= (rows.rowCount - 1) * 9
  }

  /// Chooses single quotation marks if some cells are in them and none are in double ones.
  private mutating func chooseQuote() {
    if options.quote != nil { return }
    var (single, double, open) = (0, 0, 0)
    for row in 0..<sample.rowCount {
      for column in 0..<sample.cellCount(row) {
        if sample.isQuoted(row, column) {
          double += 1
          continue
        }
        let cell = sample.cell(row, column)
        guard cell.first == 0x27 else { continue }
        if cell.count > 1, cell.last == 0x27 { single += 1 } else { open += 1 }
      }
    }
    if double > 0 || single + open == 0 { return }
    let other = rows(separator, quote: 0x27)
    if (single > 1 && open == 0) || (open > 1 && other.mode.share > sample.mode.share) {
      dialect.quote = "'"
      sample = other
    }
  }

  // MARK: Header

  private mutating func chooseHeader(_ missing: Missing) {
    if sample.rowCount == 0 { return }
    let parser = NumberParser(
      decimal: UInt8(truncatingIfNeeded: dialect.decimal.value),
      thousands: UInt8(truncatingIfNeeded: dialect.thousands?.value ?? 0))
    let guess = HeaderGuess(sample, columnCount: columnCount, parser: parser, missing: missing)
    let first = (0..<sample.cellCount(0)).map { firstCell($0) }
    headerStart = sample.offsets[0]
    if options.hasHeader == nil, guess.isCountingLine {
      notices.append(.countingLine(first.joined(by: 0x2C)))
      dialect.hasHeader = false
      skipFirstRow()
      return
    }
    dialect.hasHeader = options.hasHeader ?? guess.isHeader
    if !dialect.hasHeader {
      if options.hasHeader == nil { notices.append(.noHeader(firstRow: Array(first.prefix(5)))) }
      start = sample.offsets[0]
      return
    }
    names = first
    // Without rows below, or if all of them have too many cells, the header determines the number of columns.
    if sample.rowCount == 1 { columnCount = names.count }
    if names.count == columnCount - 1, sample.rowCount > 1 {
      let hasEnds = (1..<sample.rowCount).allSatisfy { row in
        sample.cellCount(row) < columnCount || sample.cell(row, columnCount - 1).isEmpty
      }
      if hasEnds {
        columnCount -= 1
      } else {
        isFirstNameLeftOut = true
        names.insert("", at: 0)
      }
    }
    skipFirstRow()
  }

  /// A cell of the first row, with doubled quotation marks replaced by single ones.
  private func firstCell(_ column: Int) -> String {
    let cell = sample.cell(0, column)
    if !sample.isQuoted(0, column) { return cell.string }
    var letters: [UInt8] = []
    var index = 0
    while index < cell.count {
      letters.append(cell[index])
      index += cell[index] == quote && index + 1 < cell.count && cell[index + 1] == quote ? 2 : 1
    }
    return String(decoding: letters, as: UTF8.self)
  }

  private mutating func skipFirstRow() {
    start = sample.rowCount > 1 ? sample.offsets[1] : sample.end
  }
}

extension [String] {
  /// The texts, joined with a byte between them.
  fileprivate func joined(by separator: UInt8) -> String {
    var bytes: [UInt8] = []
    for (index, text) in enumerated() {
      if index > 0 { bytes.append(separator) }
      bytes.append(contentsOf: text.utf8)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Guesses whether the first row has names, by comparing each of its cells with those below.
struct HeaderGuess {
  private(set) var isHeader = true
  /// Whether the first row has the numbers of rows and columns and then class names, as in scikit-learn's files.
  private(set) var isCountingLine = false

  private enum Kind {
    case missing
    case number
    case date
    case text
  }

  init(_ sample: SampleRows, columnCount: Int, parser: NumberParser, missing: Missing) {
    let width = sample.cellCount(0)
    func kind(_ cell: Bytes) -> Kind {
      if missing.contains(cell) { return .missing }
      if !parser.parse(cell).isNaN { return .number }
      if let unit = Unit(in: cell), let bare = unit.stripped(cell), !parser.parse(bare).isNaN { return .number }
      return DateScan(cell) != nil ? .date : .text
    }
    let first = (0..<width).map { kind(sample.cell(0, $0)) }
    if sample.rowCount == 1 {
      isHeader = first.contains { $0 == .text } || first.allSatisfy { $0 == .missing }
      return
    }
    let offset = width == columnCount - 1 ? 1 : 0
    // R puts all names in quotation marks, but no numbers.
    let isQuoted = (0..<width).allSatisfy { sample.isQuoted(0, $0) || $0 == 0 && sample.cell(0, 0).isEmpty }
    var (names, values) = (0, 0)
    var numericColumns = 0
    for column in 0..<width {
      let below = Below(sample, column + offset, kind)
      if below.numbers { numericColumns += 1 }
      if isQuoted, below.isBare, first[column] != .missing {
        names += 1
        continue
      }
      switch first[column] {
      case .text:
        if below.numbers || below.dates {
          names += 1
        } else if below.contains(sample.cell(0, column)) {
          values += 1
        } else if below.repeats {
          names += 1
        }
      case .number: if below.numbers { values += 1 }
      case .date: if below.dates { values += 1 }
      case .missing: break
      }
    }
    isCountingLine = Self.counts(sample, first, parser, isNumeric: numericColumns == width && width == columnCount)
    isHeader =
      values <= names || Self.isSequence(sample, first, parser)
      || Self.isAboveIndex(sample, first, columnCount: columnCount, parser)

    struct Below {
      /// Whether there are cells, none of them in quotation marks.
      var isBare = false
      var numbers = false
      var dates = false
      var repeats = false
      private var texts: [Bytes] = []

      init(_ sample: SampleRows, _ column: Int, _ kind: (Bytes) -> Kind) {
        var (present, quoted, numeric, dated) = (0, 0, 0, 0)
        for row in 1..<sample.rowCount where column < sample.cellCount(row) {
          let cell = sample.cell(row, column)
          let kind = kind(cell)
          if kind == .missing { continue }
          present += 1
          if sample.isQuoted(row, column) { quoted += 1 }
          if kind == .number { numeric += 1 }
          if kind == .date { dated += 1 }
          if kind == .text, texts.count < 50, !contains(cell) { texts.append(cell) }
        }
        isBare = present > 0 && quoted == 0
        numbers = present > 0 && numeric * 10 >= present * 8
        dates = present > 0 && dated * 10 >= present * 8
        repeats = present > 1 && texts.count * 2 <= present - numeric - dated
      }

      func contains(_ cell: Bytes) -> Bool { texts.contains { $0.equals(cell) } }
    }
  }

  /// Whether there is an empty cell above 0, 1, 2 and so on, or above 1, 2, 3, as in the row numbers that pandas
  /// writes.
  private static func isAboveIndex(
    _ sample: SampleRows, _ first: [Kind], columnCount: Int, _ parser: NumberParser
  ) -> Bool {
    guard first.count > 1, first.count == columnCount, sample.cell(0, 0).isEmpty, sample.rowCount > 2,
      first.dropFirst().allSatisfy({ $0 != .missing })
    else { return false }
    let start = parser.parse(sample.cell(1, 0))
    guard start == 0 || start == 1 else { return false }
    return (2..<sample.rowCount).allSatisfy { parser.parse(sample.cell($0, 0)) == start + Double($0 - 1) }
  }

  /// Whether the first row's numbers go up in equal steps, and so are names: years, or the positions 1, 2, 3 and so on.
  private static func isSequence(_ sample: SampleRows, _ first: [Kind], _ parser: NumberParser) -> Bool {
    var numbers: [Double] = []
    for column in first.indices where first[column] == .number { numbers.append(parser.parse(sample.cell(0, column))) }
    if numbers.count < 3 || sample.cellCount(0) - numbers.count > 4 { return false }
    let step = numbers[1] - numbers[0]
    if step != 1, step != 5, step != 10 { return false }
    for index in numbers.indices.dropFirst() where numbers[index] - numbers[index - 1] != step { return false }
    // If the rows below have the same steps, it's an ordinary row.
    for column in first.indices where first[column] == .number {
      if column == 0 { continue }
      if column >= sample.cellCount(1) { return true }
      if parser.parse(sample.cell(1, column)) - parser.parse(sample.cell(1, column - 1)) != step { return true }
    }
    return false
  }

  private static func counts(_ sample: SampleRows, _ first: [Kind], _ parser: NumberParser, isNumeric: Bool) -> Bool {
    guard isNumeric, first.count >= 3, first[0] == .number, first[1] == .number,
      first[2...].allSatisfy({ $0 == .text })
    else { return false }
    let (rows, columns) = (parser.parse(sample.cell(0, 0)), parser.parse(sample.cell(0, 1)))
    let seen = Double(sample.rowCount - 1)
    return columns >= 1 && columns < Double(sample.mode.cellCount) && (rows == seen || rows >= seen && seen >= 999)
  }
}

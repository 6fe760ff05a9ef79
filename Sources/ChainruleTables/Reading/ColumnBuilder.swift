/// Builds a column, cell by cell.
///
/// It starts with a code for each spelling. When there are too many spellings, it decides whether the column holds
/// numbers, dates or texts, and stores only that.
struct ColumnBuilder {
  enum Mode: UInt8 {
    case codes
    case numbers
    case dates
    case discarded
  }

  /// Up to this number of spellings, a column is stored by spelling.
  static let fewLevels = 256
  /// With more spellings than this, a column of texts isn't stored.
  static let mostLevels = 65_536

  private(set) var mode = Mode.codes
  let keepsTexts: Bool
  private(set) var codes = RowBlocks<Int32>()
  private(set) var values = RowBlocks<Double>()
  /// The rest of each ``StoredDate``, besides its seconds.
  private(set) var tags = RowBlocks<UInt16>()
  private(set) var kinds = RowBlocks<StoredKind>()
  private(set) var levels = LevelTable()
  private(set) var others: [Column.OtherText] = []
  private(set) var unit: Unit?
  private var nextDecision: Int
  /// Some texts of a column that isn't stored.
  private(set) var examples: [String] = []

  init(keepsTexts: Bool) {
    self.keepsTexts = keepsTexts
    nextDecision = keepsTexts ? Int.max : Self.fewLevels
  }

  /// The memory that the column uses.
  var memory: Int {
    codes.capacity * 4 + values.capacity * 8 + tags.capacity * 2 + kinds.capacity + levels.memory + others.count * 48
  }

  /// Makes room for more rows.
  mutating func grow() {
    switch mode {
    case .codes: codes.grow()
    case .numbers: values.grow()
    case .dates:
      values.grow()
      tags.grow()
    case .discarded: kinds.grow()
    }
  }

  /// Moves the numbers out.
  mutating func takeValues(_ count: Int) -> NumberBlocks {
    let taken = NumberBlocks(values, count: count)
    values = RowBlocks()
    return taken
  }

  /// Frees all memory.
  mutating func free() {
    codes.free()
    values.free()
    tags.free()
    kinds.free()
  }

  /// Stores the number of a row, in a column of numbers.
  @inline(__always)
  func set(_ number: Double, row: Int) { values.current[row] = number }

  /// Stores a cell, trimmed and without quotation marks. The same row may be stored again, with the same cell.
  @inline(__always)
  mutating func add(_ start: UnsafePointer<UInt8>, _ length: Int, row: Int, _ context: CellContext) {
    if mode == .codes {
      let index = levels.find(start, length)
      if index >= 0 {
        codes.current[row] = levels.code(ofEntry: index)
        return
      }
    }
    addUncommon(start, length, row: row, context)
  }

  @inline(never)
  private mutating func addUncommon(_ start: UnsafePointer<UInt8>, _ length: Int, row: Int, _ context: CellContext) {
    let cell = Bytes(start: start, count: length)
    switch mode {
    case .codes:
      let isMissing = context.missing.contains(cell)
      let number = isMissing ? Double.nan : context.parser.parse(cell)
      let index = levels.insert(start, length, number: number, isMissing: isMissing)
      codes.current[row] = levels.code(ofEntry: index)
      if Int(levels.codeCount) > nextDecision {
        decide(rows: row + 1, countCodes(rows: row + 1), context)
      }
    case .numbers: addNumber(cell, row: row, context)
    case .dates: addDate(cell, row: row, context)
    case .discarded: kinds.current[row] = kind(of: cell, context)
    }
  }

  private func kind(of cell: Bytes, _ context: CellContext) -> StoredKind {
    if context.missing.contains(cell) { return .missing }
    return context.parser.parse(cell).isNaN ? .text : .number
  }

  private mutating func addNumber(_ cell: Bytes, row: Int, _ context: CellContext) {
    if cell.isEmpty {
      values.current[row] = .nan
      return
    }
    var number = context.parser.parse(cell)
    if number.isNaN, let bare = unit?.stripped(cell) { number = context.parser.parse(bare) }
    values.current[row] = number
    if !number.isNaN || context.missing.contains(cell) { return }
    add(other: cell, row: row)
    if others.count > 1000, others.count * 2 > row { returnToCodes(rows: row + 1, context) }
  }

  private mutating func addDate(_ cell: Bytes, row: Int, _ context: CellContext) {
    if let date = DateScan(cell).map({ StoredDate($0) }), !date.seconds.isNaN {
      values.current[row] = date.seconds
      tags.current[row] = date.tag
      return
    }
    values.current[row] = .nan
    if !context.missing.contains(cell) { add(other: cell, row: row) }
  }

  private mutating func add(other cell: Bytes, row: Int) {
    if let last = others.last, last.row == row { others.removeLast() }
    others.append(Column.OtherText(row: row, text: cell.string))
  }

  // MARK: What the column holds

  /// How often each code occurs, and how many cells are missing.
  func countCodes(rows: Int) -> (counts: [Int], missing: Int) {
    var counts = [Int](repeating: 0, count: Int(levels.codeCount))
    var missing = 0
    codes.forEachBlock(below: rows) { _, block in
      for code in block {
        if code < 0 { missing += 1 } else { counts[Int(code)] += 1 }
      }
    }
    return (counts, missing)
  }

  /// Decides what the column holds, from the cells so far. It's called again at the end of the table.
  mutating func decide(rows: Int, _ counted: (counts: [Int], missing: Int), _ context: CellContext) {
    let (counts, missing) = counted
    let present = rows - missing
    var numbers = 0
    for code in counts.indices where !levels.number(code: code).isNaN { numbers += counts[code] }
    let isLast = Int(levels.codeCount) > Self.mostLevels
    let enough = isLast ? present / 2 : present - present / 5
    if numbers >= enough { return becomeNumbers(rows: rows) }
    if adoptUnit(counts, atLeast: enough, context) { return becomeNumbers(rows: rows) }
    var guess = DateGuess()
    for code in counts.indices { levels.withBytes(code: code) { guess.add($0, count: counts[code]) } }
    if guess.best.count >= enough { return becomeDates(rows: rows) }
    if isLast { return discard(rows: rows) }
    nextDecision = nextDecision < 4096 ? 4096 : Self.mostLevels
  }

  /// Reads cells such as “5%” as numbers, if (nearly) all have the same unit.
  mutating func adoptUnit(_ counts: [Int], atLeast enough: Int, _ context: CellContext) -> Bool {
    guard let first = counts.indices.first(where: { counts[$0] > 0 && levels.number(code: $0).isNaN }),
      let unit = levels.withBytes(code: first, { Unit(in: $0) })
    else { return false }
    var numbers = [Double](repeating: .nan, count: counts.count)
    var matching = 0
    for code in counts.indices {
      numbers[code] = levels.withBytes(code: code) { cell in
        guard let bare = unit.stripped(cell) else { return .nan }
        return context.parser.parse(bare)
      }
      if !numbers[code].isNaN { matching += counts[code] }
    }
    if matching < max(enough, 1) { return false }
    self.unit = unit
    for code in counts.indices where !numbers[code].isNaN { levels.setNumber(numbers[code], code: code) }
    return true
  }

  private mutating func becomeNumbers(rows: Int) {
    let numbers = (0..<Int(levels.codeCount)).map { levels.number(code: $0) }
    becomeDense(rows: rows, numbers)
    endCodes()
    mode = .numbers
  }

  private mutating func becomeDates(rows: Int) {
    let dates = (0..<Int(levels.codeCount)).map { code in
      levels.withBytes(code: code) { DateScan($0) }.map { StoredDate($0) } ?? StoredDate(seconds: .nan, tag: 0)
    }
    becomeDense(rows: rows, dates.map { $0.seconds })
    while tags.capacity < codes.capacity { tags.grow() }
    codes.forEachBlock(below: rows) { start, block in
      for (offset, code) in block.enumerated() where code >= 0 { tags.set(dates[Int(code)].tag, row: start + offset) }
    }
    endCodes()
    mode = .dates
  }

  /// Switches to storing each row's number. Other texts are stored as exceptions.
  private mutating func becomeDense(rows: Int, _ numbers: [Double]) {
    while values.capacity < codes.capacity { values.grow() }
    codes.forEachBlock(below: rows) { start, block in
      for (offset, code) in block.enumerated() {
        let number = code < 0 ? .nan : numbers[Int(code)]
        values.set(number, row: start + offset)
        if code >= 0, number.isNaN {
          others.append(Column.OtherText(row: start + offset, text: levels.text(code: Int(code))))
        }
      }
    }
  }

  private mutating func endCodes() {
    codes.free()
    levels = LevelTable()
  }

  /// Switches back to codes, if a column that began with numbers turns out to hold texts.
  private mutating func returnToCodes(rows: Int, _ context: CellContext) {
    let (numbers, texts, capacity) = (values.array(rows), others, values.capacity)
    values.free()
    others = []
    unit = nil
    mode = .codes
    nextDecision = Self.mostLevels
    while codes.capacity < capacity { codes.grow() }
    var next = 0
    for row in 0..<rows {
      var text = numbers[row].isNaN ? "" : NumberText.shortest(numbers[row])
      if next < texts.count, texts[next].row == row {
        text = texts[next].text
        next += 1
      }
      codes.set(code(of: text, number: numbers[row]), row: row)
    }
    if Int(levels.codeCount) > Self.mostLevels { discard(rows: rows) }
  }

  private mutating func code(of text: String, number: Double) -> Int32 {
    // Eight bytes must be readable.
    var padded = text
    padded.append("\0\0\0\0\0\0\0\0")
    let length = text.utf8.count
    let index = padded.withUTF8 { bytes in
      let known = levels.find(bytes.baseAddress!, length)
      return known >= 0 ? known : levels.insert(bytes.baseAddress!, length, number: number, isMissing: length == 0)
    }
    return levels.code(ofEntry: index)
  }

  private mutating func discard(rows: Int) {
    for code in 0..<min(5, Int(levels.codeCount)) { examples.append(levels.text(code: code)) }
    while kinds.capacity < codes.capacity { kinds.grow() }
    codes.forEachBlock(below: rows) { start, block in
      for (offset, code) in block.enumerated() {
        let kind: StoredKind = code < 0 ? .missing : levels.number(code: Int(code)).isNaN ? .text : .number
        kinds.set(kind, row: start + offset)
      }
    }
    endCodes()
    mode = .discarded
  }
}

import ChainruleKernels

/// Reads a table: bytes become text, text becomes rows, rows become columns.
final class TableReading {
  private let name: String
  private let options: ReadingOptions
  private let missing: Missing
  private let buffer = ByteBuffer()
  private var decoder: TextDecoder
  private var rows: RowReader?
  private var columns: UnsafeMutableBufferPointer<ColumnBuilder>
  private var names = ColumnNames()
  private var kinds: [DeclaredKind] = []
  private var dialect = Dialect()
  private var hasSeparator = true
  private var notices: [Notice] = []
  private var tens: UnsafeMutablePointer<Double>
  /// The number of bytes in the buffer at which the next attempt is worthwhile.
  private var enough = TableReading.sampleBytes
  private var isEnded = false

  /// The number of bytes from which to guess the dialect.
  private static let sampleBytes = 256 << 10
  private static let mostSampleBytes = 8 << 20
  private static let chunk = 256 << 10
  private static let mostColumns = 1 << 20

  init(name: String, options: ReadingOptions) {
    self.name = name
    self.options = options
    missing = Missing(additional: options.missingWords)
    decoder = TextDecoder(buffer: buffer, encoding: options.textEncoding)
    columns = UnsafeMutableBufferPointer(start: nil, count: 0)
    tens = .allocate(capacity: 23)
    for (index, ten) in Decimal().tens.enumerated() { tens[index] = ten }
  }

  deinit {
    for index in columns.indices { columns[index].free() }
    columns.baseAddress?.deinitialize(count: columns.count)
    columns.deallocate()
    tens.deallocate()
  }

  var header: [String]? { rows == nil ? nil : names.all }
  var rowsRead: Int { rows?.row ?? 0 }

  func read(_ bytes: UnsafeRawBufferPointer) throws(TableError) {
    require(!isEnded, "this TableReader has finished or failed; make another one for more bytes")
    isEnded = true
    var rest = bytes
    while !rest.isEmpty {
      let part = min(rest.count, Self.chunk)
      do throws(TextFault) {
        try decoder.read(UnsafeRawBufferPointer(rebasing: rest[..<part]))
      } catch {
        throw fault(error)
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[part...])
      if buffer.count < enough { continue }
      if rows == nil {
        guard buffer.count >= Self.mostSampleBytes || hasSample else {
          enough = buffer.count * 2
          continue
        }
        try start(isWhole: false)
      }
      try readRows(isLast: false)
    }
    isEnded = false
  }

  func finish() throws(TableError) -> Table {
    require(!isEnded, "this TableReader has finished or failed, and can't finish again")
    isEnded = true
    do throws(TextFault) {
      try decoder.finish()
    } catch {
      throw fault(error)
    }
    if rows == nil { try start(isWhole: true) }
    try readRows(isLast: true)
    return table()
  }

  private func fault(_ fault: TextFault) -> TableError {
    let line = (rows?.line ?? 1) + Self.lineEnds(Bytes(rebasing: buffer.bytes[..<fault.position]))
    guard let byte = fault.byte else { return TableError(.invalidText(decoder.encoding), table: name, line: line) }
    return TableError(.notText(byte: byte), table: name, line: line)
  }

  // MARK: The beginning

  /// Whether the buffer holds enough rows to guess from.
  private var hasSample: Bool {
    if ARFFHeader.begins(buffer.bytes) { return ARFFHeader(buffer.bytes).dataStart != nil }
    var count = 0
    for byte in buffer.bytes where byte == 0x0A || byte == 0x0D {
      count += 1
      if count > 20 { return true }
    }
    return false
  }

  private func start(isWhole: Bool) throws(TableError) {
    if let problem = options.fault { throw TableError(.badOption(problem), table: name) }
    if isWhole, let last = buffer.bytes.last, last != 0x0A, last != 0x0D { buffer.append(0x0A) }
    guard buffer.bytes.contains(where: { $0 > 0x20 }) else {
      if isWhole { throw TableError(.empty, table: name) }
      throw TableError(.cellTooLarge(limit: options.maxCellBytes, isQuoted: false), table: name, line: 1)
    }
    var begin: Int
    if ARFFHeader.begins(buffer.bytes) { begin = try startARFF() } else { begin = try startPlain(isWhole: isWhole) }
    dialect.textEncoding = decoder.encoding
    if names.all.count > Self.mostColumns {
      throw TableError(.tooManyColumns(limit: Self.mostColumns), table: name, line: 1)
    }

    columns = .allocate(capacity: names.all.count)
    for (index, name) in names.all.enumerated() {
      let keeps = options.keptColumns.contains { $0.utf8.elementsEqual(name.utf8) }
      (columns.baseAddress! + index).initialize(
        to: ColumnBuilder(keepsTexts: keeps || kinds.dropFirst(index).first == .nominal))
    }
    let parser = NumberParser(
      decimal: UInt8(truncatingIfNeeded: dialect.decimal.value),
      thousands: UInt8(truncatingIfNeeded: dialect.thousands?.value ?? 0))
    var rows = RowReader(
      layout: RowLayout(dialect, columnCount: names.all.count, hasSeparator: hasSeparator),
      columns: columns.baseAddress!,
      context: CellContext(parser: parser, missing: missing), tens: tens, options: options)
    let skipped = Bytes(rebasing: buffer.bytes[..<begin])
    rows.line = 1 + Self.lineEnds(skipped)
    rows.commentCount =
      dialect.comment.map { Self.lines(skipped, beginningWith: UInt8(truncatingIfNeeded: $0.value)) } ?? 0
    self.rows = rows
    take(begin)
  }

  private func startPlain(isWhole: Bool) throws(TableError) -> Int {
    let guess = DialectGuess(buffer.bytes, isWhole: isWhole, options: options, missing: missing)
    dialect = guess.dialect
    hasSeparator = guess.hasSeparator
    notices = guess.notices
    if dialect.hasHeader, guess.names.count != guess.columnCount, !guess.names.isEmpty {
      // Extra names can be just separators at the end.
      let extra = guess.names.dropFirst(guess.columnCount)
      if guess.names.count < guess.columnCount || extra.contains(where: { !$0.utf8.isEmpty }) {
        throw TableError(
          .raggedRows(count: 1, lines: [], found: guess.names.count, expected: guess.columnCount), table: name,
          line: 1 + Self.lineEnds(Bytes(rebasing: buffer.bytes[..<guess.headerStart])))
      }
    }
    names = ColumnNames(guess.names, count: guess.columnCount, hasHeader: dialect.hasHeader)
    notices += names.notices
    return guess.start
  }

  private func startARFF() throws(TableError) -> Int {
    let header = ARFFHeader(buffer.bytes)
    if let fault = header.fault { throw TableError(.badDeclaration(fault.text), table: name, line: fault.line) }
    guard let begin = header.dataStart, !header.names.isEmpty else {
      throw TableError(.badDeclaration("@data"), table: name)
    }
    dialect.isARFF = true
    dialect.comment = "%"
    kinds = header.kinds
    names = ColumnNames(header.names, count: header.names.count, hasHeader: true)
    notices += names.notices
    return begin
  }

  // MARK: Rows

  private func readRows(isLast: Bool) throws(TableError) {
    if isLast, let last = buffer.bytes.last, last != 0x0A, last != 0x0D { buffer.append(0x0A) }
    var limit = buffer.count
    while limit > 0, buffer.base[limit - 1] != 0x0A, buffer.base[limit - 1] != 0x0D { limit -= 1 }
    var position = UnsafePointer(buffer.base)
    let end = position + limit
    reading: while true {
      let (next, stop) = rows!.read(position, end)
      position = next
      switch stop {
      case .end: break reading
      case .full: try grow()
      case .sparse(let line): throw TableError(.sparseARFF, table: name, line: line)
      case .cellTooLarge(let line, let isQuoted):
        throw TableError(.cellTooLarge(limit: options.maxCellBytes, isQuoted: isQuoted), table: name, line: line)
      case .openQuote(let line, let length):
        if isLast { throw TableError(.unclosedQuote, table: name, line: line) }
        if length > options.maxCellBytes {
          throw TableError(.cellTooLarge(limit: options.maxCellBytes, isQuoted: true), table: name, line: line)
        }
        break reading
      }
    }
    take(position - UnsafePointer(buffer.base))
    try check(isLast: isLast)
    enough = buffer.count * 2 + (64 << 10)
  }

  private func check(isLast: Bool) throws(TableError) {
    let ragged = rows!.ragged
    if ragged.count >= RaggedRows.most || (isLast && ragged.count > 0) {
      throw TableError(
        .raggedRows(count: ragged.count, lines: ragged.lines, found: ragged.found, expected: ragged.expected),
        table: name,
        line: ragged.count == 1 ? ragged.lines[0] : nil)
    }
    if buffer.count > options.maxCellBytes {
      let recent = buffer.bytes.suffix(options.maxCellBytes)
      let layout = rows!.layout
      if !recent.contains(where: { $0 == layout.separator || $0 == 0x0A || $0 == 0x0D || $0 == layout.quote }) {
        throw TableError(.cellTooLarge(limit: options.maxCellBytes, isQuoted: false), table: name, line: rows!.line)
      }
    }
    try checkMemory()
  }

  private func checkMemory() throws(TableError) {
    var memory = buffer.memory
    for index in columns.indices { memory += columns[index].memory }
    if memory > options.memoryLimit {
      throw TableError(.memoryLimit(options.memoryLimit, rows: rows?.row ?? 0), table: name)
    }
  }

  private func grow() throws(TableError) {
    try checkMemory()
    let size = RowBlocks<Int32>.size(blockCount)
    for index in columns.indices { columns[index].grow() }
    blockCount += 1
    rows!.capacity += size
  }

  private var blockCount = 0

  private func take(_ count: Int) {
    buffer.removeFirst(count)
    decoder.removedFirst(count)
  }

  static func lineEnds(_ bytes: Bytes) -> Int {
    var count = 0
    for index in bytes.indices {
      if bytes[index] == 0x0A || (bytes[index] == 0x0D && (index + 1 == bytes.count || bytes[index + 1] != 0x0A)) {
        count += 1
      }
    }
    return count
  }

  private static func lines(_ bytes: Bytes, beginningWith first: UInt8) -> Int {
    var count = 0
    for index in bytes.indices where bytes[index] == first {
      if index == 0 || bytes[index - 1] == 0x0A || bytes[index - 1] == 0x0D { count += 1 }
    }
    return count
  }

  // MARK: The end

  private func table() -> Table {
    let rows = rows!
    dialect.textEncoding = decoder.encoding
    if decoder.isGuess { notices.insert(.encodingGuessed(decoder.encoding), at: 0) }
    if rows.commentCount > 0, !dialect.isARFF { notices.append(.commentLines(count: rows.commentCount)) }
    if rows.shortRows.count > 0 {
      notices.append(.shortRows(count: rows.shortRows.count, firstLine: rows.shortRows.firstLine))
    }
    var finished: [Column] = []
    for index in columns.indices {
      let isNameless = names.isNameless(index)
      let column = columns[index].finish(
        name: names.all[index], rows: rows.row, isUnnamedFirst: index == 0 && isNameless && dialect.hasHeader,
        kind: kinds.dropFirst(index).first, rows.context, &notices)
      if isNameless, dialect.hasHeader, index > 0, column.missingCount == column.count, index == columns.count - 1 {
        notices.removeAll { notice in
          if case .unnamedColumn(let name) = notice { name.utf8.elementsEqual(column.name.utf8) } else { false }
        }
        notices.append(.emptyColumnDropped(position: index + 1))
      } else {
        finished.append(column)
      }
    }
    return Table(
      name: name, columns: finished, rowCount: rows.row, dialect: dialect, notices: notices, lines: rows.lines)
  }
}

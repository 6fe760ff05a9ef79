/// Splits whole rows into cells, and passes them to the columns. This is the only code that looks at single bytes.
struct RowReader {
  /// Why the reader stopped.
  enum Stop {
    /// No bytes are left, except those of an incomplete row.
    case end
    /// A quoted cell that opens on this line isn't complete.
    case openQuote(line: Int, length: Int)
    case cellTooLarge(line: Int, isQuoted: Bool)
    case sparse(line: Int)
    /// There is no room for another row.
    case full
  }

  let layout: RowLayout
  let columns: UnsafeMutablePointer<ColumnBuilder>
  let context: CellContext
  let tens: UnsafePointer<Double>
  let maxCellBytes: Int
  let fillsShortRows: Bool

  /// The number of the next row, and the number of rows for which there is room.
  var row = 0
  var capacity = 0
  /// The line at which the next row starts.
  var line = 1
  var lines = LineMap()
  var commentCount = 0
  /// Rows with too many or too few cells.
  var ragged = RaggedRows()
  var shortRows = (count: 0, firstLine: 0)
  private var endedWithReturn = false
  private var scratch: [UInt8] = []

  init(
    layout: RowLayout, columns: UnsafeMutablePointer<ColumnBuilder>, context: CellContext, tens: UnsafePointer<Double>,
    options: ReadingOptions
  ) {
    self.layout = layout
    self.columns = columns
    self.context = context
    self.tens = tens
    maxCellBytes = min(options.maxCellBytes, Int(Int32.max))
    fillsShortRows = options.fillsShortRows
  }

  /// Reads rows from `start` up to `limit`, which is after a line end. Sixteen bytes after `limit` must be readable.
  ///
  /// - Returns: where the first row that wasn't read begins, and why.
  mutating func read(_ start: UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>) -> (UnsafePointer<UInt8>, Stop) {
    let layout = layout
    let separator = layout.separator
    let isSpaces = layout.isSpaces
    var position = start
    while position < limit {
      let first = position.pointee
      if first == 0x0A || first == 0x0D {
        passLineEnd(&position, limit)
        continue
      }
      endedWithReturn = false
      if first <= 0x20 || first == layout.comment || first == 0x7B, passUncommonLine(&position, limit) { continue }
      if layout.escapes, first == 0x7B { return (position, .sparse(line: line)) }
      if row == capacity { return (position, .full) }

      let rowStart = position
      let rowLine = line
      var column = 0
      var overflow = 0
      if isSpaces { position = Self.skipSpaces(position) }
      cells: while true {
        if column < layout.columnCount, columns[column].mode == .numbers, readNumber(&position, column) {
          column &+= 1
          if position.pointee == separator {
            position += 1
            if isSpaces, endsAfterSpaces(&position) { break cells }
            continue
          }
          break cells
        }
        switch readCell(&position, limit, column, &overflow) {
        case .cell: column += 1
        case .openQuote(let length):
          let opened = line
          line = rowLine
          return (rowStart, .openQuote(line: opened, length: length))
        case .tooLarge(let isQuoted): return (rowStart, .cellTooLarge(line: line, isQuoted: isQuoted))
        }
        let end = position.pointee
        if end == 0x0A || end == 0x0D { break }
        position += 1
        if isSpaces, endsAfterSpaces(&position) { break }
      }
      endRow(cells: column, overflow: overflow, line: rowLine)
      passLineEnd(&position, limit)
    }
    return (position, .end)
  }

  private mutating func endRow(cells: Int, overflow: Int, line rowLine: Int) {
    let expected = layout.columnCount
    if cells < expected {
      guard fillsShortRows else { return ragged.add(line: rowLine, found: cells, expected: expected) }
      if shortRows.count == 0 { shortRows.firstLine = rowLine }
      shortRows.count += 1
      withUnsafePointer(to: (UInt64(0), UInt64(0))) { empty in
        let bytes = UnsafeRawPointer(empty).assumingMemoryBound(to: UInt8.self)
        for column in cells..<expected { columns[column].add(bytes, 0, row: row, context) }
      }
    } else if overflow > 0 {
      return ragged.add(line: rowLine, found: cells, expected: expected)
    }
    lines.add(row: row, line: rowLine)
    row &+= 1
  }

  // MARK: Lines

  /// Skips the end of a line: LF, CR, or CR and LF, even if the two come in different calls.
  @inline(__always)
  private mutating func passLineEnd(_ position: inout UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>) {
    if position.pointee == 0x0D {
      position += 1
      line &+= 1
      endedWithReturn = true
    } else {
      if endedWithReturn { endedWithReturn = false } else { line &+= 1 }
      position += 1
    }
  }

  /// Skips a blank line or a comment, if there is one.
  private mutating func passUncommonLine(_ position: inout UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>) -> Bool
  {
    var end = position
    while end.pointee == 0x20 || (end.pointee == 0x09 && layout.separator != 0x09) { end += 1 }
    let isComment = end.pointee == layout.comment
    if isComment {
      while end.pointee != 0x0A, end.pointee != 0x0D { end += 1 }
      commentCount += 1
    } else if end.pointee != 0x0A, end.pointee != 0x0D {
      return false
    }
    position = end
    passLineEnd(&position, limit)
    return true
  }

  @inline(__always)
  private static func skipSpaces(_ position: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
    var position = position
    while position.pointee == 0x20 || position.pointee == 0x09 { position += 1 }
    return position
  }

  /// Skips further spaces after a separator. Returns true if the row ends there.
  @inline(__always)
  private func endsAfterSpaces(_ position: inout UnsafePointer<UInt8>) -> Bool {
    position = Self.skipSpaces(position)
    return position.pointee == 0x0A || position.pointee == 0x0D
  }

  // MARK: Numbers

  /// Reads a plain number, up to the end of its cell, into a column of numbers. Doesn't read anything else.
  @inline(__always)
  private func readNumber(_ position: inout UnsafePointer<UInt8>, _ column: Int) -> Bool {
    var end = position
    while end.pointee == 0x20 { end += 1 }
    let isNegative = end.pointee == 0x2D
    if isNegative { end += 1 }
    let start = end
    var mantissa: UInt64 = 0
    var digit = end.pointee &- 0x30
    while digit < 10 {
      mantissa = mantissa &* 10 &+ UInt64(digit)
      end += 1
      digit = end.pointee &- 0x30
    }
    let whole = end - start
    var fraction = 0
    if end.pointee == layout.decimal {
      end += 1
      let point = end
      while let eight = Self.eightDigits(end) {
        mantissa = mantissa &* 100_000_000 &+ eight
        end += 8
      }
      digit = end.pointee &- 0x30
      while digit < 10 {
        mantissa = mantissa &* 10 &+ UInt64(digit)
        end += 1
        digit = end.pointee &- 0x30
      }
      fraction = end - point
    } else if whole > 1, start.pointee == 0x30 {
      return false
    }
    let last = end.pointee
    guard last == layout.separator || last == 0x0A || last == 0x0D, whole &+ fraction &- 1 < 19, whole &+ fraction > 0
    else {
      return false
    }
    let size =
      mantissa <= 1 << 53 && fraction <= 22
      ? Double(mantissa) / tens[fraction] : context.parser.conversion.value(mantissa, exponent: -fraction)
    columns[column].set(isNegative ? -size : size, row: row)
    position = end
    return true
  }

  /// The number in the next eight bytes, which must be digits, with three multiplications.
  @inline(__always)
  private static func eightDigits(_ start: UnsafePointer<UInt8>) -> UInt64? {
    let word = UInt64(littleEndian: UnsafeRawPointer(start).loadUnaligned(as: UInt64.self))
    let high: UInt64 = 0xF0F0_F0F0_F0F0_F0F0
    guard word & high == 0x3030_3030_3030_3030, (word &+ 0x0606_0606_0606_0606) & high == 0x3030_3030_3030_3030 else {
      return nil
    }
    let pairs = ((word & 0x0F0F_0F0F_0F0F_0F0F) &* 2561) >> 8
    let fours = ((pairs & 0x00FF_00FF_00FF_00FF) &* 6_553_601) >> 16
    return ((fours & 0x0000_FFFF_0000_FFFF) &* 42_949_672_960_001) >> 32
  }

  // MARK: Cells

  private enum CellEnd {
    case cell
    case openQuote(length: Int)
    case tooLarge(isQuoted: Bool)
  }

  /// Reads any cell, and leaves `position` at the separator or line end after it.
  @inline(__always)
  private mutating func readCell(
    _ position: inout UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>, _ column: Int, _ overflow: inout Int
  ) -> CellEnd {
    var start = position
    while start.pointee == 0x20 || (start.pointee == 0x09 && layout.separator != 0x09) { start += 1 }
    if start.pointee == layout.quote || start.pointee == layout.otherQuote {
      return readQuoted(start, &position, limit, column, &overflow)
    }
    let end = findEnd(start)
    position = end
    if end - start > maxCellBytes { return .tooLarge(isQuoted: false) }
    var last = end
    while last > start, last[-1] == 0x20 || last[-1] == 0x09 { last -= 1 }
    store(start, last - start, column, &overflow)
    return .cell
  }

  @inline(__always)
  private mutating func store(_ start: UnsafePointer<UInt8>, _ length: Int, _ column: Int, _ overflow: inout Int) {
    if column < layout.columnCount {
      columns[column].add(start, length, row: row, context)
    } else if length > 0 {
      overflow += 1
    }
  }

  /// The end of a cell without quotation marks. Looks at eight bytes at a time.
  @inline(__always)
  private func findEnd(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
    var end = start
    if layout.isSpaces {
      while end.pointee != 0x20, end.pointee != 0x09, end.pointee != 0x0A, end.pointee != 0x0D { end += 1 }
      return end
    }
    while true {
      let word = UInt64(littleEndian: UnsafeRawPointer(end).loadUnaligned(as: UInt64.self))
      let found = Self.matches(word, layout.separator) | Self.matches(word, 0x0A) | Self.matches(word, 0x0D)
      if found != 0 { return end + found.trailingZeroBitCount / 8 }
      end += 8
    }
  }

  /// Whether one of the next eight bytes is special in quotation marks.
  @inline(__always)
  private func holdsSpecial(_ start: UnsafePointer<UInt8>, _ quote: UInt8) -> Bool {
    let word = UInt64(littleEndian: UnsafeRawPointer(start).loadUnaligned(as: UInt64.self))
    return (Self.matches(word, quote) | Self.matches(word, 0x0A) | Self.matches(word, 0x0D) | Self.matches(word, 0x5C))
      != 0
  }

  /// Sets the highest bit of each byte that equals `byte`. Only the lowest such bit is reliable, because a zero borrows
  /// from the next byte.
  @inline(__always)
  private static func matches(_ word: UInt64, _ byte: UInt8) -> UInt64 {
    let difference = word ^ 0x0101_0101_0101_0101 &* UInt64(byte)
    return (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
  }

  @inline(never)
  private mutating func readQuoted(
    _ opening: UnsafePointer<UInt8>, _ position: inout UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>,
    _ column: Int, _ overflow: inout Int
  ) -> CellEnd {
    let quote = opening.pointee
    let start = opening + 1
    var end = start
    var lineEnds = 0
    var isPlain = true
    while true {
      while end < limit, !holdsSpecial(end, quote) { end += 8 }
      if end >= limit { return .openQuote(length: limit - start) }
      let byte = end.pointee
      if byte == quote {
        if end[1] != quote || end + 1 >= limit { break }
        isPlain = false
        end += 2
      } else if byte == 0x5C, layout.escapes {
        isPlain = false
        end += 2
      } else {
        if byte == 0x0A || (byte == 0x0D && end[1] != 0x0A) { lineEnds += 1 }
        end += 1
      }
    }
    if end - start > maxCellBytes { return .tooLarge(isQuoted: true) }
    // Text after the closing mark belongs to the cell, unless it's spaces.
    let tail = end + 1
    position = findEnd(tail)
    var last = position
    while last > tail, last[-1] == 0x20 || last[-1] == 0x09 { last -= 1 }
    line += lineEnds
    if isPlain, last == tail {
      let cell = Bytes(start: start, count: end - start).trimmed
      store(cell.baseAddress ?? start, cell.count, column, &overflow)
    } else {
      storeUnescaped(start, end, tail, last, quote, column, &overflow)
    }
    return .cell
  }

  /// Removes doubled quotation marks and backslashes from a cell.
  private mutating func storeUnescaped(
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ tail: UnsafePointer<UInt8>,
    _ last: UnsafePointer<UInt8>,
    _ quote: UInt8, _ column: Int, _ overflow: inout Int
  ) {
    scratch.removeAll(keepingCapacity: true)
    var from = start
    while from < end {
      if from.pointee == quote || (from.pointee == 0x5C && layout.escapes) { from += 1 }
      scratch.append(from.pointee)
      from += 1
    }
    scratch.append(contentsOf: UnsafeBufferPointer(start: tail, count: last - tail))
    let length = scratch.count
    for _ in 0..<8 { scratch.append(0) }
    let cell = scratch
    cell.withUnsafeBufferPointer { buffer in
      let trimmed = Bytes(rebasing: buffer[..<length]).trimmed
      store(trimmed.baseAddress ?? buffer.baseAddress!, trimmed.count, column, &overflow)
    }
  }
}

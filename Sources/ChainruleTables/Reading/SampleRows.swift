/// The first rows of a file, split with one separator and one quotation mark, to see how well they agree.
struct SampleRows {
  struct SampleCell {
    let start: Int
    let end: Int
    let isQuoted: Bool
  }

  static let mostRows = 1000

  private let bytes: Bytes
  private(set) var cells: [SampleCell] = []
  /// Where each row begins in `cells`; one more at the end.
  private(set) var rowStarts: [Int] = [0]
  /// Where each row begins in the bytes.
  private(set) var offsets: [Int] = []

  /// Where the last row ends.
  private(set) var end: Int

  var rowCount: Int { offsets.count }

  func cellCount(_ row: Int) -> Int { rowStarts[row + 1] - rowStarts[row] }

  /// A cell's bytes without surrounding spaces and quotation marks.
  func cell(_ row: Int, _ column: Int) -> Bytes {
    let cell = cells[rowStarts[row] + column]
    return Bytes(rebasing: bytes[cell.start..<cell.end]).trimmed
  }

  func isQuoted(_ row: Int, _ column: Int) -> Bool { cells[rowStarts[row] + column].isQuoted }

  /// Splits bytes into rows. A last row without a line end is left out unless `isWhole`.
  init(_ bytes: Bytes, from start: Int, separator: UInt8, quote: UInt8, comment: UInt8, isWhole: Bool) {
    self.bytes = bytes
    end = start
    var position = start
    while position < bytes.count, rowCount < Self.mostRows {
      let first = bytes[position]
      if first == 0x0A || first == 0x0D {
        position += 1
        continue
      }
      if comment != 0, first == comment || isComment(position, comment) {
        while position < bytes.count, bytes[position] != 0x0A, bytes[position] != 0x0D { position += 1 }
        continue
      }
      let begin = cells.count
      guard let end = takeRow(position, separator, quote, isWhole: isWhole) else {
        cells.removeSubrange(begin...)
        break
      }
      let isBlank = cells.count == begin + 1 && !cells[begin].isQuoted && cell(at: begin).isEmpty
      if isBlank {
        cells.removeSubrange(begin...)
      } else {
        offsets.append(position)
        rowStarts.append(cells.count)
      }
      position = end
      self.end = end
    }
  }

  private func cell(at index: Int) -> Bytes { Bytes(rebasing: bytes[cells[index].start..<cells[index].end]).trimmed }

  private func isComment(_ start: Int, _ comment: UInt8) -> Bool {
    var position = start
    while position < bytes.count, bytes[position] == 0x20 { position += 1 }
    return position < bytes.count && bytes[position] == comment
  }

  /// Splits one row, and returns where it ends; `nil` if its end isn't there yet.
  private mutating func takeRow(_ start: Int, _ separator: UInt8, _ quote: UInt8, isWhole: Bool) -> Int? {
    let spaces = separator == 0x20
    var position = start
    func isSeparator(_ byte: UInt8) -> Bool { byte == separator || spaces && byte == 0x09 }
    func isEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
    if spaces { while position < bytes.count, isSeparator(bytes[position]) { position += 1 } }
    while true {
      var first = position
      while first < bytes.count, bytes[first] == 0x20 || bytes[first] == 0x09, !isSeparator(bytes[first]) { first += 1 }
      var isQuoted = false
      var cellStart = position
      var cellEnd = position
      if quote != 0, first < bytes.count, bytes[first] == quote {
        isQuoted = true
        cellStart = first + 1
        position = cellStart
        while position < bytes.count {
          if bytes[position] != quote {
            position += 1
          } else if position + 1 < bytes.count, bytes[position + 1] == quote {
            position += 2
          } else {
            break
          }
        }
        if position >= bytes.count { return nil }
        cellEnd = position
        position += 1
      }
      let rest = position
      while position < bytes.count, !isSeparator(bytes[position]), !isEnd(bytes[position]) { position += 1 }
      if position == bytes.count, !isWhole { return nil }
      if !isQuoted { cellEnd = position }
      if isQuoted, !Bytes(rebasing: bytes[rest..<position]).trimmed.isEmpty { (cellStart, cellEnd) = (first, position) }
      cells.append(SampleCell(start: cellStart, end: cellEnd, isQuoted: isQuoted))
      if position == bytes.count { return position }
      if isEnd(bytes[position]) { return position + 1 }
      position += 1
      if spaces {
        while position < bytes.count, isSeparator(bytes[position]) { position += 1 }
        if position < bytes.count, isEnd(bytes[position]) { return position + 1 }
        if position == bytes.count { return isWhole ? position : nil }
      }
    }
  }

  /// The number of cells that most rows have, without a nameless empty one at the end, and the share of those rows.
  var mode: (cellCount: Int, share: Double) {
    var counts: [Int] = []
    for row in 0..<rowCount {
      let count = cellCount(row)
      while counts.count <= count { counts.append(0) }
      counts[count] += 1
    }
    var best = 0
    for count in counts.indices where counts[count] > 0 && counts[count] >= counts[best] { best = count }
    return (best, rowCount == 0 ? 0 : Double(counts[best]) / Double(rowCount))
  }
}

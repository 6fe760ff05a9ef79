import SwiftCSV

/// The records of a text of comma-separated values. The one place that knows the package which takes the text apart.
///
/// The package does not say where a mistake stands, forgets an empty last cell at the end of the text, fills up short
/// rows and does not mind a quotation mark that never closes. So the text gets a last record of our own, which must
/// come out as it went in, and the rows are counted here.
struct CSVText {
  /// One record and the line on which it starts, counted from 1.
  struct Record {
    let cells: [String]
    let line: Int

    var isBlank: Bool { cells.count == 1 && cells[0].isEmpty }
  }

  /// Records until the end of the text or its first mistake, without blank lines.
  private(set) var records: [Record] = []
  /// The mistake, if there is one, and the line on which its record starts.
  private(set) var mistake: (problem: TableError.Problem, line: Int)?

  private static let end = "\u{1F}end of the table\u{1F}"

  /// Takes apart the text, whose cells are separated by commas, semicolons or tabs, as its first line shows.
  init(_ text: String) {
    var found: [Record] = []
    var line = 1
    do {
      let csv = try CSV<Enumerated>(
        string: text + "\n" + Self.end + "\n", delimiter: CSVDelimiter.guessed(string: text), loadColumns: false,
        rowLimit: 0)
      try csv.enumerateAsArray(startAt: 0, rowLimit: nil) { cells in
        found.append(Record(cells: cells.map(Self.trimmed), line: line))
        line += 1 + cells.reduce(0) { $0 + Self.lineBreaks(in: $1) }
      }
      let last = found.removeLast()
      if last.cells != [Self.trimmed(Self.end)] { mistake = (.unclosedQuote, last.line) }
    } catch {
      mistake = (.strayQuote, line)
    }
    records = found.filter { !$0.isBlank }
  }

  private static func trimmed(_ cell: String) -> String {
    func isSpace(_ byte: UInt8?) -> Bool { byte == 0x20 || byte == 0x09 }
    guard isSpace(cell.utf8.first) || isSpace(cell.utf8.last) else { return cell }
    var rest = Substring(cell)
    while isSpace(rest.utf8.first) { rest.removeFirst() }
    while isSpace(rest.utf8.last) { rest.removeLast() }
    return String(rest)
  }

  private static func lineBreaks(in cell: String) -> Int {
    guard cell.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) else { return 0 }
    return cell.count { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
  }
}

/// Writes lines of comma-separated values.
enum CSVLine {
  /// The line for these cells. Cells that would be misread are put in quotation marks.
  static func text(_ cells: [String]) -> String {
    cells.map(quoted).joined(separator: ",") + "\n"
  }

  private static func quoted(_ cell: String) -> String {
    let space = UInt8(ascii: " ")
    var needsQuotes = cell.utf8.first == space || cell.utf8.last == space
    for byte in cell.utf8 {
      switch byte {
      case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "\""), UInt8(ascii: "\r"),
        UInt8(ascii: "\n"):
        needsQuotes = true
      default: break
      }
    }
    if !needsQuotes { return cell }
    let parts = cell.split(separator: "\"", omittingEmptySubsequences: false)
    return "\"" + parts.joined(separator: "\"\"") + "\""
  }
}

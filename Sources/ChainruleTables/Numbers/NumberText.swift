/// Writes numbers.
enum NumberText {
  /// The shortest text that reads as the same number: “2.5”, “3”, “1e-07”.
  static func shortest(_ number: Double) -> String {
    let text = number.description
    let bytes = text.utf8
    if bytes.count > 2, bytes.suffix(2).elementsEqual(".0".utf8) { return String(Substring(bytes.dropLast(2))) }
    return text
  }
}

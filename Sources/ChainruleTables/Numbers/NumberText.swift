/// Writes numbers.
enum NumberText {
  /// The shortest text that reads as the same number: “2.5”, “3”, “1e-07”.
  static func shortest(_ number: Double) -> String {
    let text = number.description
    let bytes = text.utf8
    if bytes.count > 2, bytes.suffix(2).elementsEqual(".0".utf8) { return String(Substring(bytes.dropLast(2))) }
    return text
  }

  /// A whole number in decimal digits.
  static func whole(_ number: Int) -> String {
    var digits: [UInt8] = []
    var rest = number.magnitude
    repeat {
      digits.append(0x30 + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    if number < 0 { digits.append(0x2D) }
    digits.reverse()
    return String(decoding: digits, as: UTF8.self)
  }
}

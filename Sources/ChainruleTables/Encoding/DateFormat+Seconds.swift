extension DateFormat {
  /// The date that a text stands for, in seconds since 1970; NaN if it's none of this format.
  func seconds(of text: String) -> Double {
    var copy = text
    return copy.withUTF8 { bytes in DateScan(bytes.trimmed)?.seconds(order) ?? .nan }
  }
}

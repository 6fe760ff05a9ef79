extension DateFormat {
  /// The date in a text, in seconds since 1970; NaN if it isn't a date of this format. If the text has an offset from
  /// UTC, the seconds are in UTC.
  func seconds(of text: String) -> Double {
    var copy = text
    let format = DateFormat(order: order, hasTime: hasTime, isUTC: true)
    return copy.withUTF8 { bytes in DateScan(bytes.trimmed)?.seconds(format) ?? .nan }
  }
}

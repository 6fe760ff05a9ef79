/// The special bytes for splitting rows into cells.
struct RowLayout {
  /// A byte that never occurs in UTF-8.
  static let never: UInt8 = 0xFF

  let separator: UInt8
  let decimal: UInt8
  let quote: UInt8
  /// A second quotation mark: ARFF has two.
  let otherQuote: UInt8
  let comment: UInt8
  /// Whether a backslash escapes the next character in quotation marks.
  let escapes: Bool
  let columnCount: Int

  /// Whether any number of spaces and tabs is one separator.
  var isSpaces: Bool { separator == 0x20 }

  init(_ dialect: Dialect, columnCount: Int, hasSeparator: Bool) {
    func byte(_ scalar: Unicode.Scalar?) -> UInt8 { scalar.map { UInt8(truncatingIfNeeded: $0.value) } ?? Self.never }
    separator = hasSeparator ? byte(dialect.separator) : Self.never
    // Then numbers with a decimal comma are in quotation marks.
    decimal = hasSeparator && dialect.decimal == dialect.separator ? Self.never : byte(dialect.decimal)
    quote = byte(dialect.quote)
    otherQuote = dialect.isARFF ? 0x27 : byte(dialect.quote)
    comment = byte(dialect.comment)
    escapes = dialect.isARFF
    self.columnCount = columnCount
  }
}

/// What one cell of a table holds.
///
/// Literals make cells, so a row can be written as a dictionary:
///
/// ```swift
/// let row: [String: Cell] = ["island": "Biscoe", "bill_length_mm": 39.1, "sex": nil]
/// ```
public enum Cell: Sendable {
  /// A missing value: an empty cell, or a word such as “NA”.
  case missing
  /// A finite number.
  case number(Double)
  /// Any other text: a category, a date, free text.
  case text(String)
}

extension Cell: ExpressibleByStringLiteral, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByNilLiteral
{
  /// A cell from text, as the reader would read it: "3.5" becomes a number and "NA" a missing value.
  public init(stringLiteral value: String) { self = Cell(value) }
  /// A number.
  public init(floatLiteral value: Double) { self = Cell(value) }
  /// A number.
  public init(integerLiteral value: Int) { self = Cell(Double(value)) }
  /// The text "true" or "false".
  public init(booleanLiteral value: Bool) { self = Cell(value) }
  /// A missing value.
  public init(nilLiteral: ()) { self = .missing }

  /// A number, or a missing value if it isn't finite.
  public init(_ number: Double) { self = number.isFinite ? .number(number) : .missing }
  /// A cell from text, as the reader would read it with a decimal point: a number, a missing value, or the text without
  /// surrounding spaces.
  public init(_ text: String) {
    var copy = text
    self = copy.withUTF8 { bytes in
      let trimmed = bytes.trimmed
      if Missing.standard.contains(trimmed) { return .missing }
      let parser = NumberParser()
      let number = parser.parse(trimmed)
      return number.isNaN ? .text(trimmed.string) : .number(number)
    }
  }
  /// The text "true" or "false".
  public init(_ bool: Bool) { self = .text(bool ? "true" : "false") }
}

#if !hasFeature(Embedded)
  extension Cell: Equatable {}
#endif

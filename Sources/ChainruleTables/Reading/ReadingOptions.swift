/// Settings for reading a file. The reader guesses those that are `nil`.
///
/// ```swift
/// var options = ReadingOptions()
/// options.separator = ";"
/// options.missingWords = ["unknown"]
/// let table = try Table(csv: text, options: options)
/// ```
public struct ReadingOptions: Sendable {
  /// The separator between two cells; `nil` to guess. A space means any number of spaces.
  public var separator: Unicode.Scalar?
  /// The decimal separator, “.” or “,”; `nil` to guess.
  public var decimal: Unicode.Scalar?
  /// The thousands separator; `nil` to guess.
  public var thousands: Unicode.Scalar?
  /// The quotation mark around cells; `nil` to guess.
  public var quote: Unicode.Scalar?
  /// The character that begins comment lines; `nil` to guess.
  public var comment: Unicode.Scalar?
  /// Whether the first row has names; `nil` to guess.
  public var hasHeader: Bool?
  /// The text's encoding; `nil` to guess.
  public var textEncoding: TextEncoding?
  /// Words that mean a missing value, in addition to the standard ones (empty, NA, N/A, NaN, null, ?, - and so on).
  /// Case is ignored.
  public var missingWords: [String] = []
  /// Columns whose texts are all kept, however many different ones there are.
  public var keptColumns: [String] = []
  /// Whether to accept rows with fewer cells than columns, and treat the rest as missing, instead of refusing them.
  public var fillsShortRows = false
  /// The largest cell, in bytes. A larger one usually means a quotation mark that never closes.
  public var maxCellBytes = 1 << 20
  /// The most memory that the cells can use, in bytes.
  public var memoryLimit = Int(clamping: Int64(4) << 30)

  /// Guesses everything.
  public init() {}

  /// Why the options are invalid; `nil` if they're valid.
  var fault: String? {
    var used: [UInt32] = []
    for scalar in [separator, decimal, quote, comment] {
      guard let scalar else { continue }
      if scalar.value == 0 || scalar.value >= 0x80 || scalar.value == 0x0A || scalar.value == 0x0D {
        return "a separator, decimal point, quotation mark or comment sign must be one ASCII character"
      }
      if used.contains(scalar.value) {
        return "the separator, the decimal point, the quotation mark and the comment sign must be different characters"
      }
      used.append(scalar.value)
    }
    return nil
  }
}

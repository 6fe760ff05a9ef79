/// What a person says about a file, where the reader would guess otherwise.
///
/// ```swift
/// var options = ReadingOptions()
/// options.separator = ";"
/// options.missingWords = ["unknown"]
/// let table = try Table(csv: text, options: options)
/// ```
public struct ReadingOptions: Sendable {
  /// What stands between two cells; `nil`: found out. A space stands for any number of spaces.
  public var separator: Unicode.Scalar?
  /// What stands between whole and fraction, “.” or “,”; `nil`: found out.
  public var decimal: Unicode.Scalar?
  /// What stands between groups of three digits; `nil`: found out.
  public var thousands: Unicode.Scalar?
  /// What stands around cells; `nil`: found out.
  public var quote: Unicode.Scalar?
  /// What begins a line that isn't part of the table; `nil`: found out.
  public var comment: Unicode.Scalar?
  /// Whether the first row holds names; `nil`: found out.
  public var hasHeader: Bool?
  /// The text's encoding; `nil`: found out.
  public var textEncoding: TextEncoding?
  /// Words that mean a missing value, in addition to the standard ones (empty, NA, N/A, NaN, null, ?, - and so on).
  /// Upper and lower case are the same.
  public var missingWords: [String] = []
  /// Columns of which every cell's text is kept, however many different ones there are.
  public var keptColumns: [String] = []
  /// Whether rows with fewer cells than there are columns are taken, their other cells missing, instead of refused.
  public var fillsShortRows = false
  /// The largest cell, in bytes. A larger one mostly means a quotation mark that never closes.
  public var maxCellBytes = 1 << 20
  /// How much memory the cells may take, in bytes.
  public var memoryLimit = Int(clamping: Int64(4) << 30)

  /// Guesses everything.
  public init() {}

  /// Why the options can't be followed; `nil` if they can.
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

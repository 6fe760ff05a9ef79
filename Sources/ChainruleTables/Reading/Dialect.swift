/// The encoding of a file's text.
public enum TextEncoding: UInt8, Sendable, Equatable, CaseIterable {
  /// UTF-8, which includes ASCII.
  case utf8
  /// UTF-16 with the lower byte first.
  case utf16LittleEndian
  /// UTF-16 with the higher byte first.
  case utf16BigEndian
  /// Windows-1252, which includes the letters of Latin-1 (ISO 8859-1).
  case windows1252

  /// The encoding's usual name.
  public var name: String {
    switch self {
    case .utf8: "UTF-8"
    case .utf16LittleEndian: "UTF-16 (little endian)"
    case .utf16BigEndian: "UTF-16 (big endian)"
    case .windows1252: "Latin-1 (Windows-1252)"
    }
  }
}

/// How a file writes its table: the separator, the form of numbers, whether the first row has names.
public struct Dialect: Sendable, Equatable {
  /// The separator between two cells. A space means any number of spaces.
  public var separator: Unicode.Scalar = ","
  /// The decimal separator.
  public var decimal: Unicode.Scalar = "."
  /// The thousands separator, if any.
  public var thousands: Unicode.Scalar?
  /// The quotation mark around cells with separators or line ends, if any.
  public var quote: Unicode.Scalar? = "\""
  /// The character that begins comment lines, if any.
  public var comment: Unicode.Scalar?
  /// Whether the first row has the columns' names.
  public var hasHeader = true
  /// The encoding of the text.
  public var textEncoding = TextEncoding.utf8
  /// Whether the file is in Weka's ARFF format.
  public var isARFF = false

  /// Comma-separated values with a header, in UTF-8.
  public init() {}
}

#if !hasFeature(Embedded)
  extension Dialect: CustomStringConvertible {
    /// One line: “semicolon-separated, decimal comma, with a header, UTF-8”.
    public var description: String {
      var parts = [isARFF ? "ARFF" : separatorName + "-separated"]
      if decimal == "," { parts.append("decimal comma") }
      if let thousands { parts.append("“\(thousands)” between thousands") }
      if quote == "'" { parts.append("single quotation marks") }
      if let comment { parts.append("comments after “\(comment)”") }
      if !isARFF { parts.append(hasHeader ? "with a header" : "without a header") }
      parts.append(textEncoding.name)
      return parts.joined(separator: ", ")
    }

    private var separatorName: String {
      switch separator {
      case ",": "comma"
      case ";": "semicolon"
      case "\t": "tab"
      case " ": "space"
      default: "“\(separator)”"
      }
    }
  }
#endif

import ArgumentParser
import ChainruleTables
import Foundation

/// A table's dialect, if the guess is wrong.
struct ReadingArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Between cells: comma, semicolon, tab, pipe, space, or the character itself.", valueName: "mark"),
    transform: ReadingArguments.separator)
  var separator: Unicode.Scalar?

  @Option(help: ArgumentHelp("Decimal mark: point or comma.", valueName: "mark"), transform: ReadingArguments.decimal)
  var decimal: Unicode.Scalar?

  @Option(
    help: ArgumentHelp(
      "Between thousands: comma, point, space, apostrophe, or the character itself.", valueName: "mark"),
    transform: ReadingArguments.mark)
  var thousands: Unicode.Scalar?

  @Option(
    help: ArgumentHelp("Text encoding: utf-8, utf-16, utf-16be or latin-1.", valueName: "encoding"),
    transform: ReadingArguments.encoding)
  var encoding: TextEncoding?

  @Flag(inversion: .prefixedNo, help: "Whether the first row holds the columns' names.")
  var header: Bool?

  @Option(
    help: ArgumentHelp("Skip lines that begin with this character.", valueName: "mark"),
    transform: ReadingArguments.mark)
  var comment: Unicode.Scalar?

  @Option(
    help: ArgumentHelp(
      "More words for a missing value, separated by commas, besides NA, N/A, NaN, null, ?, - and empty cells.",
      valueName: "words"))
  var missing: [String] = []

  @Flag(help: "Accept rows with too few cells; the other cells count as missing.")
  var fillShortRows = false

  /// The options for the reader.
  var options: ReadingOptions {
    var options = ReadingOptions()
    options.separator = separator
    options.decimal = decimal
    options.thousands = thousands
    options.textEncoding = encoding
    options.hasHeader = header
    options.comment = comment
    options.fillsShortRows = fillShortRows
    options.missingWords = missing.flatMap { $0.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } }
    return options
  }

  private static let names: [(name: String, mark: Unicode.Scalar)] = [
    ("comma", ","), ("semicolon", ";"), ("tab", "\t"), ("\\t", "\t"), ("pipe", "|"), ("space", " "), ("point", "."),
    ("dot", "."), ("colon", ":"), ("apostrophe", "'"), ("underscore", "_"), ("hash", "#"), ("percent", "%"),
  ]

  private static func mark(_ text: String) throws -> Unicode.Scalar {
    if let named = names.first(where: { $0.name == text.lowercased() }) { return named.mark }
    guard text.unicodeScalars.count == 1, let mark = text.unicodeScalars.first else {
      throw ValidationError("expected one character, or its name: \(names.map(\.name).joined(separator: ", "))")
    }
    return mark
  }

  private static func separator(_ text: String) throws -> Unicode.Scalar {
    let mark = try mark(text)
    if "\"'\r\n".unicodeScalars.contains(mark) { throw ValidationError("this character can't separate cells") }
    return mark
  }

  private static func decimal(_ text: String) throws -> Unicode.Scalar {
    guard let mark = try? mark(text), mark == "." || mark == "," else {
      throw ValidationError("expected point or comma")
    }
    return mark
  }

  private static func encoding(_ text: String) throws -> TextEncoding {
    switch text.lowercased() {
    case "utf-8", "utf8", "ascii": return .utf8
    case "utf-16", "utf16", "utf-16le": return .utf16LittleEndian
    case "utf-16be": return .utf16BigEndian
    case "latin-1", "latin1", "iso-8859-1", "windows-1252", "cp1252": return .windows1252
    default: throw ValidationError("expected utf-8, utf-16, utf-16be or latin-1")
    }
  }
}

import Chainrule
import Foundation

/// Formats numbers and texts for people.
enum TextFormat {
  /// Four significant digits; a dash if it isn't finite.
  static func number(_ value: Double) -> String { value.isFinite ? String(format: "%.4g", value) : "–" }

  /// A number that may be missing.
  static func number(_ value: Double?) -> String { value.map(number) ?? "–" }

  /// A part of 1, in per cent.
  static func percent(_ value: Double) -> String { value.isFinite ? String(format: "%.1f %%", 100 * value) : "–" }

  /// A whole number with commas between thousands.
  static func grouped(_ number: Int) -> String {
    let digits = String(number.magnitude)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0 && (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return (number < 0 ? "-" : "") + text
  }

  /// “1 row”, “2 rows”.
  static func count(_ number: Int, _ noun: String, plural: String? = nil) -> String {
    "\(grouped(number)) \(number == 1 ? noun : plural ?? noun + "s")"
  }

  /// The text in one line: characters that would break the line or control a terminal become blanks.
  static func printable(_ text: String) -> String {
    let scalars = text.unicodeScalars.map { scalar -> Unicode.Scalar in
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: " "
      case .format where scalar != "\u{200D}": " "
      default: scalar
      }
    }
    return String(String.UnicodeScalarView(scalars))
  }

  /// A cell or name for a message, in one line and shortened.
  static func short(_ text: String, _ length: Int = 40) -> String {
    let line = printable(text)
    return line.count <= length ? line : line.prefix(length - 1) + "…"
  }

  /// A list of names, shortened if it's long.
  static func list(_ names: [String], limit: Int = 8) -> String {
    let shown = names.prefix(limit).map { $0.contains(",") && !$0.hasPrefix("“") ? "“\(short($0))”" : short($0) }
    let more = names.count - shown.count
    return shown.joined(separator: ", ") + (more > 0 ? " and \(grouped(more)) more" : "")
  }

  /// Rows of cells in columns: the first column aligned left, the others right.
  static func aligned(_ grid: [[String]]) -> String {
    columns(grid) { column, text, width in
      let blanks = String(repeating: " ", count: max(0, width - text.count))
      return column == 0 ? text + blanks : blanks + text
    }
  }

  /// Rows of cells in columns, all aligned left.
  static func leftAligned(_ grid: [[String]]) -> String {
    columns(grid) { _, text, width in text + String(repeating: " ", count: max(0, width - text.count)) }
  }

  private static func columns(_ grid: [[String]], pad: (Int, String, Int) -> String) -> String {
    let count = grid.map(\.count).max() ?? 0
    let grid = grid.map { $0.map(printable) }
    let widths = (0..<count).map { column in grid.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0 }
    return grid.map { row in
      let line = row.enumerated().map { pad($0.offset, $0.element, widths[$0.offset]) }.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
    }.joined()
  }

  /// A schema as it's typed: “4, 100 relu, 3 softmax”.
  static func schema(_ schema: Schema) -> String {
    let layers = schema.layers.map { layer in
      let activation = layer.activation == .linear ? "" : " " + layer.activation.name
      return switch layer.kind {
      case .dense: "\(layer.perceptrons)\(activation)"
      case .batchNormalization: "batchnorm\(activation)"
      case .layerNormalization: "layernorm\(activation)"
      case .dropout(let rate): "dropout \(rate)"
      }
    }
    return (["\(schema.inputs)"] + layers).joined(separator: ", ")
  }

  /// An argument as it's typed in a shell.
  static func shellQuoted(_ argument: String) -> String {
    let isPlain =
      !argument.isEmpty
      && argument.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: byte >= 0x80 || "-_./,:=+@%".utf8.contains(byte)
        }
      }
    return isPlain ? argument : "'" + argument.replacing("'", with: "'\\''") + "'"
  }
}

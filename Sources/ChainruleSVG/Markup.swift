import ChainruleFigures
import ChainruleKernels

/// Text and numbers for a document.
enum Markup {
  /// The text with XML's special characters as entities. Characters that XML can't contain, such as control characters,
  /// become the replacement character.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\t", "\n", "\r": result += " "
      case "\u{0}"..<" ", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A number with at most `decimals` decimals, without trailing zeros, and never with an exponent.
  static func number(_ value: Float, decimals: Int = 2) -> String {
    require(value.magnitude < 1e9, "found \(value) in a drawing; expected a finite number below a billion")
    var scale = 1
    for _ in 0..<decimals { scale *= 10 }
    let rounded = Int((Double(value.magnitude) * Double(scale)).rounded())
    var text = "\(rounded / scale)"
    if rounded % scale > 0 {
      let digits = "\(scale + rounded % scale)".dropFirst()
      text += "." + digits.prefix(digits.count - digits.reversed().prefix { $0 == "0" }.count)
    }
    return value < 0 && rounded > 0 ? "-" + text : text
  }

  /// A point.
  static func pair(_ point: Point) -> String { "\(number(point.x)) \(number(point.y))" }
}

import Foundation
import Testing

extension Chainrule.Result {
  /// The numbers at the end of the report's line that starts with `name`.
  func numbers(_ name: String) -> [Double] {
    guard let line = output.split(separator: "\n").first(where: { $0.hasPrefix(name + " ") }) else { return [] }
    return line.dropFirst(name.count).split(separator: " ").compactMap { Double($0.replacing(",", with: "")) }
  }

  /// The report of `--json`.
  var json: [String: Any] {
    get throws { try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]) }
  }

  /// The lines of the output.
  var lines: [Substring] { output.split(separator: "\n") }
}

/// Tables to learn from.
enum Sample {
  /// A number that depends on two others, in `rows` rows: y = 2a − b + 5.
  static func numbers(rows: Int = 120, separator: String = ",", decimal: String = ".") -> String {
    let lines = (0..<rows).map { row in
      let a = Double(row % 11) / 4
      let b = Double(row * 7 % 13) / 2
      return [a, b, 2 * a - b + 5].map { "\($0)".replacing(".", with: decimal) }.joined(separator: separator)
    }
    return ["a", "b", "y"].joined(separator: separator) + "\n" + lines.joined(separator: "\n") + "\n"
  }

  /// Two kinds of trees by height and colour, in `rows` rows.
  static func trees(rows: Int = 120, labels: (String, String) = ("ash", "oak")) -> String {
    let lines = (0..<rows).map { row in
      let isOak = row % 2 == 1
      return
        "\(Double(row % 10) + (isOak ? 20 : 0)),\(["red", "green", "blue"][row % 3]),\(isOak ? labels.1 : labels.0)"
    }
    return "height,colour,kind\n" + lines.joined(separator: "\n") + "\n"
  }
}

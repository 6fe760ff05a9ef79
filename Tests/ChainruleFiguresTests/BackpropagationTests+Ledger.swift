import ChainruleFigures
import Testing

/// Reads the ledger from the words that describe it.
extension BackpropagationTests {
  /// The number of calculations in a step, according to the words.
  func total(_ figure: any Figure) throws -> Int {
    try #require(Int(figure.words.firstMatch(of: /calculation \d+ of (\d+)\./)!.1))
  }

  /// A number as the figure writes it.
  func number(_ text: some StringProtocol) throws -> Double {
    var text = String(text).replacing("−", with: "-")
    var power = 0.0
    if let found = text.firstMatch(of: /·10⁻(.+)$/) {
      let digits = "⁰¹²³⁴⁵⁶⁷⁸⁹".map { String($0) }
      power = try found.1.reduce(0.0) { try 10 * $0 + Double(#require(digits.firstIndex(of: String($1)))) }
      text = text.replacing(found.0, with: "")
    }
    var result = try #require(Double(text), "“\(text)” is no number")
    for _ in 0..<Int(power) { result /= 10 }
    return result
  }

  /// A line of the ledger: its name, the numbers and signs in the middle, and the result.
  struct Row {
    let name: String
    let middle: [Substring]
    let result: Double
  }

  func rows(_ figure: any Figure) throws -> [Row] {
    let product = /^(.+?) = (−?[\d.]+(?:·10⁻\S+)?) (×|\+|−|− [\d.]+ ×) (−?[\d.]+(?:·10⁻\S+)?) = (−?[\d.]+(?:·10⁻\S+)?)$/
    let single = /^(.+) = (−?[\d.]+(?:·10⁻\S+)?)$/
    return try figure.words.split(separator: ". ").compactMap { line in
      if let found = line.wholeMatch(of: product) {
        let middle = [found.2] + found.3.split(separator: " ") + [found.4]
        return Row(name: String(found.1), middle: middle, result: try number(found.5))
      }
      guard let found = line.wholeMatch(of: single) else { return nil }
      return Row(name: String(found.1), middle: [], result: try number(found.2))
    }
  }

  /// The result of a line's numbers, if it has any.
  func reckon(_ row: Row) throws -> Double? {
    if row.middle.isEmpty { return nil }
    if row.middle.count == 3 {
      let (a, b) = (try number(row.middle[0]), try number(row.middle[2]))
      return row.middle[1] == "×" ? a * b : row.middle[1] == "+" ? a + b : a - b
    }
    // Old weight − rate × gradient.
    #expect(row.middle.count == 5 && row.middle[1] == "−" && row.middle[3] == "×")
    return try number(row.middle[0]) - number(row.middle[2]) * number(row.middle[4])
  }
}

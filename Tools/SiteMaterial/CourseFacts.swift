import ChainruleCore
import ChainruleFigures
import Foundation

/// The numbers in the course's text, computed when the site is built. The text names a fact; here is how it's computed.
enum CourseFacts {
  /// A fact's name, and what works out its text.
  typealias Fact = (name: String, text: @Sendable () throws -> String)

  /// A network that reads pictures of 28 by 28 dots.
  static let pictures: Schema = "784, 128 relu, 10 softmax"

  /// Every fact's text by its name.
  static func texts() throws -> [String: String] {
    var texts: [String: String] = [:]
    for fact in opening + backward + learning {
      precondition(texts[fact.name] == nil, "Two facts are called \(fact.name).")
      do {
        texts[fact.name] = try fact.text()
      } catch {
        throw Failure(name: fact.name, reason: "\(error)")
      }
    }
    return texts
  }

  /// A fact that couldn't be computed.
  private struct Failure: Error, CustomStringConvertible {
    let name: String
    let reason: String
    var description: String { "the fact \(name) can't be computed: \(reason)" }
  }

  // MARK: How numbers are written

  /// A whole number with a comma between thousands.
  static func grouped(_ number: Int) -> String {
    var text = ""
    for (place, digit) in "\(number)".reversed().enumerated() {
      text = "\(digit)" + (place > 0 && place % 3 == 0 ? "," : "") + text
    }
    return text
  }

  /// A number with so many decimals.
  static func decimal(_ number: some BinaryFloatingPoint, _ decimals: Int) -> String {
    String(format: "%.\(decimals)f", Double(number)).replacing("-", with: "−")
  }

  /// A share as a percentage.
  static func percent(_ share: some BinaryFloatingPoint) -> String { decimal(Double(share) * 100, 0) + " %" }

  /// A number of any size with one digit after the point, or as a power of ten.
  static func power(_ number: some BinaryFloatingPoint) -> String {
    let number = Double(number)
    if number >= 0.001 && number < 10_000 { return String(format: "%.2g", number) }
    let parts = String(format: "%.1e", number).split(separator: "e")
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    let raised = "\(abs(Int(parts[1])!))".map { String(digits[$0.wholeNumberValue!]) }.joined()
    return "\(parts[0])·10" + (Int(parts[1])! < 0 ? "⁻" : "") + raised
  }
}

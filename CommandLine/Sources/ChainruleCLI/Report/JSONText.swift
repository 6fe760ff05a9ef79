import Foundation

/// A report for programs.
enum JSONText {
  /// The value as JSON in readable lines, keys in alphabetical order.
  static func encode(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
  }
}

extension Double {
  /// The number if it's finite, for JSON, which has no other.
  var finite: Double? { isFinite ? self : nil }
}

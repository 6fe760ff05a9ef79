import Foundation

/// Reports as JSON, for programs.
enum JSONText {
  /// The value as formatted JSON, with sorted keys.
  static func encode(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
  }
}

extension Double {
  /// The number if it's finite; JSON has no other numbers.
  var finite: Double? { isFinite ? self : nil }
}

import Foundation

/// Finds names that an object of a JSON text has twice, which `JSONDecoder` passes over.
enum JSONNames {
  /// The first name that stands twice in one object; the text must be valid JSON.
  static func firstDuplicate(in json: Data) -> String? {
    // The names seen in each object that is open; arrays have none.
    var open: [Set<String>?] = []
    var lastString = Data()
    var index = json.startIndex
    while index < json.endIndex {
      switch json[index] {
      case UInt8(ascii: "{"): open.append([])
      case UInt8(ascii: "["): open.append(nil)
      case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = open.popLast()
      case UInt8(ascii: "\""):
        let end = endOfString(in: json, from: index)
        lastString = json[index..<end]
        index = end
        continue
      case UInt8(ascii: ":"):
        let name = text(lastString)
        if let last = open.indices.last, open[last]?.insert(name).inserted == false { return name }
      default: break
      }
      index += 1
    }
    return nil
  }

  /// Where the string that begins at `start` ends, past its quotation mark.
  private static func endOfString(in json: Data, from start: Int) -> Int {
    var index = start + 1
    while index < json.endIndex, json[index] != UInt8(ascii: "\"") {
      index += json[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(index + 1, json.endIndex)
  }

  /// What a string with its quotation marks means.
  private static func text(_ string: Data) -> String {
    if string.contains(UInt8(ascii: "\\")) {
      if let decoded = try? JSONDecoder().decode([String].self, from: Data("[".utf8) + string + Data("]".utf8)) {
        return decoded[0]
      }
    }
    return String(decoding: string.dropFirst().dropLast(), as: UTF8.self)
  }
}

/// The declarations at the beginning of an ARFF file: the columns' names and kinds.
struct ARFFHeader {
  private(set) var names: [String] = []
  private(set) var kinds: [DeclaredKind] = []
  /// Where the line after “@data” begins; `nil` if it hasn't been found yet.
  private(set) var dataStart: Int?
  /// The first declaration that can't be understood, and its line.
  private(set) var fault: (text: String, line: Int)?

  /// Whether bytes begin like an ARFF file: comments, then “@relation”.
  static func begins(_ bytes: Bytes) -> Bool {
    var position = 0
    while let line = line(bytes, &position) {
      if line.isEmpty || line[0] == 0x25 { continue }
      return hasWord(line, "@relation")
    }
    return false
  }

  init(_ bytes: Bytes) {
    var position = 0
    var number = 0
    while let line = Self.line(bytes, &position) {
      number += 1
      if line.isEmpty || line[0] == 0x25 || Self.hasWord(line, "@relation") { continue }
      if Self.hasWord(line, "@data") {
        dataStart = position
        return
      }
      guard Self.hasWord(line, "@attribute"), add(Bytes(rebasing: line[10...]).trimmed) else {
        fault = (line.string, number)
        return
      }
    }
  }

  /// The next whole line, trimmed.
  private static func line(_ bytes: Bytes, _ position: inout Int) -> Bytes? {
    let start = position
    var end = start
    while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
    if end == bytes.count { return nil }
    position = end + 1
    if bytes[end] == 0x0D, position < bytes.count, bytes[position] == 0x0A { position += 1 }
    return Bytes(rebasing: bytes[start..<end]).trimmed
  }

  private static func hasWord(_ line: Bytes, _ word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    guard line.count >= length else { return false }
    for offset in 0..<length where line[offset].lowercased != word.utf8Start[offset] { return false }
    return line.count == length || line[length] == 0x20 || line[length] == 0x09
  }

  /// Adds a column from “name type”. The name can be in quotation marks.
  private mutating func add(_ declaration: Bytes) -> Bool {
    guard let first = declaration.first else { return false }
    var name: [UInt8] = []
    var position = 0
    if first == 0x27 || first == 0x22 {
      position = 1
      while position < declaration.count, declaration[position] != first {
        if declaration[position] == 0x5C, position + 1 < declaration.count { position += 1 }
        name.append(declaration[position])
        position += 1
      }
      position += 1
    } else {
      while position < declaration.count, declaration[position] != 0x20, declaration[position] != 0x09,
        declaration[position] != 0x7B
      {
        name.append(declaration[position])
        position += 1
      }
    }
    guard position < declaration.count, !name.isEmpty else { return false }
    let type = Bytes(rebasing: declaration[position...]).trimmed
    guard let kind = Self.kind(type) else { return false }
    names.append(String(decoding: name, as: UTF8.self))
    kinds.append(kind)
    return true
  }

  private static func kind(_ type: Bytes) -> DeclaredKind? {
    if type.first == 0x7B { return type.last == 0x7D ? .nominal : nil }
    if hasWord(type, "numeric") || hasWord(type, "real") || hasWord(type, "integer") { return .numeric }
    if hasWord(type, "string") { return .string }
    return hasWord(type, "date") ? .date : nil
  }
}

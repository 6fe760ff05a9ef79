import Foundation

/// Parses the JSON of a safetensors file's header, and accepts what Python's `safetensors` accepts.
///
/// A general JSON decoder isn't enough: it accepts 1.0 as a whole number, ignores repeated names, and in Swift treats
/// two names as equal if they differ only in how an accent is encoded.
struct TensorHeaderParser {
  static let metadataName = "__metadata__"

  private(set) var entries: [TensorHeader.Entry] = []
  private(set) var metadata: [String: String]?

  private let bytes: [UInt8]
  private let file: String
  private var index = 0
  private var hasMetadata = false

  /// The deepest nesting of objects and arrays.
  private static let deepest = 127

  init(_ json: Data, file: String) {
    bytes = Array(json)
    self.file = file
  }

  /// Reads the whole header.
  mutating func parse() throws(TensorFileError) {
    try object { (parser, name) throws(TensorFileError) in
      if name == Self.metadataName {
        if parser.hasMetadata { throw TensorFileError(.duplicateName(name), file: parser.file) }
        parser.hasMetadata = true
        try parser.parseMetadata()
      } else {
        try parser.parseTensor(name)
      }
    }
    skipSpace()
    if index < bytes.count { throw mistake("the end of the header") }
  }

  private mutating func parseMetadata() throws(TensorFileError) {
    if try skip(literal: "null") { return }
    var texts: [String: String] = [:]
    try object { (parser, name) throws(TensorFileError) in texts[name] = try parser.string() }
    metadata = texts
  }

  // MARK: Tensors

  private mutating func parseTensor(_ name: String) throws(TensorFileError) {
    var format: String?
    var shape: [Int]?
    var offsets: [Int]?
    if next() == UInt8(ascii: "[") {
      // An array of the three fields, without names; Python accepts this too.
      try expect("[")
      format = try string()
      try expect(",")
      shape = try sizes()
      try expect(",")
      offsets = try sizes()
      try expect("]")
    } else {
      try object { (parser, field) throws(TensorFileError) in
        let isRepeated: Bool
        switch field {
        case "dtype":
          isRepeated = format != nil
          format = try parser.string()
        case "shape":
          isRepeated = shape != nil
          shape = try parser.sizes()
        case "data_offsets":
          isRepeated = offsets != nil
          offsets = try parser.sizes()
        default:
          isRepeated = false
          try parser.skipValue(depth: 3)
        }
        if isRepeated { throw TensorFileError(.duplicateName(field), file: parser.file, tensor: name) }
      }
    }
    guard let format, let shape, let offsets else { throw mistake("dtype, shape and data_offsets of “\(name)”") }
    guard let known = NumberFormat(rawValue: format) else {
      throw TensorFileError(.unknownFormat(format), file: file, tensor: name)
    }
    guard offsets.count == 2, offsets[0] <= offsets[1] else {
      throw TensorFileError(.badOffsets(offsets), file: file, tensor: name)
    }
    entries.append(
      TensorHeader.Entry(name: name, format: known, shape: shape, start: offsets[0], end: offsets[1]))
  }

  private mutating func sizes() throws(TensorFileError) -> [Int] {
    var sizes: [Int] = []
    try array { (parser) throws(TensorFileError) in sizes.append(try parser.wholeNumber()) }
    return sizes
  }

  private mutating func wholeNumber() throws(TensorFileError) -> Int {
    skipSpace()
    let start = index
    skipDigits()
    let digits = bytes[start..<index]
    let goesOn = index < bytes.count && [".", "e", "E"].contains(UnicodeScalar(bytes[index]))
    guard !goesOn, digits.count == 1 || digits.first != UInt8(ascii: "0"),
      let number = Int(String(decoding: digits, as: UTF8.self))
    else {
      index = start
      throw mistake("a whole number, at most \(Int.max)")
    }
    return number
  }

  // MARK: JSON

  private mutating func object(
    _ field: (inout Self, String) throws(TensorFileError) -> Void
  ) throws(TensorFileError) {
    try list(from: "{", to: "}") { (parser) throws(TensorFileError) in
      let name = try parser.string()
      try parser.expect(":")
      try field(&parser, name)
    }
  }

  private mutating func array(_ element: (inout Self) throws(TensorFileError) -> Void) throws(TensorFileError) {
    try list(from: "[", to: "]", element)
  }

  /// Parses a list between brackets, with commas between its elements.
  private mutating func list(
    from start: Unicode.Scalar, to end: Unicode.Scalar, _ element: (inout Self) throws(TensorFileError) -> Void
  ) throws(TensorFileError) {
    try expect(start)
    if next() == UInt8(ascii: end) {
      index += 1
      return
    }
    while true {
      try element(&self)
      let found = next()
      if found == UInt8(ascii: end) {
        index += 1
        return
      }
      guard found == UInt8(ascii: ",") else { throw mistake("“,” or “\(end)”") }
      index += 1
    }
  }

  /// Skips a value that isn't needed, but must be valid JSON. If it has brackets, `depth` is their nesting level.
  private mutating func skipValue(depth: Int) throws(TensorFileError) {
    let first = next()
    if depth > Self.deepest, first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
      throw mistake("at most \(Self.deepest) brackets in one another")
    }
    switch first {
    case UInt8(ascii: "{"):
      try object { (parser, _) throws(TensorFileError) in try parser.skipValue(depth: depth + 1) }
    case UInt8(ascii: "["): try array { (parser) throws(TensorFileError) in try parser.skipValue(depth: depth + 1) }
    case UInt8(ascii: "\""): _ = try string()
    default:
      for word in ["null", "true", "false"] where try skip(literal: word) { return }
      try skipNumber()
    }
  }

  private mutating func skipNumber() throws(TensorFileError) {
    if next() == UInt8(ascii: "-") { index += 1 }
    let start = index
    skipDigits()
    let digits = bytes[start..<index]
    guard !digits.isEmpty, digits.count == 1 || digits.first != UInt8(ascii: "0") else { throw mistake("a JSON value") }
    if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
      index += 1
      if skipDigits() == 0 { throw mistake("a digit") }
    }
    if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if index < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") { index += 1 }
      if skipDigits() == 0 { throw mistake("a digit") }
    }
  }

  @discardableResult
  private mutating func skipDigits() -> Int {
    let start = index
    while index < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) { index += 1 }
    return index - start
  }

  private mutating func string() throws(TensorFileError) -> String {
    try expect("\"")
    let start = index
    var text: [UInt8] = []
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      let byte = bytes[index]
      if byte < 0x20 { throw mistake("a control character to be escaped") }
      index += 1
      if byte == UInt8(ascii: "\\") { try escape(into: &text) } else { text.append(byte) }
    }
    guard index < bytes.count, let string = String(validating: text, as: UTF8.self) else {
      index = start
      throw mistake("a text in UTF-8 between quotation marks")
    }
    index += 1
    return string
  }

  /// Parses an escape sequence.
  private mutating func escape(into text: inout [UInt8]) throws(TensorFileError) {
    guard index < bytes.count else { throw mistake("an escaped character") }
    let byte = bytes[index]
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(8)
    case UInt8(ascii: "f"): text.append(12)
    case UInt8(ascii: "n"): text.append(10)
    case UInt8(ascii: "r"): text.append(13)
    case UInt8(ascii: "t"): text.append(9)
    case UInt8(ascii: "u"):
      var code = try fourDigits()
      if (0xD800..<0xDC00).contains(code), bytes[index...].starts(with: [0x5C, 0x75]) {
        index += 2
        let low = try fourDigits()
        guard (0xDC00..<0xE000).contains(low) else { throw mistake("the second half of a surrogate pair") }
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw mistake("a character, not half of one") }
      text.append(contentsOf: String(scalar).utf8)
    default: throw mistake("an escape that JSON has")
    }
  }

  private mutating func fourDigits() throws(TensorFileError) -> UInt32 {
    let digits = bytes[index...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }),
      let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw mistake("four hexadecimal digits") }
    index += 4
    return code
  }

  private mutating func skipSpace() {
    while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
  }

  /// The next byte that isn't white space. Doesn't consume it.
  private mutating func next() -> UInt8? {
    skipSpace()
    return index < bytes.count ? bytes[index] : nil
  }

  private mutating func expect(_ scalar: Unicode.Scalar) throws(TensorFileError) {
    guard next() == UInt8(ascii: scalar) else { throw mistake("“\(scalar)”") }
    index += 1
  }

  /// Skips a literal if it's next.
  private mutating func skip(literal: String) throws(TensorFileError) -> Bool {
    skipSpace()
    guard bytes[index...].starts(with: literal.utf8) else { return false }
    index += literal.utf8.count
    return true
  }

  private func mistake(_ expected: String) -> TensorFileError {
    TensorFileError(.badHeader(byte: index, expected: expected), file: file)
  }
}

/// Reads a schema from UTF-8 bytes, in both spellings:
///
///     schema = [ "[" ] size { "," layer } [ "]" ]
///     layer  = what [ name [ number ] ] | "[" what [ "," name [ "," number ] ] "]"
///            | "dropout" number | "[" "dropout" "," number "]"
///     what   = size | "batchnorm" | "layernorm"
///
/// Names can be in quotation marks, and in upper or lower case. White space doesn't matter.
struct SchemaParser {
  private let text: [UInt8]
  private var position = 0
  /// Where each layer begins.
  private var starts: [Int] = []

  init(_ text: String) {
    self.text = Array(text.utf8)
  }

  /// Reads the whole text, which begins with the inputs.
  mutating func parse() throws(SchemaError) -> Schema {
    let (inputs, layers) = try parts(needsInputs: true)
    return try schema(inputs: inputs ?? 0, layers: layers)
  }

  /// The schema from the parsed parts, after the checks that need all layers.
  func schema(inputs: Int, layers: [Schema.Layer]) throws(SchemaError) -> Schema {
    do throws(SchemaError) {
      return try Schema(inputs: inputs, layers: layers)
    } catch {
      let layer = error.layer ?? layers.count - 1
      throw SchemaError(error.problem, at: starts[layer], in: text, layer: layer)
    }
  }

  /// Reads the whole text.
  ///
  /// - Parameter needsInputs: whether the text must begin with the number of inputs. If not, `inputs` is `nil` for a
  ///   text that begins with a layer.
  mutating func parts(needsInputs: Bool) throws(SchemaError) -> (inputs: Int?, layers: [Schema.Layer]) {
    skipSpace()
    if position == text.count { throw error(.empty) }
    let opening = position
    let bracketed = take("[")
    var inputs: Int?
    var layers: [Schema.Layer] = []
    skipSpace()
    var expectsInputs = needsInputs || !beginsWithLayer()
    while true {
      skipSpace()
      if expectsInputs {
        inputs = try size()
        expectsInputs = false
        skipSpace()
        if isLetterOrQuote { throw error(.activationOnInputs) }
      } else {
        starts.append(position)
        layers.append(try layer())
      }
      skipSpace()
      if take(",") { continue }
      if bracketed ? peek == UInt8(ascii: "]") : position == text.count { break }
      if position == text.count { throw error(.unclosedBracket, at: opening) }
      throw error(.expectedComma)
    }
    if layers.isEmpty { throw error(.noLayer) }
    if bracketed { position += 1 }
    skipSpace()
    if position < text.count { throw error(.trailingText) }
    return (inputs, layers)
  }

  /// Whether a layer comes next, rather than just a number.
  private func beginsWithLayer() -> Bool {
    if isLetterOrQuote || peek == UInt8(ascii: "[") { return true }
    var ahead = self
    while let byte = ahead.peek, isDigit(byte) { ahead.position += 1 }
    ahead.skipSpace()
    return ahead.isLetterOrQuote
  }

  private mutating func layer() throws(SchemaError) -> Schema.Layer {
    let opening = position
    let bracketed = take("[")
    skipSpace()
    var layer = isLetterOrQuote ? try namedLayer() : Schema.Layer(try size())
    if case .dropout = layer.kind {
      let before = position
      guard separator(bracketed: bracketed) else { throw error(.badRate, at: before) }
      let start = position
      guard let rate = number() else { throw error(.badRate, at: start) }
      layer = .dropout(Float(rate))
      try check(layer, at: start)
      let end = position
      if separator(bracketed: bracketed) && isLetterOrQuote { throw error(.activationOnDropout) }
      position = end
    } else if separator(bracketed: bracketed) {
      layer.activation = try name()
      let before = position
      if separator(bracketed: bracketed) {
        let start = position
        layer.activation = try applyParameter(to: layer.activation)
        try check(layer, at: start)
      } else {
        position = before
      }
    }
    skipSpace()
    if bracketed && !take("]") {
      throw position == text.count ? error(.unclosedBracket, at: opening) : error(.expectedComma)
    }
    return layer
  }

  /// Checks a layer right after parsing it, while it's known which part of it begins at `start`.
  private func check(_ layer: Schema.Layer, at start: Int) throws(SchemaError) {
    if let problem = layer.problem { throw error(problem, at: start) }
  }

  /// Parses a layer that begins with a word instead of a size.
  private mutating func namedLayer() throws(SchemaError) -> Schema.Layer {
    let opening = position
    let (start, end) = try word(.expectedSize)
    for layer in Schema.Layer.named {
      if let word = layer.word, matches(word, from: start, to: end) { return layer }
    }
    throw error(.expectedSize, at: opening)
  }

  /// Whether another part of the same layer follows; passes the comma of the bracketed spelling.
  private mutating func separator(bracketed: Bool) -> Bool {
    skipSpace()
    if bracketed {
      let follows = take(",")
      skipSpace()
      return follows
    }
    guard let byte = peek else { return false }
    return byte != UInt8(ascii: ",") && byte != UInt8(ascii: "]")
  }

  private mutating func size() throws(SchemaError) -> Int {
    let start = position
    let negative = take("-")
    var value = 0
    var digits = 0
    while let byte = peek, isDigit(byte) {
      // Past the limit, more digits don't matter, and could overflow.
      if value <= Schema.limit { value = value * 10 + Int(byte - UInt8(ascii: "0")) }
      position += 1
      digits += 1
    }
    if digits == 0 { throw error(.expectedSize, at: start) }
    if let problem = Schema.problem(ofSize: negative ? -value : value) { throw error(problem, at: start) }
    if peek == UInt8(ascii: ".") { throw error(.expectedSize, at: start) }
    return value
  }

  private mutating func name() throws(SchemaError) -> Activation {
    let (start, end) = try word(.unknownActivation)
    if end == start { throw error(.expectedActivation, at: start) }
    for activation in Activation.all where matches(activation.name, from: start, to: end) { return activation }
    throw error(.unknownActivation, at: start)
  }

  /// Where the next word begins and ends, without its quotation marks. If the closing mark is missing, throws
  /// `problem`.
  private mutating func word(_ problem: SchemaError.Problem) throws(SchemaError) -> (start: Int, end: Int) {
    let opening = position
    var quote: UInt8?
    if let byte = peek, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
      quote = byte
      position += 1
    }
    let start = position
    while let byte = peek, isLetter(byte) || (position > start && isDigit(byte)) { position += 1 }
    let end = position
    if let quote {
      if position == text.count { throw error(.unclosedQuote, at: opening) }
      if peek != quote { throw error(problem, at: start) }
      position += 1
    }
    return (start, end)
  }

  private mutating func applyParameter(to activation: Activation) throws(SchemaError) -> Activation {
    guard activation.parameter != nil else {
      throw isLetterOrQuote || peek == UInt8(ascii: "[") ? error(.expectedComma) : error(.unexpectedParameter)
    }
    let start = position
    guard let value = number() else { throw error(.badParameter, at: start) }
    return activation.withParameter(Float(value))
  }

  /// A decimal number, not negative, perhaps with an exponent.
  private mutating func number() -> Double? {
    var value: Double = 0
    var exponent = 0
    var seen = 0
    var fraction = false
    while let byte = peek {
      if isDigit(byte), seen < 16 {
        value = value * 10 + Double(byte - UInt8(ascii: "0"))
        if fraction { exponent -= 1 }
        seen += 1
      } else if byte == UInt8(ascii: "."), !fraction {
        fraction = true
      } else {
        break
      }
      position += 1
    }
    if seen == 0 { return nil }
    if let byte = peek, byte | 0x20 == UInt8(ascii: "e") {
      position += 1
      let negative = take("-")
      if !negative { _ = take("+") }
      guard let byte = peek, isDigit(byte) else { return nil }
      var power = 0
      while let byte = peek, isDigit(byte), power < 1_000 {
        power = power * 10 + Int(byte - UInt8(ascii: "0"))
        position += 1
      }
      exponent += negative ? -power : power
    }
    var scale: Double = 1
    for _ in 0..<min(exponent.magnitude, 400) { scale *= 10 }
    return exponent < 0 ? value / scale : value * scale
  }

  // MARK: Characters

  private var peek: UInt8? { position < text.count ? text[position] : nil }

  private var isLetterOrQuote: Bool {
    guard let byte = peek else { return false }
    return isLetter(byte) || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

  private func isLetter(_ byte: UInt8) -> Bool {
    let lower = byte | 0x20
    return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")
  }

  private func matches(_ name: String, from start: Int, to end: Int) -> Bool {
    var index = start
    for byte in name.utf8 {
      guard index < end, text[index] | 0x20 == byte else { return false }
      index += 1
    }
    return index == end
  }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || (byte >= 0x09 && byte <= 0x0d) { position += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private func error(_ problem: SchemaError.Problem, at offset: Int? = nil) -> SchemaError {
    SchemaError(problem, at: offset ?? position, in: text, layer: starts.isEmpty ? nil : starts.count - 1)
  }
}

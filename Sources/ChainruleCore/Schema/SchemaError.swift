/// Why a schema can't be read or built, and where.
public struct SchemaError: Error, Equatable, Sendable {
  /// What is wrong.
  public enum Problem: Equatable, Sendable {
    /// The text is empty.
    case empty
    /// A layer's size was expected: a whole number.
    case expectedSize
    /// A size is 0 or negative.
    case sizeBelowOne
    /// A size has too many digits, or the network would have more than 2²⁸ parameters.
    case tooLarge
    /// An activation follows the number of inputs, which have none.
    case activationOnInputs
    /// No activation has this name.
    case unknownActivation
    /// The name of an activation was expected.
    case expectedActivation
    /// This activation takes no number.
    case unexpectedParameter
    /// An activation's number is out of its range.
    case badParameter
    /// A dropout's rate must be a number in `0..<1`.
    case badRate
    /// A dropout can't have an activation.
    case activationOnDropout
    /// A dropout can't be the last layer.
    case dropoutAtEnd
    /// A comma, or the end, was expected.
    case expectedComma
    /// A bracket was opened and not closed.
    case unclosedBracket
    /// A quotation mark was opened and not closed.
    case unclosedQuote
    /// The text goes on after the schema's end.
    case trailingText
    /// There are inputs, but no layer.
    case noLayer
  }

  /// What is wrong.
  public let problem: Problem
  /// Where, in UTF-8 bytes from the start of the text; `nil` if the schema wasn't parsed from text.
  public let offset: Int?
  /// The layer, from 0; `nil` if the mistake isn't in one layer.
  public let layer: Int?
  /// The text, as UTF-8; that of the layer alone if the schema wasn't parsed from text.
  let text: [UInt8]

  /// An error in a text.
  init(_ problem: Problem, at offset: Int, in text: [UInt8], layer: Int? = nil) {
    self.problem = problem
    self.offset = offset
    self.layer = layer
    self.text = text
  }

  /// An error in a schema's parts.
  init(_ problem: Problem, layer: (index: Int, found: Schema.Layer)? = nil) {
    self.problem = problem
    self.layer = layer?.index
    offset = nil
    #if hasFeature(Embedded)
      text = []
    #else
      text = layer.map { Array($0.found.text.utf8) } ?? []
    #endif
  }
}

#if !hasFeature(Embedded)
  extension SchemaError: CustomStringConvertible {
    /// One line that says what is wrong, at which character, and what to write.
    public var message: String {
      let place: String
      if let offset {
        let before = String(decoding: text[..<offset], as: UTF8.self)
        let found = String(decoding: text[offset...], as: UTF8.self)
        let word = found.prefix { !", []\"'".contains($0) }
        let shown = word.isEmpty ? String(found.prefix(1)) : String(word.prefix(20))
        let what = found.isEmpty ? "the end" : "“\(shown)”"
        place = "schema, character \(before.count + 1) (\(what)): "
      } else if let layer {
        place = "schema, layer \(layer + 1) (\(String(decoding: text, as: UTF8.self))): "
      } else {
        place = "schema: "
      }
      return place + advice
    }

    private var advice: String {
      switch problem {
      case .empty: "found nothing; write the inputs, then the layers, such as 4, 8 relu, 3 softmax"
      case .expectedSize: "expected a whole number, the size of a layer, or batchnorm, layernorm or dropout"
      case .sizeBelowOne: "every size must be 1 or more"
      case .tooLarge: "too large; a network may have up to \(Schema.limit) parameters"
      case .activationOnInputs: "the first number counts the inputs, which have no activation; write it alone"
      case .unknownActivation:
        "no activation has this name; expected one of " + Activation.all.map(\.name).joined(separator: ", ")
      case .expectedActivation: "expected the name of an activation"
      case .unexpectedParameter: "this activation takes no number; only leakyrelu (its slope) and elu (its depth) do"
      case .badParameter: "leakyrelu takes a slope from 0 to 1, elu a depth from 0 to 1000"
      case .badRate: "dropout takes the part to drop, a number in 0..<1, such as dropout 0.5"
      case .activationOnDropout: "dropout has no activation; give it to the layer before"
      case .dropoutAtEnd: "a network can't end in dropout; end it in a layer of perceptrons"
      case .expectedComma: "expected a comma before the next layer"
      case .unclosedBracket: "a bracket was opened and never closed; add ]"
      case .unclosedQuote: "a quotation mark was opened and never closed"
      case .trailingText: "the schema ended before this; remove it"
      case .noLayer: "there are inputs and no layer; add at least one, such as 4, 1"
      }
    }

    /// The message, then the text with a mark below the mistake.
    public var description: String {
      guard let offset else { return message }
      let before = String(decoding: text[..<offset], as: UTF8.self)
      return message + "\n  " + String(decoding: text, as: UTF8.self) + "\n  "
        + String(repeating: " ", count: before.count) + "^"
    }
  }
#endif

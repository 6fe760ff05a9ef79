import ChainruleCore
import Testing

struct SchemaTests {
  @Test(
    "both spellings mean the same",
    arguments: [
      ("[2, [30, \"leakyrelu\"], 30, [1, \"sigmoid\"]]", "2, 30 leakyrelu, 30, 1 sigmoid"),
      ("[1,[3,'relu'],4,1]", " 1,3 ReLU ,4 , 1 "), ("[4,[3,\"softmax\"]]", "4,3 softmax"),
      ("[1, [5, \"leakyrelu\", 0.2], 1]", "1, 5 leakyrelu 0.2, 1"), ("[1,[2,tanh],[1]]", "1\n, 2\ttanh, 1 linear"),
      ("[3, \"batchnorm\", [5, \"elu\", 0.5], [\"dropout\", 0.25], 1]", "3, batchnorm, 5 ELU 0.5, dropout 0.25, 1"),
      (
        "[3, 8, [\"layernorm\", \"gelu\"], [\"batchnorm\", \"leakyrelu\", 0.2], 1]",
        "3, 8, layernorm gelu, BatchNorm leakyrelu 2e-1, 1"
      ),
      ("[1, [1, \"leakyrelu\", 1e-05], 1]", "1, 1 leakyrelu 0.00001, 1"),
    ])
  func spellings(bracketed: String, plain: String) throws {
    let a = try Schema(parsing: bracketed)
    #expect(try a == Schema(parsing: plain))
    #expect(try Schema(parsing: a.text) == a)
  }

  @Test func reading() throws {
    let schema = try Schema(parsing: "2, 30 leakyrelu, 30, 1 sigmoid")
    #expect(schema.inputs == 2 && schema.outputs == 1)
    #expect(schema.layers == [.init(30, .leakyReLU()), .init(30), .init(1, .sigmoid)])
    #expect(schema.parameterCount == 90 + 930 + 31)
    #expect(schema.text == "[2, [30, \"leakyrelu\"], 30, [1, \"sigmoid\"]]")
    #expect(("2, 1" as Schema).layers == [.init(1)])
  }

  @Test("normalizations and dropout have the size of the layer before")
  func layersBetween() throws {
    let schema: Schema = "784, 256, batchnorm relu, dropout 0.2, 10 softmax"
    #expect(schema.layers.map(\.perceptrons) == [256, 256, 256, 10])
    #expect(schema.layers[1].activation == .relu)
    #expect(schema.layers.map(\.kind) == [.dense, .batchNormalization, .dropout(rate: 0.2), .dense])
    #expect(schema.parameterCount == 785 * 256 + 512 + 2_570)
    #expect(Network(schema, seed: 1).predict([Float](repeating: 0.5, count: 784)).count == 10)
    #expect(throws: SchemaError.self) { try Schema(parsing: "2, 3, dropout 0.1") }
    #expect(throws: SchemaError.self) { try Schema(inputs: 2, layers: [.dropout(1), .init(1)]) }
    #expect(throws: SchemaError.self) { try Schema(inputs: 2, layers: [.dropout(.nan), .init(1)]) }
    #expect(throws: SchemaError.self) { try Schema(inputs: 1 << 28, layers: [.batchNormalization(), .init(1)]) }
    for activation in Activation.all {
      let schema = try Schema(inputs: 2, layers: [.init(3, activation), .layerNormalization(activation), .init(1)])
      #expect(try Schema(parsing: schema.text) == schema)
    }
  }

  @Test(
    "errors point at the character",
    arguments: [
      ("", .empty, 0), ("   ", .empty, 3), ("x", .expectedSize, 0), ("2", .noLayer, 1), ("[2]", .noLayer, 2),
      ("2,", .expectedSize, 2), ("2,,1", .expectedSize, 2), ("2, 0, 1", .sizeBelowOne, 3),
      ("-2, 1", .sizeBelowOne, 0), ("2, 3.5, 1", .expectedSize, 3), ("2 relu, 1", .activationOnInputs, 2),
      ("[[2, \"relu\"], 1]", .expectedSize, 1), ("2, 3 rellu, 1", .unknownActivation, 5),
      ("2, 3 relu 0.1, 1", .unexpectedParameter, 10), ("2, 3 relu 4, 1", .unexpectedParameter, 10),
      ("2, 3 leakyrelu 7, 1", .badParameter, 15), ("2, 3 relu relu, 1", .expectedComma, 10),
      ("[2, [3, \"relu\", 1]", .unexpectedParameter, 16), ("[2, 3, 1", .unclosedBracket, 0),
      ("[2, [3, \"relu\"", .unclosedBracket, 4), ("[2, [3, \"relu], 1]", .unknownActivation, 9),
      ("[2, [3, \"relu", .unclosedQuote, 8), ("[2, 3] 4", .trailingText, 7), ("2, 3]", .expectedComma, 4),
      ("2, 99999999999999999999, 1", .tooLarge, 3), ("2; 3", .expectedComma, 1),
      ("[2, [3 relu], 1]", .expectedComma, 7),
      ("2, norm, 1", .expectedSize, 3), ("2, dropout, 1", .badRate, 10), ("2, dropout 1, 1", .badRate, 11),
      ("2, dropout x, 1", .badRate, 11), ("2, [\"dropout\"], 1", .badRate, 13),
      ("2, dropout 0.5 relu, 1", .activationOnDropout, 15),
      ("[2, [\"dropout\", 0.5, \"relu\"], 1]", .activationOnDropout, 21),
      ("[2, [\"dropout\", 0.5, ], 1]", .expectedComma, 19), ("2, dropout 0.5 3, 1", .expectedComma, 15),
      ("2, dropout 0.99999999999, 1", .badRate, 11), ("2, dropout -0, 1", .badRate, 11),
      ("2, 3 leakyrelu 1.001, 1", .badParameter, 15), ("[2, [3, \"elu\", 1e400], 1]", .badParameter, 15),
      ("2, 3, dropout 0.5", .dropoutAtEnd, 6), ("9, 20000, 20000, 1", .tooLarge, 10),
      ("2, 3 elu 1e9, 1", .badParameter, 9), ("2, 3 elu 1e, 1", .badParameter, 9),
      ("2, batchnorm 3, 1", .expectedActivation, 13),
      ("2, 🙂", .expectedSize, 3), ("2, [3, ], 1", .expectedActivation, 7),
    ] as [(String, SchemaError.Problem, Int)])
  func errors(text: String, problem: SchemaError.Problem, offset: Int) {
    do {
      let schema = try Schema(parsing: text)
      Issue.record("“\(text)” was read as \(schema.text)")
    } catch {
      #expect(error.problem == problem, "“\(text)”")
      #expect(error.offset == offset, "“\(text)”")
      #expect(!error.message.contains("\n"))
      let character = String(decoding: text.utf8.prefix(offset), as: UTF8.self).count + 1
      #expect(error.message.contains("character \(character) "))
      #expect(error.description.hasSuffix("^"))
    }
  }

  @Test("no text crashes: every prefix and every swapped byte of a schema")
  func mutations() {
    let text = Array("[2, [30, \"leakyrelu\", 0.2], 30, [1, 'sigmoid']]".utf8)
    var read = 0
    var refused = 0
    func attempt(_ bytes: [UInt8]) {
      do {
        let schema = try Schema(parsing: String(decoding: bytes, as: UTF8.self))
        #expect(schema.parameterCount > 0)
        read += 1
      } catch {
        #expect(!error.description.isEmpty)
        refused += 1
      }
    }
    for end in text.indices { attempt(Array(text[..<end])) }
    for i in text.indices {
      for byte in UInt8.min...UInt8.max {
        var changed = text
        changed[i] = byte
        attempt(changed)
      }
    }
    #expect(read > 100 && refused > 1_000)
  }

  @Test("text and parts follow the same rule, and its message says what was found")
  func parts() throws {
    let layers: [(Schema.Layer, SchemaError.Problem, text: String?)] = [
      (.init(3, .leakyReLU(slope: 1.001)), .badParameter, "3 leakyrelu 1.001"),
      (.init(3, .leakyReLU(slope: -0.1)), .badParameter, "3 leakyrelu -0.1"),
      (.init(3, .leakyReLU(slope: .nan)), .badParameter, nil), (.init(3, .elu(depth: .infinity)), .badParameter, nil),
      (.init(3, .elu(depth: 1_001)), .badParameter, "3 elu 1001"),
      (.batchNormalization(.elu(depth: -1)), .badParameter, "batchnorm elu -1"),
      (.dropout(1), .badRate, "dropout 1"), (.dropout(-0.25), .badRate, "dropout -0.25"),
      (.dropout(.nan), .badRate, nil), (dropout(with: .relu), .activationOnDropout, "dropout 0.5 relu"),
      (.init(0), .sizeBelowOne, "0"), (.init(-3), .sizeBelowOne, "-3"), (.init(.min), .sizeBelowOne, nil),
      (.init(.max), .tooLarge, "9223372036854775807"), (.init(1 << 28 + 1), .tooLarge, "268435457"),
    ]
    for (layer, problem, text) in layers {
      let error = #expect(throws: SchemaError.self) { try Schema(inputs: 2, layers: [.init(4), layer, .init(1)]) }
      #expect(error?.problem == problem && error?.layer == 1 && error?.offset == nil)
      #expect(error?.message.hasPrefix("schema, layer 2 (") == true, "\(error?.message ?? "")")
      guard let text else { continue }
      let other = #expect(throws: SchemaError.self) { try Schema(parsing: "2, 4, \(text), 1") }
      #expect(other?.problem == problem && other?.layer == 1 && other?.offset ?? 0 >= 6)
    }
    let error = #expect(throws: SchemaError.self) { try Schema(inputs: 2, layers: [.init(3, .leakyReLU(slope: 2))]) }
    #expect(
      error?.message
        == "schema, layer 1 ([3, \"leakyrelu\", 2.0]): leakyrelu takes a slope from 0 to 1, elu a depth from 0 to 1000")
  }

  private func dropout(with activation: Activation) -> Schema.Layer {
    var layer = Schema.Layer.dropout(0.5)
    layer.activation = activation
    return layer
  }

  @Test func buildFromParts() throws {
    #expect(throws: SchemaError.self) { try Schema(inputs: 2, layers: []) }
    #expect(throws: SchemaError.self) { try Schema(inputs: 0, layers: [.init(1)]) }
    #expect(throws: SchemaError.self) { try Schema(inputs: 1 << 20, layers: [.init(1 << 20)]) }
    #expect(throws: SchemaError.self) { try Schema(inputs: .max, layers: [.init(.max)]) }
    #expect(try Schema(inputs: 2, layers: [.init(3, .relu), .init(1)]) == "2, 3 relu, 1")
  }

  @Test("a literal with a mistake ends the program, and the message says where it is")
  func badLiteral() async throws {
    let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = "2, 3 rellu" as Schema
    }
    let said = String(decoding: result.standardErrorContent, as: UTF8.self)
    #expect(said.contains("schema, character 6 (“rellu”): no activation has this name; expected one of linear, relu, "))
    #expect(said.contains("ChainruleCore/Schema.swift:"))
  }
}

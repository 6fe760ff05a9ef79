import ChainruleCore
import Foundation
import Fuzzing
import Testing

/// No schema crashes, and every accepted schema can be written and read back.
struct SchemaFuzzTests {
  private static let texts = [
    "[2, [30, \"leakyrelu\", 0.2], 30, [1, 'sigmoid']]", "784, 256, batchnorm relu, dropout 0.2, 10 softmax",
    "[3, \"batchnorm\", [5, \"elu\", 0.5], [\"dropout\", 0.25], 1]", "1, 5 leakyrelu 1e-05, layernorm gelutanh, 1",
    "16, 8 hardsigmoid, 4 softplus, 2 selu", "3, 8, [\"layernorm\", \"elu\", 1e3], 1", "268435456, 1", "1, 1",
  ]
  /// Pieces that a mutation can insert.
  private static let pieces = [
    "[", "]", ",", "\"", "'", " ", "-", "+", ".", "e", "0", "1", "99999999999999999999", "1e", "1e400", "-0", "nan",
    "inf",
    "0.99999999999", "dropout", "batchnorm", "relu", "leakyrelu 2", "elu 1e-45", "é", "\u{0}", "268435457", "[[[[",
  ]

  @Test("200,000 mutated texts")
  func texts() throws {
    var mutator = Mutator(examples: Self.texts, pieces: Self.pieces, seed: 41)
    var accepted = 0
    var refused = 0
    for _ in 0..<Fuzzing.count(200_000) {
      let string = String(decoding: mutator.next(), as: UTF8.self)
      do throws(SchemaError) {
        let schema = try Schema(parsing: string)
        accepted += 1
        let again = try Schema(parsing: schema.text)
        if again != schema || again.text != schema.text { Issue.record("“\(string)” became \(again.text)") }
        // The parts mean the same as the text.
        if try Schema(inputs: schema.inputs, layers: schema.layers) != schema { Issue.record("“\(string)”") }
      } catch {
        refused += 1
        let offset = try #require(error.offset, "“\(string)”")
        #expect(offset <= string.utf8.count)
        // Making descriptions takes longer than parsing.
        if refused % 16 == 0 { #expect(error.description.hasSuffix("^")) }
      }
    }
    #expect(accepted > 10_000 && refused > 10_000, "\(accepted) accepted, \(refused) refused")
  }

  @Test("100,000 schemas made of parts, with any numbers")
  func parts() throws {
    var random = Fuzzing.random(42)
    var accepted = 0
    var refused = 0
    for _ in 0..<Fuzzing.count(100_000) {
      var layers: [Schema.Layer] = []
      for _ in 0...random.index(below: 3) { layers.append(Self.layer(&random)) }
      do throws(SchemaError) {
        let schema = try Schema(inputs: Self.size(&random), layers: layers)
        accepted += 1
        let again = try Schema(parsing: schema.text)
        if again != schema || again.text != schema.text { Issue.record("\(layers) became \(again.text)") }
      } catch {
        refused += 1
        if refused % 16 == 0 { #expect(error.offset == nil && !error.message.contains("\n"), "\(layers): \(error)") }
      }
    }
    #expect(accepted > 10_000 && refused > 10_000, "\(accepted) accepted, \(refused) refused")
  }

  @Test("a network with any accepted schema survives JSON")
  func networks() throws {
    var random = Fuzzing.random(43)
    var accepted = 0
    for _ in 0..<Fuzzing.count(2_000) {
      var layers: [Schema.Layer] = []
      for _ in 0...random.index(below: 3) { layers.append(Self.layer(&random)) }
      guard let schema = try? Schema(inputs: 2, layers: layers), schema.parameterCount < 1_000 else { continue }
      accepted += 1
      let network = Network(schema, seed: random.next())
      let again = try JSONDecoder().decode(Network.self, from: JSONEncoder().encode(network))
      #expect(again.schema == schema && again.fingerprint == network.fingerprint)
    }
    #expect(accepted > 200)
  }

  // MARK: Parts

  private static func layer(_ random: inout RandomSource) -> Schema.Layer {
    var layer: Schema.Layer =
      switch random.index(below: 6) {
      case 0: .batchNormalization()
      case 1: .layerNormalization()
      case 2: .dropout(number(&random))
      default: .init(size(&random))
      }
    switch random.index(below: layer.kind == .dense ? 4 : 8) {
    case 0: layer.activation = .leakyReLU(slope: number(&random))
    case 1: layer.activation = .elu(depth: number(&random))
    case 2: layer.activation = Activation.all[random.index(below: Activation.all.count)]
    default: break
    }
    return layer
  }

  private static func size(_ random: inout RandomSource) -> Int {
    switch random.index(below: 12) {
    case 0: [0, -1, .min, .max, 1 << 28, 1 << 28 + 1][random.index(below: 6)]
    case 1: Int(truncatingIfNeeded: random.next())
    default: 1 + random.index(below: 20)
    }
  }

  private static func number(_ random: inout RandomSource) -> Float {
    switch random.index(below: 8) {
    case 0: [.nan, .infinity, -.infinity, -0.1, 1_000.1, .greatestFiniteMagnitude, 3e38, -3e38][random.index(below: 8)]
    case 1: [0, -0.0, 1, 1_000, .leastNonzeroMagnitude, .leastNormalMagnitude, 0.1][random.index(below: 7)]
    case 2: [Float(1).nextDown, Float(1).nextUp, Float(1_000).nextUp, Float(0).nextDown][random.index(below: 4)]
    case 3: Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
    case 4: Float(bitPattern: UInt32(random.index(below: 0x3f80_0000)))
    default: random.uniform()
    }
  }
}

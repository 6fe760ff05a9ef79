import ChainruleCore
import Testing

/// The shape of a network for a table: hidden layers, or everything.
struct ArchitectureTests {
  @Test(
    "texts that are neither are refused, with the place",
    arguments: [
      "", "  ", "64 rel", "64 relu,", "64 relu 32", "[[64, relu]", "64 relu, 0 relu", "relu", "dropout 2, 3 relu", "64",
      "4, dropout 0.1",
    ])
  func mistakes(text: String) {
    #expect(throws: SchemaError.self) { try Architecture(parsing: text) }
  }

  @Test(
    "hidden layers get inputs and a last layer",
    arguments: [
      ("64 relu, 32", "[5, [64, \"relu\"], 32, [3, \"softmax\"]]"),
      ("8 leakyrelu 0.2", "[5, [8, \"leakyrelu\", 0.2], [3, \"softmax\"]]"),
      ("[[64, \"relu\"], 32]", "[5, [64, \"relu\"], 32, [3, \"softmax\"]]"),
      ("batchnorm, 8 tanh, dropout 0.5", "[5, \"batchnorm\", [8, \"tanh\"], [\"dropout\", 0.5], [3, \"softmax\"]]"),
    ])
  func hidden(text: String, whole: String) throws {
    let schema = try Architecture(parsing: text).schema(inputs: 5, outputs: 3, activation: .softmax)
    #expect(schema.text == whole)
  }

  @Test(
    "a whole schema begins with a bare number and stays what it is",
    arguments: ["4, 64 relu, 3 softmax", "[4, [64, \"relu\"], [3, \"softmax\"]]", "4, 1"])
  func whole(text: String) throws {
    let schema = try Schema(parsing: text)
    #expect(try Architecture(parsing: text) == .whole(schema))
    #expect(try Architecture.whole(schema).schema(inputs: 9, outputs: 9, activation: .linear) == schema)
  }

  @Test("no hidden layer is a linear model, and a layer that is too large is refused")
  func ends() throws {
    #expect(try Architecture.hidden([]).schema(inputs: 2, outputs: 1, activation: .linear) == "2, 1")
    #expect(throws: SchemaError.self) { try Architecture.hidden([]).schema(inputs: 0, outputs: 1, activation: .linear) }
    let large = Architecture.hidden([Schema.Layer(1 << 27, .relu)])
    #expect(throws: SchemaError.self) { try large.schema(inputs: 8, outputs: 1, activation: .linear) }
  }

  @Test("an activation's number is checked in a schema made of parts, as the parser checks it")
  func parameters() {
    for slope: Float in [2, -0.1, .nan, .infinity] {
      let error = #expect(throws: SchemaError.self) {
        try Schema(inputs: 2, layers: [Schema.Layer(3, .leakyReLU(slope: slope))])
      }
      #expect(error?.problem == .badParameter)
    }
  }
}

import ChainruleCore
import Testing

/// The shape of a network for a table: layers without the inputs, or everything.
struct SchemaChoiceTests {
  @Test(
    "invalid texts are refused, with the place of the mistake",
    arguments: [
      "", "  ", "64 rel", "64 relu,", "64 relu 32", "[[64, relu]", "64 relu, 0 relu", "relu", "dropout 2, 3 relu", "64",
      "4, dropout 0.1",
    ])
  func mistakes(text: String) {
    #expect(throws: SchemaError.self) { try SchemaChoice(parsing: text) }
  }

  @Test("a text that begins with a layer takes the inputs from the table")
  func layers() throws {
    let expected = SchemaChoice.layers([Schema.Layer(64, .relu), Schema.Layer(32)])
    #expect(try SchemaChoice(parsing: "64 relu, 32") == expected)
    #expect(try SchemaChoice(parsing: "[[64, \"relu\"], 32]") == expected)
    #expect(
      try SchemaChoice(parsing: "batchnorm, 8 tanh, dropout 0.5")
        == .layers([.batchNormalization(), Schema.Layer(8, .tanh), .dropout(0.5)]))
  }

  @Test(
    "a whole schema begins with a bare number",
    arguments: ["4, 64 relu, 3 softmax", "[4, [64, \"relu\"], [3, \"softmax\"]]", "4, 1"])
  func whole(text: String) throws {
    #expect(try SchemaChoice(parsing: text) == .full(Schema(parsing: text)))
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

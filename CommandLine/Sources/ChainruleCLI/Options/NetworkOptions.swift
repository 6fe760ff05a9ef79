import ArgumentParser
import Chainrule

/// The network to train.
struct NetworkOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The network: hidden layers, as \"64 relu, 64 relu\"; inputs and the last layer come from the table. Or all of "
        + "it, as \"4, 8 relu, 3 softmax\" or '[4, [8, \"relu\"], [3, \"softmax\"]]'. Activations: "
        + Activation.all.map(\.name).joined(separator: ", ")
        + ". Between layers: batchnorm, layernorm, dropout 0.5. (default: 256 relu)",
      valueName: "schema"))
  var schema: String?

  @Option(
    name: .customLong("continue"),
    help: ArgumentHelp(
      "Continue training this model. Its columns are found by name; its categories, classes and scaling stay the same.",
      valueName: "model"))
  var continued: String?

  @Option(
    help: ArgumentHelp(
      "Start from the weights in this safetensors file: layers.N.weight, (outputs, inputs), and layers.N.bias, N from 0; "
        + "or the names that PyTorch gives an nn.Sequential.",
      valueName: "file"))
  var initialWeights: String?

  func validate() throws {
    _ = try choice()
    if continued != nil && initialWeights != nil {
      throw ValidationError("--continue and --initial-weights exclude each other; --continue brings its weights")
    }
    if continued != nil && schema != nil {
      throw ValidationError("--continue and --schema exclude each other; the model has its schema")
    }
  }

  /// The schema, if one was given.
  func choice() throws -> SchemaChoice? {
    guard let schema else { return nil }
    do {
      return try SchemaChoice(parsing: schema)
    } catch {
      throw ValidationError(error.message)
    }
  }
}

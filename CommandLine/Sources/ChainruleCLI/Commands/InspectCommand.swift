import ArgumentParser
import Chainrule
import ChainruleData
import ChainruleFormats

struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show what is in a model: schema, layers, columns, scaling, classes, training.")

  @Argument(help: ArgumentHelp("A model saved by chainrule train.", valueName: "model"))
  var model: String

  func run() throws {
    let model = try Model(contentsOf: model)
    let schema = model.network.schema
    var lines = ["schema      \(schema.text)", "parameters  \(schema.parameterCount)"]
    var width = schema.inputs
    for (index, layer) in schema.layers.enumerated() {
      let size = layer.perceptrons
      let what =
        switch layer.kind {
        case .dense: "weight (\(size), \(width)), bias (\(size)), \((width + 1) * size) parameters"
        case .batchNormalization: "batch normalization of \(size) values, \(2 * size) parameters"
        case .layerNormalization: "layer normalization of \(size) values, \(2 * size) parameters"
        case .dropout(let rate): "dropout of a part \(rate)"
        }
      lines.append("  layer \(index): \(layer.activation.name), " + what)
      width = layer.perceptrons
    }
    lines.append("inputs      \(schema.inputs)")
    for (name, scaling) in zip(model.inputColumns, model.inputScalings) { lines.append("  \(name): \(words(scaling))") }
    switch model.target {
    case .classes(let classes):
      lines.append("target      \(model.targetColumn), \(classes.count) classes: \(classes.joined(separator: ", "))")
    case .number(let scaling):
      lines.append("target      \(model.targetColumn), a number: \(words(scaling))")
    }
    lines += ["loss        \(model.loss.description)", "seed        \(model.seed)", "training"]
    lines += model.training.sorted { $0.key < $1.key }.map { "  \($0.key): \($0.value)" }
    try StandardOutput.write(lines.map { $0 + "\n" }.joined())
  }

  private func words(_ scaling: Scaling) -> String {
    scaling == .identity ? "as it is" : "mean \(scaling.mean), scale \(scaling.scale)"
  }
}

import ArgumentParser
import ChainruleFormats

struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show what is in a model: layers, columns and their coding, target, training, scores.",
    discussion: """
      Also shows the command that trained the model, how the losses went, and how good the model was on rows held out.

      Example: chainrule inspect iris.safetensors
      """)

  @Argument(help: ArgumentHelp("A model saved by chainrule train.", valueName: "model"))
  var model: String

  @Flag(help: "Print it as JSON, for programs.")
  var json = false

  func run() throws {
    let model = try TabularModel(contentsOf: model)
    try StandardOutput.write(json ? JSONText.encode(ModelJSON(model)) : ModelText(model).details)
  }
}

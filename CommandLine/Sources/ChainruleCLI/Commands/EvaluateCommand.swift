import ArgumentParser
import ChainruleData
import ChainruleFormats

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Compare a model's predictions with the target column of a table.",
    discussion: "Reports the loss, and the accuracy and confusion matrix or R² and the root mean squared error.")

  @Argument(help: ArgumentHelp("A model saved by chainrule train.", valueName: "model"))
  var model: String

  @Argument(help: ArgumentHelp("The table: a CSV file with a header and the target column.", valueName: "file.csv"))
  var table: String

  func run() throws {
    let model = try Model(contentsOf: model)
    let data = try model.dataset(from: Table(contentsOf: table))
    try StandardOutput.write(Evaluation.report(model, [("all", data)]))
  }
}

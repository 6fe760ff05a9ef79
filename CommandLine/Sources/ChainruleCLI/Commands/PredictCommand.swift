import ArgumentParser
import Chainrule
import ChainruleData
import ChainruleFormats

struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Predict the target for each row of a table.",
    discussion: """
      Writes CSV to standard output: for classes the most probable one and the probability of each, else the number. \
      The model finds its columns by name, in any order, and ignores all others.
      """)

  @Argument(help: ArgumentHelp("A model saved by chainrule train.", valueName: "model"))
  var model: String

  @Argument(help: ArgumentHelp("The table: a CSV file with a header.", valueName: "file.csv"))
  var table: String

  func run() throws {
    let model = try Model(contentsOf: model)
    let outputs = try model.network.predict(model.inputs(from: Table(contentsOf: table)), kernels: .native)
    var text = CSVLine.text(header(model))
    for row in 0..<(outputs.count / model.network.schema.outputs) {
      let width = model.network.schema.outputs
      text += CSVLine.text(cells(outputs[(row * width)..<((row + 1) * width)], target: model.target))
      if text.utf8.count > 1 << 16 {
        try StandardOutput.write(text)
        text = ""
      }
    }
    try StandardOutput.write(text)
  }

  private func header(_ model: Model) -> [String] {
    guard case .classes(let classes) = model.target else { return [model.targetColumn] }
    return [model.targetColumn] + classes.map { "probability_\($0)" }
  }

  /// The cells of one row; with one output, that is the probability of the second class.
  private func cells(_ outputs: ArraySlice<Float>, target: Target) -> [String] {
    switch target {
    case .number(let scaling):
      return [outputs.map { "\(Float(scaling.undo($0)))" }[0]]
    case .classes(let classes):
      let probabilities = outputs.count == 1 ? outputs.flatMap { [1 - $0, $0] } : Array(outputs)
      return [classes[Model.classNumber(outputs)]] + probabilities.map { "\($0)" }
    }
  }
}

import ArgumentParser
import ChainruleFormats
import ChainruleTables

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Compare a model's predictions with the target column of a table.",
    discussion: """
      Reports the loss and accuracy, precision, recall, F1 and AUC, or R² and errors. Rows without a target, or with a \
      class that the model doesn't know, are left out and counted. Use rows that the model wasn't trained on.

      Example: chainrule evaluate iris.safetensors more.csv
      """)

  @Argument(help: ArgumentHelp("A model saved by chainrule train.", valueName: "model"))
  var model: String

  @Argument(help: ArgumentHelp("The table with the target column, - for standard input.", valueName: "file"))
  var table: String

  @OptionGroup(title: "Reading the table") var reading: ReadingArguments
  @OptionGroup(title: "Output") var show: OutputOptions

  func run() throws {
    let model = try TabularModel(contentsOf: model)
    let needed = model.encoding.columnNames
    let table = try TableSource(table, reading: reading, keeping: model.encoding.textColumns).read(
      progress: Progress(quiet: show.quiet)
    ) {
      try ColumnNames.checkPresent(needed, header: $0, table: self.table)
    }
    let targets = try model.encoding.targets(from: table)
    let evaluation = try model.evaluate(on: table)
    let parts = [EvaluatedPart(part: "all", evaluation: evaluation)]
    if show.json { return try StandardOutput.write(JSONText.encode(evaluation)) }
    if show.quiet { return }
    let leftOut = LeftOutRows.words(missing: targets.missing, unknown: targets.unknown)
    let notices = try table.notices.map { "\($0)" } + model.encoding.notices(for: table).map { "\($0)" }
    let lines = leftOut.map { "left out: \($0)" } + notices.map { "Note: \(TextFormat.printable($0))" }
    let head = lines.isEmpty ? "" : lines.map { $0 + "\n" }.joined() + "\n"
    try StandardOutput.write(head + ScoreText(parts: parts).text)
  }
}

import ArgumentParser
import ChainruleFormats
import ChainruleTables
import Foundation

struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Predict the target for each row of a table.",
    discussion: """
      Writes CSV: the most likely class and the probability of each class, or the number in the target's own \
      units. The model finds its columns by name, in any order, and ignores all others. A cell that can't be read \
      counts as missing, and a notice on standard error counts such cells by column.

      Examples:
        chainrule predict iris.safetensors new.csv
        chainrule predict model.safetensors test.csv --keep id --output answers.csv
        zcat big.csv.gz | chainrule predict model.safetensors - | head
      """)

  @Argument(help: ArgumentHelp("A model saved by chainrule train.", valueName: "model"))
  var model: String

  @Argument(help: ArgumentHelp("The table, - for standard input; gzip is fine.", valueName: "file"))
  var table: String

  @Option(
    help: ArgumentHelp(
      "Copy these columns of the table in front of the predictions, separated by commas. May be repeated.",
      valueName: "columns"))
  var keep: [String] = []

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("Where to write the predictions. (default: -, standard output)", valueName: "file"))
  var output = "-"

  @OptionGroup(title: "Reading the table") var reading: ReadingArguments
  @OptionGroup(title: "Output") var force: ForceOption

  @Flag(name: [.customShort("q"), .long], help: "Print no notices and no progress.")
  var quiet = false

  func run() throws {
    let file = try OutputFile(output, inputs: [model, table].filter { $0 != "-" }, force: force.force)
    let model = try TabularModel(contentsOf: model)
    let progress = Progress(quiet: quiet)
    let needed = model.encoding.inputs.map(\.name)
    var kept: [String] = []
    let source = TableSource(
      table, reading: reading, keeping: TableSource.candidates(keep) + model.encoding.textColumns)
    let table = try source.read(progress: progress) { header in
      var names = ColumnNames(header: header)
      kept = names.resolve(keep, option: "--keep")
      try names.check(table: self.table)
      try ColumnNames.checkPresent(needed, header: header, table: self.table)
    }
    let predictions = try model.predict(table)
    let columns = try kept.map { try table.column(named: $0) }
    try write(predictions, columns: columns, model: model, to: file)
    if quiet { return }
    for notice in table.notices.map({ "\($0)" }) + predictions.notices.map({ "\($0)" }) {
      StandardError.write("chainrule: \(table.name): \(notice)")
    }
  }

  /// Writes a line for each row, in pieces if the output isn't a file.
  private func write(
    _ predictions: Predictions, columns: [Column], model: TabularModel, to file: OutputFile
  ) throws {
    var text = CSVLine.text(columns.map(\.name) + header(model, kept: columns.map(\.name)))
    var data = Data()
    for (row, prediction) in predictions.values.enumerated() {
      text += CSVLine.text(columns.map { $0.text(at: row) ?? "" } + cells(prediction))
      if text.utf8.count > 1 << 16 {
        if file.isStandardOutput { try StandardOutput.write(text) } else { data.append(contentsOf: text.utf8) }
        text = ""
      }
    }
    if file.isStandardOutput { return try StandardOutput.write(text) }
    data.append(contentsOf: text.utf8)
    try file.write(data)
  }

  private func header(_ model: TabularModel, kept: [String]) -> [String] {
    let targets = model.encoding.target.names.map { kept.contains($0) ? "predicted_\($0)" : $0 }
    return targets + (model.encoding.target.labels ?? []).map { "probability_\($0)" }
  }

  private func cells(_ prediction: Prediction) -> [String] {
    switch prediction {
    case .label(let label, let probabilities): [label] + probabilities.map(number)
    case .numbers(let numbers): numbers.map(number)
    }
  }

  /// The number with a `Float`'s digits, or with a `Double`'s if a `Float` can't hold it.
  private func number(_ value: Double) -> String {
    let short = Float(value)
    return short.isFinite && (short != 0 || value == 0) ? "\(short)" : "\(value)"
  }
}

import ArgumentParser
import Chainrule
import Foundation

struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a network on a table and save it.",
    usage: "chainrule train <file> --target <column> [<options>]",
    discussion: """
      Name the column to predict; the command finds out the rest: how the file is written, what each column holds, \
      which columns can't help (identifiers, free text, constants), and whether to predict a class or a number. \
      “chainrule describe” shows that without training.

      A part of the rows is held out to test the model, and a part of the others chooses the best epoch. Missing cells \
      are filled, categories are coded and numbers are scaled, based on the training rows alone. Ctrl-C stops training, \
      saves the model and prints the report; pressed again, it stops without saving.

      Examples:
        chainrule train iris.csv --target species
        chainrule train houses.csv --target price --ignore id,address --folds 5
        chainrule train visits.csv --target outcome --group patient --balance
        chainrule train more.csv --continue iris.safetensors -o iris2.safetensors
      """)

  @Argument(help: ArgumentHelp("The table, - for standard input; gzip is fine.", valueName: "file"))
  var table: String

  @OptionGroup(title: "Target") var goal: TargetOptions
  @OptionGroup(title: "Columns") var columns: ColumnOptions
  @OptionGroup(title: "Network") var network: NetworkOptions
  @OptionGroup(title: "Training") var optimization: OptimizationOptions
  @OptionGroup(title: "Testing") var judging: JudgingOptions
  @OptionGroup(title: "Reading the table") var reading: ReadingArguments

  @OptionGroup(title: "Output") var saving: ModelOutput
  @OptionGroup(title: "Output") var force: ForceOption
  @OptionGroup(title: "Output") var show: OutputOptions

  func validate() throws {
    if goal.target.isEmpty && network.continued == nil {
      throw ValidationError("Missing expected argument '--target <column>'")
    }
    if network.continued != nil {
      let refused: [(String, Bool)] = [
        ("--task", goal.task != nil), ("--ignore", !columns.ignore.isEmpty), ("--only", !columns.only.isEmpty),
        ("--categorical", !columns.categorical.isEmpty), ("--numeric", !columns.numeric.isEmpty),
        ("--folds", judging.folds != nil), ("--init", optimization.initializer != nil),
      ]
      for (option, isGiven) in refused where isGiven {
        throw ValidationError("--continue and \(option) exclude each other; the model already decides that")
      }
    }
    if network.initialWeights != nil && optimization.initializer != nil {
      throw ValidationError("--init and --initial-weights exclude each other")
    }
    if optimization.noShuffle && (judging.group != nil || judging.folds != nil || judging.time != nil) {
      throw ValidationError("--no-shuffle tests on the last rows; leave out --group, --time and --folds")
    }
    if table == "-" && (judging.test == "-" || judging.validation == "-") {
      throw ValidationError("only one table can come from standard input")
    }
    if let choice = try network.choice(), let loss = optimization.loss,
      case .full(let schema) = choice, !loss.fits(schema)
    {
      throw ValidationError(TrainingError.lossDoesNotFit(loss, schema: schema).description)
    }
  }

  /// The path at which to save the model.
  private var modelPath: String { saving.output ?? Self.modelName(for: table) }

  /// The table's name without its folder and extensions, with a model's extension.
  static func modelName(for table: String) -> String {
    if table == "-" || table.hasPrefix("/dev/") { return "model.safetensors" }
    var name = URL(fileURLWithPath: table).lastPathComponent
    for ending in [".gz", ".csv", ".tsv", ".txt", ".dat", ".data", ".arff"] where name.lowercased().hasSuffix(ending) {
      name.removeLast(ending.count)
    }
    return (name.isEmpty ? "model" : name) + ".safetensors"
  }

  func run() throws {
    let inputs = [table, judging.test, judging.validation, network.continued, network.initialWeights].compactMap(\.self)
    let file = try OutputFile(
      modelPath, inputs: inputs.filter { $0 != "-" }, replaces: [.model], force: force.force)
    let progress = Progress(quiet: show.quiet)
    let options = try trainingOptions()
    var preparation = try TrainingPreparation(self, options: options, progress: progress)
    let session = try TrainingSession(
      &preparation, options: options, folds: judging.folds, progress: progress, quietly: show.quiet)
    // After Ctrl-C, save first: the scores can take a while.
    if Interruption.signal != nil, !file.isStandardOutput {
      try file.write(session.model.tensorFile(name: modelPath).encoded())
    }
    let report = try TrainingReport(session, preparation, command: commandLine, file: file)
    try file.write(report.model.tensorFile(name: modelPath).encoded())
    if show.json || !show.quiet {
      let text = try show.json ? JSONText.encode(report.json) : report.text
      // If the model goes to standard output, the report doesn't.
      if file.isStandardOutput { StandardError.writeRaw(text) } else { try StandardOutput.write(text) }
    }
    if let code = Interruption.exitCode { throw ExitCode(code) }
  }

  /// The library's options with those from the command line.
  private func trainingOptions() throws -> TrainingOptions {
    var options = try optimization.trainingOptions()
    if let choice = try network.choice() { options.schema = choice }
    options.validationFraction = judging.validationFraction
    options.patience = judging.patience ?? (judging.earlyStopping == true ? 20 : nil)
    if judging.earlyStopping == false {
      options.keepsBestEpoch = false
      if judging.validation == nil && judging.validationFraction == nil { options.validationFraction = 0 }
    }
    return options
  }

  /// The command as it was typed.
  private var commandLine: String {
    (["chainrule"] + CommandLine.arguments.dropFirst().map(TextFormat.shellQuoted)).joined(separator: " ")
  }
}

import ArgumentParser
import ChainruleTables

struct DescribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe",
    abstract: "Show what a table holds and how it would be used, without training.",
    discussion: """
      Shows how the file is written, what each column holds, its missing cells, range or categories, how training \
      would use it, and which columns would be left out. If a guess is wrong, the same options correct it here and \
      in “chainrule train”.

      Examples:
        chainrule describe penguins.csv
        chainrule describe penguins.csv --target species --ignore year
      """)

  @Argument(help: ArgumentHelp("The table, - for standard input; gzip is fine.", valueName: "file"))
  var table: String

  @OptionGroup(title: "Target") var goal: TargetOptions
  @OptionGroup(title: "Columns") var columns: ColumnOptions
  @OptionGroup(title: "Reading the table") var reading: ReadingArguments

  @Flag(help: "Print it as JSON, for programs.")
  var json = false

  @Flag(name: [.customShort("q"), .long], help: "Print no progress.")
  var quiet = false

  func run() throws {
    var choices = ColumnChoices(targets: goal.target, columns: columns, task: goal.task)
    let table = try TableSource(table, reading: reading, keeping: choices.candidates)
      .read(progress: Progress(quiet: quiet)) { try choices.resolve(header: $0, table: self.table) }
    let description = try TableDescription(table, targets: choices.targets, options: choices.encodingOptions)
    try StandardOutput.write(json ? JSONText.encode(description) : description.text)
  }
}

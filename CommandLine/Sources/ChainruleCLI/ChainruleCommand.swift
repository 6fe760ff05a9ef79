import ArgumentParser

/// The root command. Its subcommands do the work.
struct ChainruleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chainrule",
    abstract: "Train neural networks on tables, use them, and see how one learns.",
    discussion: """
      To begin: chainrule describe FILE shows what a table holds, chainrule train FILE --target COLUMN trains a model, \
      and chainrule predict MODEL FILE uses it.

      Exit codes: 0 success, 64 a mistake on the command line, 65 bad data, 66 no such file, 69 no port to listen on, \
      73 a file can't be created, 74 reading or writing failed, 129, 130 or 143 stopped by a signal.
      """,
    version: "0.1.0",
    subcommands: [
      DescribeCommand.self, TrainCommand.self, PredictCommand.self, EvaluateCommand.self, InspectCommand.self,
      FigureCommand.self, LabCommand.self,
    ])
}

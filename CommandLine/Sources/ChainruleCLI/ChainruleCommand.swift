import ArgumentParser

/// The command itself: its subcommands do the work.
struct ChainruleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chainrule",
    abstract: "A multilayer perceptron for tables of numbers, and a lab to see how one learns.",
    discussion: """
      Exit codes: 0 success, 64 a mistake on the command line, 65 bad data, 66 no such file, 69 no port to listen on, \
      73 a file can't be created, 74 reading or writing failed, 130 interrupted.
      """,
    version: "0.1.0",
    subcommands: [
      TrainCommand.self, PredictCommand.self, EvaluateCommand.self, InspectCommand.self, FigureCommand.self,
      LabCommand.self,
    ])
}

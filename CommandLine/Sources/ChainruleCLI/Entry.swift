import ArgumentParser
import Foundation

/// Parses the command line, runs the command, and turns any error into one line and an exit code.
@main
enum Entry {
  static func main() async {
    // Report a file that grows too large as an error, like a full disk, instead of being killed.
    signal(SIGXFSZ, SIG_IGN)
    do {
      var command = try ChainruleCommand.parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      let code = ChainruleCommand.exitCode(for: error)
      // ArgumentParser also throws requests for help and for the version.
      if code == .success { showHelp(error) }
      if let code = error as? ExitCode { exit(code.rawValue) }
      if code == .validationFailure {
        // ArgumentParser writes a list of values with one per line.
        let message = ChainruleCommand.message(for: error)
          .replacing("following:\n  - ", with: "following: ").replacing("\n  - ", with: ", ")
        Failure(code: .usage, message: message + helpHint).exit()
      }
      Failure(error).exit()
    }
  }

  /// Prints help or the version. That can fail like any output.
  private static func showHelp(_ error: any Error) -> Never {
    do {
      try StandardOutput.write(ChainruleCommand.fullMessage(for: error) + "\n")
    } catch {
      error.exit()
    }
    exit(0)
  }

  /// The hint about help after a mistake on the command line.
  private static var helpHint: String {
    let names = ChainruleCommand.configuration.subcommands.compactMap { $0.configuration.commandName }
    let command = CommandLine.arguments.dropFirst().first.flatMap { names.contains($0) ? $0 : nil }
    return command.map { " (see chainrule help \($0))" } ?? " (see chainrule help)"
  }
}

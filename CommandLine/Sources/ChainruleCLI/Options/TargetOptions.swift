import ArgumentParser
import ChainruleTables

/// What to predict.
struct TargetOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The column to predict; several columns of numbers with commas between them, or repeated.", valueName: "column"))
  var target: [String] = []

  @Option(
    help: ArgumentHelp("Predict classes or a number. (default: as the column looks)", valueName: "classes|number"),
    transform: TargetOptions.task)
  var task: TaskKind?

  private static func task(_ text: String) throws -> TaskKind {
    switch text {
    case "classes", "class": .classes
    case "number", "numbers": .numbers
    default: throw ValidationError("expected classes or number")
    }
  }
}

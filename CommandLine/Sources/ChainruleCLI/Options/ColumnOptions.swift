import ArgumentParser

/// How to use the columns.
struct ColumnOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Leave these columns out, separated by commas. May be repeated.", valueName: "columns"))
  var ignore: [String] = []

  @Option(
    help: ArgumentHelp("Learn from these columns only, separated by commas. May be repeated.", valueName: "columns"))
  var only: [String] = []

  @Option(
    help: ArgumentHelp(
      "Take these columns as categories, even if they hold numbers. May be repeated.", valueName: "columns"))
  var categorical: [String] = []

  @Option(
    help: ArgumentHelp(
      "Take these columns as numbers; cells that aren't numbers count as missing. May be repeated.",
      valueName: "columns"))
  var numeric: [String] = []

  @Flag(help: "Train on numbers without scaling them.")
  var noStandardize = false

  @Flag(help: "Let predicted numbers leave the range of the training rows' targets.")
  var extrapolate = false
}

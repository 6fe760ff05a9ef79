import ArgumentParser

/// How to test the model, and on which rows.
struct JudgingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Part of the rows to hold out for the test, from 0 to below 1. (default: 0.2; 0 with --test)",
      valueName: "fraction"))
  var holdout: Double?

  @Option(help: ArgumentHelp("Test on this table instead of rows that were held out.", valueName: "file"))
  var test: String?

  @Option(
    help: ArgumentHelp(
      "Choose the best epoch by this table instead of a part of the training rows.", valueName: "file"))
  var validation: String?

  @Option(
    help: ArgumentHelp(
      "Part of the training rows that chooses the best epoch. (default: 0.1; 0 for fewer than 50 rows)",
      valueName: "fraction"))
  var validationFraction: Double?

  @Option(
    help: ArgumentHelp(
      "Also train and test this many models, each on different rows, and report mean and deviation.", valueName: "count"
    ))
  var folds: Int?

  @Option(
    help: ArgumentHelp(
      "Keep rows with the same value of this column together, such as those of one patient.", valueName: "column"))
  var group: String?

  @Option(help: ArgumentHelp("Test on the rows that come last by this column.", valueName: "column"))
  var time: String?

  @Flag(
    inversion: .prefixedNo,
    help: "Keep the weights of the best epoch, by its validation loss, and stop once it no longer falls.")
  var earlyStopping: Bool?

  @Option(
    help: ArgumentHelp(
      "Stop after this many epochs without a better validation loss. (with --early-stopping: 20)", valueName: "epochs"))
  var patience: Int?

  func validate() throws {
    func isPart(_ value: Double) -> Bool { value >= 0 && value < 1 }
    if let holdout, !isPart(holdout) { throw ValidationError("--holdout must be from 0 to below 1, found \(holdout)") }
    if let validationFraction, !isPart(validationFraction) {
      throw ValidationError("--validation-fraction must be from 0 to below 1, found \(validationFraction)")
    }
    if let patience, patience < 1 { throw ValidationError("--patience must be 1 or more, found \(patience)") }
    if let folds, folds < 2 || folds > 1000 { throw ValidationError("--folds must be from 2 to 1,000, found \(folds)") }
    func exclude(_ first: String, _ isFirst: Bool, _ second: String, _ isSecond: Bool) throws {
      if isFirst && isSecond { throw ValidationError("\(first) and \(second) exclude each other; leave one out") }
    }
    try exclude("--group", group != nil, "--time", time != nil)
    try exclude("--folds", folds != nil, "--time", time != nil)
    try exclude("--validation", validation != nil, "--validation-fraction", validationFraction != nil)
    try exclude("--patience", patience != nil, "--no-early-stopping", earlyStopping == false)
    if [test, validation].filter({ $0 == "-" }).count > 1 {
      throw ValidationError("only one table can come from standard input")
    }
  }

  /// The part of the rows to hold out.
  var heldOutPart: Double { holdout ?? (test == nil ? 0.2 : 0) }
}

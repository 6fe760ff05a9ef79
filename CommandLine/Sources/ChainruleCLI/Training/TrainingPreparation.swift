import Chainrule
import ChainruleData
import ChainruleFormats
import ChainruleTables

/// Everything that training needs: the tables that were read, what their columns mean, and which rows are for what.
struct TrainingPreparation {
  let table: Table
  let encoding: TableEncoding
  let schema: Schema
  let loss: Loss
  let training: Dataset
  let validation: Dataset?
  let test: Dataset?
  /// The rows to train on and to choose the epoch by, in the table.
  let trainingRows: [Int]
  let validationRows: [Int]
  /// The rows left out as their targets can't be used, in words.
  var leftOutRows: [String] = []
  /// What a person should know before training.
  var notices: [String] = []
  /// Where training starts; `nil` for new weights.
  var start: Network?
  /// The model that goes on learning.
  var continued: TabularModel?
  /// The parts to test one after another.
  var folds: FoldPlan?

  /// Reads the tables and divides the rows.
  init(_ command: TrainCommand, progress: Progress) throws {
    let continued = try command.network.continued.map { try TabularModel(contentsOf: $0) }
    var choices = ColumnChoices(command, continued: continued)
    let table = try TableSource(command.table, reading: command.reading, keeping: choices.candidates)
      .read(progress: progress) { try choices.resolve(header: $0, table: command.table) }
    let options = try command.optimization.trainingOptions()
    let others = try Self.otherTables(command, choices: choices, progress: progress)

    self.table = table
    self.continued = continued
    notices = table.notices.map { "\($0)" }
    if let continued {
      let parts = try ContinuedTask(continued, table: table, command: command, hasValidation: others.validation != nil)
      encoding = continued.encoding
      schema = continued.network.schema
      loss = command.optimization.loss ?? continued.loss
      training = parts.training
      trainingRows = parts.trainingRows
      validationRows = parts.validationRows
      validation = try others.validation.map { try Self.dataset(encoding, $0) } ?? parts.validation
      test = try others.test.map { try Self.dataset(encoding, $0) } ?? parts.test
      leftOutRows = parts.leftOutRows
      start = continued.network
      return
    }

    let rule: SplitRule =
      if let group = choices.group {
        .group(group)
      } else if let time = choices.time {
        .time(time)
      } else {
        command.optimization.noShuffle ? .last : .random
      }
    let architecture = try command.network.architecture() ?? options.architecture
    let task = try TableTask(
      table, targets: choices.targets, options: choices.encodingOptions(command), schema: SchemaChoice(architecture),
      loss: command.optimization.loss, test: command.judging.heldOutPart,
      validation: Self.validationPart(command, rows: table.rowCount, hasTable: others.validation != nil), rule: rule,
      seed: command.optimization.seed)
    encoding = task.encoding
    schema = task.schema
    loss = task.loss
    training = task.training
    trainingRows = task.trainingRows
    validationRows = task.validationRows
    validation = try others.validation.map { try Self.dataset(encoding, $0) } ?? task.validation
    test = try others.test.map { try Self.dataset(encoding, $0) } ?? task.test
    leftOutRows = LeftOutRows.words(missing: task.rowsWithoutTarget, unknown: task.unknownTargets)
    notices += encoding.notices.map { "\($0)" }
    if let path = command.network.initialWeights {
      let weights = try InitialWeights(path, encoding: encoding, schema: schema)
      start = weights.network
      notices += weights.notices
    }
    if let count = command.judging.folds {
      folds = try FoldPlan(
        task, count: count, targets: choices.targets, options: choices.encodingOptions(command), rule: rule,
        seed: command.optimization.seed)
    }
  }

  /// The part of the training rows that chooses the epoch.
  static func validationPart(_ command: TrainCommand, rows: Int, hasTable: Bool) -> Double {
    if hasTable { return 0 }
    if command.judging.earlyStopping == false && command.judging.validationFraction == nil { return 0 }
    var options = TrainingOptions()
    options.validationFraction = command.judging.validationFraction
    return options.validationFraction(rows: rows - Int(Double(rows) * command.judging.heldOutPart))
  }

  private static func otherTables(
    _ command: TrainCommand, choices: ColumnChoices, progress: Progress
  ) throws -> (validation: Table?, test: Table?) {
    func read(_ path: String?) throws -> Table? {
      guard let path else { return nil }
      return try TableSource(path, reading: command.reading, keeping: choices.candidates).read(progress: progress) {
        var names = ColumnNames(header: $0)
        _ = names.resolve(choices.targets, option: "--target")
        try names.check(table: path)
      }
    }
    return (try read(command.judging.validation), try read(command.judging.test))
  }

  /// The samples of another table, as the encoding understands it.
  private static func dataset(_ encoding: TableEncoding, _ table: Table) throws -> Dataset {
    let targets = try encoding.targets(from: table, rows: nil)
    guard !targets.rows.isEmpty else {
      throw Failure(
        code: .data,
        message: "\(table.name): no row has a target that the model knows in \(encoding.target.names.joined(separator: ", "))")
    }
    return try encoding.dataset(from: table, rows: targets.rows)
  }
}

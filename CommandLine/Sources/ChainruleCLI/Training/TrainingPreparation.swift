import Chainrule
import ChainruleData
import ChainruleFormats
import ChainruleTables

/// Everything that training needs: the tables, the meaning of their columns, and the use of their rows.
struct TrainingPreparation {
  /// What to train.
  enum Work {
    /// A new model. `start` is the network to start from; `nil` for new weights.
    case new(TableTask, start: Network?)
    /// A model to continue.
    case continued(ContinuedTask)
  }

  let table: Table
  /// Set to `nil` when it's done, because its samples take memory.
  var work: Work?
  /// The rows of ``table`` for training, validation and testing.
  let trainingRows: [Int]
  let validationRows: [Int]
  let testRows: [Int]
  /// A separate validation table.
  let validationTable: Table?
  /// A separate test table.
  let testTable: Table?
  let encoding: TableEncoding
  /// The samples of ``validationTable``.
  let validation: Dataset?
  /// The options' decisions about the columns, and the column that groups rows.
  let columns: EncodingOptions
  let group: String?
  /// Notices to show before training.
  let notices: [String]
  /// Rows that can't be used because of their target, in words.
  let leftOutRows: [String]

  /// Reads the tables and divides the rows.
  init(_ command: TrainCommand, options: TrainingOptions, progress: Progress) throws {
    let continued = try command.network.continued.map { try TabularModel(contentsOf: $0) }
    var choices = ColumnChoices(
      targets: command.goal.target, columns: command.columns, task: command.goal.task, group: command.judging.group,
      time: command.judging.time, continued: continued)
    let table = try TableSource(command.table, reading: command.reading, keeping: choices.candidates)
      .read(progress: progress) { try choices.resolve(header: $0, table: command.table) }
    self.table = table
    validationTable = try Self.table(command.judging.validation, command, choices, progress)
    testTable = try Self.table(command.judging.test, command, choices, progress)
    columns = choices.encodingOptions
    group = choices.group
    var notices = table.notices.map { "\($0)" }

    let seed = command.optimization.seed
    let testPart = command.judging.heldOutPart
    let validationPart =
      validationTable == nil ? options.validationFraction(rows: Int(Double(table.rowCount) * (1 - testPart))) : 0
    if let continued {
      let task = try ContinuedTask(
        continued, table: table, test: testPart, validation: validationPart, isLast: command.optimization.noShuffle,
        seed: seed)
      encoding = continued.encoding
      leftOutRows = LeftOutRows.words(missing: task.rowsWithoutTarget, unknown: task.unknownTargets)
      work = .continued(task)
      trainingRows = task.trainingRows
      validationRows = task.validationRows
      testRows = task.testRows
    } else {
      let task = try TableTask(
        table, targets: choices.targets, options: columns, schema: options.schema,
        loss: options.loss, test: testPart, validation: validationPart, rule: Self.rule(command, choices), seed: seed)
      encoding = task.encoding
      leftOutRows = LeftOutRows.words(missing: task.rowsWithoutTarget, unknown: task.unknownTargets)
      let weights = try command.network.initialWeights.map {
        try InitialWeights($0, encoding: task.encoding, schema: task.schema)
      }
      notices += task.encoding.notices.map { "\($0)" } + (weights?.notices ?? [])
      notices += Self.lastLayerNotice(task).map { [$0] } ?? []
      work = .new(task, start: weights?.network)
      trainingRows = task.trainingRows
      validationRows = task.validationRows
      testRows = task.testRows
    }
    validation = try validationTable.map { [encoding] in
      let data = try encoding.dataset(from: $0)
      if data.count == 0 { throw TabularModelError.noRows(table: $0.name) }
      return data
    }
    self.notices = notices
  }

  /// Evaluates the model on each part of the rows.
  func evaluate(_ model: TabularModel) throws -> [EvaluatedPart] {
    var parts: [EvaluatedPart] = []
    func add(_ name: String, _ table: Table, _ rows: [Int]?) throws {
      if rows?.isEmpty == true { return }
      parts.append(EvaluatedPart(part: name, evaluation: try model.evaluate(on: table, rows: rows)))
    }
    try add("training", table, trainingRows)
    try add("validation", table, validationRows)
    try add("test", table, testRows)
    if let validationTable { try add("validation", validationTable, nil) }
    if let testTable { try add(parts.contains { $0.part == "test" } ? "test table" : "test", testTable, nil) }
    return parts
  }

  /// A notice if the last layer can't output every number.
  private static func lastLayerNotice(_ task: TableTask) -> String? {
    guard case .numbers = task.encoding.target, task.encoding.outputForm == .numbers else { return nil }
    let activation = task.schema.outputActivation
    // Targets are scaled, so they're on both sides of zero.
    switch activation {
    case .linear, .leakyReLU: return nil
    default: break
    }
    return
      "the last layer is \(activation.name), which can't give every number: the target is scaled to be around 0, and "
      + "some of its numbers are out of reach; end the schema in a linear layer"
  }

  /// How to hold out rows.
  private static func rule(_ command: TrainCommand, _ choices: ColumnChoices) -> SplitRule {
    if let group = choices.group { return .group(group) }
    if let time = choices.time { return .time(time) }
    return command.optimization.noShuffle ? .last : .random
  }

  /// Reads another table with the same columns.
  private static func table(
    _ path: String?, _ command: TrainCommand, _ choices: ColumnChoices, _ progress: Progress
  ) throws -> Table? {
    guard let path else { return nil }
    return try TableSource(path, reading: command.reading, keeping: choices.candidates).read(progress: progress) {
      var names = ColumnNames(header: $0)
      _ = names.resolve(choices.targets, option: "--target")
      try names.check(table: path)
    }
  }
}

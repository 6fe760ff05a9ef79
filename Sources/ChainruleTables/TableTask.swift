import ChainruleCore

/// A table prepared for training: the meaning of its columns, the network's shape, and the rows for training,
/// validation and testing.
///
/// ```swift
/// let task = try TableTask(table, targets: ["species"], seed: 1)
/// var run = try TrainingRun(network: Network(task.schema, seed: 1), data: task.training, loss: task.loss)
/// try run.train()
/// ```
public struct TableTask: Sendable {
  /// The table.
  public let table: Table
  /// The meaning of its columns, learned from the training rows.
  public let encoding: TableEncoding
  /// The network's shape.
  public let schema: Schema
  /// The loss that training minimizes.
  public let loss: Loss
  /// The samples to train on.
  public let training: Dataset
  /// The samples that choose the best epoch, if any.
  public let validation: Dataset?
  /// The samples held out to measure the model, if any.
  public let test: Dataset?
  /// The rows of ``training``, in order.
  public let trainingRows: [Int]
  /// The rows of ``validation``, in order.
  public let validationRows: [Int]
  /// The rows of ``test``, in order.
  public let testRows: [Int]
  /// Rows left out because they have no target.
  public let rowsWithoutTarget: Int
  /// Rows left out because their target isn't a number, or is a class that has no training row.
  public let rowsWithUnknownTarget: Int
  /// The targets of those rows, the most frequent first, up to ten.
  public let unknownTargets: [TextCount]
  /// The number of training rows of each class; `nil` if the target is a number.
  public let classCounts: [Int]?

  /// Infers what the columns mean, divides the rows, and encodes each part.
  ///
  /// - Parameters:
  ///   - table: the table.
  ///   - targets: the column to predict, or several columns of numbers. The others are inputs.
  ///   - options: your decisions about the columns.
  ///   - schema: the network's shape; by default `SchemaChoice.standard`.
  ///   - loss: the loss to minimize; by default one that suits the target.
  ///   - test: the part of the rows to hold out, in `0..<1`.
  ///   - validation: the part of the remaining rows that chooses the best epoch, in `0..<1`.
  ///   - rule: how to choose both.
  ///   - seed: fixes the choice.
  /// - Throws: ``TableError``, which lists every bad column, or names a part outside `0..<1`.
  public init(
    _ table: Table, targets: [String], options: EncodingOptions = EncodingOptions(),
    schema: SchemaChoice = .standard, loss: Loss? = nil, test: Double = 0.2, validation: Double = 0,
    rule: SplitRule = .random, seed: UInt64 = 0
  ) throws(TableError) {
    let rows = try LabelledRows(table, targets: targets, options: options.suggesting(schema, loss))
    let division = rows.division(by: rule, seed: seed)
    let first = try division.split(rows.rows, fraction: test)
    let second = try division.split(first.training, fraction: validation)
    try self.init(
      rows, schema: schema, loss: loss, trainingRows: second.training, validationRows: second.heldOut,
      testRows: first.heldOut)
  }

  /// Infers what the columns mean, and encodes the given rows. Rows without a target are left out.
  ///
  /// - Parameters:
  ///   - table: the table.
  ///   - targets: the column to predict, or several columns of numbers. The others are inputs.
  ///   - options: your decisions about the columns.
  ///   - schema: the network's shape; by default `SchemaChoice.standard`.
  ///   - loss: the loss to minimize; by default one that suits the target.
  ///   - trainingRows: the rows to train on, from which the encoding is learned.
  ///   - validationRows: the rows that choose the best epoch.
  ///   - testRows: the rows to test with.
  /// - Throws: ``TableError``, which lists every bad column.
  public init(
    _ table: Table, targets: [String], options: EncodingOptions = EncodingOptions(),
    schema: SchemaChoice = .standard, loss: Loss? = nil, trainingRows: [Int], validationRows: [Int] = [],
    testRows: [Int] = []
  ) throws(TableError) {
    let rows = try LabelledRows(table, targets: targets, options: options.suggesting(schema, loss))
    try self.init(
      rows, schema: schema, loss: loss, trainingRows: trainingRows, validationRows: validationRows, testRows: testRows)
  }

  private init(
    _ rows: LabelledRows, schema: SchemaChoice, loss: Loss?, trainingRows: [Int], validationRows: [Int],
    testRows: [Int]
  ) throws(TableError) {
    table = rows.table
    let learned = try TableEncoding.fit(
      rows.table, targets: rows.targets, options: rows.options, trainingRows: trainingRows)
    let fitting = try SchemaFitting(learned, schema: schema, loss: loss, table: rows.table.name)
    encoding = fitting.encoding
    self.schema = fitting.schema
    self.loss = fitting.loss

    // Encode one part after another.
    let training = try encoding.targets(from: table, rows: trainingRows)
    let validation = try encoding.targets(from: table, rows: validationRows)
    let test = try encoding.targets(from: table, rows: testRows)
    if training.rows.isEmpty { throw TableError.noRows(with: rows.targets, in: table) }
    self.trainingRows = training.rows
    self.validationRows = validation.rows
    self.testRows = test.rows
    rowsWithoutTarget = rows.withoutTarget
    rowsWithUnknownTarget = training.unknownCount + validation.unknownCount + test.unknownCount
    unknownTargets = TextCount.sum(training.unknown + validation.unknown + test.unknown, limit: 10)
    self.training = try encoding.dataset(from: table, targets: training)
    self.validation = validation.rows.isEmpty ? nil : try encoding.dataset(from: table, targets: validation)
    self.test = test.rows.isEmpty ? nil : try encoding.dataset(from: table, targets: test)

    guard let labels = encoding.target.labels else {
      classCounts = nil
      return
    }
    var counts = [Int](repeating: 0, count: labels.count)
    for row in 0..<self.training.count { counts[self.training.classNumber(row)] += 1 }
    classCounts = counts
  }

  /// Divides a table's rows with a target into folds for cross-validation: each fold is held out once, and the others
  /// train.
  ///
  /// ```swift
  /// let folds = try TableTask.folds(table, targets: ["species"], count: 5, seed: 1)
  /// let split = folds.split(0)
  /// let task = try TableTask(table, targets: ["species"], trainingRows: split.training, testRows: split.heldOut)
  /// ```
  ///
  /// - Throws: ``TableError`` if there are fewer than two folds, too few rows or groups, or a column is bad.
  public static func folds(
    _ table: Table, targets: [String], options: EncodingOptions = EncodingOptions(), count: Int,
    rule: SplitRule = .random, seed: UInt64 = 0
  ) throws(TableError) -> Folds {
    let rows = try LabelledRows(table, targets: targets, options: options)
    return try rows.division(by: rule, seed: seed).folds(rows.rows, count: count)
  }

  /// Holds out a part of a table's rows with a target, or of some of them.
  ///
  /// - Throws: ``TableError`` if `fraction` isn't in `0..<1`, the rule names a column that can't divide the rows, or a
  ///   column is bad.
  public static func split(
    _ table: Table, targets: [String], options: EncodingOptions = EncodingOptions(), rows: [Int]? = nil,
    fraction: Double, rule: SplitRule = .random, seed: UInt64 = 0
  ) throws(TableError) -> Split {
    if let rows { table.checkRows(rows) }
    let labelled = try LabelledRows(table, targets: targets, options: options)
    return try labelled.division(by: rule, seed: seed).split(rows ?? labelled.rows, fraction: fraction)
  }
}

extension EncodingOptions {
  /// The same options, with the task that the schema or the loss implies, unless the options set one.
  fileprivate func suggesting(_ schema: SchemaChoice, _ loss: Loss?) -> EncodingOptions {
    var options = self
    options.suggestedTask = loss?.suggestedTask ?? schema.suggestedTask(loss: loss)
    return options
  }
}

import Chainrule
import ChainruleTables

extension TabularModel {
  /// Trains a model to predict a column of a table from the others.
  ///
  /// ```swift
  /// let model = try TabularModel.fit(table, target: "species") { progress in
  ///   print(progress.epoch, progress.validationLoss ?? progress.loss)
  /// }
  /// ```
  ///
  /// If the task in which it runs is cancelled, training stops, and what it has learned is kept.
  ///
  /// - Parameters:
  ///   - table: the rows to learn from.
  ///   - target: the column to predict.
  ///   - options: how to train.
  ///   - encoding: your decisions about the columns.
  ///   - validation: rows that choose the best epoch; by default a part of the table.
  ///   - kernels: the loops to run.
  ///   - progress: called after every epoch.
  ///   - shouldStop: called before every step; if it returns true, training stops, and what it has learned is kept.
  /// - Throws: ``TabularModelError``.
  public static func fit(
    _ table: Table, target: String, options: TrainingOptions = TrainingOptions(),
    encoding: EncodingOptions = EncodingOptions(), validation: Table? = nil, kernels: Kernels = .native,
    progress: (TrainingProgress) -> Void = { _ in }, shouldStop: () -> Bool = { false }
  ) throws(TabularModelError) -> TabularModel {
    try fit(
      table, targets: [target], options: options, encoding: encoding, validation: validation, kernels: kernels,
      progress: progress, shouldStop: shouldStop)
  }

  /// Trains a model to predict several columns of numbers, or one column of any kind, from the others.
  ///
  /// - Throws: ``TabularModelError``.
  public static func fit(
    _ table: Table, targets: [String], options: TrainingOptions = TrainingOptions(),
    encoding: EncodingOptions = EncodingOptions(), validation: Table? = nil, kernels: Kernels = .native,
    progress: (TrainingProgress) -> Void = { _ in }, shouldStop: () -> Bool = { false }
  ) throws(TabularModelError) -> TabularModel {
    try check(options)
    let task: TableTask
    var samples: Dataset?
    do {
      task = try TableTask(
        table, targets: targets, options: encoding, schema: options.schema, loss: options.loss,
        test: 0,
        validation: validation == nil ? options.validationFraction(rows: table.rowCount) : 0, seed: options.seed)
      if let validation { samples = try task.encoding.dataset(from: validation) }
    } catch {
      throw .table(error)
    }
    return try fit(
      task, validation: samples, options: options, kernels: kernels, progress: progress, shouldStop: shouldStop)
  }

  /// Trains a model on a task, whose rows are already divided.
  ///
  /// - Parameters:
  ///   - task: the table, its encoding, and its parts. It determines the schema and the loss.
  ///   - validation: samples that choose the best epoch; by default those of the task.
  ///   - network: where training starts; by default a new network.
  ///   - options: how to train.
  ///   - kernels: the loops to run.
  ///   - progress: called after every epoch.
  ///   - shouldStop: called before every step; if it returns true, training stops, and what it has learned is kept.
  /// - Throws: ``TabularModelError``.
  public static func fit(
    _ task: TableTask, validation: Dataset? = nil, options: TrainingOptions = TrainingOptions(),
    startingFrom network: Network? = nil, kernels: Kernels = .native, progress: (TrainingProgress) -> Void = { _ in },
    shouldStop: () -> Bool = { false }
  ) throws(TabularModelError) -> TabularModel {
    if let network, network.schema != task.schema {
      throw .schemaDoesNotFit(found: network.schema, expected: task.schema)
    }
    let validation = validation ?? task.validation
    var session = FitSession(encoding: task.encoding, schema: task.schema, loss: task.loss, options: options)
    session.record.validationRows = validation?.count ?? 0
    session.record.testRows = task.testRows.count
    session.record.rowsWithoutTarget = task.rowsWithoutTarget
    session.record.notices = task.encoding.notices.map { "\($0)" }
    return try session.train(
      on: task.training, validation: validation, from: network, kernels: kernels, progress: progress,
      shouldStop: shouldStop)
  }

  /// Continues training on more rows. Columns, levels, classes and scaling don't change. Columns are found by name.
  ///
  /// ```swift
  /// let better = try model.continued(on: Table(contentsOf: "news.csv"))
  /// ```
  ///
  /// - Parameters:
  ///   - table: the rows to learn from; the earlier ones aren't used again.
  ///   - options: how to train. Its schema isn't used; the loss is by default the model's.
  ///   - validation: rows that choose the best epoch; by default a part of the table.
  ///   - kernels: the loops to run.
  ///   - progress: called after every epoch.
  ///   - shouldStop: called before every step; if it returns true, training stops, and what it has learned is kept.
  /// - Throws: ``TabularModelError`` if a column is missing, a class is new, or training fails.
  public func continued(
    on table: Table, options: TrainingOptions = TrainingOptions(), validation: Table? = nil, kernels: Kernels = .native,
    progress: (TrainingProgress) -> Void = { _ in }, shouldStop: () -> Bool = { false }
  ) throws(TabularModelError) -> TabularModel {
    try Self.check(options)
    var session = FitSession(
      encoding: encoding, schema: network.schema, loss: options.loss ?? loss, options: options)
    session.record = training
    session.record.scores = [:]
    session.record.testRows = 0
    let found = try TabularModelError.wrapping { () throws(TableError) in try encoding.targets(from: table) }
    if let labels = encoding.target.labels, !found.unknown.isEmpty {
      throw .unknownClasses(found.unknown.map(\.text), known: labels, table: table.name)
    }
    if found.rows.isEmpty { throw .noRows(table: table.name) }
    session.record.rowsWithoutTarget = found.missing
    let fraction = validation == nil ? options.validationFraction(rows: found.rows.count) : 0
    let split = Split(rows: found.rows, classes: encoding.classes(of: found), fraction: fraction, seed: options.seed)
    let (samples, validationSamples) = try TabularModelError.wrapping { () throws(TableError) in
      let samples = try encoding.dataset(from: table, rows: split.training)
      if let validation { return (samples, Optional(try encoding.dataset(from: validation))) }
      return (samples, split.heldOut.isEmpty ? nil : try encoding.dataset(from: table, rows: split.heldOut))
    }
    session.record.validationRows = validationSamples?.count ?? 0
    return try session.train(
      on: samples, validation: validationSamples, from: network, kernels: kernels, progress: progress,
      shouldStop: shouldStop)
  }

  static func check(_ options: TrainingOptions) throws(TabularModelError) {
    do { try options.check() } catch { throw .training(error) }
  }
}

extension TableEncoding {
  /// The class of each row with a target; `nil` if the targets are numbers.
  func classes(of targets: EncodedTargets) -> [Int]? {
    guard target.labels != nil else { return nil }
    let width = targets.outputCount
    return targets.rows.indices.map { Self.classNumber(targets.values[($0 * width)..<(($0 + 1) * width)]) }
  }

  /// The class in a row's targets: the index of the largest one. A single one means the second class if it's above
  /// zero.
  static func classNumber(_ values: ArraySlice<Float>) -> Int {
    if values.count == 1 { return values[values.startIndex] > 0 ? 1 : 0 }
    return Dataset.classNumber(of: values)
  }
}

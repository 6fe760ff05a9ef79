import Chainrule
import ChainruleTables

extension TabularModel {
  /// Learns to predict a column of a table from the others.
  ///
  /// ```swift
  /// let model = try TabularModel.fit(table, target: "species") { progress in
  ///   print(progress.epoch, progress.validationLoss ?? progress.loss)
  /// }
  /// ```
  ///
  /// Training also ends, and what has been learned is kept, if the task it runs in is cancelled.
  ///
  /// - Parameters:
  ///   - table: the rows to learn from.
  ///   - target: the column to predict.
  ///   - options: how to train.
  ///   - encoding: what you decide about the columns.
  ///   - validation: rows that choose the best epoch; by default a part of the table.
  ///   - kernels: the loops to run.
  ///   - progress: called after every epoch.
  ///   - shouldStop: asked before every step; training ends if it says so, and what has been learned is kept.
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

  /// Learns to predict several columns of numbers, or one column of any kind, from the others.
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

  /// Learns from a task, whose rows are divided already.
  ///
  /// - Parameters:
  ///   - task: the table, its encoding, and its parts; it decides the schema and the loss.
  ///   - validation: samples that choose the best epoch; by default those of the task.
  ///   - network: where training starts; by default a new network.
  ///   - options: how to train.
  ///   - kernels: the loops to run.
  ///   - progress: called after every epoch.
  ///   - shouldStop: asked before every step; training ends if it says so, and what has been learned is kept.
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

  /// Goes on learning, from more rows. Columns, levels, classes and scaling stay as they are, and columns are found by name.
  ///
  /// ```swift
  /// let better = try model.continued(on: Table(contentsOf: "news.csv"))
  /// ```
  ///
  /// - Parameters:
  ///   - table: the rows to learn from; the older ones aren't seen again.
  ///   - options: how to train; its schema isn't used, and the loss is by default the model's own.
  ///   - validation: rows that choose the best epoch; by default a part of the table.
  ///   - kernels: the loops to run.
  ///   - progress: called after every epoch.
  ///   - shouldStop: asked before every step; training ends if it says so, and what has been learned is kept.
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

  /// The class that a row's targets stand for: the largest one, or of a single one the second class above zero.
  static func classNumber(_ values: ArraySlice<Float>) -> Int {
    if values.count == 1 { return values[values.startIndex] > 0 ? 1 : 0 }
    return Dataset.classNumber(of: values)
  }
}

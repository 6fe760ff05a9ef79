import Chainrule
import ChainruleTables

extension TabularModel {
  /// For each fold, trains a model on the rows of all others, and evaluates it on the fold's rows. The encoding is
  /// learned again for each fold, from its training rows only.
  ///
  /// - Parameters:
  ///   - table: the rows.
  ///   - target: the column to predict.
  ///   - folds: the number of folds, at least two.
  ///   - group: rows with the same value in this column are never in two parts.
  ///   - options: how to train; the seed also fixes the folds.
  ///   - encoding: what you decide about the columns.
  ///   - kernels: the loops to run.
  ///   - progress: called after every epoch of each fold.
  ///   - shouldStop: called before every step; if it returns true, training stops, and only the complete folds are
  ///     returned.
  /// - Throws: ``TabularModelError``.
  public static func crossValidate(
    _ table: Table, target: String, folds: Int = 5, group: String? = nil,
    options: TrainingOptions = TrainingOptions(), encoding: EncodingOptions = EncodingOptions(),
    kernels: Kernels = .native, progress: (TrainingProgress) -> Void = { _ in }, shouldStop: () -> Bool = { false }
  ) throws(TabularModelError) -> CrossValidation {
    try crossValidate(
      table, targets: [target], folds: folds, group: group, options: options, encoding: encoding, kernels: kernels,
      progress: progress, shouldStop: shouldStop)
  }

  /// The same for several columns of numbers, or one column of any kind.
  ///
  /// - Throws: ``TabularModelError``.
  public static func crossValidate(
    _ table: Table, targets: [String], folds: Int = 5, group: String? = nil,
    options: TrainingOptions = TrainingOptions(), encoding: EncodingOptions = EncodingOptions(),
    kernels: Kernels = .native, progress: (TrainingProgress) -> Void = { _ in }, shouldStop: () -> Bool = { false }
  ) throws(TabularModelError) -> CrossValidation {
    try check(options)
    if folds < 2 { throw .tooFewFolds(folds) }
    let rule = group.map { SplitRule.group($0) } ?? .random
    let parts: Folds
    do {
      parts = try TableTask.folds(
        table, targets: targets, options: encoding, count: folds, rule: rule, seed: options.seed)
    } catch {
      throw .table(error)
    }
    var evaluations: [Evaluation] = []
    for index in 0..<parts.count {
      let part = parts.split(index)
      let task: TableTask
      do {
        let inner = try TableTask.split(
          table, targets: targets, options: encoding, rows: part.training,
          fraction: options.validationFraction(rows: part.training.count), rule: rule, seed: options.seed)
        task = try TableTask(
          table, targets: targets, options: encoding, schema: options.schema, loss: options.loss,
          trainingRows: inner.training, validationRows: inner.heldOut, testRows: part.heldOut)
      } catch {
        throw .table(error)
      }
      func tell(_ told: TrainingProgress) {
        var told = told
        told.fold = index + 1
        progress(told)
      }
      let model = try fit(task, options: options, kernels: kernels, progress: tell, shouldStop: shouldStop)
      if model.training.ending == .stopped { break }
      evaluations.append(try model.evaluate(on: table, rows: part.heldOut, kernels: kernels))
    }
    return CrossValidation(folds: evaluations)
  }
}

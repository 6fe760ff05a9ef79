import Chainrule
import ChainruleFormats
import ChainruleTables

/// One training, from its first step to the last fold.
struct TrainingSession {
  /// The trained model.
  let model: TabularModel
  /// The cross-validation, if requested and if training wasn't stopped before.
  let folds: CrossValidation?

  /// Trains the model, then one for each fold, until a signal arrives.
  ///
  /// - Parameter preparation: its samples, which take memory, are released after training.
  init(
    _ preparation: inout TrainingPreparation, options: TrainingOptions, folds count: Int?, progress: Progress,
    quietly: Bool
  ) throws {
    Interruption.watch(quietly: quietly)
    model = try Self.train(&preparation, options: options, progress: progress)
    guard let count, Interruption.signal == nil else {
      folds = nil
      return
    }
    let table = preparation.table
    let watch = TrainingWatch(
      progress, rows: max(1, table.rowCount * (count - 1) / count), options: options, folds: count)
    let result = try watch.run {
      try TabularModel.crossValidate(
        table, targets: preparation.encoding.target.names, folds: count, group: preparation.group, options: options,
        encoding: preparation.columns, progress: watch.epoch, shouldStop: watch.step)
    }
    folds = result.folds.isEmpty ? nil : result
  }

  private static func train(
    _ preparation: inout TrainingPreparation, options: TrainingOptions, progress: Progress
  ) throws -> TabularModel {
    let watch = TrainingWatch(progress, rows: preparation.trainingRows.count, options: options)
    let work = preparation.work
    preparation.work = nil
    switch work {
    case nil: fatalError("a preparation is trained once")
    case .new(let task, let start):
      return try watch.run {
        try TabularModel.fit(
          task, validation: preparation.validation, options: options, startingFrom: start, progress: watch.epoch,
          shouldStop: watch.step)
      }
    case .continued(let task):
      var options = options
      let validation = preparation.validationTable ?? task.validationTable
      if validation == nil { options.validationFraction = 0 }
      return try watch.run {
        try task.model.continued(
          on: task.trainingTable, options: options, validation: validation, progress: watch.epoch,
          shouldStop: watch.step)
      }
    }
  }
}

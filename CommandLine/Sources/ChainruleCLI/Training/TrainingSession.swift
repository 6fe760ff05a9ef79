import Chainrule
import ChainruleFormats
import ChainruleTables

/// One training, from its first step to the last fold.
struct TrainingSession {
  let preparation: TrainingPreparation
  /// The trained model.
  let model: TabularModel
  /// How models for each fold did, if that was asked for and training wasn't stopped before.
  let folds: CrossValidation?

  /// Trains the model, then one for each fold, until a signal arrives.
  init(
    _ preparation: TrainingPreparation, options: TrainingOptions, folds count: Int?, progress: Progress, quietly: Bool
  ) throws {
    self.preparation = preparation
    Interruption.watch(quietly: quietly)
    let watch = TrainingWatch(progress, rows: preparation.trainingRowCount, options: options)
    var model: TabularModel
    switch preparation.work {
    case .new(let task, let start):
      model = try watch.run {
        try TabularModel.fit(
          task, validation: preparation.validation, options: options, startingFrom: start, shouldStop: watch.step,
          progress: watch.epoch)
      }
    case .continued(let task):
      var options = options
      if task.validationTable == nil && preparation.validationTable == nil { options.validationFraction = 0 }
      model = try watch.run {
        try task.model.continued(
          on: task.trainingTable, options: options, validation: preparation.validationTable ?? task.validationTable,
          shouldStop: watch.step, progress: watch.epoch)
      }
    }
    self.model = model
    guard let count, Interruption.signal == nil else {
      folds = nil
      return
    }
    let foldWatch = TrainingWatch(
      progress, rows: max(1, preparation.table.rowCount * (count - 1) / count), options: options, folds: count)
    let result = try foldWatch.run {
      try TabularModel.crossValidate(
        preparation.table, targets: preparation.encoding.target.names, folds: count, group: preparation.group,
        options: options, encoding: preparation.columns, shouldStop: foldWatch.step, progress: foldWatch.epoch)
    }
    folds = result.folds.isEmpty ? nil : result
  }
}

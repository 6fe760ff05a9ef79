import Chainrule
import ChainruleTables

/// Trains a model on a table, and records how it went.
struct FitSession {
  let encoding: TableEncoding
  let schema: Schema
  let loss: Loss
  let options: TrainingOptions
  var record = TrainingRecord()

  init(encoding: TableEncoding, schema: Schema, loss: Loss, options: TrainingOptions) {
    self.encoding = encoding
    self.schema = schema
    self.loss = loss
    self.options = options
  }

  /// Trains until the end set by the options, until `shouldStop` returns true, or until a number isn't finite and there
  /// is a best epoch to restore.
  mutating func train(
    on data: Dataset, validation: Dataset?, from network: Network?, kernels: Kernels,
    progress: (TrainingProgress) -> Void,
    shouldStop: () -> Bool
  ) throws(TabularModelError) -> TabularModel {
    var options = options
    options.loss = loss
    let trained: Network
    do {
      var run = try TrainingRun(
        schema, data: data, validation: validation, options: options, network: network, kernels: kernels)
      trained = try train(&run, epochs: options.epochs(rows: data.count), progress: progress, shouldStop: shouldStop)
    } catch {
      throw .training(error)
    }
    record.rows = data.count
    record.settings = options.summary(rows: data.count)
    record.version = TrainingRecord.libraryVersion
    return TabularModel(encoding: encoding, network: trained, loss: loss, seed: options.seed, training: record)
  }

  private mutating func train(
    _ run: inout TrainingRun, epochs: Int, progress: (TrainingProgress) -> Void, shouldStop: () -> Bool
  ) throws(TrainingError) -> Network {
    let scale = TabularModel.lossScale(of: loss, encoding: encoding)
    var history: [TrainingRecord.Point] = []
    record.ending = .completed
    training: while !run.isFinished {
      let step: TrainingRun.Step
      if shouldStop() || Task.isCancelled {
        record.ending = .stopped
        break training
      }
      do {
        step = try run.nextStep()
      } catch {
        if run.state.best == nil { throw error }
        record.ending = .diverged
        break training
      }
      guard let epoch = step.epoch else { continue }
      let told = TrainingProgress(epoch, of: epochs, bestEpoch: run.state.best?.epoch, scale: scale)
      if told.loss.isFinite && told.validationLoss?.isFinite ?? true {
        history.append(
          TrainingRecord.Point(epoch: told.epoch, loss: told.loss, validationLoss: told.validationLoss))
      }
      // Bounds the history, however long training takes.
      if history.count >= 20 * TrainingRecord.mostPoints {
        history = TrainingRecord.thinned(history, to: 10 * TrainingRecord.mostPoints)
      }
      progress(told)
    }
    if record.ending == .completed && run.epochs < epochs { record.ending = .converged }
    record.epochs = run.epochs
    record.history = TrainingRecord.thinned(history)
    // A run that was stopped hasn't restored its best epoch.
    let best = options.keepsBestEpoch ? run.state.best : nil
    record.bestEpoch = best?.epoch
    return best?.network ?? run.network
  }
}

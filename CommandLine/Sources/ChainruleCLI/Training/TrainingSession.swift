import Chainrule
import ChainruleFormats
import ChainruleTables

/// One training from its first step to its report.
struct TrainingSession {
  let preparation: TrainingPreparation
  let options: TrainingOptions
  private let progress: Progress
  /// What the epochs gave, in the units of the report.
  private(set) var curve = LossCurve()
  private(set) var network: Network
  /// How many epochs were completed.
  private(set) var epochs = 0
  /// What ended training before all epochs had passed, in words.
  private(set) var ending: String?
  /// The test scores of each fold.
  private(set) var foldScores: [PartScore] = []

  init(_ preparation: TrainingPreparation, options: TrainingOptions, progress: Progress) throws {
    self.preparation = preparation
    self.options = options
    self.progress = progress
    var start = preparation.start
    if start == nil {
      start = Network(preparation.schema, initializer: options.initializer, seed: options.seed)
    }
    network = start!
  }

  /// Trains the model, then one for each fold.
  mutating func train(quietly: Bool) throws {
    Interruption.watch(quietly: quietly)
    var options = options
    options.loss = preparation.loss
    let run = try Self.run(
      preparation.schema, data: preparation.training, validation: preparation.validation, options: options,
      network: network, encoding: preparation.encoding, progress: progress, prefix: "")
    network = run.network
    curve = run.curve
    epochs = run.epochs
    ending = run.ending
    if Interruption.signal == nil { try trainFolds(options) }
  }

  private mutating func trainFolds(_ options: TrainingOptions) throws {
    guard let plan = preparation.folds else { return }
    let part = Double(preparation.validationRows.count)
    let fraction = part / max(1, part + Double(preparation.trainingRows.count))
    for index in 0..<plan.folds.count {
      let task = try plan.task(
        index, schema: SchemaChoice(options.architecture), loss: options.loss, validation: fraction)
      let run = try Self.run(
        task.schema, data: task.training, validation: task.validation, options: options, network: nil,
        encoding: task.encoding, progress: progress, prefix: "fold \(index + 1) of \(plan.folds.count), ")
      if Interruption.signal != nil { return }
      guard let test = task.test else { continue }
      foldScores.append(
        try Scoring.score("fold \(index + 1)", run.network, loss: options.loss ?? task.loss, encoding: task.encoding, on: test))
    }
  }

  /// What one run of training came to.
  struct Result {
    let network: Network
    let curve: LossCurve
    let epochs: Int
    let ending: String?
  }

  /// Trains one network until it's finished or a signal arrives.
  private static func run(
    _ schema: Schema, data: Dataset, validation: Dataset?, options: TrainingOptions, network: Network?,
    encoding: TableEncoding, progress: Progress, prefix: String
  ) throws -> Result {
    var run = try TrainingRun(
      schema, data: data, validation: validation, options: options, network: network, kernels: .native)
    let total = options.epochs(rows: data.count)
    let batches = max(1, (data.count + options.batchSize(rows: data.count) - 1) / options.batchSize(rows: data.count))
    let scale = Scoring.lossScale(options.loss ?? .standard(for: schema), encoding: encoding)
    var curve = LossCurve()
    var steps = 0
    defer { progress.end() }
    do {
      while !run.isFinished && Interruption.signal == nil {
        let step = try run.nextStep()
        if let epoch = step.epoch {
          steps = 0
          curve.training.append(Double(epoch.loss) * scale)
          if let loss = epoch.validationLoss { curve.validation.append(Double(loss) * scale) }
        } else {
          steps += 1
          if steps % 64 != 0 { continue }
        }
        progress.showTraining(
          epochs: Double(run.epochs) + Double(steps) / Double(batches), of: total, loss: curve.training.last,
          validationLoss: curve.validation.last, endsEpoch: step.epoch != nil, prefix: prefix)
      }
    } catch {
      progress.end()
      throw Failure(code: .data, message: "training stopped and nothing was saved: \(error)")
    }
    // A run that was interrupted hasn't gone back to its best epoch.
    let best = run.state.best
    if let best, best.epoch < run.epochs || !run.isFinished { curve.bestEpoch = best.epoch }
    var ending: String?
    if let signal = Interruption.signal, !run.isFinished {
      ending = "interrupted by signal \(signal) in epoch \(run.epochs + 1) of \(total)"
    } else if run.epochs < total {
      ending = options.patience == nil ? "converged after epoch \(run.epochs) of \(total)"
        : "stopped after epoch \(run.epochs) of \(total): the validation loss no longer fell"
    }
    return Result(network: best?.network ?? run.network, curve: curve, epochs: run.epochs, ending: ending)
  }

  /// Scores the model and says everything about it.
  func report(command: String, file: OutputFile) throws -> TrainingReport {
    try TrainingReport(self, command: command, file: file)
  }
}

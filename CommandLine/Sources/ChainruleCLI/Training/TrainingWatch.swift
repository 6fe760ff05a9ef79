import Chainrule
import ChainruleFormats

/// Watches a training: shows its progress, and stops it when a signal arrives.
final class TrainingWatch {
  private let progress: Progress
  private let batches: Double
  private let epochs: Int
  private let folds: Int?
  private let options: TrainingOptions
  private var last: TrainingProgress?
  private var steps = 0

  init(_ progress: Progress, rows: Int, options: TrainingOptions, folds: Int? = nil) {
    self.progress = progress
    self.folds = folds
    self.options = options
    let size = options.batchSize(rows: rows)
    batches = Double(max(1, (rows + size - 1) / size))
    epochs = options.epochs(rows: rows)
  }

  /// Called before each step. Returns whether to stop.
  func step() -> Bool {
    // Move the bar during a long epoch too.
    if steps > 0 && steps % 64 == 0 {
      progress.showTraining(
        epochs: Double(last?.epoch ?? 0) + min(1, Double(steps) / batches), of: epochs, loss: last?.loss,
        validationLoss: last?.validationLoss, endsEpoch: false, prefix: prefix(last?.fold))
    }
    steps += 1
    return Interruption.signal != nil
  }

  /// Called after each epoch.
  func epoch(_ epoch: TrainingProgress) {
    last = epoch
    steps = 0
    progress.showTraining(
      epochs: Double(epoch.epoch), of: epochs, loss: epoch.loss, validationLoss: epoch.validationLoss, endsEpoch: true,
      prefix: prefix(epoch.fold))
  }

  private func prefix(_ fold: Int?) -> String {
    folds.map { "fold \(fold ?? 1) of \($0), " } ?? ""
  }

  /// Trains, ends the bar, and explains the error if training fails.
  func run<Result>(_ train: () throws -> Result) throws -> Result {
    defer { progress.end() }
    do {
      return try train()
    } catch TabularModelError.training(let reason) {
      progress.end()
      throw Failure(code: .data, message: "training stopped and nothing was saved: \(words(reason))")
    }
  }

  /// Why training stopped, and which option to change.
  private func words(_ reason: TrainingError) -> String {
    switch reason {
    case .nonFinite: break
    case .outOfRange(.learningRate, _): return "\(reason.description); lower --learning-rate"
    case .outOfRange(.biasLearningRate, _): return "\(reason.description); lower --bias-learning-rate"
    case .outOfRange(.l1, _): return "\(reason.description); lower --l1"
    case .outOfRange(.l2, _): return "\(reason.description); lower --l2"
    default: return reason.description
    }
    // If an option is huge, it's the cause, whichever number overflowed first.
    let rate = max(options.optimizer.learningRate, options.optimizer.biasLearningRate)
    if rate > 1 && options.optimizer.method != .lbfgs(history: 10) {
      return "numbers became too large, because the learning rate \(rate) is too high; lower --learning-rate"
    }
    if let l2 = options.l2, l2 > 1 { return "numbers became too large, because the penalty \(l2) is; lower --l2" }
    if options.l1 > 1 { return "numbers became too large, because the penalty \(options.l1) is; lower --l1" }
    return reason.description
  }
}

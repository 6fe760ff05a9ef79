import Chainrule
import Foundation
import PeakFMA

/// Keeps the loaded cases, and runs commands on them.
final class Worker {
  private let threads: Int
  private let kernels: Kernels
  private var cases: [String: BenchmarkCase] = [:]

  init(threads: Int) {
    self.threads = threads
    kernels = .native(threads: threads)
  }

  /// Runs one line's command.
  func answer(_ line: String) -> String {
    var answer: Answer
    do {
      answer = try obey(JSONDecoder().decode(Command.self, from: Data(line.utf8)))
    } catch {
      answer = Answer(error: "\(error)")
    }
    return String(decoding: (try? JSONEncoder().encode(answer)) ?? Data(), as: UTF8.self)
  }

  private func obey(_ command: Command) throws -> Answer {
    switch command.op {
    case .load:
      guard let name = command.case else { throw WorkerError("a case needs a name") }
      cases[name] = try BenchmarkCase(command)
      return Answer(modes: ["native"])
    case .check:
      return Answer(losses: try losses(loaded(command), steps: command.steps ?? 20))
    case .run:
      let found = try time(loaded(command), seconds: command.seconds ?? 0.2)
      return Answer(microseconds: found.median, steps: found.times)
    case .outputs:
      return Answer(outputs: try outputs(loaded(command), rows: command.rows ?? 1))
    case .predict:
      let found = try timePrediction(loaded(command), rows: command.rows ?? 1, seconds: command.seconds ?? 0.2)
      return Answer(microseconds: found.median, steps: found.times)
    case .peak:
      return Answer(peak: peak_fma_gflops(Int32(threads)), name: String(cString: peak_fma_name()))
    }
  }

  private func loaded(_ command: Command) throws -> BenchmarkCase {
    guard let found = cases[command.case ?? ""] else {
      throw WorkerError("case \(command.case ?? "(none)") has not been loaded")
    }
    return found
  }

  // MARK: Training

  private func losses(_ work: BenchmarkCase, steps: Int) throws -> [Float] {
    var training = TrainingLoop(work, kernels: kernels)
    return try (0..<steps).map { _ in try training.advance(1) }
  }

  private func time(_ work: BenchmarkCase, seconds: Double) throws -> (median: Double, times: Int) {
    var training = TrainingLoop(work, kernels: kernels)
    return try Stopwatch.microseconds(seconds: seconds) { _ = try training.advance($0) }
  }

  // MARK: Predicting

  private func outputs(_ work: BenchmarkCase, rows: Int) -> [Float] {
    Predictor(work.network, batchCapacity: rows, kernels: kernels).predict(work.rows(rows)[0])
  }

  private func timePrediction(_ work: BenchmarkCase, rows: Int, seconds: Double) -> (median: Double, times: Int) {
    let predictor = Predictor(work.network, batchCapacity: rows, kernels: kernels)
    let inputs = work.rows(rows)
    var outputs = [Float](repeating: 0, count: rows * work.network.schema.outputs)
    var next = 0
    return Stopwatch.microseconds(seconds: seconds) { times in
      for _ in 0..<times {
        predictor.predict(inputs[next], into: &outputs)
        next = next + 1 == inputs.count ? 0 : next + 1
      }
    }
  }
}

/// Trains a case from its start, one batch after another.
private struct TrainingLoop {
  private let work: BenchmarkCase
  private let step: TrainingStep
  private var network: Network
  private var state: StepState
  private var next = 0

  init(_ work: BenchmarkCase, kernels: Kernels) {
    self.work = work
    step = TrainingStep(
      schema: work.network.schema, loss: work.loss, batchCapacity: work.batch, kernels: kernels)
    network = work.network
    state = StepState(for: work.network.schema, optimizer: work.optimizer)
  }

  /// Takes this number of steps. Returns the loss of the last batch, before its update.
  mutating func advance(_ steps: Int) throws -> Float {
    let (inputs, targets, rows, optimizer) = (work.inputs, work.targets, work.batch, work.optimizer)
    var loss: Float = 0
    for _ in 0..<steps {
      loss = try step.train(
        &network, state: &state, inputs: inputs[next], targets: targets[next], rows: rows, optimizer: optimizer)
      next = next + 1 == inputs.count ? 0 : next + 1
    }
    return loss
  }
}

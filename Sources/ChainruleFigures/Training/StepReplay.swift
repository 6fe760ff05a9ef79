/// One step of training, shown slowly. The network has taken it at once; this is what happened on the way, stage by stage:
/// a batch is drawn, goes forward, is compared with its targets, its errors go backward, and the weights are updated.
final class StepReplay {
  /// The stages, counted from 1.
  static let batch = 1, forward = 2, loss = 3, backward = 4, update = 5

  /// Seconds that a stage lasts; the last one lasts twice as long.
  private static let pace: Float = 0.4

  /// The loss over all samples before the step, and how many of them were on the right side.
  let before: (loss: Float, correct: Int)
  /// The samples that were drawn, each once, and what the network gave for them.
  let samples: [Sample]
  let outputs: [Float]
  /// The count of the samples' changes: after another one the batch means nothing any more.
  let edition: Int
  private var time: Float = 0
  private var held: Int?

  init(before: (loss: Float, correct: Int), samples: [Sample], outputs: [Float], edition: Int) {
    self.before = before
    self.samples = samples
    self.outputs = outputs
    self.edition = edition
  }

  /// The stage to be seen; 0 when all is over.
  var stage: Int {
    if let held { return held }
    if time >= Float(StepReplay.update + 1) { return 0 }
    return min(Int(time) + 1, StepReplay.update)
  }

  /// Whether time makes a difference.
  var isRunning: Bool { held == nil && stage > 0 }

  func advance(by seconds: Float) {
    if isRunning { time += seconds / StepReplay.pace }
  }

  /// Stands still at a stage; at stage 0 the replay is over.
  func hold(at stage: Int) { held = stage }

  /// How clearly a stage's marks are to be seen, from 0 to 1: they come when it begins, and all go with the update.
  func clarity(of stage: Int) -> Float {
    if stage > self.stage { return 0 }
    if held != nil { return self.stage == StepReplay.update ? 0.5 : 1 }
    if self.stage == StepReplay.update { return 1 - 0.5 * (time - Float(StepReplay.update - 1)) }
    return min((time - Float(stage - 1)) * 2.5 + 0.1, 1)
  }
}

import ChainruleKernels

/// A batch on its way through a network.
struct PassingBatch {
  let network: NetworkPointers
  let inputs: UnsafePointer<Float>
  let rows: Int
  let mode: TrainingStep.Mode
  /// Whether the pass back keeps each layer's delta, and leaves out the gradients of weights and biases.
  var keepsDeltas = false
}

/// What the outputs of a batch are to become.
struct Goal {
  let targets: UnsafePointer<Float>
  let weights: UnsafePointer<Float>?
  let totalWeight: Float
}

/// The blocks of a batch that goes forward, as work for several threads.
///
/// Going forth and back is another class, so that a program that never trains has nothing of it.
final class ForwardWork: PieceWork {
  private var step: TrainingStep?
  private var batch: PassingBatch?

  func set(_ step: TrainingStep, _ batch: PassingBatch) {
    self.step = step
    self.batch = batch
  }

  /// Lets go of the step, which keeps this.
  func clear() {
    step = nil
    batch = nil
  }

  override func run(piece: Int, scratch: UnsafeMutablePointer<Float>) {
    guard let step, let batch else { return }
    step.runForward(block: piece, of: batch, scratch: scratch)
  }
}

/// The blocks of a batch that goes forward and back.
final class GradientWork: PieceWork {
  private var step: TrainingStep?
  private var batch: PassingBatch?
  private var goal: Goal?

  func set(_ step: TrainingStep, _ batch: PassingBatch, _ goal: Goal) {
    self.step = step
    self.batch = batch
    self.goal = goal
  }

  /// Lets go of the step, which keeps this.
  func clear() {
    step = nil
    batch = nil
    goal = nil
  }

  override func run(piece: Int, scratch: UnsafeMutablePointer<Float>) {
    guard let step, let batch, let goal else { return }
    step.run(block: piece, of: batch, goal: goal, scratch: scratch)
  }
}

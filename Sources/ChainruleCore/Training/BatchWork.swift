import ChainruleKernels

/// A batch on its way through a network.
struct PassingBatch {
  let network: NetworkPointers
  let inputs: UnsafePointer<Float>
  let rows: Int
  let mode: TrainingStep.Mode
  /// Whether the backward pass keeps each layer's delta, and leaves out the gradients of weights and biases.
  var keepsDeltas = false
}

/// A batch's targets and weights, and its loss.
struct Goal {
  let targets: UnsafePointer<Float>
  let weights: UnsafePointer<Float>?
  let totalWeight: Float
}

/// The forward pass of a batch's blocks, as work for several threads.
///
/// Forward and backward is another class, so the linker can leave it out of a program that never trains.
final class ForwardWork: PieceWork {
  private var step: TrainingStep?
  private var batch: PassingBatch?

  func set(_ step: TrainingStep, _ batch: PassingBatch) {
    self.step = step
    self.batch = batch
  }

  /// Releases the step, which owns this object.
  func clear() {
    step = nil
    batch = nil
  }

  override func run(piece: Int, scratch: UnsafeMutablePointer<Float>) {
    guard let step, let batch else { return }
    step.runForward(block: piece, of: batch, scratch: scratch)
  }
}

/// The forward and backward pass of a batch's blocks.
final class GradientWork: PieceWork {
  private var step: TrainingStep?
  private var batch: PassingBatch?
  private var goal: Goal?

  func set(_ step: TrainingStep, _ batch: PassingBatch, _ goal: Goal) {
    self.step = step
    self.batch = batch
    self.goal = goal
  }

  /// Releases the step, which owns this object.
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

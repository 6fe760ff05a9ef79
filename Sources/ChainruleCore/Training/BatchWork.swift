import ChainruleKernels

/// The blocks of a batch, as work for several threads.
final class BatchWork: PieceWork {
  /// What goes through the network.
  struct Batch {
    let network: NetworkPointers
    let inputs: UnsafePointer<Float>
    let rows: Int
    let mode: TrainingStep.Mode
    /// What the outputs are to become, if the batch is to go back, too.
    let goal: Goal?
  }

  /// What the outputs are to become.
  struct Goal {
    let targets: UnsafePointer<Float>
    let weights: UnsafePointer<Float>?
    let totalWeight: Float
  }

  private var step: TrainingStep?
  private var batch: Batch?

  func set(_ step: TrainingStep, _ batch: Batch) {
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
    step.run(block: piece, of: batch, scratch: scratch)
  }
}

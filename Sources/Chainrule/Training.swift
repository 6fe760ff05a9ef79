import ChainruleCore

/// A training run in the background, epoch by epoch, that can be cancelled.
///
/// ```swift
/// let training = run.inBackground()
/// for try await epoch in training.epochs {
///   print(epoch.index, epoch.loss)
/// }
/// let network = await training.network
/// ```
///
/// Each epoch is trained when the loop asks for it. If the loop's task is cancelled, training ends after the current
/// step, and the loop throws `CancellationError`. The progress stays, and another loop over ``epochs`` continues from
/// there.
public actor Training {
  /// The remaining epochs, each trained on demand.
  public struct Epochs: AsyncSequence, Sendable {
    /// Trains one epoch after another.
    public struct Iterator: AsyncIteratorProtocol, Sendable {
      fileprivate let training: Training

      /// Trains an epoch; `nil` if the run is finished.
      ///
      /// - Throws: ``TrainingError/nonFinite(_:)``, or `CancellationError`.
      public func next() async throws -> TrainingRun.Epoch? { try await training.nextEpoch() }
    }

    fileprivate let training: Training

    /// Creates an iterator that continues from the run's current state.
    public func makeAsyncIterator() -> Iterator { Iterator(training: training) }
  }

  private var run: TrainingRun

  fileprivate init(_ run: sending TrainingRun) {
    self.run = run
  }

  /// The remaining epochs.
  public nonisolated var epochs: Epochs { Epochs(training: self) }

  /// The run's current state.
  public var state: TrainingRun.State { run.state }

  /// The current network.
  public var network: Network { run.network }

  /// Whether training has ended.
  public var isFinished: Bool { run.isFinished }

  private func nextEpoch() throws -> TrainingRun.Epoch? {
    if run.isFinished { return nil }
    while true {
      try Task.checkCancellation()
      if let epoch = try run.nextStep().epoch { return epoch }
    }
  }
}

extension TrainingRun {
  /// A copy of this run that continues in the background. This run doesn't change.
  public borrowing func inBackground() -> Training { Training(copy()) }
}

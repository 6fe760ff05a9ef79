import ChainruleCore

/// A training run that goes on beside the rest of a program, epoch by epoch, and can be cancelled.
///
/// ```swift
/// let training = run.inBackground()
/// for try await epoch in training.epochs {
///   print(epoch.index, epoch.loss)
/// }
/// let network = await training.network
/// ```
///
/// An epoch is trained when it is asked for. If the task that asks is cancelled, training ends after the step it is in, and
/// the loop throws `CancellationError`; what has been trained stays, and another loop over ``epochs`` goes on from there.
public actor Training {
  /// The epochs that are left, each trained when it is asked for.
  public struct Epochs: AsyncSequence, Sendable {
    /// Asks for one epoch after the other.
    public struct Iterator: AsyncIteratorProtocol, Sendable {
      fileprivate let training: Training

      /// Trains an epoch; `nil` if the run is finished.
      ///
      /// - Throws: ``TrainingError/nonFinite(_:)``, or `CancellationError`.
      public func next() async throws -> TrainingRun.Epoch? { try await training.nextEpoch() }
    }

    fileprivate let training: Training

    /// Begins where the run stands.
    public func makeAsyncIterator() -> Iterator { Iterator(training: training) }
  }

  private var run: TrainingRun

  fileprivate init(_ run: sending TrainingRun) {
    self.run = run
  }

  /// The epochs that are left.
  public nonisolated var epochs: Epochs { Epochs(training: self) }

  /// Everything that training has come to.
  public var state: TrainingRun.State { run.state }

  /// The network as it is now.
  public var network: Network { run.network }

  /// Whether training has come to its end.
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
  /// The same training, from here on beside the rest of the program; this run stays as it is.
  public borrowing func inBackground() -> Training { Training(copy()) }
}

extension TrainingRun {
  /// Everything that changes in a run: network, optimizer, random numbers, epoch, step, best network. It's a value: a
  /// run that restores it continues from there, bit for bit.
  public struct State: Equatable, Sendable {
    /// The best network so far, by the loss that the stopping rule uses.
    public struct Best: Equatable, Sendable {
      /// Its epoch.
      public let epoch: Int
      /// Its loss.
      public let loss: Float
      /// The network.
      public let network: Network
    }

    /// The current network.
    public internal(set) var network: Network
    /// How many epochs have been completed.
    public internal(set) var epochs = 0
    /// The best network so far; kept only if stopping restores it.
    public internal(set) var best: Best?
    /// How many epochs have passed since the loss was best.
    var epochsWithoutImprovement = 0
    /// Whether L-BFGS can't lower the loss any further.
    var isConverged = false
    var step: StepState
    var plateau = PlateauState()
    var random: RandomSource
    /// The order of the samples in this epoch, and how many of them are done.
    var order: [Int]
    var position = 0
    /// The sums of this epoch's losses and weights so far.
    var lossSum: Double = 0
    var weightSum: Double = 0

    /// The number of training steps so far.
    public var steps: Int { step.steps }

    /// The most epochs and steps that a state can have: more than anyone could wait for.
    package static let longestRun = Int.bitWidth > 32 ? 1 << 48 : 1 << 30

    /// Whether this can be the state of an epoch that visits each of `count` samples once, with finite numbers only. A
    /// file may hold anything.
    func isPlausible(count: Int) -> Bool {
      if network.firstNonFiniteLayer != nil { return false }
      if let best, best.network.firstNonFiniteLayer != nil || !best.loss.isFinite { return false }
      // Batch normalization would get a last batch of one sample.
      if position == count - 1, network.firstTrainedBatchNormalization != nil { return false }
      if order.count != count || position < 0 || position >= count { return false }
      if epochs < 0 || epochs > Self.longestRun || steps > Self.longestRun { return false }
      if epochsWithoutImprovement < 0 || epochsWithoutImprovement > epochs { return false }
      if !lossSum.isFinite || !(weightSum >= 0 && weightSum.isFinite) { return false }
      var seen = [Bool](repeating: false, count: count)
      for sample in order {
        if sample < 0 || sample >= count || seen[sample] { return false }
        seen[sample] = true
      }
      return true
    }
  }
}

#if !hasFeature(Embedded)
  extension TrainingRun.State: Codable {}
  extension TrainingRun.State.Best: Codable {}
#endif

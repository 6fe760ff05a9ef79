import Chainrule
import Testing

/// Training in the background.
struct TrainingTests {
  private static func run(epochs: Int, width: Int = 8) throws -> TrainingRun {
    let x = (0..<64).map { Float($0) / 32 - 1 }
    let data = Dataset(inputs: x, targets: x.map { $0 * $0 }, inputCount: 1, targetCount: 1)
    let schema = try Schema(inputs: 1, layers: [.init(width, .tanh), .init(1)])
    return try TrainingRun(
      network: Network(schema, seed: 1), data: data, stopping: .after(epochs: epochs), seed: 1)
  }

  @Test("a loop over epochs trains the same as a run")
  func loop() async throws {
    let run = try Self.run(epochs: 12)
    let training = run.inBackground()
    var indices: [Int] = []
    for try await epoch in training.epochs { indices.append(epoch.index) }
    #expect(indices == Array(1...12))
    var alone = run
    try alone.train()
    #expect(await training.network.fingerprint == alone.network.fingerprint)
    #expect(await training.state == alone.state)
    #expect(await training.isFinished)
    #expect(run.epochs == 0)
  }

  @Test("the main actor can train without being blocked")
  func mainActor() async throws {
    let task = Task { @MainActor in
      let run = try Self.run(epochs: 3)
      let training = run.inBackground()
      for try await epoch in training.epochs { #expect(epoch.loss.isFinite) }
      #expect(run.epochs == 0)
      return await training.state.epochs
    }
    #expect(try await task.value == 3)
  }

  @Test("cancelling ends it within an epoch; the progress stays, and training can continue")
  func cancel() async throws {
    // Far more work than a test can wait for.
    let training = try Self.run(epochs: 1_000_000, width: 300).inBackground()
    let task = Task {
      for try await epoch in training.epochs where epoch.index == 2 { withUnsafeCurrentTask { $0?.cancel() } }
    }
    await #expect(throws: CancellationError.self) { try await task.value }
    let state = await training.state
    let isFinished = await training.isFinished
    #expect(state.epochs == 2 && !isFinished)
    for try await epoch in training.epochs {
      #expect(epoch.index == 3)
      break
    }
    #expect(await training.state.epochs == 3)
  }

  @Test("an error ends the loop, and the last good network is available")
  func failure() async throws {
    let data = Dataset(inputs: [1, 2], targets: [3, 4], inputCount: 1, targetCount: 1)
    let training = try TrainingRun(
      network: Network("1, 1", seed: 1), data: data, optimizer: .sgd(learningRate: 1e10)
    ).inBackground()
    await #expect(throws: TrainingError.self) {
      for try await _ in training.epochs {}
    }
    #expect(await training.network.weights(ofLayer: 0).allSatisfy { $0.isFinite })
  }
}

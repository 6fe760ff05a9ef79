import Chainrule
import Foundation
import Testing

/// Training with the fastest loops for this processor.
struct NativeTests {
  private static let data: Dataset = {
    var random = RandomSource(seed: 5)
    var inputs: [Float] = []
    var targets: [Float] = []
    for _ in 0..<600 {
      let row = (0..<64).map { _ in random.uniform(-1, 1) }
      inputs += row
      let label = row[0] * row[1] > 0 ? 0 : row[2] > 0 ? 1 : 2
      targets += (0..<3).map { $0 == label ? 1 : 0 }
    }
    return Dataset(inputs: inputs, targets: targets, inputCount: 64, targetCount: 3)
  }()

  private func trained(_ kernels: Kernels) throws -> Network {
    var run = try TrainingRun(
      network: Network("64, 203 relu, 101 tanh, 3 softmax", seed: 3), data: Self.data, optimizer: .adam(),
      stopping: .after(epochs: 6), batchSize: 150, kernels: kernels)
    try run.train()
    return run.network
  }

  @Test("training gives the same bits on any number of threads")
  func threads() throws {
    let alone = try trained(.native(threads: 1)).fingerprint
    for count in [2, 3, 4] { #expect(try trained(.native(threads: count)).fingerprint == alone) }
  }

  @Test("it learns the same as the portable loops, within rounding")
  func agreement() throws {
    let loss = Loss.crossEntropy
    let portable = try trained(.portable).meanLoss(loss, on: Self.data)
    let native = try trained(.native).meanLoss(loss, on: Self.data)
    #expect(portable < 0.9 && abs(portable - native) < 0.01 * portable)
  }

  @Test("several runs share one table and its threads")
  func sharing() async throws {
    let alone = try trained(.native(threads: 1)).fingerprint
    let shared = Kernels.native(threads: 2)
    try await withThrowingTaskGroup(of: UInt64.self) { group in
      for _ in 0..<4 { group.addTask { try trained(shared).fingerprint } }
      for try await fingerprint in group { #expect(fingerprint == alone) }
    }
  }

  private static let wish = ProcessInfo.processInfo.environment["CHAINRULE_KERNELS"] ?? ""

  /// `make test` repeats these with each value of the environment variable.
  @Test(
    "the environment variable selects the table, on any number of threads",
    .enabled(if: ["portable", "reference"].contains(wish)))
  func environment() throws {
    let expected = try trained(Self.wish == "portable" ? .portable : .reference).fingerprint
    for count in [1, 2, 5] { #expect(try trained(.native(threads: count)).fingerprint == expected) }
  }
}

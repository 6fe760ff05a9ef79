import Foundation
import FromScratch
import Testing

/// A programmer's mistake stops the program with a message.
@Suite struct MisuseTests {
  static func net() -> MLP {
    var random = SplitMix64(seed: 1)
    return MLP(sizes: [2, 3, 1], activations: [.relu, .linear], using: &random)
  }

  func expect(_ result: ExitTest.Result?, says message: String) throws {
    let result = try #require(result)
    #expect(String(decoding: result.standardErrorContent, as: UTF8.self).contains(message))
  }

  @Test func tooFewInputs() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var net = MisuseTests.net()
      net.forward([1])
    }
    try expect(result, says: "The number of inputs must be the number of weights.")
  }

  @Test func tooManyInputs() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var net = MisuseTests.net()
      net.forward([1, 2, 3])
    }
    try expect(result, says: "The number of inputs must be the number of weights.")
  }

  @Test func tooManyTargets() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var net = MisuseTests.net()
      net.forward([1, 2])
      net.backward(targets: [1, 2])
    }
    try expect(result, says: "The number of targets must be the number of outputs.")
  }

  @Test func costOfTooFewTargets() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var net = MisuseTests.net()
      net.forward([1, 2])
      _ = net.loss(targets: [])
    }
    try expect(result, says: "The number of targets must be the number of outputs.")
  }

  @Test func backwardBeforeForward() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var net = MisuseTests.net()
      net.backward(targets: [1])
    }
    try expect(result, says: "Call forward before backward.")
  }

  @Test func applyingNothing() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var net = MisuseTests.net()
      net.applyDerivatives(learningRate: 0.1)
    }
    try expect(result, says: "Call backward before applyDerivatives.")
  }

  @Test func likelihoodWithoutSigmoid() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = SplitMix64(seed: 1)
      _ = MLP(sizes: [2, 1], activations: [.relu], loss: .negativeLogLikelihood, using: &random)
    }
    try expect(result, says: "The log likelihood needs a sigmoid output.")
  }

  @Test func noLayer() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = SplitMix64(seed: 1)
      _ = MLP(sizes: [2], activations: [], using: &random)
    }
    try expect(result, says: "Give the number of inputs and at least one layer.")
  }

  @Test func tooFewActivations() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = SplitMix64(seed: 1)
      _ = MLP(sizes: [2, 3, 1], activations: [.relu], using: &random)
    }
    try expect(result, says: "Every layer needs one activation.")
  }

  @Test func tooManyActivations() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = SplitMix64(seed: 1)
      _ = MLP(sizes: [2, 1], activations: [.relu, .linear], using: &random)
    }
    try expect(result, says: "Every layer needs one activation.")
  }
}

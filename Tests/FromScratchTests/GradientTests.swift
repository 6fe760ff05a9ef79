import FromScratch
import Testing

/// Compares every derivative with central finite differences, with a relative tolerance of 1e-7.
@Suite struct GradientTests {
  /// A kind of network: its hidden activations in turn, its output's activation, its loss and its number of layers.
  struct Kind: Sendable, CustomTestStringConvertible {
    var hidden: [Activation]
    var output: Activation
    var loss: Loss
    var depth: Int

    var testDescription: String { "\(hidden) → \(output), \(loss), \(depth) layers" }

    /// 3 inputs, 2 outputs.
    var sizes: [Int] { [3] + [4, 3, 5, 4].prefix(depth - 1) + [2] }
    var activations: [Activation] { (0..<depth - 1).map { hidden[$0 % hidden.count] } + [output] }
    var parameterCount: Int { zip(sizes, sizes.dropFirst()).map { ($0 + 1) * $1 }.reduce(0, +) }
  }

  static let activations: [Activation] = [.linear, .relu, .leakyReLU(), .leakyReLU(slope: 0.2), .sigmoid, .tanh]

  /// Every activation in the hidden layers and all of them mixed, with every output and loss, 1 to 5 layers deep.
  static let kinds: [Kind] = (1...5).flatMap { depth in
    (activations.map { [$0] } + [[.relu, .sigmoid, .leakyReLU(), .tanh, .linear]]).flatMap { hidden in
      activations.map { Kind(hidden: hidden, output: $0, loss: .squaredError, depth: depth) }
        + [Kind(hidden: hidden, output: .sigmoid, loss: .negativeLogLikelihood, depth: depth)]
    }
  }

  static let seeds: [UInt64] = [1, 2, 3]
  static let l2 = 0.03

  @Test(arguments: kinds) func derivativesMatchFiniteDifferences(_ kind: Kind) throws {
    var checked = 0
    for seed in Self.seeds {
      let experiment = try #require(Experiment(kind, seed: seed), "no network away from the corners of its ReLUs")
      let (net, samples) = (experiment.net, experiment.samples)

      var accumulated = net
      accumulated.accumulate(samples)
      #expect(accumulated.samples == samples.count)
      let means = accumulated.derivatives.map { $0 / Double(accumulated.samples) }

      var stepped = accumulated
      stepped.applyDerivatives(learningRate: 1, biasLearningRate: 1, l2: Self.l2)
      let steps = zip(net.parameters, stepped.parameters).map { $0 - $1 }

      #expect(means.count == kind.parameterCount && steps.count == kind.parameterCount)
      for (index, place) in net.places.enumerated() {
        let plain = experiment.derivatives[index]
        let regularized = experiment.regularizedDerivatives[index]
        if !experiment.agrees(means[index], plain) {
          Issue.record("seed \(seed), \(place): \(means[index]), by finite differences \(plain)")
        }
        if !experiment.agrees(steps[index], regularized) {
          Issue.record("seed \(seed), \(place), with L2: \(steps[index]), by finite differences \(regularized)")
        }
        checked += 2
      }
    }
    #expect(checked == 2 * kind.parameterCount * Self.seeds.count)
  }

  /// A network and samples, at random, with the derivatives of the mean loss by finite differences.
  struct Experiment {
    let net: MLP
    let samples: [Sample]
    /// Of the mean loss.
    private(set) var derivatives: [Double] = []
    /// Of the mean loss and the penalty.
    private(set) var regularizedDerivatives: [Double] = []

    /// A power of two, so that adding it to a weight hardly rounds.
    private static let h = 0x1p-9

    /// Draws until no finite difference crosses the corner of a ReLU, where it would be meaningless, and until the
    /// network is alive: at least a third of its derivatives are large enough for the relative comparison.
    init?(_ kind: Kind, seed: UInt64) {
      var random = SplitMix64(seed: seed)
      for _ in 1...2000 {
        let net = MLP(sizes: kind.sizes, activations: kind.activations, loss: kind.loss, using: &random)
        let samples = (1...3).map { _ in
          Sample(
            inputs: (0..<3).map { _ in .random(in: -1...1, using: &random) },
            targets: (0..<2).map { _ in
              kind.loss == .squaredError ? .random(in: -1...1, using: &random) : .random(in: 0...1, using: &random)
            })
        }
        if let experiment = Experiment(net: net, samples: samples) {
          self = experiment
          return
        }
      }
      return nil
    }

    private init?(net: MLP, samples: [Sample]) {
      self.net = net
      self.samples = samples
      let signs = Self.signs(net, samples)
      for place in net.places {
        // The four-point formula, with an error of h⁴ · f⁗′ / 30.
        var costs: [Double] = []
        var penalties: [Double] = []
        for shift in [-2.0, -1, 1, 2] {
          var moved = net
          moved[place] += shift * Self.h
          if Self.signs(moved, samples) != signs { return nil }
          costs.append(moved.meanCost(samples))
          penalties.append(moved.penalty(l2: GradientTests.l2))
        }
        let derivative = Self.difference(costs)
        derivatives.append(derivative)
        regularizedDerivatives.append(derivative + Self.difference(penalties))
      }
      let large = derivatives.count { abs($0) > floor }
      if 3 * large < derivatives.count { return nil }
    }

    /// Whether two derivatives agree to 1e-7 of the larger. Below the floor, the noise of the finite difference is
    /// larger than that, so the floor replaces the larger one.
    func agrees(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-7 * max(abs(a), abs(b), floor) }

    private var floor: Double { 1e-5 * max(1, net.meanCost(samples)) }

    private static func difference(_ f: [Double]) -> Double { (8 * (f[2] - f[1]) - (f[3] - f[0])) / (12 * h) }

    /// On which side of the corner each sum is, for each ReLU and sample.
    private static func signs(_ net: MLP, _ samples: [Sample]) -> [Bool] {
      var net = net
      return samples.flatMap { sample in
        net.forward(sample.inputs)
        return net.layers.flatMap { layer in
          layer.perceptrons.filter { ![.linear, .sigmoid, .tanh].contains($0.activation) }.map { $0.sum > 0 }
        }
      }
    }
  }
}

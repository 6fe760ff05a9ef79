import FromScratch
import Testing

@Suite struct TrainingTests {
  static let samples = [
    Sample(inputs: [0.3, -0.8], targets: [0.2, 1]), Sample(inputs: [-0.6, 0.1], targets: [0.9, 0]),
    Sample(inputs: [0.9, 0.7], targets: [0.4, 1]),
  ]

  static func net(seed: UInt64 = 7) -> MLP {
    var random = SplitMix64(seed: seed)
    return MLP(sizes: [2, 4, 3, 2], activations: [.leakyReLU(), .sigmoid, .sigmoid], using: &random)
  }

  /// All numbers are exact in binary, so they can be checked by hand and compared with ==.
  static func handMade() -> MLP {
    var random = SplitMix64(seed: 1)
    var net = MLP(sizes: [2, 2, 1], activations: [.leakyReLU(slope: 0.5), .linear], using: &random)
    net.layers[0].perceptrons[0].weights = [1, -2]
    net.layers[0].perceptrons[0].bias = 0.5
    net.layers[0].perceptrons[1].weights = [-1, 1]
    net.layers[0].perceptrons[1].bias = -1
    net.layers[1].perceptrons[0].weights = [3, -1]
    net.layers[1].perceptrons[0].bias = 1
    return net
  }

  @Test func anExampleWorkedOutByHand() {
    var net = Self.handMade()
    // The sums are 2 − 2 + 0.5 = 0.5 and −2 + 1 − 1 = −2, and the activation halves the second.
    #expect(net.forward([2, 1]) == [3.5])  // 3 · 0.5 − 1 · −1 + 1
    #expect(net.layers[0].perceptrons.map(\.sum) == [0.5, -2])
    #expect(net.layers[0].perceptrons.map(\.output) == [0.5, -1])
    #expect(net.layers[0].perceptrons.map(\.slope) == [1, 0.5])
    #expect(net.loss(targets: [1.5]) == 4)

    net.backward(targets: [1.5])
    // Output: 2 · (3.5 − 1.5) = 4. Hidden: 4 · 3 · 1 = 12, and 4 · −1 · 0.5 = −2.
    #expect(net.layers[1].perceptrons[0].weightDerivatives == [2, -4])  // 4 · 0.5, 4 · −1
    #expect(net.layers[1].perceptrons[0].biasDerivative == 4)
    #expect(net.layers[0].perceptrons[0].weightDerivatives == [24, 12])
    #expect(net.layers[0].perceptrons[0].biasDerivative == 12)
    #expect(net.layers[0].perceptrons[1].weightDerivatives == [-4, -2])
    #expect(net.layers[0].perceptrons[1].biasDerivative == -2)

    net.applyDerivatives(learningRate: 0.25, biasLearningRate: 0.5)
    #expect(net.layers[1].perceptrons[0].weights == [2.5, 0])
    #expect(net.layers[1].perceptrons[0].bias == -1)
    #expect(net.layers[0].perceptrons.map(\.weights) == [[-5, -5], [0, 1.5]])
    #expect(net.layers[0].perceptrons.map(\.bias) == [-5.5, 0])
  }

  @Test func aLayerReturnsTheDerivativesOfItsInputs() {
    var net = Self.handMade()
    net.forward([2, 1])
    // Sums: 12 and −2, as above; so 12 · 1 − 2 · −1 = 14 and 12 · −2 − 2 · 1 = −26.
    #expect(net.layers[0].backward(outputDerivatives: [12, -4]) == [14, -26])
  }

  @Test func derivativesAreZeroAfterAStep() {
    var net = Self.net()
    net.accumulate(Self.samples)
    #expect(net.derivatives.contains { $0 != 0 })
    #expect(net.samples == 3)
    net.applyDerivatives(learningRate: 0.1, biasLearningRate: 0.2, l2: 0.01)
    #expect(net.derivatives.allSatisfy { $0 == 0 })
    #expect(net.derivatives.count == (2 + 1) * 4 + (4 + 1) * 3 + (3 + 1) * 2)
    #expect(net.samples == 0)
  }

  /// A second batch doesn't depend on the first.
  @Test func theNextBatchStartsAfresh() {
    var net = Self.net()
    net.accumulate(Self.samples)
    net.applyDerivatives(learningRate: 0.1)
    var fresh = Self.net(seed: 8)
    for place in fresh.places { fresh[place] = net[place] }
    net.accumulate([Self.samples[0]])
    fresh.accumulate([Self.samples[0]])
    #expect(net.derivatives == fresh.derivatives)
  }

  @Test func aBatchIsTheMeanOfItsSamples() {
    let start = Self.net()
    let alone = Self.samples.map { sample in
      var net = start
      net.accumulate([sample])
      net.applyDerivatives(learningRate: 0.1, biasLearningRate: 0.3)
      return net.parameters
    }
    var together = start
    together.accumulate(Self.samples)
    together.applyDerivatives(learningRate: 0.1, biasLearningRate: 0.3)
    for (index, parameter) in together.parameters.enumerated() {
      let mean = (alone[0][index] + alone[1][index] + alone[2][index]) / 3
      #expect(abs(parameter - mean) < 1e-15)
    }
  }

  @Test func theTwoLearningRatesActSeparately() {
    let start = Self.net()
    for (rate, biasRate) in [(0.5, 0.0), (0.0, 0.5)] {
      var net = start
      net.accumulate(Self.samples)
      net.applyDerivatives(learningRate: rate, biasLearningRate: biasRate)
      for place in start.places {
        let moves = (place.weight == nil ? biasRate : rate) > 0
        #expect((net[place] != start[place]) == moves)
      }
    }
  }

  @Test func theBiasRateFollowsTheOtherUnlessGiven() {
    var one = Self.net()
    var two = Self.net()
    one.accumulate(Self.samples)
    two.accumulate(Self.samples)
    one.applyDerivatives(learningRate: 0.3)
    two.applyDerivatives(learningRate: 0.3, biasLearningRate: 0.3)
    #expect(one.parameters == two.parameters)
  }

  @Test func l2ShrinksWeightsAndLeavesBiases() {
    var net = Self.handMade()
    #expect(net.penalty(l2: 0.25) == 0.25 * (1 + 4 + 1 + 1 + 9 + 1))
    let start = net
    net.backward(targets: net.forward([2, 1]))  // the targets are met, so only the penalty acts
    net.applyDerivatives(learningRate: 0.5, l2: 0.25)
    for place in start.places {
      #expect(net[place] == (place.weight == nil ? 1 : 0.75) * start[place])
    }
  }

  @Test func theSameSeedGivesTheSameNetwork() {
    #expect(Self.net(seed: 1).parameters == Self.net(seed: 1).parameters)
    #expect(Self.net(seed: 1).parameters != Self.net(seed: 2).parameters)
  }

  @Test func weightsStartEvenlySpreadBetweenMinusOneAndOne() {
    var random = SplitMix64(seed: 1)
    let parameters = MLP(sizes: [100, 99, 1], activations: [.relu, .linear], using: &random).parameters
    #expect(parameters.count == 10_099)
    for tenth in 0..<10 {
      let low = -1 + Double(tenth) / 5
      #expect((900...1120).contains(parameters.count { $0 >= low && $0 < low + 0.2 }))
    }
  }

  @Test func theEndsOfTheStart() {
    struct Constant: RandomNumberGenerator {
      let value: UInt64
      func next() -> UInt64 { value }
    }
    for (bits, number) in [(UInt64.min, -1), (1 << 63, 0), (UInt64.max, 1 - 0x1p-52)] {
      var random = Constant(value: bits)
      #expect(MLP(sizes: [1, 1], activations: [.linear], using: &random).parameters == [number, number])
    }
  }

  @Test(arguments: [Activation.sigmoid, .leakyReLU()]) func itLearnsExclusiveOr(hidden: Activation) {
    var random = SplitMix64(seed: 1)
    var net = MLP(sizes: [2, 4, 1], activations: [hidden, .sigmoid], loss: .negativeLogLikelihood, using: &random)
    let samples = [(0.0, 0.0), (0, 1), (1, 0), (1, 1)].map {
      Sample(inputs: [$0.0, $0.1], targets: [$0.0 == $0.1 ? 0 : 1])
    }
    #expect(net.meanCost(samples) > 0.5)
    for _ in 1...4000 {
      net.accumulate(samples)
      net.applyDerivatives(learningRate: 0.5)
    }
    #expect(net.meanCost(samples) < 0.05)
    for sample in samples { #expect(abs(net.forward(sample.inputs)[0] - sample.targets[0]) < 0.1) }
  }

  @Test(arguments: [Activation.relu, .leakyReLU()]) func itLearnsTheCubic(hidden: Activation) {
    var random = SplitMix64(seed: 1)
    var net = MLP(sizes: [1, 8, 1], activations: [hidden, .linear], using: &random)
    let samples = (-8...8).map { Double($0) / 10 }.map { Sample(inputs: [$0], targets: [$0 * $0 * $0]) }
    for _ in 1...10_000 {
      net.accumulate(samples)
      net.applyDerivatives(learningRate: 0.1)
    }
    #expect(net.meanCost(samples) < 1e-3)  // the best straight line has 8.2e-3
  }
}

import ChainruleCore
import Testing

/// The observable effects of dropout, normalizations, constraints, clipping and weights.
struct RegularizationTests {
  @Test("dropout drops only in training, and keeps the mean")
  func dropout() throws {
    var network = Network("1, dropout 0.3, 1", initializer: .zeros)
    network.setWeights([1], ofLayer: 1)
    #expect(network.predict([2]) == [2])

    // One weight of 1 and inputs of 1: the outputs are the masks, 0 or 1 / 0.7; the loss is their mean distance from 0.
    let rows = 20_000
    let step = TrainingStep(schema: network.schema, loss: .meanAbsoluteError, batchCapacity: rows)
    let ones = [Float](repeating: 1, count: rows)
    let zeros = [Float](repeating: 0, count: rows)
    let mean = try step.differentiate(
      network, inputs: ones, targets: zeros, rows: rows, dropout: RandomSource(seed: 5))
    #expect(abs(mean - 1) < 0.02)
    let kept: Float = 1 / (1 - 0.3)
    #expect(Set(step.outputs(ofLayer: 0, rows: rows)) == [0, kept])
    let dropped = step.outputs(ofLayer: 0, rows: rows).count { $0 == 0 }
    #expect(abs(Double(dropped) / Double(rows) - 0.3) < 0.01)
    #expect(try step.differentiate(network, inputs: ones, targets: zeros, rows: rows) == 1)
  }

  @Test("a batch normalization learns means and variances, and uses them outside training")
  func batchNormalization() throws {
    var random = RandomSource(seed: 3)
    let x = (0..<2_000).map { _ in 5 + 3 * random.normal() }
    let data = Dataset(inputs: x, targets: x.map { _ in 0 }, inputCount: 1, targetCount: 1)
    var run = try TrainingRun(
      network: Network("1, batchnorm, 1", seed: 1), data: data, optimizer: .sgd(learningRate: 0), batchSize: 100)
    for _ in 0..<10 { try run.nextEpoch() }
    #expect(abs(run.network.runningMeans(ofLayer: 0)[0] - 5) < 0.2)
    #expect(abs(run.network.runningVariances(ofLayer: 0)[0] - 9) < 0.6)
    let values = run.network.values([5, 8])
    #expect(abs(values[0][0]) < 0.1 && abs(values[0][1] - 1) < 0.1)
    // A sample's prediction doesn't depend on the others.
    #expect(run.network.predict([5, 8, -100])[1] == run.network.predict([8])[0])
  }

  @Test("a layer normalization gives mean 0 and variance 1, sample by sample")
  func layerNormalization() {
    let network = Network("4, layernorm, 1", seed: 1)
    let rows = network.values([1, 2, 3, 4, 1_000, 2_000, 3_000, 4_000, 7, 7, 7, 7])[0]
    for row in 0..<2 {
      let values = rows[(row * 4)..<(row * 4 + 4)]
      #expect(abs(values.reduce(0, +)) < 1e-5)
      #expect(abs(values.map { $0 * $0 }.reduce(0, +) / 4 - 1) < 1e-3)
    }
    #expect(rows[8...].allSatisfy { $0 == 0 })
  }

  @Test("no perceptron's weight vector gets longer than the maximum norm")
  func maxNorm() throws {
    var run = try TrainingRun(
      network: Network("2, 20 relu, 1", initializer: .uniform(limit: 3), seed: 1), data: TrainingRunTests.waves(),
      regularizer: Regularizer(maxNorm: 0.5))
    try run.nextEpoch()
    for layer in 0..<2 {
      let weights = run.network.weights(ofLayer: layer)
      let inputs = layer == 0 ? 2 : 20
      for start in stride(from: 0, to: weights.count, by: inputs) {
        let norm = weights[start..<(start + inputs)].map { $0 * $0 }.reduce(0, +).squareRoot()
        #expect(norm <= 0.5 + 1e-5)
      }
    }
  }

  @Test("L1 drives useless weights to zero")
  func l1() throws {
    // Only the first of four inputs is informative.
    var random = RandomSource(seed: 1)
    let x = (0..<400).map { _ in random.uniform(-1, 1) }
    let data = Dataset(inputs: x, targets: (0..<100).map { x[4 * $0] }, inputCount: 4, targetCount: 1)
    var run = try TrainingRun(
      network: Network("4, 1", initializer: .uniform(), seed: 1), data: data, optimizer: .sgd(learningRate: 0.01),
      regularizer: Regularizer(l1: 0.05), stopping: .after(epochs: 300))
    try run.train()
    let weights = run.network.weights(ofLayer: 0)
    #expect(weights[0] > 0.8 && weights[1...].allSatisfy { abs($0) < 0.01 })
  }

  @Test("decoupled decay shrinks weights without a gradient, but not biases and gains")
  func weightDecay() throws {
    var network = Network("1, layernorm, 1", initializer: .constant(2))
    network.setBiases([3], ofLayer: 1)
    let step = TrainingStep(schema: network.schema, loss: .squaredError, batchCapacity: 1)
    // A layer of one value is normalized to 0, so the output is the bias.
    let optimizer = Optimizer.adamW(learningRate: 0.1, weightDecay: 0.5)
    var state = StepState(for: network.schema, optimizer: optimizer)
    try step.train(&network, state: &state, inputs: [1], targets: [3], rows: 1, optimizer: optimizer)
    #expect(abs(network.weights(ofLayer: 1)[0] - 2 * (1 - 0.05)) < 1e-6)
    #expect(network.biases(ofLayer: 1) == [3] && network.weights(ofLayer: 0) == [1])
  }

  @Test("a rare class counts as much as the others if weights are balanced")
  func classWeights() {
    let data = Dataset(inputs: [1, 2, 3, 4], classes: [0, 0, 0, 1], classCount: 2, inputCount: 1)
    let third: Float = 2.0 / 3
    #expect(data.weighted().weights == [third, third, third, 2])
    #expect(data.weighted(byClass: [1, 5]).weights == [1, 1, 1, 5])
    let binary = Dataset(inputs: [1, 2, 3, 4], targets: [0, 1, 1, 1], inputCount: 1, targetCount: 1)
    #expect(binary.weighted().weights == [2, third, third, third])
    #expect(data.weighted([1, 0, 2, 1]).weighted(byClass: [1, 5]).weights == [1, 0, 2, 5])
    #expect(data.weighted().samples([3, 0]).weights == [2, third])
  }

  @Test("a weight of two counts as the sample twice, a weight of zero as none")
  func sampleWeights() throws {
    let once = Dataset(inputs: [1, 2, 5], targets: [1, 0, 1], inputCount: 1, targetCount: 1, weights: [2, 1, 0])
    let twice = Dataset(inputs: [1, 1, 2], targets: [1, 1, 0], inputCount: 1, targetCount: 1)
    for loss in Loss.all where loss.fits("1, 3 tanh, 1") {
      let network = Network("1, 3 tanh, 1", seed: 1)
      let first = try network.meanLoss(loss, on: once)
      let second = try network.meanLoss(loss, on: twice)
      #expect(abs(first - second) <= 1e-6 * max(1, abs(second)), "\(loss)")
      let step = TrainingStep(schema: network.schema, loss: loss, batchCapacity: 3)
      try step.differentiate(network, inputs: once.inputs, targets: once.targets, weights: once.weights, rows: 3)
      let weighted = step.weightGradients(ofLayer: 0)
      try step.differentiate(network, inputs: twice.inputs, targets: twice.targets, rows: 3)
      for (a, b) in zip(weighted, step.weightGradients(ofLayer: 0)) { #expect(abs(a - b) < 1e-6) }
    }
  }

  @Test("a layer's report has dead perceptrons, spread and gradient")
  func report() throws {
    var network = Network("2, 3 relu, 1", initializer: .constant(1))
    network.setBiases([0, -100, 0], ofLayer: 0)
    let data = Dataset(inputs: [1, 1, 2, 2], targets: [0, 0], inputCount: 2, targetCount: 1)
    let reports = try network.report(on: data, loss: .squaredError)
    #expect(reports.map(\.deadUnits) == [1, 0])
    // Hidden values 2, 0, 2 and 4, 0, 4; the outputs are their sums and 1.
    #expect(reports[0].mean == 2 && reports[0].largest == 4 && reports[1].mean == 7 && reports[1].deviation == 2)
    // Two of the hidden perceptrons differ by 1 from their means over the samples, the dead one by 0.
    #expect(abs(reports[0].sampleDeviation - (2.0 / 3).squareRoot()) < 1e-6 && reports[1].sampleDeviation == 2)
    let step = TrainingStep(schema: network.schema, loss: .squaredError, batchCapacity: 2)
    try step.differentiate(network, inputs: data.inputs, targets: data.targets, rows: 2)
    let gradient = step.weightGradients(ofLayer: 1) + step.biasGradients(ofLayer: 1)
    let norm = gradient.map { $0 * $0 }.reduce(0, +).squareRoot()
    #expect(abs(reports[1].gradientNorm - norm) <= 1e-4 && abs(reports[1].gradientRootMeanSquare - norm / 2) <= 1e-4)
  }

  @Test("a gradient that's too large for a step can still be inspected")
  func reportOfTooLargeGradients() {
    let network = Network("1, 1, 1", initializer: .constant(1e7))
    let step = TrainingStep(schema: network.schema, loss: .squaredError, batchCapacity: 2)
    #expect(throws: TrainingError.self) {
      try step.differentiate(network, inputs: [1, 2], targets: [0, 0], rows: 2)
    }
    let report = step.report(ofLayer: 0, rows: 2)
    #expect(report.gradientNorm > 1e19 && report.gradientNorm.isFinite && report.sampleDeviation == 5e6)
  }
}

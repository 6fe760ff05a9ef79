import ChainruleCore
import ChainruleKernels
import FromScratch
import Testing

/// Compares the fast engine with FromScratch: same weights, same batch, random schemas, both kernel tables.
struct AgreementTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let schema: Schema
    let loss: ChainruleCore.Loss
    let rows: Int
    let l2: Float
    let seed: UInt64
    var testDescription: String { "\(schema.text) \(loss.name) rows \(rows)" }
  }

  /// Forty schemas of one to five layers, up to nine wide, every activation and loss that both engines have.
  static let cases: [Case] = (1...40).map { number in
    var random = RandomSource(seed: UInt64(number))
    let loss: ChainruleCore.Loss =
      number % 3 == 0 ? .binaryCrossEntropy : number % 3 == 1 ? .squaredError : .meanSquaredError
    let hidden: [ChainruleCore.Activation] = [
      .linear, .relu, .leakyReLU(), .leakyReLU(slope: 0.2), .sigmoid, .tanh,
    ]
    var layers: [Schema.Layer] = []
    for _ in 0..<(number % 5) {
      layers.append(Schema.Layer(1 + random.index(below: 9), hidden[random.index(below: hidden.count)]))
    }
    let last: ChainruleCore.Activation =
      loss == .binaryCrossEntropy ? .sigmoid : hidden[random.index(below: hidden.count)]
    layers.append(Schema.Layer(1 + random.index(below: 4), last))
    let schema = try! Schema(inputs: 1 + random.index(below: 5), layers: layers)
    return Case(
      schema: schema, loss: loss, rows: 1 + random.index(below: 12), l2: number % 2 == 0 ? 0.003 : 0,
      seed: UInt64(number))
  }

  private func batch(_ test: Case) -> (inputs: [Float], targets: [Float]) {
    var random = RandomSource(seed: test.seed + 1000)
    let inputs = (0..<(test.rows * test.schema.inputs)).map { _ in random.uniform(-1, 1) }
    let targets = (0..<(test.rows * test.schema.outputs)).map { _ in
      test.loss == .binaryCrossEntropy ? Float(random.index(below: 2)) : random.uniform(-1, 1)
    }
    return (inputs, targets)
  }

  /// FromScratch has no mean squared error: it is the squared error divided by the outputs.
  private func scale(_ test: Case) -> Double {
    test.loss == .meanSquaredError ? 1 / Double(test.schema.outputs) : 1
  }

  @Test("outputs, loss and every gradient", arguments: cases)
  func gradients(test: Case) throws {
    for kernels in tables {
      let network = Network(test.schema, initializer: .uniform(), seed: test.seed)
      let (inputs, targets) = batch(test)
      let step = TrainingStep(schema: test.schema, loss: test.loss, batchCapacity: test.rows, kernels: kernels)
      let loss = try step.differentiate(network, inputs: inputs, targets: targets, rows: test.rows)
      var oracle = Oracle(network, loss: test.loss)
      let expected = oracle.differentiate(inputs: inputs, targets: targets, rows: test.rows)
      #expect(agree(network.predict(inputs, kernels: kernels), expected.outputs, tolerance: 2e-6))
      #expect(agree([loss], [expected.loss * scale(test)], tolerance: 4e-6))
      for layer in test.schema.layers.indices {
        let weights = oracle.weightGradients(ofLayer: layer).map { $0 * scale(test) }
        let biases = oracle.biasGradients(ofLayer: layer).map { $0 * scale(test) }
        #expect(agree(step.weightGradients(ofLayer: layer), weights, tolerance: 1e-5))
        #expect(agree(step.biasGradients(ofLayer: layer), biases, tolerance: 1e-5))
      }
    }
  }

  @Test("weights after 100 steps with two rates and L2", arguments: cases)
  func hundredSteps(test: Case) throws {
    for kernels in tables {
      var network = Network(test.schema, initializer: .uniform(), seed: test.seed)
      let (inputs, targets) = batch(test)
      var oracle = Oracle(network, loss: test.loss)
      let start = network
      let step = TrainingStep(schema: test.schema, loss: test.loss, batchCapacity: test.rows, kernels: kernels)
      for _ in 0..<100 {
        try step.train(
          &network, inputs: inputs, targets: targets, rows: test.rows,
          optimizer: .sgd(learningRate: 0.02, biasLearningRate: 0.01), regularizer: Regularizer(l2: test.l2))
        _ = oracle.differentiate(inputs: inputs, targets: targets, rows: test.rows)
        // The mean squared error's smaller gradient is the same as a smaller rate and an undivided penalty.
        oracle.mlp.applyDerivatives(
          learningRate: 0.02 * scale(test), biasLearningRate: 0.01 * scale(test), l2: Double(test.l2) / scale(test))
      }
      #expect(network != start)
      for layer in test.schema.layers.indices {
        #expect(agree(network.weights(ofLayer: layer), oracle.weights(ofLayer: layer), tolerance: 1e-4))
        #expect(agree(network.biases(ofLayer: layer), oracle.biases(ofLayer: layer), tolerance: 1e-4))
      }
    }
  }
}

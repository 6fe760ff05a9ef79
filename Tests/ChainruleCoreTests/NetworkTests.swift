import ChainruleCore
import Testing

struct NetworkTests {
  @Test("a hand-computed forward pass")
  func byHand() {
    var network = Network("2, 2 relu, 1")
    network.setWeights([1, 2, -3, 4], ofLayer: 0)
    network.setBiases([0.5, -1], ofLayer: 0)
    network.setWeights([2, -1], ofLayer: 1)
    network.setBiases([0.25], ofLayer: 1)
    // z = (1 + 2·2 + 0.5, −3 + 4·2 − 1) = (5.5, 4); ŷ = 11 − 4 + 0.25
    #expect(network.predict([1, 2]) == [7.25])
    // The second perceptron's ReLU is off: z = (0.5 + 0, −3 − 1) for (0, 0) gives (0.5, −1).
    #expect(network.predict([0, 0, 1, 2]) == [1.25, 7.25])
    #expect(network.predict([]) == [])
  }

  @Test("any number of rows gives the same as one by one, within rounding for the native kernels")
  func manyRows() {
    let network = Network("3, 7 tanh, 2 softmax", seed: 2)
    var random = RandomSource(seed: 1)
    let inputs = (0..<(600 * 3)).map { _ in random.uniform(-2, 2) }
    let all = network.predict(inputs, kernels: .portable)
    let native = network.predict(inputs)
    for row in [0, 1, 255, 256, 257, 599] {
      let sample = Array(inputs[(row * 3)..<(row * 3 + 3)])
      #expect(network.predict(sample, kernels: .portable) == Array(all[(row * 2)..<(row * 2 + 2)]))
      for (alone, together) in zip(network.predict(sample), native[(row * 2)...]) {
        #expect(abs(alone - together) < 1e-6)
      }
    }
  }

  @Test func weightsComeBackAsTheyWereSet() {
    var network = Network("3, 5, 2")
    let weights = (0..<15).map(Float.init)
    network.setWeights(weights, ofLayer: 0)
    #expect(network.weights(ofLayer: 0) == weights)
    network.setBiases([9, 8], ofLayer: 1)
    #expect(network.biases(ofLayer: 1) == [9, 8])
  }

  @Test func theSeedFixesTheWeights() {
    let schema: Schema = "2, 30 leakyrelu, 1 sigmoid"
    #expect(Network(schema, seed: 1) == Network(schema, seed: 1))
    #expect(Network(schema, seed: 1).fingerprint != Network(schema, seed: 2).fingerprint)
    var changed = Network(schema, seed: 1)
    var biases = changed.biases(ofLayer: 1)
    biases[0] = biases[0].nextUp
    changed.setBiases(biases, ofLayer: 1)
    #expect(changed.fingerprint != Network(schema, seed: 1).fingerprint)
  }

  @Test("each initializer has the right variance", arguments: Initializer.all)
  func initializers(initializer: Initializer) {
    // Fan-in 300, fan-out 200, ReLU.
    let network = Network("300, 200 relu", initializer: initializer, seed: 9)
    let weights = network.weights(ofLayer: 0)
    let count = Float(weights.count)
    let mean = weights.reduce(0, +) / count
    let variance = weights.map { $0 * $0 }.reduce(0, +) / count
    let expected: Float
    switch initializer {
    case .uniform: expected = 1.0 / 3
    case .normal: expected = 1
    case .xavierUniform, .xavierNormal: expected = 2.0 / 500
    case .heUniform, .heNormal: expected = 2.0 / 300
    case .lecunUniform, .lecunNormal: expected = 1.0 / 300
    case .truncatedNormal: expected = 0.773_74  // 1 − 4 φ(2) / (2 Φ(2) − 1)
    case .orthogonal: expected = 1.0 / 300
    case .constant(let value): expected = value * value
    case .zeros: expected = 0
    }
    #expect(abs(variance - expected) <= 0.02 * expected)
    if case .constant(let value) = initializer {
      #expect(weights.allSatisfy { $0 == value })
    } else {
      #expect(abs(mean) <= 0.02 * expected.squareRoot())
    }
    let biases = network.biases(ofLayer: 0)
    switch initializer {
    case .uniform, .normal, .truncatedNormal, .constant: #expect(biases.contains { $0 != 0 })
    default: #expect(biases.allSatisfy { $0 == 0 })
    }
    #expect(Initializer(name: initializer.name) == initializer)
  }

  @Test func standardInitializers() {
    let relu = Network("100, 50 relu", seed: 3)
    #expect(relu == Network("100, 50 relu", initializer: .heUniform, seed: 3))
    #expect(Network("100, 50 tanh", seed: 3) == Network("100, 50 tanh", initializer: .xavierUniform, seed: 3))
    #expect(Initializer(name: "he") == nil)
  }

  @Test func sumsAreWhatActivationsAreGiven() {
    let network = Network("2, 3 relu, 2 tanh, 1", initializer: .uniform(), seed: 4)
    let step = TrainingStep(schema: network.schema, loss: .squaredError, batchCapacity: 2)
    let inputs: [Float] = [0.5, -1, -0.25, 2]
    step.forward(network, inputs: inputs, rows: 2)
    for row in 0..<2 {
      var values = Array(inputs[(2 * row)..<(2 * row + 2)])
      for layer in 0..<3 {
        let weights = network.weights(ofLayer: layer)
        let biases = network.biases(ofLayer: layer)
        let sums = step.sums(ofLayer: layer, row: row)
        #expect(sums.count == biases.count)
        for (index, sum) in sums.enumerated() {
          let products = values.enumerated().map { weights[index * values.count + $0.offset] * $0.element }
          #expect(abs(sum - products.reduce(biases[index], +)) < 1e-6)
        }
        values = step.outputs(ofLayer: layer, row: row)
      }
    }
  }
}

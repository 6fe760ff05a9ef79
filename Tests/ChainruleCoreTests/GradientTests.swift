import ChainruleCore
import ChainruleKernels
import Testing

/// What FromScratch does not know, tanh and softmax, against central differences of the loss.
struct GradientTests {
  static let cases: [(Schema, Loss)] = [
    ("3, 5 tanh, 2", .squaredError), ("3, 5 tanh, 4 tanh, 2 tanh", .meanSquaredError),
    ("3, 6 tanh, 3 softmax", .crossEntropy), ("3, 3 softmax", .squaredError),
    ("3, 4 softmax, 2 sigmoid", .binaryCrossEntropy), ("3, 4 softmax, 3 softmax", .meanSquaredError),
  ]

  @Test("every parameter", arguments: cases)
  func finiteDifferences(schema: Schema, loss: Loss) throws {
    var random = RandomSource(seed: 11)
    let rows = 5
    let inputs = (0..<(rows * schema.inputs)).map { _ in random.uniform(-1, 1) }
    var targets: [Float] = []
    for _ in 0..<rows {
      // A distribution over the outputs, so that every loss takes it.
      let parts = (0..<schema.outputs).map { _ in random.uniform(0.1, 1) }
      let sum = parts.reduce(0, +)
      targets += parts.map { $0 / sum }
    }
    let data = Dataset(
      inputs: inputs, targets: targets, inputCount: schema.inputs, targetCount: schema.outputs)
    for kernels in [Kernels.reference, .portable] {
      let network = Network(schema, initializer: .uniform(), seed: 4)
      let step = TrainingStep(schema: schema, loss: loss, batchCapacity: rows, kernels: kernels)
      try step.differentiate(network, inputs: inputs, targets: targets, rows: rows)
      let h: Float = 0x1p-7
      var checked = 0
      for layer in schema.layers.indices {
        let weights = network.weights(ofLayer: layer)
        let gradients = step.weightGradients(ofLayer: layer)
        for i in weights.indices {
          let numeric = difference(h: h) { change in
            var moved = network
            var w = weights
            w[i] += change
            moved.setWeights(w, ofLayer: layer)
            return moved.meanLoss(loss, on: data, kernels: kernels)
          }
          #expect(abs(gradients[i] - numeric) < 2e-4, "layer \(layer) weight \(i): \(gradients[i]) ≠ \(numeric)")
          checked += 1
        }
        let biases = network.biases(ofLayer: layer)
        let biasGradients = step.biasGradients(ofLayer: layer)
        for i in biases.indices {
          let numeric = difference(h: h) { change in
            var moved = network
            var b = biases
            b[i] += change
            moved.setBiases(b, ofLayer: layer)
            return moved.meanLoss(loss, on: data, kernels: kernels)
          }
          #expect(abs(biasGradients[i] - numeric) < 2e-4, "layer \(layer) bias \(i): \(biasGradients[i]) ≠ \(numeric)")
          checked += 1
        }
      }
      #expect(checked == schema.parameterCount)
    }
  }

  /// The five-point difference: its error is of the order h⁴, so h can be large enough for single precision.
  private func difference(h: Float, _ f: (Float) -> Float) -> Float {
    (8 * (f(h) - f(-h)) - (f(2 * h) - f(-2 * h))) / (12 * h)
  }
}

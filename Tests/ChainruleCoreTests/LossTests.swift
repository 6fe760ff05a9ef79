import ChainruleCore
import Testing

struct LossTests {
  /// A one-layer network whose weights are the identity, so that its inputs are the logits.
  private func identity(_ schema: Schema) -> Network {
    var network = Network(schema, initializer: .zeros)
    let n = schema.inputs
    network.setWeights((0..<(n * n)).map { $0 % (n + 1) == 0 ? 1 : 0 }, ofLayer: 0)
    return network
  }

  private func loss(_ loss: Loss, _ schema: Schema, _ inputs: [Float], _ targets: [Float]) throws -> Float {
    try identity(schema).meanLoss(
      loss, on: Dataset(inputs: inputs, targets: targets, inputCount: schema.inputs, targetCount: schema.outputs))
  }

  @Test func squaredErrors() throws {
    // Differences (1, 2) and (3, 0): sums 5 and 9, mean 7; divided by two outputs 3.5.
    #expect(try loss(.squaredError, "2, 2", [1, 2, 3, 0], [0, 0, 0, 0]) == 7)
    #expect(try loss(.meanSquaredError, "2, 2", [1, 2, 3, 0], [0, 0, 0, 0]) == 3.5)
  }

  @Test("cross-entropies of certain and wrong outputs are large and finite")
  func extremes() throws {
    #expect(try loss(.binaryCrossEntropy, "1, 1 sigmoid", [1000], [0]) == 1000)
    #expect(try loss(.binaryCrossEntropy, "1, 1 sigmoid", [-1000], [1]) == 1000)
    #expect(try loss(.binaryCrossEntropy, "1, 1 sigmoid", [1000], [1]) == 0)
    #expect(try abs(loss(.binaryCrossEntropy, "1, 1 sigmoid", [0], [1]) - 0.693_147_2) < 1e-6)
    #expect(try loss(.crossEntropy, "2, 2 softmax", [1000, -1000], [0, 1]) == 2000)
    #expect(try loss(.crossEntropy, "2, 2 softmax", [1000, -1000], [1, 0]) == 0)
    #expect(try abs(loss(.crossEntropy, "2, 2 softmax", [5, 5], [0, 1]) - 0.693_147_2) < 1e-6)
  }

  @Test("a certain and wrong output still learns")
  func extremeGradients() throws {
    let network = identity("1, 1 sigmoid")
    let step = TrainingStep(schema: "1, 1 sigmoid", loss: .binaryCrossEntropy, batchCapacity: 1)
    try step.differentiate(network, inputs: [1000], targets: [0], rows: 1)
    #expect(step.biasGradients(ofLayer: 0) == [1])
    #expect(step.weightGradients(ofLayer: 0) == [1000])
  }

  /// PyTorch's `cross_entropy(weight:label_smoothing:)` gives 1.4937456549 here: see ``Loss/crossEntropy(smoothing:)``.
  @Test("label smoothing uses the samples' weights")
  func smoothingAndWeights() throws {
    let data = Dataset(
      inputs: [2, 0, -1, 0.5, 1, 0], targets: [1, 0, 0, 0, 0, 1], inputCount: 3, targetCount: 3, weights: [1, 4])
    let smoothed = try identity("3, 3 softmax").meanLoss(.crossEntropy(smoothing: 0.3), on: data)
    #expect(abs(smoothed - 1.358_184_94) < 1e-6)
    // Without smoothing, the two agree.
    let plain = try identity("3, 3 softmax").meanLoss(.crossEntropy, on: data)
    #expect(abs(plain - 1.378_184_94) < 1e-6)
  }

  @Test func namesAndFit() {
    for loss in Loss.all { #expect(Loss(name: loss.name) == loss) }
    #expect(Loss(name: "mse") == nil)
    #expect(Loss.standard(for: "2, 1 sigmoid") == .binaryCrossEntropy)
    #expect(Loss.standard(for: "2, 3 softmax") == .crossEntropy)
    #expect(Loss.standard(for: "2, 3 relu, 1") == .meanSquaredError)
    #expect(!Loss.crossEntropy.fits("2, 1 sigmoid") && !Loss.binaryCrossEntropy.fits("2, 2 softmax"))
    #expect(Loss.squaredError.fits("2, 2 softmax"))
  }
}

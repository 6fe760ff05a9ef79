import ChainruleCore
import ChainruleKernels
import Testing

/// Compares the engine's gradients with central differences, in double precision, of a forward pass that shares no code
/// with it.
struct GradientCheckTests {
  static let regularizers = [
    Regularizer(), Regularizer(l1: 0.01), Regularizer(l2: 0.02), Regularizer(l1: 0.01, l2: 0.02),
  ]

  /// Every loss, also with parameters other than the default.
  static let losses: [Loss] =
    Loss.all + [
      .huber(threshold: 0.3), .quantile(0.9), .binaryCrossEntropy(smoothing: 0.1), .crossEntropy(smoothing: 0.1),
    ]

  static let activations: [Activation] = Activation.all + [.leakyReLU(slope: 0.2), .elu(depth: 0.5)]

  /// The last layer that a loss needs.
  private static func last(_ loss: Loss) -> Schema.Layer {
    switch loss.name {
    case Loss.binaryCrossEntropy.name: Schema.Layer(3, .sigmoid)
    case Loss.crossEntropy.name: Schema.Layer(3, .softmax)
    default: Schema.Layer(3)
    }
  }

  /// Samples whose targets are a distribution over the outputs, so that every loss accepts them; for hinge they're 0
  /// and 1.
  private static func samples(
    _ schema: Schema, _ loss: Loss, rows: Int = 6, seed: UInt64, isWeighted: Bool = false
  ) -> Dataset {
    var random = RandomSource(seed: seed)
    var targets: [Float] = []
    for _ in 0..<rows {
      let parts = (0..<schema.outputs).map { _ in random.uniform(0.1, 1) }
      let sum = parts.reduce(0, +)
      targets += parts.map { loss.kind == .hinge ? ($0 / sum).rounded() : $0 / sum }
    }
    return Dataset(
      inputs: (0..<(rows * schema.inputs)).map { _ in random.uniform(-1.5, 1.5) }, targets: targets,
      inputCount: schema.inputs, targetCount: schema.outputs,
      weights: isWeighted ? (0..<rows).map { Float($0) * 0.5 } : nil)
  }

  private func check(
    _ schema: Schema, _ loss: Loss, _ regularizer: Regularizer, seed: UInt64, dropout: RandomSource? = nil
  ) throws {
    for kernels in tables {
      let check = try GradientCheck(
        of: Network(schema, initializer: .uniform(), seed: seed), on: Self.samples(schema, loss, seed: seed),
        loss: loss,
        regularizer: regularizer, dropout: dropout, kernels: kernels, distance: 2e-6)
      #expect(check.relativeError <= 1e-6, "\(schema.text) \(loss) \(regularizer) seed \(seed)")
      #expect(check.layers.flatMap(\.computed).count == schema.parameterCount)
    }
  }

  @Test("every activation, with every loss, penalty and normalization", arguments: Self.activations)
  func everyActivation(activation: Activation) throws {
    var seed: UInt64 = 1
    for loss in Self.losses {
      for regularizer in Self.regularizers {
        let last = Self.last(loss)
        for layers: [Schema.Layer] in [
          [.init(5, activation), .init(4, activation), last],
          [.init(5), .batchNormalization(activation), last],
          [.init(5), .layerNormalization(activation), last],
        ] {
          try check(Schema(inputs: 3, layers: layers), loss, regularizer, seed: seed)
          seed += 1
        }
      }
    }
  }

  @Test("every activation in the last layer", arguments: Self.activations)
  func lastLayer(activation: Activation) throws {
    for loss in [Loss.squaredError, .meanSquaredError, .huber(), .logCosh, .meanAbsoluteError] {
      let schema = try Schema(inputs: 3, layers: [.init(4, .tanh), .init(3, activation)])
      try check(schema, loss, Regularizer(), seed: 5)
    }
  }

  @Test("dropout, with its masks as part of the function", arguments: Self.losses)
  func dropout(loss: Loss) throws {
    let schema = try Schema(
      inputs: 3,
      layers: [.dropout(0.2), .init(8, .tanh), .dropout(0.5), .layerNormalization(.silu), Self.last(loss)])
    try check(schema, loss, Regularizer(l2: 0.01), seed: 3, dropout: RandomSource(seed: 11))
  }

  @Test("normalizations first, last and in a row", arguments: Self.losses)
  func normalizations(loss: Loss) throws {
    let last = Self.last(loss)
    let schema = try Schema(
      inputs: 3,
      layers: [
        .batchNormalization(), .init(6, .tanh), .layerNormalization(), .batchNormalization(.tanh),
        .init(3), .layerNormalization(last.activation),
      ])
    try check(schema, loss, Regularizer(), seed: 8)
  }

  @Test("samples with different weights, one of them 0", arguments: Self.losses)
  func weights(loss: Loss) throws {
    let schema = try Schema(inputs: 3, layers: [.init(5, .tanh), Self.last(loss)])
    let check = try GradientCheck(
      of: Network(schema, seed: 2), on: Self.samples(schema, loss, seed: 2, isWeighted: true), loss: loss,
      distance: 2e-6)
    #expect(check.relativeError <= 1e-6)
  }

  @Test("a check can fail: it detects a wrong gradient")
  func sensitivity() throws {
    // A kernel that forgets the activation's derivative, a common mistake.
    var kernels = Kernels.portable
    kernels.tanhGradient = { _, _, _, _, _ in }
    let schema: Schema = "3, 5 tanh, 2"
    let data = Self.samples(schema, .squaredError, seed: 1)
    let network = Network(schema, initializer: .uniform(), seed: 1)
    #expect(try GradientCheck(of: network, on: data, loss: .squaredError, kernels: kernels).relativeError > 0.01)
    let right = try GradientCheck(of: network, on: data, loss: .squaredError)
    #expect(right.relativeError <= 1e-6 && right.largestDifference < 1e-5)
  }

  @Test func whatDoesNotFitIsRefused() {
    let data = Dataset(inputs: [1, 2], targets: [1], inputCount: 2, targetCount: 1)
    #expect(throws: TrainingError.mismatch(schema: "3, 1", inputCount: 2, targetCount: 1)) {
      try GradientCheck(of: Network("3, 1"), on: data, loss: .squaredError)
    }
    #expect(throws: TrainingError.lossDoesNotFit(.crossEntropy, schema: "2, 1")) {
      try GradientCheck(of: Network("2, 1"), on: data, loss: .crossEntropy)
    }
    #expect(throws: TrainingError.nonFiniteSample(index: 0)) {
      let bad = Dataset(inputs: [1, .nan], targets: [1], inputCount: 2, targetCount: 1)
      _ = try GradientCheck(of: Network("2, 1"), on: bad, loss: .squaredError)
    }
  }
}

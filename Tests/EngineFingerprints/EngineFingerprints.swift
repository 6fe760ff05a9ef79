import ChainruleCore

/// Trainings that together cover the whole engine. They're compiled natively and for WebAssembly, and both must give
/// the same bits.
public enum EngineFingerprints {
  /// The fingerprints of all trainings, one for each optimizer.
  public static var count: Int { optimizers.count }

  /// The fingerprint of the network after training `index`; 0 if it fails.
  public static func fingerprint(_ index: Int) -> UInt64 {
    let optimizer = optimizers[index]
    let isLast = index == count - 1
    // L-BFGS, the last one, accepts neither dropout nor batch normalization.
    let between: [Schema.Layer] = isLast ? [.layerNormalization()] : [.batchNormalization(.silu), .dropout(0.2)]
    let layers: [Schema.Layer] =
      [.init(6, .gelu)] + between + [
        .init(5, .selu), .layerNormalization(.softplus), .init(5, .softsign), .init(5, .elu(depth: 0.5)),
        .init(5, .hardSigmoid), .init(5, .geluTanh), .init(5, .tanh), .init(5, .leakyReLU()), .init(5, .relu),
      ] + [.init(3, index % 3 == 0 ? .softmax : index % 3 == 1 ? .sigmoid : .linear)]
    do throws(SchemaError) {
      let schema = try Schema(inputs: 3, layers: layers)
      return train(Network(schema, seed: UInt64(index)), optimizer, index)
    } catch {
      return 0
    }
  }

  private static func train(_ network: Network, _ optimizer: Optimizer, _ index: Int) -> UInt64 {
    var random = RandomSource(seed: 99)
    var inputs: [Float] = []
    var targets: [Float] = []
    for row in 0..<40 {
      for _ in 0..<3 { inputs.append(random.normal()) }
      for column in 0..<3 { targets.append(row % 3 == column ? 1 : 0) }
    }
    let data = Dataset(inputs: inputs, targets: targets, inputCount: 3, targetCount: 3).weighted()
    var optimizer = optimizer
    let isFullBatch = index == count - 1
    if !isFullBatch { optimizer.clipping = .norm(1) }
    let losses: [Loss] = [.huber(threshold: 0.5), .logCosh, .poisson, .hinge, .quantile(0.3), .meanAbsoluteError]
    let schedules: [Schedule] = [
      .cosine(period: 4, growth: 2).warmedUp(for: 2), .exponential(factor: 0.9), .polynomial(length: 12, power: 1.5),
      .oneCycle(length: 10), .reduceOnPlateau(factor: 0.5, patience: 1), .step(every: 3, factor: 0.7),
    ]
    let loss = index % 3 == 2 ? losses[index % losses.count] : Loss.standard(for: network.schema)
    do throws(TrainingError) {
      var run = try TrainingRun(
        network: network, data: data, validation: data.samples([0, 1, 2, 3]), loss: loss, optimizer: optimizer,
        schedule: isFullBatch ? .constant : schedules[index % schedules.count],
        regularizer: Regularizer(l1: 0.0001, l2: 0.001, maxNorm: isFullBatch ? nil : 2),
        stopping: .early(patience: 8, epochs: 12), batchSize: 8, seed: 5)
      try run.train()
      return run.network.fingerprint
    } catch {
      return 0
    }
  }

  private static var optimizers: [Optimizer] {
    [
      .sgd(), .momentum(), .nesterov(), .adagrad(), .adadelta(), .rmsProp(), .rmsProp(isCentered: true), .adam(),
      .adamW(),
      .adaMax(), .amsGrad(), .nAdam(), .rAdam(learningRate: 0.01), .lion(), .lbfgs(),
    ]
  }
}

import ChainruleCore
import ChainruleKernels
import Testing

/// Twenty steps of every optimizer against PyTorch's in double precision.
struct OptimizerVectorTests {
  private struct Vectors: Decodable {
    struct Problem: Decodable {
      let start: [Float]
      let x: [Float]
      let y: [Float]
    }
    struct Settings: Decodable {
      let rate: Float
      let biasRate: Float?
      let beta2: Double?
      let weightDecay: Float?
      let l1: Float?
      let l2: Float?
      let clipNorm: Float?
      let clipValue: Float?
    }
    struct Step: Decodable {
      let step: Int
      let parameters: [Double]
    }
    struct Entry: Decodable {
      let name: String
      let settings: Settings
      let steps: [Step]
    }
    struct LeastSquares: Decodable {
      let parameters: [Double]
      let loss: Double
    }
    let problem: Problem
    let leastSquares: LeastSquares
    let optimizers: [Entry]
  }

  private static func parameters(_ network: Network) -> [Float] {
    network.schema.layers.indices.flatMap { network.weights(ofLayer: $0) + network.biases(ofLayer: $0) }
  }

  /// An entry's optimizer, without its clipping.
  private static func optimizer(_ entry: Vectors.Entry) throws -> Optimizer {
    var optimizer = try #require(Optimizer(name: entry.name), "\(entry.name)")
    let settings = entry.settings
    if let beta2 = settings.beta2 { optimizer = .amsGrad(beta2: beta2) }
    optimizer.learningRate = settings.rate
    optimizer.biasLearningRate = settings.biasRate ?? settings.rate
    if let decay = settings.weightDecay { optimizer.weightDecay = decay }
    return optimizer
  }

  @Test("twenty steps", arguments: tables)
  func optimizers(kernels: Kernels) throws {
    let content = try vectors("optimizers", as: Vectors.self)
    let problem = content.problem
    let data = Dataset(inputs: problem.x, targets: problem.y, inputCount: 3, targetCount: 2)
    for entry in content.optimizers {
      var optimizer = try Self.optimizer(entry)
      let settings = entry.settings
      if let limit = settings.clipNorm { optimizer.clipping = .norm(limit) }
      if let limit = settings.clipValue { optimizer.clipping = .value(limit) }
      var network = Network("3, 4 tanh, 2", initializer: .zeros)
      network.setWeights(Array(problem.start[0..<12]), ofLayer: 0)
      network.setBiases(Array(problem.start[12..<16]), ofLayer: 0)
      network.setWeights(Array(problem.start[16..<24]), ofLayer: 1)
      network.setBiases(Array(problem.start[24..<26]), ofLayer: 1)
      var run = try TrainingRun(
        network: network, data: data, loss: .meanSquaredError, optimizer: optimizer,
        regularizer: Regularizer(l1: settings.l1 ?? 0, l2: settings.l2 ?? 0), batchSize: 8, shuffles: false,
        kernels: kernels)
      for number in 1...20 {
        try run.nextStep()
        guard let expected = entry.steps.first(where: { $0.step == number }) else { continue }
        let distance = relativeDistance(Self.parameters(run.network), expected.parameters)
        #expect(distance <= 1e-6, "\(entry.name) \(settings) step \(number)")
      }
    }
    // L-BFGS doesn't take the same steps as another program, but ends at the same point.
    #expect(Set(content.optimizers.map(\.name)) == Set(Optimizer.names).subtracting(["lbfgs"]))
  }

  @Test("parameters without a network take the same steps as a network's, and as PyTorch's")
  func withoutNetwork() throws {
    let content = try vectors("optimizers", as: Vectors.self)
    let problem = content.problem
    for entry in content.optimizers where entry.settings.clipNorm == nil && entry.settings.clipValue == nil {
      let optimizer = try Self.optimizer(entry)
      var biasOptimizer = optimizer
      biasOptimizer.learningRate = optimizer.biasLearningRate
      biasOptimizer.weightDecay = 0
      var network = Network("3, 4 tanh, 2", initializer: .zeros)
      var parameters = [
        Array(problem.start[0..<12]), Array(problem.start[12..<16]), Array(problem.start[16..<24]),
        Array(problem.start[24..<26]),
      ]
      var states = parameters.indices.map {
        StepState(parameterCount: parameters[$0].count, optimizer: $0 % 2 == 0 ? optimizer : biasOptimizer)
      }
      let step = TrainingStep(schema: network.schema, loss: .meanSquaredError, batchCapacity: 8)
      for number in 1...20 {
        for layer in 0...1 {
          network.setWeights(parameters[2 * layer], ofLayer: layer)
          network.setBiases(parameters[2 * layer + 1], ofLayer: layer)
        }
        try step.differentiate(
          network, inputs: problem.x, targets: problem.y, rows: 8,
          regularizer: Regularizer(l1: entry.settings.l1 ?? 0, l2: entry.settings.l2 ?? 0))
        for layer in 0...1 {
          optimizer.update(
            &parameters[2 * layer], gradients: step.weightGradients(ofLayer: layer), state: &states[2 * layer])
          biasOptimizer.update(
            &parameters[2 * layer + 1], gradients: step.biasGradients(ofLayer: layer), state: &states[2 * layer + 1])
        }
        guard let expected = entry.steps.first(where: { $0.step == number }) else { continue }
        #expect(
          relativeDistance(parameters.flatMap { $0 }, expected.parameters) <= 1e-6, "\(entry.name) step \(number)")
      }
      #expect(states.allSatisfy { $0.steps == 20 })
    }
  }

  @Test("L-BFGS finds the least-squares solution")
  func leastSquares() throws {
    let content = try vectors("optimizers", as: Vectors.self)
    let data = Dataset(inputs: content.problem.x, targets: content.problem.y, inputCount: 3, targetCount: 2)
    var run = try TrainingRun(network: Network("3, 2", seed: 1), data: data, optimizer: .lbfgs())
    try run.train()
    #expect(relativeDistance(Self.parameters(run.network), content.leastSquares.parameters) <= 1e-5)
    let loss = try run.network.meanLoss(.meanSquaredError, on: data)
    #expect(abs(Double(loss) - content.leastSquares.loss) <= 1e-6 * content.leastSquares.loss)
  }
}

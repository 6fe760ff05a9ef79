import Chainrule
import Testing

/// A program that imports Chainrule and names no kernels gets the native ones, at every entry point.
struct NativeDefaultsTests {
  private static let data: Dataset = {
    var random = RandomSource(seed: 9)
    let inputs = (0..<(96 * 12)).map { _ in random.uniform(-1, 1) }
    let targets = (0..<96).flatMap { sample in (0..<3).map { $0 == sample % 3 ? Float(1) : 0 } }
    return Dataset(inputs: inputs, targets: targets, inputCount: 12, targetCount: 3)
  }()
  private static let network = Network("12, 33 tanh, 3 softmax", seed: 4)

  @Test("a run gives the bits of the native kernels", arguments: [0, 1, 2])
  func runs(door: Int) throws {
    func run(_ kernels: Kernels?) throws -> TrainingRun {
      let (network, data) = (Self.network, Self.data)
      var options = TrainingOptions()
      options.epochs = 5
      switch (door, kernels) {
      case (0, let kernels?):
        return try TrainingRun(network: network, data: data, stopping: .after(epochs: 5), kernels: kernels)
      case (0, nil): return try TrainingRun(network: network, data: data, stopping: .after(epochs: 5))
      case (1, let kernels?): return try TrainingRun(network.schema, data: data, options: options, kernels: kernels)
      case (1, nil): return try TrainingRun(network.schema, data: data, options: options)
      case (_, let kernels?): return try TrainingRun(network.schema, data: data, epochs: 5, kernels: kernels)
      default: return try TrainingRun(network.schema, data: data, epochs: 5)
      }
    }
    func trained(_ kernels: Kernels?) throws -> UInt64 {
      var run = try run(kernels)
      try run.train()
      return run.network.fingerprint
    }
    #expect(try trained(nil) == trained(.native))
  }

  @Test("everything else computes with the native kernels")
  func others() throws {
    let (network, data, loss) = (Self.network, Self.data, Loss.crossEntropy)
    #expect(network.predict(data.inputs) == network.predict(data.inputs, kernels: .native))
    #expect(network.values(data.inputs) == network.values(data.inputs, kernels: .native))
    #expect(try network.meanLoss(loss, on: data) == network.meanLoss(loss, on: data, kernels: .native))
    let (reports, native) = try (network.report(on: data), network.report(on: data, kernels: .native))
    #expect(reports.map(\.gradientNorm) == native.map(\.gradientNorm))
    let predictor = Predictor(network, kernels: .native)
    #expect(Predictor(network).predict(data.inputs) == predictor.predict(data.inputs))
    let check = try GradientCheck(of: network, on: data, loss: loss)
    let nativeCheck = try GradientCheck(of: network, on: data, loss: loss, kernels: .native)
    #expect(check.layers.map(\.computed) == nativeCheck.layers.map(\.computed))

    let step = TrainingStep(schema: network.schema, loss: loss, batchCapacity: data.count)
    let nativeStep = TrainingStep(schema: network.schema, loss: loss, batchCapacity: data.count, kernels: .native)
    for step in [step, nativeStep] {
      try step.differentiate(network, inputs: data.inputs, targets: data.targets, rows: data.count)
    }
    #expect(step.weightGradients(ofLayer: 0) == nativeStep.weightGradients(ofLayer: 0))

    var places: [[Float]] = [[1, 1], [1, 1]]
    for index in places.indices {
      var state = StepState(parameterCount: 2, optimizer: .adam())
      if index == 0 {
        Optimizer.adam().update(&places[0], gradients: [2, 20], state: &state)
      } else {
        Optimizer.adam().update(&places[1], gradients: [2, 20], state: &state, kernels: .native)
      }
    }
    #expect(places[0] == places[1])
  }

  @Test("native and portable outputs agree within rounding")
  func agreement() {
    let outputs = Self.network.predict(Self.data.inputs)
    let portable = Self.network.predict(Self.data.inputs, kernels: .portable)
    for (native, portable) in zip(outputs, portable) { #expect(abs(native - portable) < 1e-5) }
  }
}

import ChainruleCore
import ChainruleKernels
import Foundation
import Testing

/// A programmer's mistake ends the program. Even release builds print what was found and what was expected to standard
/// error.
struct TrapTests {
  /// A mistake and the program's message.
  struct Mistake: Sendable {
    let said: String
    let make: @Sendable () throws -> Void

    init(_ said: String, _ make: @escaping @Sendable () throws -> Void) {
      self.said = said
      self.make = make
    }
  }

  private static func step(_ schema: Schema = "2, 3 tanh, 1") -> TrainingStep {
    TrainingStep(schema: schema, loss: .squaredError, batchCapacity: 2)
  }

  @discardableResult
  private static func train(
    _ schema: Schema = "2, 3 tanh, 1", inputs: Int = 4, targets: Int = 2, weights: Int? = nil, rows: Int = 2,
    optimizer: Optimizer = .sgd(), state: Optimizer = .sgd()
  ) throws -> Float {
    var network = Network(schema)
    var state = StepState(for: "2, 3 tanh, 1", optimizer: state)
    return try step().train(
      &network, state: &state, inputs: [Float](repeating: 0, count: inputs),
      targets: [Float](repeating: 0, count: targets), weights: weights.map { [Float](repeating: 1, count: $0) },
      rows: rows,
      optimizer: optimizer)
  }

  private static let data: [Mistake] = [
    Mistake("found 0 inputs and 1 target for each sample; each sample needs at least one of each") {
      _ = Dataset(inputs: [], targets: [], inputCount: 0, targetCount: 1)
    },
    Mistake("found 3 inputs in rows of 2 and 1 target in rows of 1; they must fill the same number of whole rows") {
      _ = Dataset(inputs: [1, 2, 3], targets: [1], inputCount: 2)
    },
    Mistake("found 1 weight for 2 samples") { _ = Dataset(inputs: [1, 2], targets: [1, 2], weights: [1]) },
    Mistake("sample 2 has the class 3; of 3 classes the numbers are 0 to 2") {
      _ = Dataset(inputs: [1, 2], classes: [2, 3], classCount: 3, inputCount: 1)
    },
    Mistake("found the sample number 2; of 2 samples the numbers are 0 to 1") {
      _ = Dataset(inputs: [1, 2], targets: [1, 2]).samples([2])
    },
    Mistake("found the sample number -1; of 2 samples") {
      _ = Dataset(inputs: [1, 2], targets: [1, 2]).classNumber(-1)
    },
    Mistake("found 3 class weights for 2 classes") {
      _ = Dataset(inputs: [1, 2], targets: [1, 0]).weighted(byClass: [1, 2, 3])
    },
    Mistake("found no value; a sample has one or more") { _ = Dataset.classNumber(of: [Float]()) },
    Mistake("found no row to train on") { _ = Split(training: [], heldOut: [1]) },
    Mistake("found no row to train on") { _ = Split(lastOf: [], fraction: 0.5) },
    Mistake("found 1.0 to hold out; it must be in 0..<1") { _ = Split(lastOf: [1, 2], fraction: 1) },
    Mistake("found nan to hold out") { _ = Dataset(inputs: [1], targets: [1]).split(holdout: .nan, seed: 1) },
    Mistake("found 1 group to divide") { _ = Split(rows: [1, 2], groups: [0, 0], fraction: 0.5, seed: 1) },
    Mistake("found 1 time for 2 rows") { _ = Split(rows: [1, 2], times: [1], fraction: 0.5) },
    Mistake("found 1 class for 2 rows") { _ = Split(rows: [1, 2], classes: [0], fraction: 0.5, seed: 1) },
    Mistake("found the class -1; classes count from 0") {
      _ = Split(rows: [1, 2], classes: [0, -1], fraction: 0.5, seed: 1)
    },
    Mistake("found the bound 0; it must be from 1 to") {
      var random = RandomSource(seed: 1)
      _ = random.index(below: 0)
    },
  ]

  private static let networks: [Mistake] = [
    Mistake("character 6 (“rellu”)") { _ = "2, 3 rellu" as Schema },
    Mistake("found 3 inputs for a network with 2; they must fill whole rows") {
      _ = Network("2, 1").predict([1, 2, 3])
    },
    Mistake("found 3 inputs for a network with 2") { _ = Network("2, 1").values([1, 2, 3]) },
    Mistake("found 3 inputs for a network with 2") { _ = Predictor(Network("2, 1")).predict([1, 2, 3]) },
    Mistake("found room for 0 outputs, expected 1 for 1 row") {
      var outputs: [Float] = []
      Predictor(Network("2, 1")).predict([1, 2], into: &outputs)
    },
    Mistake("found a batch capacity of 0") { _ = Predictor(Network("2, 1"), batchCapacity: 0) },
    Mistake("found 1 weight for layer 0; it has 2") {
      var network = Network("2, 1")
      network.setWeights([1], ofLayer: 0)
    },
    Mistake("found 2 biases for layer 0; it has 1") {
      var network = Network("2, 1")
      network.setBiases([1, 2], ofLayer: 0)
    },
    Mistake("found the layer number 1; the layers are 0 to 0") { _ = Network("2, 1").weights(ofLayer: 1) },
    Mistake("found the layer number -1") { _ = Network("2, 1").biases(ofLayer: -1) },
    Mistake("found the layer number 1") { _ = Network("2, 1").runningMeans(ofLayer: 1) },
    Mistake("found the layer number 1") { _ = Network("2, 1").runningVariances(ofLayer: 1) },
    Mistake("found the layer number 1") { _ = Network("2, 1").isFrozen(layer: 1) },
    Mistake("found the layer number 1") {
      var network = Network("2, 1")
      network.setFrozen(true, layer: 1)
    },
    Mistake("found output 1 and input 0; layer 0 has outputs 0 to 0 and inputs 0 to 1") {
      _ = Network("2, 1")[layer: 0, output: 1, input: 0]
    },
    Mistake("layer 0 has no weight for each input") { _ = Network("2, batchnorm, 1")[layer: 0, output: 0, input: 0] },
    Mistake("found 1 mean and 2 variances for layer 0; it has 2 of each") {
      var network = Network("2, batchnorm, 1")
      network.setRunning(means: [1], variances: [1, 2], ofLayer: 0)
    },
    Mistake("found the variance -1.0; a variance is 0 or more") {
      var network = Network("2, batchnorm, 1")
      network.setRunning(means: [1, 2], variances: [1, -1], ofLayer: 0)
    },
  ]

  private static let steps: [Mistake] = [
    Mistake("the loss cross-entropy needs a last layer with softmax, found linear") {
      _ = TrainingStep(schema: "1, 1", loss: .crossEntropy, batchCapacity: 2)
    },
    Mistake("the loss hinge needs a last layer with values below 0 too") {
      _ = TrainingStep(schema: "1, 1 sigmoid", loss: .hinge, batchCapacity: 2)
    },
    Mistake("found a batch capacity of -1") {
      _ = TrainingStep(schema: "1, 1", loss: .squaredError, batchCapacity: -1)
    },
    Mistake("found a batch of 3 rows; this step takes from 1 to 2") { try train(inputs: 6, targets: 3, rows: 3) },
    Mistake("found a batch of 0 rows") { try train(rows: 0) },
    Mistake("found 3 inputs for 2 rows of 2") { try train(inputs: 3) },
    Mistake("found 1 target for 2 rows of 1") { try train(targets: 1) },
    Mistake("found 1 weight for 2 rows") { try train(weights: 1) },
    Mistake("found a network of the schema [2, [4, \"tanh\"], 1], but this step was made for [2, [3, \"tanh\"], 1]") {
      try train("2, 4 tanh, 1")
    },
    Mistake("found a state with 0 numbers for each of 0 parameters, expected 2 for each of 13; make") {
      try train(optimizer: .adam())
    },
    Mistake("found L-BFGS, which needs all samples at once") { try train(optimizer: .lbfgs()) },
    Mistake("found another optimizer than plain descent") {
      var network = Network("2, 3 tanh, 1")
      try step().train(&network, inputs: [1, 2], targets: [1], rows: 1, optimizer: .adam())
    },
    Mistake("found a batch of 5 rows") { step().forward(Network("2, 3 tanh, 1"), inputs: [1, 2], rows: 5) },
    Mistake("found a network of the schema [2, 1]") { step().forward(Network("2, 1"), inputs: [1, 2], rows: 1) },
    Mistake("found a network of the schema [2, 1]") {
      try step().differentiate(Network("2, 1"), inputs: [1, 2], targets: [1], rows: 1)
    },
    Mistake("found 2 inputs for 2 rows of 2") {
      var outputs: [Float] = [0, 0]
      step().predict(Network("2, 3 tanh, 1"), inputs: [1, 2], rows: 2, into: &outputs)
    },
    Mistake("found 2 inputs for -1 rows of 2") {
      var outputs: [Float] = [0, 0]
      step().predict(Network("2, 3 tanh, 1"), inputs: [1, 2], rows: -1, into: &outputs)
    },
    Mistake(
      "the schema [2, [3, \"tanh\"], 1] has 2 inputs and 1 output, but the data has 1 input and 1 target per sample"
    ) {
      _ = step().meanLoss(Network("2, 3 tanh, 1"), on: Dataset(inputs: [1], targets: [1]))
    },
    Mistake("found the row 2; the rows of a batch are 0 to 1") { _ = step().outputs(ofLayer: 0, row: 2) },
    Mistake("found the row -1") { _ = step().sums(ofLayer: 0, row: -1) },
    Mistake("found 3 rows; a batch of this step has up to 2") { _ = step().outputs(ofLayer: 0, rows: 3) },
    Mistake("found the layer number 2; the layers are 0 to 1") { _ = step().outputs(ofLayer: 2, rows: 1) },
    Mistake("found the layer number 2") { _ = step().sums(ofLayer: 2, row: 0) },
    Mistake("found the layer number 2") { _ = step().weightGradients(ofLayer: 2) },
    Mistake("found the layer number 2") { _ = step().biasGradients(ofLayer: 2) },
    Mistake("found the layer number 2") { _ = step().gradientNorm(ofLayer: 2) },
    Mistake("found a report on no rows") { _ = step().report(ofLayer: 0, rows: 0) },
    Mistake("found the layer number 2") { _ = step().report(ofLayer: 2, rows: 1) },
    Mistake("found the distance 0.0; it must be a finite number above 0") {
      _ = try GradientCheck(
        of: Network("1, 1"), on: Dataset(inputs: [1], targets: [1]), loss: .squaredError, distance: 0)
    },
    Mistake("found L-BFGS or clipping") {
      var place: [Float] = [1]
      var state = StepState(parameterCount: 1, optimizer: .lbfgs())
      Optimizer.lbfgs().update(&place, gradients: [1], state: &state)
    },
    Mistake("found 2 gradients and a state with 0 numbers for each of 0 parameters, expected 1, and 0 for each") {
      var place: [Float] = [1]
      var state = StepState(parameterCount: 1, optimizer: .sgd())
      Optimizer.sgd().update(&place, gradients: [1, 2], state: &state)
    },
    Mistake("found nan for the learning rate; it must be from 0 to 1e+10") {
      var place: [Float] = [1]
      var state = StepState(parameterCount: 1, optimizer: .sgd())
      Optimizer.sgd(learningRate: .nan).update(&place, gradients: [1], state: &state)
    },
    Mistake("found 0 for the schedule's period; it must be a finite number above 0") {
      _ = Schedule.cosine(period: 0, growth: 2).factor(at: 1)
    },
  ]

  private static let metrics: [Mistake] = [
    Mistake("found 0 classes; there must be one or more") { _ = ConfusionMatrix(classes: 0) },
    Mistake("found 1 actual classes and 0 predictions") { _ = ConfusionMatrix(classes: 2, actual: [1], predicted: []) },
    Mistake("found no sample; there must be one or more") {
      _ = ConfusionMatrix(classes: 2, actual: [], predicted: [])
    },
    Mistake("found the actual class 2 and the predicted class 0; of 2 classes the numbers are 0 to 1") {
      _ = ConfusionMatrix(classes: 2, actual: [2], predicted: [0])
    },
    Mistake("found the weight -1.0; a weight is finite, and 0 or more") {
      var matrix = ConfusionMatrix(classes: 2)
      matrix.add(actual: 0, predicted: 0, weight: -1)
    },
    Mistake("found 2 weights for 1 sample") {
      _ = ConfusionMatrix(classes: 2, actual: [1], predicted: [1], weights: [1, 1])
    },
    Mistake("the weights sum to 0.0; they need a finite sum above 0") {
      _ = RegressionScore(actual: [1], predicted: [1], weights: [0])
    },
    Mistake("found the weight nan") { _ = RegressionScore(actual: [1], predicted: [1], weights: [.nan]) },
    Mistake("found 1 number and 2 predictions") { _ = RegressionScore(actual: [1], predicted: [1, 2]) },
    Mistake("found 1 class; there must be two or more") {
      _ = ProbabilityScore(probabilities: [1], classes: 1, actual: [0])
    },
    Mistake("found 1 probability for 1 sample; each sample needs 2") {
      _ = ProbabilityScore(probabilities: [1], classes: 2, actual: [0])
    },
    Mistake("found the probability 1.5; it must be from 0 to 1") {
      _ = ProbabilityScore(probabilities: [1.5], actual: [1])
    },
    Mistake("found the class 2; of 2 classes the numbers are 0 to 1") {
      _ = ProbabilityScore(probabilities: [0.5], actual: [2])
    },
    Mistake("found k = 3; it must be from 1 to the number of classes, 2") {
      _ = ProbabilityScore(probabilities: [0.5], actual: [1]).accuracy(top: 3)
    },
    Mistake("found the class -1; of 2 classes") {
      _ = ProbabilityScore(probabilities: [0.5], actual: [1]).rocAUC(of: -1)
    },
  ]

  static let mistakes = data + networks + steps + metrics

  @Test(
    "a mistake ends the program, and the message says what was found and what was expected", arguments: mistakes.indices
  )
  func says(index: Int) async throws {
    let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) { [index] in
      try TrapTests.mistakes[index].make()
    }
    let text = String(decoding: result.standardErrorContent, as: UTF8.self)
    #expect(text.contains(Self.mistakes[index].said), "\(text.prefix(500))")
    #expect(text.contains("Fatal error"))
  }
}

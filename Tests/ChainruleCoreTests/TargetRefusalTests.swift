import ChainruleCore
import Testing

/// Every entry point refuses samples for which a loss isn't defined, before training.
struct TargetRefusalTests {
  /// Samples with one input of 0.5 and these targets.
  private static func data(_ targets: [Float], columns: Int = 1, weights: [Float]? = nil) -> Dataset {
    Dataset(
      inputs: [Float](repeating: 0.5, count: targets.count / columns), targets: targets, targetCount: columns,
      weights: weights)
  }

  /// About 10⁻⁴², whose inverse overflows.
  private static let tiny = Float(bitPattern: 714)

  /// The error of every entry point for these samples. All must be the same.
  private static func refusal(_ schema: Schema, _ data: Dataset, _ loss: Loss? = nil) throws -> TrainingError? {
    let network = Network(schema, seed: 1)
    let loss = loss ?? .standard(for: schema)
    func error(_ body: () throws -> Void) throws -> TrainingError? {
      do { try body() } catch let error as TrainingError { return error }
      return nil
    }
    let errors = [
      try error { try data.check(for: schema, loss: loss) },
      try error { _ = try TrainingRun(network: network, data: data, loss: loss) },
      try error { _ = try TrainingRun(schema, data: data, loss: loss) },
      try error {
        _ = try TrainingRun(
          schema, data: data,
          options: {
            var o = TrainingOptions()
            o.loss = loss
            return o
          }())
      },
      try error { _ = try network.meanLoss(loss, on: data) },
      try error { _ = try network.report(on: data, loss: loss) },
      try error { _ = try GradientCheck(of: network, on: data, loss: loss) },
    ]
    for error in errors { #expect(error == errors[0], "\(errors)") }
    return errors[0]
  }

  /// Valid samples for `schema` and `loss`, to try others as validation data or as later samples.
  private static func good(_ schema: Schema, _ loss: Loss?) -> Dataset {
    let columns = schema.outputs
    return data((0..<(3 * columns)).map { $0 % columns == 0 ? 1 : 0 }, columns: columns)
  }

  private struct Case {
    let schema: Schema
    let loss: Loss?
    let targets: [Float]
    let error: TrainingError
    let said: String

    /// Without a loss, it's the standard one.
    init(_ schema: Schema, _ loss: Loss? = nil, targets: [Float], _ error: TrainingError, _ said: String) {
      (self.schema, self.loss, self.targets, self.error, self.said) = (schema, loss, targets, error, said)
    }
  }

  private static let bad: [Case] = [
    Case(
      "1, 4 tanh, 1 sigmoid", targets: [1, 0, -1], .badTarget(-1, sample: 2, loss: .binaryCrossEntropy),
      "sample 3 has the target -1.0, but the loss binary-cross-entropy takes 0 and 1, or probabilities between them"),
    Case(
      "1, 4 tanh, 1 sigmoid", targets: [1, 2, 2, 1], .badTarget(2, sample: 1, loss: .binaryCrossEntropy), "sample 2"),
    Case(
      "1, 2 sigmoid", .binaryCrossEntropy(smoothing: 0.1), targets: [0, 0, 0, 1.001],
      .badTarget(1.001, sample: 1, loss: .binaryCrossEntropy(smoothing: 0.1)), "sample 2 has the target 1.001"),
    Case(
      "1, 2 softmax", targets: [1, 0, 0, 0], .badTargetSum(0, sample: 1), "the targets of sample 2 sum to 0.0, but"),
    Case("1, 2 softmax", targets: [1, 0, 1, 1], .badTargetSum(2, sample: 1), "which sum to 1; set one target to 1"),
    Case("1, 2 softmax", targets: [1, 0, 4, -3], .badTarget(4, sample: 1, loss: .crossEntropy), "from 0 to 1"),
    Case("1, 2 softmax", targets: [1, 0, -0.5, 1.5], .badTarget(-0.5, sample: 1, loss: .crossEntropy), "sample 2"),
    Case(
      "1, 3 softmax", .crossEntropy(smoothing: 0.1), targets: [0.3, 0.3, 0.3],
      .badTargetSum(Double(0.3 as Float) * 3, sample: 0), "sample 1 sum to 0.9"),
    Case(
      "1, 1", .poisson, targets: [0, 3, -1], .badTarget(-1, sample: 2, loss: .poisson),
      "poisson takes counts, 0 or more"),
    Case("1, 1", .hinge, targets: [1, 0, 0.5], .badTarget(0.5, sample: 2, loss: .hinge), "takes −1 and 1, or 0 and 1"),
    Case("1, 1", .hinge, targets: [1, 0, -1], .badTarget(0, sample: 1, loss: .hinge), "sample 2 has the target 0.0"),
    Case("1, 2", .hinge, targets: [1, -1, 3, 1], .badTarget(3, sample: 1, loss: .hinge), "sample 2"),
    Case("1, 1 softmax", targets: [0, 1], .singleSoftmax(layer: 0), "layer 1 is a softmax of one perceptron"),
    Case("1, 64 tanh, 1 softmax", .meanSquaredError, targets: [0, 1], .singleSoftmax(layer: 1), "use “1 sigmoid”"),
    Case("1, 1 softmax, 1", targets: [0, 1], .singleSoftmax(layer: 0), "or “2 softmax”"),
    Case(
      "1, 1 sigmoid", .hinge, targets: [0, 1], .lossDoesNotFit(.hinge, schema: "1, 1 sigmoid"),
      "needs a last layer with values below 0"),
    Case("1, 1 relu", .poisson, targets: [0, 1], .lossDoesNotFit(.poisson, schema: "1, 1 relu"), "found relu"),
    Case(
      "1, 1 softplus", .poisson, targets: [0, 1], .lossDoesNotFit(.poisson, schema: "1, 1 softplus"), "found softplus"),
    Case(
      "1, 1", .crossEntropy, targets: [0, 1], .lossDoesNotFit(.crossEntropy, schema: "1, 1"),
      "with softmax, found linear"),
    Case(
      "1, 1", .huber(threshold: 0), targets: [0], .outOfRange(.huberThreshold, found: 0), "found 0 for the threshold"),
    Case(
      "1, 1", .huber(threshold: .infinity), targets: [0], .outOfRange(.huberThreshold, found: .infinity),
      "found inf for"),
    Case("1, 1", .quantile(1), targets: [0], .outOfRange(.quantile, found: 1), "it must be above 0 and below 1"),
    Case(
      "1, 1 sigmoid", .binaryCrossEntropy(smoothing: 1), targets: [0], .outOfRange(.labelSmoothing, found: 1), "below 1"
    ),
    Case(
      "1, 2 softmax", .crossEntropy(smoothing: -0.5), targets: [0, 1], .outOfRange(.labelSmoothing, found: -0.5),
      "found -0.5"),
  ]

  @Test("every entry point refuses targets and losses that don't fit, and names them", arguments: 0..<bad.count)
  func refused(index: Int) throws {
    let test = Self.bad[index]
    let data = Self.data(test.targets, columns: test.schema.outputs)
    let error = try #require(try Self.refusal(test.schema, data, test.loss))
    #expect(error == test.error)
    #expect(error.description.contains(test.said), "\(error)")
    #expect(!error.description.contains("\n"))
  }

  @Test("validation samples and later samples are checked too", arguments: 0..<12)
  func otherDoors(index: Int) throws {
    let test = Self.bad[index]
    let bad = Self.data(test.targets, columns: test.schema.outputs)
    let good = Self.good(test.schema, test.loss)
    #expect(throws: test.error) {
      try TrainingRun(network: Network(test.schema), data: good, validation: bad, loss: test.loss)
    }
    var run = try TrainingRun(network: Network(test.schema), data: good, loss: test.loss)
    try run.nextEpoch()
    let before = run.state
    #expect(throws: test.error) { try run.learn(from: bad) }
    #expect(run.state == before)
  }

  @Test("targets for which a loss is defined are accepted, even at the limits")
  func taken() throws {
    let fine: [(Schema, Loss?, [Float])] = [
      ("1, 1 sigmoid", nil, [0, 1, 0.5, -0, 1]), ("1, 2 softmax", nil, [1, 0, 0.25, 0.75]),
      ("1, 3 softmax", nil, [1 / 3, 1 / 3, 1 / 3]), ("1, 7 softmax", nil, [Float](repeating: 1 / 7, count: 7)),
      ("1, 1", .poisson, [0, 0.5, 1e6]), ("1, 1 tanh", .poisson, [1]), ("1, 1", .hinge, [-1, 1]),
      ("1, 2", .hinge, [0, 1]),
      ("1, 1", .hinge, [1, 1]), ("1, 1 tanh", .hinge, [-1]), ("1, 1", .quantile(0.9), [-1e10, 1e10]),
      // With a loss for numbers, a sigmoid or softmax can have any targets, even if it can't reach them.
      ("1, 1 sigmoid", .meanSquaredError, [-1, 2]), ("1, 2 softmax", .meanSquaredError, [0, 0]),
    ]
    for (schema, loss, targets) in fine {
      #expect(
        try Self.refusal(schema, Self.data(targets, columns: schema.outputs), loss) == nil, "\(schema) \(targets)")
    }
  }

  @Test("weights that can't be summed are refused, and the error names the sample")
  func weights() throws {
    func refusal(_ weights: [Float]) throws -> TrainingError? {
      try Self.refusal("1, 3 tanh, 1", Self.data([1, 2, 3], weights: weights))
    }
    #expect(try refusal([1, -1, 1]) == .badWeight(-1, sample: 1))
    #expect(try refusal([1, 1, Self.tiny]) == .badWeight(Self.tiny, sample: 2))
    #expect(try refusal([3e38, 3e38, 1]) == .badWeight(3e38, sample: 0))
    #expect(try refusal([1, .infinity, 1]) == .badWeight(.infinity, sample: 1))
    #expect(try refusal([0, 0, 0]) == .badTotalWeight(0))
    #expect(try refusal([0, 0, -0.0]) == .badTotalWeight(0))
    guard
      case .badWeight(let weight, sample: 0) = try #require(
        #expect(throws: TrainingError.self) {
          try Self.data([1], weights: [.nan]).check(for: "1, 1", loss: .squaredError)
        })
    else { throw TrainingError.noSamples }
    #expect(weight.isNaN)
    #expect(
      TrainingError.badWeight(3e38, sample: 1).description
        == "sample 2 weighs 3e+38; a weight must be 0, or from 1e-20 to 1e+20")
    #expect(TrainingError.badTotalWeight(0).description.contains("the weights of the samples sum to 0.0"))
    for weights in [[1e-20, 0, 0], [1e20, 1e20, 1e20], [0, 1, 2]] as [[Float]] {
      #expect(try refusal(weights) == nil)
      var run = try TrainingRun("1, 3 tanh, 1", data: Self.data([1, 2, 3], weights: weights))
      let first = try #require(try run.nextEpoch()?.loss)
      #expect(first > 0 && first.isFinite)
    }
  }

  @Test("a step's weights must have a sum too")
  func stepWeights() throws {
    let step = TrainingStep(schema: "1, 1", loss: .squaredError, batchCapacity: 2)
    let before = Network("1, 1", seed: 1)
    for weights in [[Self.tiny, 0], [3e38, 3e38], [-1, -1], [.nan, 1]] as [[Float]] {
      var network = before
      let error = try #require(
        #expect(throws: TrainingError.self) {
          var state = StepState(for: "1, 1", optimizer: .sgd())
          try step.train(
            &network, state: &state, inputs: [1, 2], targets: [1, 2], weights: weights, rows: 2, optimizer: .sgd())
        })
      guard case .badTotalWeight = error else { throw error }
      #expect(network == before)
      #expect(throws: TrainingError.self) {
        try step.differentiate(before, inputs: [1, 2], targets: [1, 2], weights: weights, rows: 2)
      }
    }
    // A batch whose weights are all 0 isn't an error: later batches can have others.
    #expect(try step.differentiate(before, inputs: [1, 2], targets: [1, 2], weights: [0, 0], rows: 2) == 0)
  }

  @Test("a loss that isn't finite is an error, not a number")
  func measuring() throws {
    func cause(_ network: Network, _ data: Dataset, _ loss: Loss) throws -> TrainingError.Cause {
      let error = try #require(#expect(throws: TrainingError.self) { try network.meanLoss(loss, on: data) })
      guard case .nonFinite(let found) = error else { throw error }
      #expect(found.quantity == .loss && found.step == 0 && found.layer == network.schema.layers.count - 1)
      #expect(error.description.hasPrefix("the loss stopped being finite; probably "))
      return found.cause
    }
    var large = Network("1, 1", initializer: .constant(3e38))
    #expect(try cause(large, Self.data([0]), .squaredError) == .weightsTooLarge)
    large.setWeights([.nan], ofLayer: 0)
    #expect(try cause(large, Self.data([0]), .squaredError) == .weightsTooLarge)
    let far = Dataset(inputs: [3e38], targets: [0])
    #expect(try cause(Network("1, 1", initializer: .constant(2)), far, .squaredError) == .unscaledInputs)
    #expect(try cause(Network("1, 1"), Self.data([1e30]), .squaredError) == .unscaledTargets)
    #expect(throws: TrainingError.noSamples) { try Network("1, 1").meanLoss(.squaredError, on: Self.data([])) }
  }
}

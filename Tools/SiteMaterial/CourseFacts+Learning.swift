import ChainruleFigures

/// The numbers in the chapters about learning: curves, boundaries, softmax, depth, optimizers, regularization, batches.
extension CourseFacts {
  static let learning: [Fact] = fitting + classifying + depth + racing + generalizing + batching

  private static let fitting: [Fact] = [
    ("regression-start", { decimal(RegressionFigure().loss, 4) }),
    ("regression-first", { decimal(MeasuredRuns.firstRegressionStep().loss, 4) }),
    ("regression-batch", { grouped(Set(MeasuredRuns.firstRegressionStep().batch).count) }),
    ("regression-floor", { decimal(RegressionFigure().trueCurveLoss, 4) }),
    ("regression-end", { decimal(try MeasuredRuns.regression(seed: 1).loss, 4) }),
    ("regression-steps", { grouped(try MeasuredRuns.regression(seed: 1).steps) }),
    ("regression-seeds", { grouped(MeasuredRuns.regressionSeeds) }),
    ("regression-median", { decimal(MeasuredRuns.median(try MeasuredRuns.regressionLosses()), 4) }),
    ("regression-stuck", { grouped(try MeasuredRuns.regressionLosses().count { $0 > 0.015 }) }),
  ]

  private static let classifying: [Fact] = [
    ("classification-steps", { grouped(try MeasuredRuns.stepsUntilAllRight(of: "rings")) }),
    ("spirals-early", { grouped(try MeasuredRuns.classification(of: "spirals", seconds: 10).correct) }),
    ("spirals-steps", { grouped(try MeasuredRuns.stepsUntilAllRight(of: "spirals")) }),
    ("overlapping-early", { grouped(try MeasuredRuns.classification(of: "overlapping", seconds: 5).correct) }),
    ("overlapping-late", { grouped(try MeasuredRuns.classification(of: "overlapping", seconds: 40).correct) }),
    (
      "overlapping-seconds", { decimal(Double(try MeasuredRuns.stepsUntilAllRight(of: "overlapping")) / 120, 0) }
    ),
    ("softmax-penguins", { grouped(SoftmaxFigure().count) }),
    ("softmax-steps", { grouped(try MeasuredRuns.stepsUntilRight(penguins: 48, layers: "one layer")) }),
    ("softmax-hidden-steps", { grouped(try MeasuredRuns.stepsUntilRight(penguins: 49, layers: "8 ReLUs in between")) }),
    ("softmax-parameters", { grouped(SoftmaxFigure().network.schema.parameterCount) }),
  ]

  private static let depth: [Fact] = [
    ("quarter-20", { decimal((0..<20).reduce(1.0) { power, _ in power / 4 }, 13) }),
    ("depth-seeds", { grouped(MeasuredRuns.depthSeeds) }),
    ("vanishing-ratio", { power(try MeasuredRuns.depth([]).ratio) }),
    ("vanishing-best-ratio", { power(try MeasuredRuns.bestSigmoidRatio()) }),
    ("exploding-largest", { power(try MeasuredRuns.depth(["activation=ReLU"]).largest) }),
    ("lecun-relu-ratio", { power(try MeasuredRuns.depth(["activation=ReLU", "initializer=LeCun"]).ratio) }),
    ("he-ratio", { power(try MeasuredRuns.depth(["activation=ReLU", "initializer=He"]).ratio) }),
    ("he-least", { power(try MeasuredRuns.depth(["activation=ReLU", "initializer=He"]).leastRatio) }),
    ("he-most", { power(try MeasuredRuns.depth(["activation=ReLU", "initializer=He"]).mostRatio) }),
    ("xavier-ratio", { power(try MeasuredRuns.depth(["activation=tanh", "initializer=Xavier"]).ratio) }),
    (
      "residual-ratio",
      { power(try MeasuredRuns.depth(["initializer=Xavier", "layer=x + f(z), residual"]).ratio) }
    ),
    (
      "normalized-ratio", { power(try MeasuredRuns.depth(["activation=ReLU", "layer=f(norm z), normalized"]).ratio) }
    ),
  ]

  private static let racing: [Fact] = [
    ("race-sgd", { try arrival(.sgd, "narrow valley") }),
    ("race-momentum", { try arrival(.momentum, "narrow valley") }),
    ("race-rmsprop", { try arrival(.rmsProp, "narrow valley") }),
    ("race-adam", { try arrival(.adam, "narrow valley") }),
    ("race-adamax", { try arrival(.adaMax, "narrow valley") }),
    ("turned-sgd", { try arrival(.sgd, "turned valley") }),
    ("turned-momentum", { try arrival(.momentum, "turned valley") }),
    ("turned-rmsprop", { try arrival(.rmsProp, "turned valley", steps: 300) }),
    ("turned-rmsprop-back", { try arrival(.rmsProp, "turned valley") }),
    ("turned-adam", { try arrival(.adam, "turned valley") }),
    ("turned-adamax", { try arrival(.adaMax, "turned valley") }),
    ("kept-adam", { try arrival(.adam, "turned valley", keepingRates: true) }),
    ("kept-rmsprop", { try arrival(.rmsProp, "turned valley", keepingRates: true) }),
    ("race-length", { grouped(try MeasuredRuns.race(on: "turned valley").steps) }),
    ("bend-sgd", { try arrival(.sgd, "bend") }),
    ("bend-adam", { try arrival(.adam, "bend") }),
    ("saddle-rmsprop", { try arrival(.rmsProp, "saddle") }),
    ("saddle-momentum", { try arrival(.momentum, "saddle") }),
  ]

  private static func arrival(
    _ racer: MeasuredRuns.Racer, _ track: String, keepingRates: Bool = false, steps: Int = 1_000
  ) throws -> String {
    grouped(try MeasuredRuns.arrival(of: racer, on: track, keepingRates: keepingRates, steps: steps))
  }

  private static let generalizing: [Fact] = [
    ("overfit-steps", { grouped(MeasuredRuns.regularizationSteps) }),
    ("overfit-training", { decimal(try MeasuredRuns.regularized().loss, 4) }),
    ("overfit-validation", { decimal(try MeasuredRuns.regularized().validationLoss, 2) }),
    ("best-step", { grouped(try MeasuredRuns.regularized().best.step) }),
    ("best-validation", { decimal(try MeasuredRuns.regularized().best.validationLoss, 2) }),
    ("settled-validation", { decimal(try MeasuredRuns.regularized().validationLosses[100...].min()!, 2) }),
    ("noise-validation", { decimal(RegularizationFigure().trueValidationLoss, 2) }),
    ("calm-training", { decimal(try MeasuredRuns.regularized(["lambda=0.003"]).loss, 2) }),
    ("calm-validation", { decimal(try MeasuredRuns.regularized(["lambda=0.003"]).validationLoss, 2) }),
    ("strong-validation", { decimal(try MeasuredRuns.regularized(["lambda=0.1"]).validationLoss, 2) }),
    ("underfit-training", { decimal(try MeasuredRuns.regularized(["lambda=0.3"]).loss, 2) }),
    ("underfit-validation", { decimal(try MeasuredRuns.regularized(["lambda=0.3"]).validationLoss, 2) }),
    ("more-validation", { decimal(try MeasuredRuns.regularized(["count=48"]).validationLoss, 2) }),
    ("sparse-l1", { percent(try MeasuredRuns.regularized(["penalty=L1", "lambda=0.003"]).sparsity) }),
    ("sparse-l2", { percent(try MeasuredRuns.regularized(["lambda=0.003"]).sparsity) }),
  ]

  private static let batching: [Fact] = [
    ("batch-1-updates", { grouped(try MeasuredRuns.batches()[0].updates) }),
    ("batch-8-updates", { grouped(try MeasuredRuns.batches()[1].updates) }),
    ("batch-64-updates", { grouped(try MeasuredRuns.batches()[2].updates) }),
    ("batch-1-loss", { decimal(try MeasuredRuns.batches()[0].loss, 3) }),
    ("batch-8-loss", { decimal(try MeasuredRuns.batches()[1].loss, 3) }),
    ("batch-64-loss", { decimal(try MeasuredRuns.batches()[2].loss, 3) }),
    ("batch-1-angle", { decimal(try MeasuredRuns.batches()[0].angle, 0) }),
    ("batch-8-angle", { decimal(try MeasuredRuns.batches()[1].angle, 0) }),
    ("batch-rate", { decimal(try MeasuredRuns.batches()[0].learningRate, 2) }),
    ("batch-least", { decimal(BatchFigure().smallestLoss, 3) }),
    ("batch-small-at-high", { decimal(try MeasuredRuns.batches(rate: "0.5")[0].loss, 1) }),
    ("batch-all-at-high", { decimal(try MeasuredRuns.batches(rate: "0.5")[2].loss, 3) }),
    ("batch-small-at-low", { decimal(try MeasuredRuns.batches(rate: "0.01")[0].loss, 3) }),
    ("batch-all-at-low", { decimal(try MeasuredRuns.batches(rate: "0.01")[2].loss, 1) }),
  ]
}

import ArgumentParser
import Chainrule

/// How to train the weights.
struct OptimizationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Passes over the rows; 0 saves the initial weights. (default: 200, fewer for more than 100,000 rows)",
      valueName: "count"))
  var epochs: Int?

  @Option(
    help: ArgumentHelp(
      "Rows in one step. (default: 32, up to 256 for more than 32,000 rows)", valueName: "rows"))
  var batchSize: Int?

  @Option(
    help: ArgumentHelp(
      "Loss function: \(LossArgument.names). huber takes its threshold after a space, as \"huber 0.5\", quantile its "
        + "quantile, the cross-entropies a label smoothing. (default: a cross-entropy for classes, mean-squared-error "
        + "for numbers)",
      valueName: "loss"),
    transform: LossArgument.parse)
  var loss: Loss?

  @Flag(help: "Give every class the same weight in the loss, however rare it is.")
  var balance = false

  @Option(help: "Optimizer.")
  var optimizer = OptimizerName(argument: "adam")!

  @Option(
    help: ArgumentHelp("Learning rate. (default: 0.002 for adam, else the optimizer's own)", valueName: "rate"))
  var learningRate: Float?

  @Option(help: ArgumentHelp("Learning rate of the biases. (default: that of the weights)", valueName: "rate"))
  var biasLearningRate: Float?

  @Option(help: ArgumentHelp("Momentum of momentum and nesterov. (default: 0.9)", valueName: "factor"))
  var momentum: Double?

  @Option(help: ArgumentHelp("Decay of the mean gradient, for adam and its variants and lion.", valueName: "factor"))
  var beta1: Double?

  @Option(help: ArgumentHelp("Decay of the mean square, for adam and its variants and lion.", valueName: "factor"))
  var beta2: Double?

  @Option(
    help: ArgumentHelp(
      "How the learning rate changes: \(RatePlan.names.joined(separator: ", ")). (default: cosine)",
      valueName: "schedule"),
    transform: OptimizationOptions.ratePlan)
  var schedule: RatePlan?

  @Option(help: ArgumentHelp("Shorten gradients that are longer than this.", valueName: "norm"))
  var clip: Float?

  @Option(
    help: ArgumentHelp(
      "Adds this times the sum of the squared weights to the loss. (default: 1 / rows)",
      valueName: "factor"))
  var l2: Float?

  @Option(
    help: ArgumentHelp(
      "Adds this times the sum of the weights' magnitudes to the loss. (default: 0)",
      valueName: "factor"))
  var l1: Float?

  @Option(
    help: ArgumentHelp("Decoupled weight decay, as in adamw. (default: the optimizer's own)", valueName: "factor"))
  var weightDecay: Float?

  @Option(help: ArgumentHelp("Longest vector of weights into one unit. (default: no limit)", valueName: "norm"))
  var maxNorm: Float?

  @Option(
    name: .customLong("init"),
    help: ArgumentHelp(
      "How weights start. (default: he-uniform for ReLU variants, lecun-normal for selu, xavier-uniform for others)",
      valueName: "initializer"))
  var initializer: InitializerName?

  @Option(help: ArgumentHelp("Random seed: fixes weights, splits, the order of rows and dropout.", valueName: "number"))
  var seed: UInt64 = 0

  @Flag(help: "Train on the rows in the table's order.")
  var noShuffle = false

  private static func ratePlan(_ text: String) throws -> RatePlan {
    guard let plan = RatePlan(name: text) else {
      throw ValidationError("there is no such schedule; expected one of \(RatePlan.names.joined(separator: ", "))")
    }
    return plan
  }

  /// Checks that ArgumentParser can't do. Each message names the option, its range and the value found.
  func validate() throws {
    func check<Value>(_ value: Value?, _ option: String, _ range: String, _ isRight: (Value) -> Bool) throws {
      if let value, !isRight(value) { throw ValidationError("\(option) must be \(range), found \(value)") }
    }
    func isAmount(_ value: Float) -> Bool { value >= 0 && value.isFinite }
    func isPositive(_ value: Float) -> Bool { value > 0 && value.isFinite }
    func isDecay(_ value: Double) -> Bool { value >= 0 && value < 1 }
    try check(epochs, "--epochs", "from 0 to 1,000,000,000") { (0...1_000_000_000).contains($0) }
    try check(batchSize, "--batch-size", "1 or more") { $0 >= 1 }
    try check(learningRate, "--learning-rate", "above 0", isPositive)
    try check(biasLearningRate, "--bias-learning-rate", "0 or more", isAmount)
    try check(momentum, "--momentum", "from 0 to below 1", isDecay)
    try check(beta1, "--beta1", "from 0 to below 1", isDecay)
    try check(beta2, "--beta2", "from 0 to below 1", isDecay)
    try check(clip, "--clip", "above 0", isPositive)
    try check(l1, "--l1", "0 or more", isAmount)
    try check(l2, "--l2", "0 or more", isAmount)
    try check(weightDecay, "--weight-decay", "0 or more", isAmount)
    try check(maxNorm, "--max-norm", "above 0", isPositive)
    if optimizer.name == "lbfgs" {
      let refused: [(String, Bool)] = [
        ("--learning-rate", learningRate != nil), ("--bias-learning-rate", biasLearningRate != nil),
        ("--batch-size", batchSize != nil), ("--schedule", schedule != nil), ("--clip", clip != nil),
        ("--weight-decay", weightDecay != nil), ("--max-norm", maxNorm != nil),
      ]
      for (option, isGiven) in refused where isGiven {
        throw ValidationError(
          "--optimizer lbfgs takes all rows at once and finds its steps by itself: leave \(option) out")
      }
    }
    _ = try chosenOptimizer()
  }

  /// The optimizer with the given numbers, and its defaults for the others.
  func chosenOptimizer() throws -> Optimizer {
    let standard = TrainingOptions().optimizer
    guard var chosen = Optimizer(name: optimizer.name) else { fatalError("the name was checked when parsed") }
    if chosen.method == standard.method { chosen = standard }
    if let learningRate {
      chosen.learningRate = learningRate
      chosen.biasLearningRate = learningRate
    }
    if let biasLearningRate { chosen.biasLearningRate = biasLearningRate }
    if let weightDecay { chosen.weightDecay = weightDecay }
    if let clip { chosen.clipping = .norm(clip) }
    func refuse(_ option: String) -> ValidationError {
      ValidationError("--optimizer \(optimizer.name) has no \(option): leave it out, or choose another optimizer")
    }
    switch chosen.method {
    case .momentum(let decay, let isNesterov):
      chosen.method = .momentum(decay: momentum ?? decay, isNesterov: isNesterov)
    default: if momentum != nil { throw refuse("--momentum") }
    }
    switch chosen.method {
    case .adam(let first, let second, let epsilon, let variant):
      chosen.method = .adam(beta1: beta1 ?? first, beta2: beta2 ?? second, epsilon: epsilon, variant: variant)
    case .adaMax(let first, let second, let epsilon):
      chosen.method = .adaMax(beta1: beta1 ?? first, beta2: beta2 ?? second, epsilon: epsilon)
    case .lion(let first, let second):
      chosen.method = .lion(beta1: beta1 ?? first, beta2: beta2 ?? second)
    default:
      if beta1 != nil { throw refuse("--beta1") }
      if beta2 != nil { throw refuse("--beta2") }
    }
    return chosen
  }

  /// The library's options with those from the command line.
  func trainingOptions() throws -> TrainingOptions {
    var options = TrainingOptions()
    options.loss = loss
    options.initializer = initializer?.initializer
    options.optimizer = try chosenOptimizer()
    options.ratePlan = schedule
    options.epochs = epochs
    options.batchSize = batchSize
    options.l1 = l1 ?? options.l1
    options.l2 = l2
    options.maxNorm = maxNorm
    options.balancesClasses = balance
    options.shuffles = !noShuffle
    options.seed = seed
    return options
  }
}

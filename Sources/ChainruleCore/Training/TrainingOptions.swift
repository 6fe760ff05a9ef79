/// How to train: everything that can be chosen, with the defaults of the library, the command line, the examples and the
/// benchmarks. There is no second set.
///
/// ```swift
/// var options = TrainingOptions()
/// options.schema = try SchemaChoice(parsing: "64 relu, 64 relu")
/// options.seed = 7
/// var run = try TrainingRun("4, 64 relu, 64 relu, 3 softmax", data: data, options: options)
/// ```
///
/// The defaults suit inputs, and targets that are numbers, near 0 with a deviation near 1. What depends on the number of
/// rows is `nil` here, and a function says what it becomes.
public struct TrainingOptions: Equatable, Sendable {
  /// The network's layers, or a whole schema. One hidden layer of 256 perceptrons with ReLU.
  public var schema = SchemaChoice.standard
  /// What training makes small; `nil` for what suits the last layer (``Loss/standard(for:)``).
  public var loss: Loss?
  /// How the weights start; `nil` for what suits each layer's activation.
  public var initializer: Initializer?
  /// How gradients become new weights: the rule, the learning rates of weights and biases, weight decay and clipping. Adam
  /// with a rate of 0.002.
  public var optimizer = Optimizer.adam(learningRate: 0.002)
  /// How the rates change; `nil` for half a cosine over all epochs, and no change for L-BFGS, which has no rate.
  public var ratePlan: RatePlan?
  /// The most passes over the data; `nil` for ``epochs(rows:)``.
  public var epochs: Int?
  /// Samples in one step; `nil` for ``batchSize(rows:)``.
  public var batchSize: Int?
  /// λ of the penalty λ‖w‖₁.
  public var l1: Float = 0
  /// λ of the penalty λ‖w‖²; `nil` for ``l2(rows:)``.
  public var l2: Float?
  /// The longest vector of weights that may enter a perceptron.
  public var maxNorm: Float?
  /// Whether every class gets the same share in the loss, however rare it is.
  public var balancesClasses = false
  /// A weight for each class, in place of ``balancesClasses``.
  public var classWeights: [Float]?
  /// The part of the training rows that is kept apart to choose the best epoch; `nil` for ``validationFraction(rows:)``.
  /// It isn't used where validation data is given.
  public var validationFraction: Double?
  /// How many epochs may pass without a better validation loss before training ends; `nil` if all are to pass.
  public var patience: Int?
  /// By how much a loss must be lower than the best one to count as better.
  public var minimumImprovement: Float = 0
  /// Whether the weights of the best epoch are kept, where there is validation data; else those of the last one.
  public var keepsBestEpoch = true
  /// Whether each epoch has an order of its own.
  public var shuffles = true
  /// Fixes weights, orders, the validation part and what dropout drops.
  public var seed: UInt64 = 0

  /// The defaults.
  public init() {}

  // MARK: What depends on the number of rows

  /// 200 epochs for up to 100,000 rows to train on, then so many that 20 million samples are seen, but at least 10.
  public func epochs(rows: Int) -> Int {
    epochs ?? min(200, max(10, 20_000_000 / max(1, rows)))
  }

  /// 32 samples for up to 32,000 rows to train on, then twice as many whenever there are twice as many rows, up to 256.
  public func batchSize(rows: Int) -> Int {
    if let batchSize { return batchSize }
    var size = 32
    while size < 256 && size * 1_000 < rows { size *= 2 }
    return size
  }

  /// 0.5 divided by the number of rows to train on, so that the penalty weighs as much as half a sample however many there
  /// are; 0 if the optimizer decays weights by itself.
  public func l2(rows: Int) -> Float {
    l2 ?? (optimizer.weightDecay == 0 ? 0.5 / Float(max(1, rows)) : 0)
  }

  /// A tenth, up to 20,000 rows; none below 50 rows, where so few would choose by chance.
  public func validationFraction(rows: Int) -> Double {
    validationFraction ?? (rows < 50 ? 0 : min(0.1, 20_000 / Double(rows)))
  }

  /// The schedule for so many rows to train on.
  public func schedule(rows: Int) -> Schedule {
    (ratePlan ?? (optimizer.isFullBatch ? .constant : .cosine)).schedule(epochs: epochs(rows: rows))
  }

  /// When training ends, for so many rows to train on.
  public func stopping(rows: Int, hasValidation: Bool) -> Stopping {
    let epochs = epochs(rows: rows)
    var stopping = Stopping.after(epochs: epochs)
    stopping.patience = patience
    stopping.minimumImprovement = minimumImprovement
    stopping.restoresBest = keepsBestEpoch && (hasValidation || patience != nil)
    return stopping
  }

  /// The penalties for so many rows to train on.
  public func regularizer(rows: Int) -> Regularizer {
    Regularizer(l1: l1, l2: l2(rows: rows), maxNorm: maxNorm)
  }

  // MARK: Checking

  /// Checks every number that doesn't depend on the data.
  ///
  /// - Throws: ``TrainingError/outOfRange(_:found:)`` for the first one that is out of its range.
  public func check() throws(TrainingError) {
    if let epochs {
      try TrainingError.check(epochs >= 0 && epochs <= TrainingRun.State.longestRun, .epochs, Double(epochs))
    }
    if let batchSize { try TrainingError.check(batchSize >= 1, .batchSize, Double(batchSize)) }
    try stopping(rows: 1, hasValidation: false).check()
    try optimizer.check()
    try regularizer(rows: 1).check()
    try schedule(rows: 1).check()
    try loss?.check()
    if let validationFraction { try TrainingError.checkShare(validationFraction, .validationFraction) }
    for weight in classWeights ?? [] { try TrainingError.checkAmount(weight, .classWeights) }
  }
}

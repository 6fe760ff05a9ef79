/// How to train. The library, the command line, the examples and the benchmarks all use these defaults.
///
/// ```swift
/// var options = TrainingOptions()
/// options.schema = try SchemaChoice(parsing: "64 relu, 64 relu")
/// options.seed = 7
/// var run = try TrainingRun("4, 64 relu, 64 relu, 3 softmax", data: data, options: options)
/// ```
///
/// The defaults suit inputs and numeric targets near 0 with a standard deviation near 1. Where a default depends on the
/// number of rows, the option is `nil`, and a function computes it.
public struct TrainingOptions: Equatable, Sendable {
  /// The network's layers, or a whole schema. By default one hidden layer of 256 ReLUs.
  public var schema = SchemaChoice.standard
  /// The loss; `nil` for the last layer's default (``Loss/standard(for:)``).
  public var loss: Loss?
  /// How the weights start; `nil` for the default of each layer's activation.
  public var initializer: Initializer?
  /// The optimizer, with its learning rates, weight decay and clipping. By default Adam with a rate of 0.002.
  public var optimizer = Optimizer.adam(learningRate: 0.002)
  /// How the rates change; `nil` for half a cosine over all epochs, or no change for L-BFGS, which has no rate.
  public var ratePlan: RatePlan?
  /// The most passes over the data; `nil` for ``epochs(rows:)``.
  public var epochs: Int?
  /// Samples in one step; `nil` for ``batchSize(rows:)``.
  public var batchSize: Int?
  /// λ of the penalty λ‖w‖₁.
  public var l1: Float = 0
  /// λ of the penalty λ‖w‖²; `nil` for ``l2(rows:)``.
  public var l2: Float?
  /// The maximum length of a perceptron's weight vector.
  public var maxNorm: Float?
  /// Whether every class gets the same share of the loss, however rare it is.
  public var balancesClasses = false
  /// A weight for each class, instead of ``balancesClasses``.
  public var classWeights: [Float]?
  /// The part of the training rows that chooses the best epoch; `nil` for ``validationFraction(rows:)``. It isn't used
  /// if there is validation data.
  public var validationFraction: Double?
  /// How many epochs without a better validation loss end training; `nil` to train for all epochs.
  public var patience: Int?
  /// How much lower than the best loss a loss must be to count as better.
  public var minimumImprovement: Float = 0
  /// Whether to keep the weights of the best epoch, if there is validation data, rather than those of the last.
  public var keepsBestEpoch = true
  /// Whether each epoch visits the samples in a new order.
  public var shuffles = true
  /// Fixes weights, orders, the validation part and what dropout drops.
  public var seed: UInt64 = 0

  /// The defaults.
  public init() {}

  // MARK: What depends on the number of rows

  /// 200 epochs for up to 100,000 training rows; for more rows, as many as make 20 million samples, but at least 10.
  public func epochs(rows: Int) -> Int {
    epochs ?? min(200, max(10, 20_000_000 / max(1, rows)))
  }

  /// 32 samples for up to 32,000 training rows, doubled whenever the number of rows doubles, up to 256.
  public func batchSize(rows: Int) -> Int {
    if let batchSize { return batchSize }
    var size = 32
    while size < 256 && size * 1_000 < rows { size *= 2 }
    return size
  }

  /// 0.5 divided by the number of training rows, so the penalty always counts as much as half a sample; 0 if the
  /// optimizer has weight decay.
  public func l2(rows: Int) -> Float {
    l2 ?? (optimizer.weightDecay == 0 ? 0.5 / Float(max(1, rows)) : 0)
  }

  /// A tenth, but at most 20,000 rows; 0 below 50 rows, which are too few to choose an epoch.
  public func validationFraction(rows: Int) -> Double {
    validationFraction ?? (rows < 50 ? 0 : min(0.1, 20_000 / Double(rows)))
  }

  /// The schedule for this number of training rows.
  public func schedule(rows: Int) -> Schedule {
    (ratePlan ?? (optimizer.isFullBatch ? .constant : .cosine)).schedule(epochs: epochs(rows: rows))
  }

  /// When training ends, for this number of training rows.
  public func stopping(rows: Int, hasValidation: Bool) -> Stopping {
    let epochs = epochs(rows: rows)
    var stopping = Stopping.after(epochs: epochs)
    stopping.patience = patience
    stopping.minimumImprovement = minimumImprovement
    stopping.restoresBest = keepsBestEpoch && (hasValidation || patience != nil)
    return stopping
  }

  /// The penalties for this number of training rows.
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

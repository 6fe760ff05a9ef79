import ChainruleKernels

/// What a person decides about a table's columns, instead of ``TableEncoding``.
///
/// ```swift
/// let options = EncodingOptions(ignore: ["passenger_id"], categorical: ["zip_code"])
/// ```
public struct EncodingOptions: Sendable {
  /// Columns to leave out.
  public var ignore: [String]
  /// The only columns to read; if empty, all.
  public var only: [String]
  /// Columns to take as categories, whatever they hold.
  public var categorical: [String]
  /// Columns to take as numbers, whatever they hold: cells that aren't numbers count as missing.
  public var numeric: [String]
  /// Whether to bring numbers to the same scale. Without it they reach the network as they stand in the table.
  public var standardize: Bool
  /// Whether predicted numbers stay within the range of the training rows' targets.
  public var clampsPredictions: Bool
  /// What to predict; `nil` decides by what the target column holds.
  public var task: TaskKind?
  /// The most inputs that one column of categories may become, 3 or more.
  public var maxInputsPerColumn: Int {
    didSet { checkWidth() }
  }
  /// What to predict if the target's numbers allow both: what all rows, a schema or a loss speak for.
  package var suggestedTask: TaskKind?

  /// Creates options; those left out leave the decision to the table.
  public init(
    ignore: [String] = [], only: [String] = [], categorical: [String] = [], numeric: [String] = [],
    standardize: Bool = true, clampsPredictions: Bool = true, task: TaskKind? = nil, maxInputsPerColumn: Int = 50
  ) {
    self.ignore = ignore
    self.only = only
    self.categorical = categorical
    self.numeric = numeric
    self.standardize = standardize
    self.clampsPredictions = clampsPredictions
    self.task = task
    self.maxInputsPerColumn = maxInputsPerColumn
    checkWidth()
  }
}

extension EncodingOptions {
  private func checkWidth() {
    require(
      maxInputsPerColumn >= 3,
      "found maxInputsPerColumn \(maxInputsPerColumn), expected 3 or more: a column of categories takes that many inputs"
    )
  }
}

#if !hasFeature(Embedded)
  extension EncodingOptions: Equatable {}
#endif

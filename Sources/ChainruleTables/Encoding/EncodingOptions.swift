import ChainruleKernels

/// Your decisions about a table's columns. ``TableEncoding`` infers the rest.
///
/// ```swift
/// let options = EncodingOptions(ignore: ["passenger_id"], categorical: ["zip_code"])
/// ```
public struct EncodingOptions: Sendable {
  /// Columns to leave out.
  public var ignore: [String]
  /// The only columns to read; if empty, all.
  public var only: [String]
  /// Columns to treat as categories, whatever they hold.
  public var categorical: [String]
  /// Columns to treat as numbers, whatever they hold. Cells that aren't numbers count as missing.
  public var numeric: [String]
  /// Whether to bring numbers to the same scale. Otherwise they reach the network unchanged.
  public var standardize: Bool
  /// Whether predicted numbers stay within the range of the training rows' targets.
  public var clampsPredictions: Bool
  /// What to predict; `nil` infers it from the target column.
  public var task: TaskKind?
  /// The most inputs that a column of categories can become, 3 or more.
  public var maxInputsPerColumn: Int {
    didSet { checkWidth() }
  }
  /// What to predict if the target's numbers allow both: what all rows, the schema or the loss imply.
  package var suggestedTask: TaskKind?

  /// Creates options. Those that you leave out are inferred from the table.
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

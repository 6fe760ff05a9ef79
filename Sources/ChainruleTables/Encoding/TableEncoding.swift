import ChainruleCore
import ChainruleKernels

/// How a table's cells become a network's inputs and targets, and how its outputs become predictions.
///
/// An encoding is learned only from the training rows. It finds columns by name, so it can encode any table that has
/// them.
///
/// ```swift
/// let encoding = try TableEncoding.fit(table, targets: ["species"])
/// let inputs = try encoding.inputs(from: table)       // (rows, encoding.inputCount)
/// let data = try encoding.dataset(from: table)        // inputs and targets
/// let prediction = encoding.decode(network.predict(inputs)[0..<encoding.outputCount])
/// ```
public struct TableEncoding: Sendable {
  /// The columns that the network reads, in the order of its inputs.
  public let inputs: [InputColumn]
  /// The columns that it doesn't read, except the target.
  public let leftOut: [LeftOut]
  /// What the network predicts.
  public let target: TargetEncoding
  /// How its outputs represent that.
  public let outputForm: OutputForm
  /// Whether predicted numbers stay within the range of the training rows' targets.
  public let clampsPredictions: Bool
  /// What you should know about how the columns were understood.
  public let notices: [EncodingNotice]
  /// The number of inputs.
  public let inputCount: Int

  /// Creates an encoding from its parts, such as those in a file.
  ///
  /// - Precondition: there is at least one input, there are at least two classes, and the form suits the target.
  public init(
    inputs: [InputColumn], leftOut: [LeftOut] = [], target: TargetEncoding, outputForm: OutputForm? = nil,
    clampsPredictions: Bool = true, notices: [EncodingNotice] = []
  ) {
    var width = 0
    for input in inputs { width += input.width }
    require(width > 0, "found no input, expected at least one column that becomes inputs")
    let form = outputForm ?? Self.standardForm(for: target)
    require(
      Self.suits(form, target),
      "the outputs' form doesn't suit the target: numbers go with .numbers and .logarithms, two classes with .probability, "
        + ".margin and .distribution, more classes with .distribution")
    self.inputs = inputs
    self.leftOut = leftOut
    self.target = target
    self.outputForm = form
    self.clampsPredictions = clampsPredictions
    self.notices = notices
    inputCount = width
  }

  /// The number of outputs that the network needs.
  public var outputCount: Int {
    switch target {
    case .classes(_, let labels): outputForm == .distribution ? labels.count : 1
    case .numbers(let targets): targets.count
    }
  }

  /// The names of all columns that the encoding reads: the inputs', then the targets'. A reader should keep their
  /// texts.
  public var columnNames: [String] {
    var names: [String] = []
    for input in inputs { names.append(input.name) }
    return names + target.names
  }

  static func standardForm(for target: TargetEncoding) -> OutputForm {
    switch target {
    case .classes(_, let labels): labels.count == 2 ? .probability : .distribution
    case .numbers: .numbers
    }
  }

  static func suits(_ form: OutputForm, _ target: TargetEncoding) -> Bool {
    switch target {
    case .classes(_, let labels):
      switch form {
      case .probability, .margin: labels.count == 2
      case .distribution: labels.count >= 2
      case .numbers, .logarithms: false
      }
    case .numbers(let targets): !targets.isEmpty && (form == .numbers || form == .logarithms)
    }
  }
}

#if !hasFeature(Embedded)
  extension TableEncoding: Equatable {
    /// Whether both encode and decode every table in the same way.
    public static func == (first: TableEncoding, second: TableEncoding) -> Bool {
      first.inputs == second.inputs && first.leftOut == second.leftOut && first.target == second.target
        && first.outputForm == second.outputForm && first.clampsPredictions == second.clampsPredictions
    }
  }
#endif

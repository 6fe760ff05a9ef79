import ChainruleTables

/// A ``TableEncoding`` as the JSON of a model file. Reading checks everything, because a file can contain anything.
///
/// | key | holds |
/// |---|---|
/// | `inputs` | a list, in the order of the network's inputs: see ``InputDocument`` |
/// | `left_out` | a list of the columns that aren't read: `column`, `reason`, for a constant its `value` |
/// | `task` | `classes` or `numbers` |
/// | `target_column`, `labels` | for classes: the column, and the classes in the order of their numbers |
/// | `targets` | for numbers: a list of `column`, `mean`, `scale`, `minimum`, `maximum` |
/// | `output_form` | `numbers`, `logarithms`, `probability`, `distribution` or `margin` |
/// | `clamps_predictions` | whether predicted numbers stay in the training rows' range |
struct EncodingDocument: Codable {
  /// A column that isn't read.
  struct LeftOutColumn: Codable {
    let column: String
    let reason: String
    var value: String?
  }

  /// A number to predict.
  struct Number: Codable {
    let column: String
    let mean: Double
    let scale: Double
    let minimum: Double
    let maximum: Double
  }

  let inputs: [InputDocument]
  let leftOut: [LeftOutColumn]
  let task: String
  var targetColumn: String?
  var labels: [String]?
  var targets: [Number]?
  let outputForm: String
  let clampsPredictions: Bool

  enum CodingKeys: String, CodingKey {
    case inputs
    case leftOut = "left_out"
    case task
    case targetColumn = "target_column"
    case labels, targets
    case outputForm = "output_form"
    case clampsPredictions = "clamps_predictions"
  }

  init(_ encoding: TableEncoding) {
    inputs = encoding.inputs.map(InputDocument.init)
    leftOut = encoding.leftOut.map { column in
      let (reason, value) = Self.words(column.reason)
      return LeftOutColumn(column: column.name, reason: reason, value: value)
    }
    task = encoding.target.task.name
    switch encoding.target {
    case .classes(let name, let labels):
      targetColumn = name
      self.labels = labels
    case .numbers(let numbers):
      targets = numbers.map {
        Number(column: $0.name, mean: $0.mean, scale: $0.scale, minimum: $0.minimum, maximum: $0.maximum)
      }
    }
    outputForm = encoding.outputForm.name
    clampsPredictions = encoding.clampsPredictions
  }

  /// The encoding.
  ///
  /// - Throws: ``EncodingMistake``.
  func encoding() throws(EncodingMistake) -> TableEncoding {
    if inputs.isEmpty { throw EncodingMistake("has no inputs") }
    let target = try target()
    var names = Set(target.names)
    if names.count != target.names.count { throw EncodingMistake("names a target twice") }
    var columns: [InputColumn] = []
    for input in inputs {
      if !names.insert(input.column).inserted {
        throw EncodingMistake("names the column “\(input.column.prefix(40))” twice")
      }
      columns.append(try input.inputColumn())
    }
    if names.contains("") { throw EncodingMistake("has a column without a name") }
    guard let form = OutputForm.all.first(where: { $0.name == outputForm }), Self.suits(form, target) else {
      throw EncodingMistake("has outputs “\(outputForm.prefix(20))” that don't suit the target")
    }
    var others: [LeftOut] = []
    for column in leftOut {
      guard let reason = Self.reason(column.reason, value: column.value) else {
        throw EncodingMistake("leaves “\(column.column.prefix(40))” out for no known reason")
      }
      others.append(LeftOut(name: column.column, reason: reason))
    }
    return TableEncoding(
      inputs: columns, leftOut: others, target: target, outputForm: form, clampsPredictions: clampsPredictions)
  }

  private func target() throws(EncodingMistake) -> TargetEncoding {
    if task == TaskKind.classes.name, let targetColumn, let labels {
      if labels.count < 2 { throw EncodingMistake("has fewer than two classes") }
      if Set(labels).count != labels.count { throw EncodingMistake("names a class twice") }
      return .classes(name: targetColumn, labels: labels)
    }
    guard task == TaskKind.numbers.name, let targets, !targets.isEmpty else {
      throw EncodingMistake("has no target")
    }
    var numbers: [NumberTarget] = []
    for target in targets {
      guard [target.mean, target.scale, target.minimum, target.maximum].allSatisfy(\.isFinite), target.scale > 0,
        target.minimum <= target.maximum
      else { throw EncodingMistake("scales “\(target.column.prefix(40))” by numbers that make no sense") }
      numbers.append(
        NumberTarget(
          name: target.column, mean: target.mean, scale: target.scale, minimum: target.minimum,
          maximum: target.maximum))
    }
    return .numbers(numbers)
  }

  private static func suits(_ form: OutputForm, _ target: TargetEncoding) -> Bool {
    switch form {
    case .numbers, .logarithms: target.task == .numbers
    case .probability, .margin: target.labels?.count == 2
    case .distribution: target.task == .classes
    }
  }

  private static func words(_ reason: LeftOut.Reason) -> (reason: String, value: String?) {
    switch reason {
    case .identifier: ("identifier", nil)
    case .freeText: ("free text", nil)
    case .constant(let value): ("constant", value)
    case .empty: ("empty", nil)
    case .ignored: ("ignored", nil)
    case .notChosen: ("not chosen", nil)
    }
  }

  private static func reason(_ text: String, value: String?) -> LeftOut.Reason? {
    switch text {
    case "identifier": .identifier
    case "free text": .freeText
    case "constant": value.map { .constant($0) }
    case "empty": .empty
    case "ignored": .ignored
    case "not chosen": .notChosen
    default: nil
    }
  }
}

/// Why an encoding in a file is invalid: the text after “the metadata's “encoding””.
struct EncodingMistake: Error {
  let reason: String

  init(_ reason: String) { self.reason = reason }
}

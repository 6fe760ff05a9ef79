import ChainruleCore

/// Reconciles the table's columns, the schema and the loss.
struct SchemaFitting {
  /// The table's encoding, adapted to the network's outputs.
  let encoding: TableEncoding
  let schema: Schema
  let loss: Loss

  /// Completes or checks a schema.
  ///
  /// - Throws: ``TableError`` if schema, loss and table don't fit together.
  init(_ encoding: TableEncoding, schema choice: SchemaChoice, loss: Loss?, table: String) throws(TableError) {
    let standard = Self.lastLayer(encoding.target, loss: loss)
    let inputs = encoding.inputCount
    let schema: Schema
    switch choice {
    case .full(let full):
      if full.inputs != inputs {
        let problem = EncodingProblem.wrongInputs(schema: full.inputs, columns: encoding.inputs.count, inputs: inputs)
        throw TableError(.encoding(problem), table: table)
      }
      schema = full
    case .layers(let layers):
      let isWhole = layers.last.map { Self.isLast($0, standard) } ?? false
      do throws(SchemaError) {
        schema = try Schema(inputs: inputs, layers: isWhole ? layers : layers + [standard])
      } catch {
        throw TableError(.encoding(.schema(error)), table: table)
      }
    }

    let loss = loss ?? (encoding.target.task == .numbers ? .meanSquaredError : .standard(for: schema))
    guard let form = Self.form(encoding.target, schema: schema, loss: loss) else {
      let last = schema.layers[schema.layers.count - 1]
      let problem = EncodingProblem.wrongOutputs(
        outputs: last.perceptrons, activation: last.activation, target: encoding.target, expected: standard)
      throw TableError(.encoding(problem), table: table)
    }
    let isForOther = encoding.target.task == .numbers ? loss.suggestedTask == .classes : loss.kind == .poisson
    if !loss.fits(schema) || isForOther {
      throw TableError(.encoding(.wrongLoss(loss, schema: schema, target: encoding.target)), table: table)
    }
    self.encoding = try Self.fit(encoding, form: form, activation: schema.outputActivation, table: table)
    self.schema = schema
    self.loss = loss
  }

  /// The last layer that a target needs.
  private static func lastLayer(_ target: TargetEncoding, loss: Loss?) -> Schema.Layer {
    switch target {
    case .numbers(let targets): return Schema.Layer(targets.count)
    case .classes(_, let labels):
      let isTwo = labels.count == 2
      if isTwo, let kind = loss?.kind {
        if case .hinge = kind { return Schema.Layer(1) }
        if case .crossEntropy = kind { return Schema.Layer(2, .softmax) }
      }
      return isTwo ? Schema.Layer(1, .sigmoid) : Schema.Layer(labels.count, .softmax)
    }
  }

  /// Whether a layer is meant as the last one, rather than as one more hidden layer.
  private static func isLast(_ layer: Schema.Layer, _ standard: Schema.Layer) -> Bool {
    if layer.kind != .dense { return false }
    if layer.activation == .softmax { return true }
    return layer.perceptrons == standard.perceptrons
      && (layer.activation == standard.activation || layer.activation == .linear || layer.activation == .sigmoid)
  }

  /// How the schema's outputs represent the target; `nil` if they can't.
  private static func form(_ target: TargetEncoding, schema: Schema, loss: Loss) -> OutputForm? {
    switch target {
    case .numbers(let targets):
      if schema.outputs != targets.count || schema.outputActivation == .softmax { return nil }
      return loss.kind == .poisson ? .logarithms : .numbers
    case .classes(_, let labels):
      let isTwo = labels.count == 2
      if isTwo && schema.outputs == 1 && loss.kind == .hinge { return .margin }
      switch schema.outputActivation {
      case .softmax: return schema.outputs == labels.count ? .distribution : nil
      case .sigmoid: return schema.outputs == 1 && isTwo ? .probability : nil
      default: return nil
      }
    }
  }

  /// The encoding for these outputs: numbers are scaled to the last layer's range.
  private static func fit(
    _ encoding: TableEncoding, form: OutputForm, activation: Activation, table: String
  ) throws(TableError) -> TableEncoding {
    guard case .numbers(let targets) = encoding.target else { return encoding.with(encoding.target, form) }
    var fitted: [NumberTarget] = []
    var bad: [BadColumn] = []
    for target in targets {
      if form == .logarithms && target.minimum < 0 {
        bad.append(BadColumn(name: target.name, problem: .negativeTarget(target.minimum)))
      }
      fitted.append(form == .logarithms ? target.counted() : target.scaled(for: activation))
    }
    if !bad.isEmpty { throw TableError(.encoding(.columns(bad, known: [])), table: table) }
    return encoding.with(.numbers(fitted), form)
  }
}

extension TableEncoding {
  fileprivate func with(_ target: TargetEncoding, _ form: OutputForm) -> TableEncoding {
    TableEncoding(
      inputs: inputs, leftOut: leftOut, target: target, outputForm: form, clampsPredictions: clampsPredictions,
      notices: notices)
  }
}

extension NumberTarget {
  /// The same target, scaled to the range of an activation: 0 to 1 for a sigmoid, 0 or more for a ReLU.
  fileprivate func scaled(for activation: Activation) -> NumberTarget {
    let half = maximum / 2 - minimum / 2
    switch activation {
    // Well inside the range, whose ends are reached only at infinity.
    case .sigmoid: return with(mean: minimum - 0.1 * half, scale: 2.2 * half)
    case .tanh: return with(mean: minimum / 2 + maximum / 2, scale: 1.1 * half)
    case .relu, .softplus: return with(mean: minimum, scale: scale)
    default: return self
    }
  }

  /// The same target, only divided, so that its logarithm is near zero.
  fileprivate func counted() -> NumberTarget { with(mean: 0, scale: scale) }

  private func with(mean: Double, scale: Double) -> NumberTarget {
    let isUsable = mean.isFinite && scale.isFinite && scale > 0
    return NumberTarget(
      name: name, mean: isUsable ? mean : self.mean, scale: isUsable ? scale : self.scale, minimum: minimum,
      maximum: maximum)
  }
}

extension Loss {
  /// The task that the loss implies: classes for cross-entropies and the hinge loss, numbers for losses that make no
  /// sense for classes; `nil` for the others.
  var suggestedTask: TaskKind? {
    switch kind {
    case .binaryCrossEntropy, .crossEntropy, .hinge: .classes
    case .meanAbsoluteError, .huber, .quantile, .logCosh, .poisson: .numbers
    case .squaredError, .meanSquaredError: nil
    }
  }
}

extension SchemaChoice {
  /// The task that a schema's last layer implies; `nil` if it allows both, or isn't given.
  func suggestedTask(loss: Loss?) -> TaskKind? {
    switch self {
    case .layers(let layers): layers.last?.activation == .softmax ? .classes : nil
    case .full(let schema):
      switch schema.outputActivation {
      case .softmax: .classes
      case .sigmoid: nil
      default: loss?.suggestedTask ?? .numbers
      }
    }
  }
}

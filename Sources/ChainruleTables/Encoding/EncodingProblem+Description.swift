#if !hasFeature(Embedded)
  import ChainruleCore

  extension EncodingProblem: CustomStringConvertible {
    /// One line: what was found, what was expected, and what to do.
    public var description: String {
      switch self {
      case .columns(let bad, let known):
        let list = bad.map(\.description).joined(separator: "; ")
        let names = bad.contains(where: \.isUnknown) ? "; the columns are \(TableError.list(known))" : ""
        return list + names
      case .noInputs(let leftOut):
        if leftOut.isEmpty { return "there is no column besides the target to learn from; add some" }
        let list = leftOut.prefix(12).map(\.description).joined(separator: "; ")
        return "no column is left to learn from: \(list); to use one anyway, name it as categorical or numeric"
      case .noRows(let targets):
        return "no row to train on has a value in \(Self.names(targets)); add rows, or predict another column"
      case .wrongInputs(let schema, let columns, let inputs):
        return
          "the schema has \(schema.counted("input")), but \(columns.counted("column")) of the table "
          + "become \(inputs); start the schema with \(inputs), or leave the inputs and the last layer out"
      case .wrongOutputs(let outputs, let activation, let target, let expected):
        return
          "the schema ends in “\(Self.text(Schema.Layer(outputs, activation)))”, but predicting \(Self.text(target)) "
          + "takes “\(Self.text(expected))”\(Self.alternative(target, expected)); change the last layer, or leave "
          + "the inputs and the last layer out"
      case .wrongLoss(let loss, let schema, let target):
        return
          "the loss “\(loss)” doesn't fit \(Self.text(target)) predicted by "
          + "“\(Self.text(schema.layers[schema.layers.count - 1]))”"
          + "; leave it out, or choose another"
      case .schema(let error): return error.message
      case .fewGroups(let column, let groups, let parts):
        return
          "column “\(column)” makes \(groups.counted("group")), which can't be divided into \(parts) parts; "
          + "choose another column, or fewer parts"
      case .fewRows(let rows, let parts):
        return "\(rows.counted("row")) can't be divided into \(parts) parts; add rows, or take fewer parts"
      case .badFraction(let fraction):
        return "found \(fraction) as the part of the rows to hold out, expected a number in 0..<1, such as 0.2"
      case .tooFewFolds(let count): return "found \(count.counted("fold")), expected 2 or more, such as 5"
      }
    }

    private static func text(_ target: TargetEncoding) -> String {
      switch target {
      case .classes(let name, let labels):
        "the \(labels.count) classes of “\(name)” (\(TableError.list(labels)))"
      case .numbers(let targets):
        targets.count == 1 ? "the number “\(targets[0].name)”" : "the numbers \(names(targets.map(\.name)))"
      }
    }

    private static func text(_ layer: Schema.Layer) -> String {
      layer.activation == .linear ? "\(layer.perceptrons)" : "\(layer.perceptrons) \(layer.activation.name)"
    }

    /// Two classes can be predicted in two ways.
    private static func alternative(_ target: TargetEncoding, _ expected: Schema.Layer) -> String {
      guard case .classes(_, let labels) = target, labels.count == 2 else { return "" }
      return expected.perceptrons == 1 ? " or “2 softmax”" : " or “1 sigmoid”"
    }

    private static func names(_ names: [String]) -> String { names.map { "“\($0)”" }.joined(separator: ", ") }
  }
#endif

import Chainrule

/// Why a network can't learn to predict a column.
public enum TargetError: Error, Equatable, Sendable {
  /// Something is wrong in the table.
  case table(TableError)
  /// All rows have the same label: there is nothing to tell apart.
  case oneClass(column: String, label: String)
  /// The last layer does not have the outputs that the classes need.
  case classesDoNotFit(column: String, classes: [String], schema: Schema)
  /// The column holds text, and the last layer predicts numbers.
  case textForNumbers(column: String, TableError, classes: Int, schema: Schema)
  /// A number needs one output.
  case oneNumber(column: String, schema: Schema)
}

extension TargetError: CustomStringConvertible {
  /// One line: what was found, what was expected, and what to do.
  public var description: String {
    switch self {
    case .table(let error): return error.description
    case .oneClass(let column, let label):
      return "column “\(column)” has one class only, “\(label.prefix(40))”; a classifier needs rows of at least two"
    case .classesDoNotFit(let column, let classes, let schema):
      let last = "\(schema.outputs) \(schema.outputActivation.name)"
      let advice =
        classes.count == 2
        ? "end the schema in “1 sigmoid” or “2 softmax”"
        : "end the schema in “\(classes.count) softmax”" + (classes.count > 20 ? ", or in “1” to predict a number" : "")
      return "column “\(column)” has \(classes.count) classes (\(TableError.list(classes))), but the schema ends in "
        + "“\(last)”; \(advice)"
    case .textForNumbers(_, let error, let classes, let schema):
      let last = "\(schema.outputs) \(schema.outputActivation.name)"
      let ending = classes == 2 ? "“1 sigmoid” or “2 softmax”" : "“\(classes) softmax”"
      return "\(error), or, to predict classes, end the schema in \(ending) instead of “\(last)”"
    case .oneNumber(let column, let schema):
      return "column “\(column)” gives 1 number, but the schema has \(TableError.count(schema.outputs, "output")); "
        + "end the schema in “1”, or in “\(schema.outputs) softmax” to predict classes"
    }
  }
}

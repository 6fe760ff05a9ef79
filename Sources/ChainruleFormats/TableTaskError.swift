import Chainrule
import ChainruleData

/// Why a network can't learn from a table.
public enum TableTaskError: Error, Equatable, Sendable {
  /// Something is wrong in the table.
  case table(TableError)
  /// The column to predict does not fit the network.
  case target(TargetError)
  /// The network does not have an input for each of the other columns.
  case wrongInputCount(columns: [String], table: String, target: String, schema: Schema)
}

extension TableTaskError: CustomStringConvertible {
  /// One line: what was found, what was expected, and what to do.
  public var description: String {
    switch self {
    case .table(let error): return error.description
    case .target(let error): return error.description
    case .wrongInputCount(let columns, let table, let target, let schema):
      let names = columns.prefix(12).joined(separator: ", ") + (columns.count > 12 ? ", …" : "")
      let advice =
        columns.isEmpty ? "add columns to learn from" : "start the schema with \(columns.count), or change the columns"
      return "the schema has \(schema.inputs) input\(schema.inputs == 1 ? "" : "s"), but \(table) has "
        + "\(columns.count) column\(columns.count == 1 ? "" : "s") beside the target “\(target)”"
        + (columns.isEmpty ? "" : " (\(names))") + "; \(advice)"
    }
  }
}

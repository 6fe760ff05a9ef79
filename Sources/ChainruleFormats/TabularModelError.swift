import Chainrule
import ChainruleTables

/// Why a model can't be trained or used.
public enum TabularModelError: Error, Sendable {
  /// Something is wrong in a table.
  case table(TableError)
  /// Training couldn't start, or it stopped.
  case training(TrainingError)
  /// The network's output for a row isn't a finite number.
  case notFinite(row: Int?, table: String?)
  /// There is no row to evaluate the model on.
  case noRows(table: String)
  /// Rows for continued training belong to classes that the model doesn't know.
  case unknownClasses([String], known: [String], table: String)
  /// There are fewer than two folds, so nothing would be left to train on.
  case tooFewFolds(Int)
  /// The network to start from has another schema.
  case schemaDoesNotFit(found: Schema, expected: Schema)

  /// Runs `body`, and wraps its errors in ``table(_:)``.
  static func wrapping<Value>(_ body: () throws(TableError) -> Value) throws(TabularModelError) -> Value {
    do { return try body() } catch { throw .table(error) }
  }
}

extension TabularModelError: CustomStringConvertible {
  /// One line: what was found, what was expected, where, and what to do.
  public var description: String { text.oneLine }

  private var text: String {
    switch self {
    case .table(let error): return "\(error)"
    case .training(let error): return error.description
    case .notFinite(let row, let table):
      let place = [table, row.map { "row \($0 + 1)" }].compactMap { $0 }.joined(separator: ", ")
      return (place.isEmpty ? "" : place + ": ")
        + "the network's output isn't a finite number, so its weights must be damaged or far too large; train it again"
    case .noRows(let table): return "\(table): there is no row with a target to evaluate the model on"
    case .unknownClasses(let found, let known, let table):
      return
        "\(table): the model doesn't know \(found.count == 1 ? "the class" : "the classes") \(Self.list(found)); it "
        + "knows \(Self.list(known)): leave those rows out, or train a new model"
    case .tooFewFolds(let count): return "found \(count.counted("fold")), expected 2 or more, such as 5"
    case .schemaDoesNotFit(let found, let expected):
      return "the first weights belong to the schema \(found.text), but this table needs \(expected.text)"
    }
  }

  private static func list(_ texts: [String]) -> String {
    texts.prefix(8).map { "“\($0.prefix(40))”" }.joined(separator: ", ") + (texts.count > 8 ? ", …" : "")
  }
}

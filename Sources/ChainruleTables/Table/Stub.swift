// A stand-in until the reader's branch arrives.
public struct DateFormat: Sendable, Equatable {
  public func seconds(_ text: String) -> Double { .nan }
}
public struct TableError: Error, Sendable {
  public enum Problem: Sendable { case encoding(EncodingProblem) }
  public let problem: Problem
  public let table: String
  public init(_ problem: Problem, table: String) {
    self.problem = problem
    self.table = table
  }
}
public struct Table: Sendable {
  public let name: String
  public let columns: [Column]
  public let rowCount: Int
  public func index(of name: String) -> Int? {
    columns.firstIndex { $0.name.utf8.elementsEqual(name.utf8) }
  }
}
extension Cell { public init(_ text: String) { self = Double(text).map { .number($0) } ?? (text.isEmpty ? .missing : .text(text)) } }
extension Column {
  public var count: Int { switch storage { case .levels(let c, _): c.count; case .dense(let v, _, _): v.count; case .discarded(let n, _, _): n } }
  public var dates: DateFormat? { if case .dense(_, _, let d) = storage { d } else { nil } }
}

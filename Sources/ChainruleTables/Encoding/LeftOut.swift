import ChainruleCore

/// A column that a network doesn't read, and why.
public struct LeftOut: Sendable {
  /// Why a column is left out.
  public enum Reason: Sendable {
    /// It only identifies rows.
    case identifier
    /// Its texts hardly repeat.
    case freeText
    /// It has this value in every row.
    case constant(String)
    /// It has no values.
    case empty
    /// The options ignore it.
    case ignored
    /// The options name only other columns.
    case notChosen
  }

  /// The column's name.
  public let name: String
  /// Why it's left out.
  public let reason: Reason

  /// Creates a column that's left out.
  public init(name: String, reason: Reason) {
    self.name = name
    self.reason = reason
  }
}

#if !hasFeature(Embedded)
  extension LeftOut: Equatable {}
  extension LeftOut.Reason: Equatable {}

  extension LeftOut: CustomStringConvertible {
    /// The column and the reason, in one line.
    public var description: String { text.oneLine }

    private var text: String {
      switch reason {
      case .identifier: "“\(name)” is left out: it looks like an identifier, which only tells rows apart"
      case .freeText: "“\(name)” is left out: it holds free text that hardly repeats"
      case .constant(let value): "“\(name)” is left out: it is “\(value)” in every row"
      case .empty: "“\(name)” is left out: it holds nothing"
      case .ignored: "“\(name)” is ignored, as asked"
      case .notChosen: "“\(name)” is not among the columns to read"
      }
    }
  }
#endif

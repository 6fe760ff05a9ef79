import ChainruleCore
import ChainruleKernels

/// A table's rows in several parts of about the same size, for cross-validation: each part is held out once, while all
/// others train, or only the earlier ones if rows are ordered by time.
///
/// ```swift
/// let folds = Folds(rows: Array(0..<150), classes: classes, count: 5, seed: 1)
/// for index in 0..<folds.count {
///   let split = folds.split(index)  // 120 rows to train on, 30 held out
/// }
/// ```
public struct Folds: Equatable, Sendable {
  /// The rows of each part, in the table's order.
  public let parts: [[Int]]
  /// Rows before the first part, which are never held out; `nil` if the parts aren't ordered by time.
  public let past: [Int]?

  /// The number of parts.
  public var count: Int { parts.count }

  /// Distributes the rows at random, and each class evenly.
  ///
  /// - Parameters:
  ///   - rows: the rows to divide.
  ///   - classes: the class of each of those rows, from 0; `nil` if there are no classes.
  ///   - count: the number of parts: 2 or more, and at most one for each row.
  ///   - seed: fixes the choice.
  public init(rows: [Int], classes: [Int]? = nil, count: Int, seed: UInt64) {
    require(
      count >= 2 && count <= rows.count,
      "found \(count.counted("fold")) for \(rows.count.counted("row")); expected from 2 to one for each row")
    var random = RandomSource(seed: seed ^ 0x666f_6c64_2d64_6561)
    var part = [Int](repeating: 0, count: rows.count)
    var next = 0
    for positions in Split.members(classes, count: rows.count) {
      var drawn = positions
      random.shuffle(&drawn)
      for position in drawn {
        part[position] = next
        next = next + 1 == count ? 0 : next + 1
      }
    }
    self.init(rows: rows, part: part, count: count)
  }

  /// Distributes whole groups, the largest first, each to the part with the fewest rows. No group is in two parts.
  ///
  /// - Parameters:
  ///   - rows: the rows to divide.
  ///   - groups: the group of each of those rows, from 0.
  ///   - count: the number of parts: 2 or more, and at most one for each group.
  ///   - seed: fixes the order of groups of the same size.
  public init(rows: [Int], groups: [Int], count: Int, seed: UInt64) {
    let members = Split.members(groups, count: rows.count).filter { !$0.isEmpty }
    require(
      count >= 2 && count <= members.count,
      "found \(count.counted("fold")) for \(members.count.counted("group")); expected from 2 to one for each group")
    var order = Array(members.indices)
    var random = RandomSource(seed: seed ^ 0x666f_6c64_2d64_6561)
    random.shuffle(&order)
    var rank = [Int](repeating: 0, count: members.count)
    for (position, group) in order.enumerated() { rank[group] = position }
    order.sort {
      members[$0].count == members[$1].count ? rank[$0] < rank[$1] : members[$0].count > members[$1].count
    }
    var part = [Int](repeating: 0, count: rows.count)
    var sizes = [Int](repeating: 0, count: count)
    for group in order {
      var smallest = 0
      for index in 1..<count where sizes[index] < sizes[smallest] { smallest = index }
      sizes[smallest] += members[group].count
      for position in members[group] { part[position] = smallest }
    }
    self.init(rows: rows, part: part, count: count)
  }

  /// Cuts rows in order of time into parts, so that each part is predicted from earlier rows. The earliest rows, as
  /// many as a part has, are never held out.
  ///
  /// - Parameters:
  ///   - rows: the rows, the earliest first.
  ///   - count: the number of parts to hold out: 2 or more, and less than the number of rows.
  public init(inOrder rows: [Int], count: Int) {
    require(
      count >= 2 && count < rows.count,
      "found \(count.counted("fold")) for \(rows.count.counted("row")) in order; expected from 2 to one less than rows")
    var pieces: [[Int]] = []
    for index in 0...count {
      var piece = Array(rows[(rows.count * index / (count + 1))..<(rows.count * (index + 1) / (count + 1))])
      piece.sort()
      pieces.append(piece)
    }
    past = pieces.removeFirst()
    parts = pieces
  }

  private init(rows: [Int], part: [Int], count: Int) {
    var parts = [[Int]](repeating: [], count: count)
    for position in rows.indices { parts[part[position]].append(rows[position]) }
    self.parts = parts
    past = nil
  }

  /// Holds out one part, and trains on the rows of all others, or of all earlier ones if the parts are ordered by time.
  /// The rows are in the table's order.
  ///
  /// - Precondition: `index` is from 0 to ``count`` − 1.
  public func split(_ index: Int) -> Split {
    require(index >= 0 && index < count, "found the fold \(index), expected one from 0 to \(count - 1)")
    var training = past ?? []
    for other in parts.indices where past == nil ? other != index : other < index { training += parts[other] }
    training.sort()
    return Split(training: training, heldOut: parts[index])
  }
}

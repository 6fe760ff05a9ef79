import ChainruleCore
import ChainruleKernels

/// A table's rows in several parts of about the same size: each is held out once, while the others train, or only the
/// earlier ones where rows have an order in time.
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
  /// Rows that come before the first part and are never held out; `nil` if the parts have no order in time.
  public let past: [Int]?

  /// How many parts there are.
  public var count: Int { parts.count }

  /// Deals the rows out, drawn by `seed`, each class evenly.
  ///
  /// - Parameters:
  ///   - rows: the rows to divide.
  ///   - classes: the class of each of those rows, from 0; `nil` deals all of them out alike.
  ///   - count: how many parts: 2 or more, and at most one for each row.
  ///   - seed: fixes who gets what.
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

  /// Deals whole groups out, the largest first, each to the part that has the fewest rows: no group is in two parts.
  ///
  /// - Parameters:
  ///   - rows: the rows to divide.
  ///   - groups: the group of each of those rows, from 0.
  ///   - count: how many parts: 2 or more, and at most one for each group.
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

  /// Cuts rows that stand in the order of their times into parts, so that each part is predicted from what came before
  /// it. The earliest rows, as many as a part has, only train.
  ///
  /// - Parameters:
  ///   - rows: the rows, the earliest first.
  ///   - count: how many parts are held out: 2 or more, and fewer than there are rows.
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

  /// One part held out, and the rows of all others (of all earlier ones, if parts have an order in time), in the table's
  /// order, to train on.
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

import Chainrule

/// Which rows train, and which are held out to see how well a model does on rows that it never saw.
public struct Split: Equatable, Sendable {
  /// The rows to train on, in the table's order. Never empty.
  public let training: [Int]
  /// The rows held out, in the table's order.
  public let heldOut: [Int]

  /// Holds out the last rows, a `fraction` of all, rounded.
  ///
  /// - Precondition: `count` is at least 1, and `fraction` is from 0 up to, and without, 1.
  public init(lastOf count: Int, fraction: Double) {
    let size = Self.size(of: count, fraction: fraction)
    training = Array(0..<(count - size))
    heldOut = Array((count - size)..<count)
  }

  /// Holds out rows drawn by `seed`, a `fraction` of all, rounded.
  public init(of count: Int, fraction: Double, seed: UInt64) {
    self.init(classes: [Int](repeating: 0, count: count), fraction: fraction, seed: seed)
  }

  /// Holds out rows drawn by `seed`, each class giving its share, so that both parts have the classes in the same
  /// proportion; and each class keeps at least one row to learn from.
  ///
  /// - Parameters:
  ///   - classes: the class of each row, from 0.
  ///   - fraction: the part to hold out, from 0 up to, and without, 1; the number of rows is rounded.
  ///   - seed: fixes the choice.
  public init(classes: [Int], fraction: Double, seed: UInt64) {
    let size = Self.size(of: classes.count, fraction: fraction)
    var members = [[Int]](repeating: [], count: (classes.max() ?? 0) + 1)
    for (row, label) in classes.enumerated() { members[label].append(row) }

    // Whole shares first, then one row more where the largest remainders are.
    let shares = members.map { fraction * Double($0.count) }
    var sizes = shares.map { Int($0) }
    let byRemainder = members.indices.sorted {
      let (first, second) = (shares[$0] - Double(sizes[$0]), shares[$1] - Double(sizes[$1]))
      return first == second ? $0 < $1 : first > second
    }
    for index in byRemainder.prefix(max(0, size - sizes.reduce(0, +))) { sizes[index] += 1 }

    // The same seed also draws weights and orders: this stream has to be another one.
    var random = RandomSource(seed: seed ^ 0x6865_6c64_2d6f_7574)
    var isHeldOut = [Bool](repeating: false, count: classes.count)
    for (index, rows) in members.enumerated() {
      var order = Array(rows.indices)
      random.shuffle(&order)
      for position in order.prefix(min(sizes[index], max(0, rows.count - 1))) { isHeldOut[rows[position]] = true }
    }
    training = classes.indices.filter { !isHeldOut[$0] }
    heldOut = classes.indices.filter { isHeldOut[$0] }
  }

  /// The share of `count` rows, of which at least one is left to train on.
  private static func size(of count: Int, fraction: Double) -> Int {
    precondition(count > 0, "there must be a row to train on")
    precondition(fraction >= 0 && fraction < 1, "the fraction held out must be from 0 up to, and without, 1")
    return min(count - 1, Int((fraction * Double(count)).rounded()))
  }
}

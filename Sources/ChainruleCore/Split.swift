import ChainruleKernels

/// The rows (or samples) to train on, and those held out to measure a model on rows that it hasn't seen.
///
/// ```swift
/// let split = Split(rows: Array(0..<150), classes: classes, fraction: 0.2, seed: 1)
/// split.heldOut.count  // 30, with the classes in proportion
/// ```
public struct Split: Equatable, Sendable {
  /// The rows to train on, in the table's order. Never empty.
  public let training: [Int]
  /// The rows held out, in the table's order.
  public let heldOut: [Int]

  /// Creates a split from two lists of rows.
  ///
  /// - Precondition: there is a row to train on.
  public init(training: [Int], heldOut: [Int]) {
    require(!training.isEmpty, "found no row to train on; there must be one or more")
    self.training = training
    self.heldOut = heldOut
  }

  /// Holds out the last rows: a `fraction` of all, rounded.
  public init(lastOf rows: [Int], fraction: Double) {
    let size = Self.size(of: rows.count, fraction: fraction)
    self.init(training: Array(rows.dropLast(size)), heldOut: Array(rows.suffix(size)))
  }

  /// Holds out random rows. The split is stratified: both parts have the classes in the same proportion, and each class
  /// keeps at least one row to train on.
  ///
  /// - Parameters:
  ///   - rows: the rows to divide.
  ///   - classes: the class of each of those rows, from 0; `nil` if there are no classes.
  ///   - fraction: the part to hold out, in `0..<1`; the number of rows is rounded.
  ///   - seed: fixes the choice.
  public init(rows: [Int], classes: [Int]? = nil, fraction: Double, seed: UInt64) {
    let size = Self.size(of: rows.count, fraction: fraction)
    let members = Self.members(classes, count: rows.count)

    // Each class gives the whole part of its share; those with the largest remainders give one row more.
    var sizes: [Int] = []
    var remainders: [Double] = []
    var total = 0
    for positions in members {
      let share = fraction * Double(positions.count)
      sizes.append(Int(share))
      remainders.append(share - Double(Int(share)))
      total += Int(share)
    }
    var order = Array(members.indices)
    order.sort { remainders[$0] == remainders[$1] ? $0 < $1 : remainders[$0] > remainders[$1] }
    for index in order.prefix(max(0, size - total)) { sizes[index] += 1 }

    // The same seed also draws weights and orders, so this stream must differ.
    var random = RandomSource(seed: seed ^ 0x6865_6c64_2d6f_7574)
    var isHeldOut = [Bool](repeating: false, count: rows.count)
    for index in members.indices {
      var drawn = members[index]
      random.shuffle(&drawn)
      for position in drawn.prefix(min(sizes[index], max(0, drawn.count - 1))) { isHeldOut[position] = true }
    }
    self.init(rows: rows, isHeldOut: isHeldOut)
  }

  /// Holds out random whole groups, until about a `fraction` of the rows is held out. No group is in both parts, and
  /// each part has at least one.
  ///
  /// - Parameters:
  ///   - rows: the rows to divide.
  ///   - groups: the group of each of those rows, from 0. There must be two groups or more, unless nothing is held out.
  ///   - fraction: the part to hold out, in `0..<1`.
  ///   - seed: fixes the choice.
  public init(rows: [Int], groups: [Int], fraction: Double, seed: UInt64) {
    let size = Self.size(of: rows.count, fraction: fraction)
    let members = Self.members(groups, count: rows.count).filter { !$0.isEmpty }
    require(
      members.count > 1 || size == 0, "found \(members.count.counted("group")) to divide; there must be two or more")
    var order = Array(members.indices)
    var random = RandomSource(seed: seed ^ 0x6865_6c64_2d6f_7574)
    random.shuffle(&order)

    var isHeldOut = [Bool](repeating: false, count: rows.count)
    var chosen = 0
    var groupsLeft = members.count
    for group in order where size > 0 && groupsLeft > 1 {
      let count = members[group].count
      // We take a group if that brings the held-out part nearer to its size, and the smallest group if none does.
      if abs(chosen + count - size) < abs(chosen - size) {
        chosen += count
        groupsLeft -= 1
        for position in members[group] { isHeldOut[position] = true }
      }
    }
    if size > 0 && chosen == 0 {
      var smallest = order[0]
      for group in order where members[group].count < members[smallest].count { smallest = group }
      for position in members[smallest] { isHeldOut[position] = true }
    }
    self.init(rows: rows, isHeldOut: isHeldOut)
  }

  /// Holds out the latest rows, about a `fraction` of all. Rows with the same time stay in the same part. Rows without
  /// a time are for training.
  ///
  /// - Parameters:
  ///   - rows: the rows to divide.
  ///   - times: the time of each of those rows, in any unit; NaN if there is none.
  ///   - fraction: the part to hold out, in `0..<1`.
  public init(rows: [Int], times: [Double], fraction: Double) {
    require(
      times.count == rows.count,
      "found \(times.count.counted("time")) for \(rows.count.counted("row")); each row needs one")
    let size = Self.size(of: rows.count, fraction: fraction)
    var sorted = times.filter { !$0.isNaN }
    sorted.sort()
    guard size > 0, let latest = sorted.last, let earliest = sorted.first else {
      self.init(training: rows, heldOut: [])
      return
    }
    // We cut before or after all the rows that share the time at the ideal place.
    let ideal = max(0, sorted.count - size)
    var cut = sorted[ideal]
    let first = sorted.partitioningIndex { $0 >= cut }
    let next = sorted.partitioningIndex { $0 > cut }
    if next < sorted.count && next - ideal < ideal - first || first == 0 && sorted.count == rows.count {
      cut = next < sorted.count ? sorted[next] : latest
    }
    var isHeldOut = [Bool](repeating: false, count: rows.count)
    // If all rows have the same time, none is later than another.
    if latest > earliest || sorted.count < rows.count {
      for position in rows.indices where times[position] >= cut { isHeldOut[position] = true }
    }
    self.init(rows: rows, isHeldOut: isHeldOut)
  }

  private init(rows: [Int], isHeldOut: [Bool]) {
    var training: [Int] = []
    var heldOut: [Int] = []
    for position in rows.indices {
      if isHeldOut[position] { heldOut.append(rows[position]) } else { training.append(rows[position]) }
    }
    self.init(training: training, heldOut: heldOut)
  }

  /// The positions of each class's rows; without classes, one list of all positions.
  package static func members(_ classes: [Int]?, count: Int) -> [[Int]] {
    guard let classes else { return [Array(0..<count)] }
    require(
      classes.count == count,
      "found \(classes.count.counted("class", "classes")) for \(count.counted("row")); each row needs one")
    var classCount = 0
    for label in classes {
      require(label >= 0, "found the class \(label); classes count from 0")
      if label >= classCount { classCount = label + 1 }
    }
    var members = [[Int]](repeating: [], count: classCount)
    for position in 0..<count { members[classes[position]].append(position) }
    return members
  }

  /// The number of rows to hold out, so that at least one is left to train on.
  private static func size(of count: Int, fraction: Double) -> Int {
    require(count > 0, "found no row to train on; there must be one or more")
    require(fraction >= 0 && fraction < 1, "found \(fraction) to hold out; it must be in 0..<1")
    return min(count - 1, Int(fraction * Double(count) + 0.5))
  }
}

extension [Double] {
  /// The first index whose element satisfies `predicate`, as must all elements after it; the count if none does.
  func partitioningIndex(where predicate: (Double) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if predicate(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

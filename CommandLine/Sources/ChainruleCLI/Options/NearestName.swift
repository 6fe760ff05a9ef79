/// Finds the intended name for a mistyped one.
enum NearestName {
  /// The name that differs in the fewest letters, if it's close enough.
  static func find(_ name: String, in names: [String]) -> String? {
    let wanted = Array(name.lowercased())
    var best: (name: String, distance: Int)?
    for candidate in names {
      let distance = distance(wanted, Array(candidate.lowercased()))
      if distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    guard let best, best.distance <= max(1, wanted.count / 3) else { return nil }
    return best.name
  }

  /// The number of letters to insert, delete, change or swap with a neighbour.
  private static func distance(_ first: [Character], _ second: [Character]) -> Int {
    if abs(first.count - second.count) > 20 { return .max }
    var before: [Int] = []
    var last = Array(0...second.count)
    for i in first.indices {
      var next = [i + 1]
      for j in second.indices {
        var cost = min(last[j + 1] + 1, next[j] + 1, last[j] + (first[i] == second[j] ? 0 : 1))
        if i > 0 && j > 0 && first[i] == second[j - 1] && first[i - 1] == second[j] {
          cost = min(cost, before[j - 1] + 1)
        }
        next.append(cost)
      }
      before = last
      last = next
    }
    return last[second.count]
  }
}

/// The area under the receiver operating characteristic, computed from ranks.
///
/// It's the probability that a positive sample scores above a negative one, where a tie counts half: the Mann–Whitney
/// statistic divided by the number of pairs (Hanley and McNeil, "The meaning and use of the area under a receiver
/// operating characteristic (ROC) curve", 1982). Equal scores are handled together, so each gets the middle of their
/// ranks, and their order doesn't matter.
struct RankArea {
  private struct Entry {
    let score: Float
    let weight: Double
    let isPositive: Bool
  }

  private var entries: [Entry] = []

  init(capacity: Int) { entries.reserveCapacity(capacity) }

  /// Adds a sample; a weight of zero leaves it out.
  mutating func add(score: Float, isPositive: Bool, weight: Double) {
    if weight > 0 { entries.append(Entry(score: score, weight: weight, isPositive: isPositive)) }
  }

  /// The area, from 0 to 1; `nil` without both positive and negative samples.
  func area() -> Double? {
    let sorted = entries.sorted { $0.score < $1.score }
    var positives = 0.0
    var negatives = 0.0
    var won = 0.0
    var start = 0
    while start < sorted.count {
      var groupPositives = 0.0
      var groupNegatives = 0.0
      var end = start
      while end < sorted.count && sorted[end].score == sorted[start].score {
        if sorted[end].isPositive {
          groupPositives += sorted[end].weight
        } else {
          groupNegatives += sorted[end].weight
        }
        end += 1
      }
      won += groupPositives * (negatives + 0.5 * groupNegatives)
      positives += groupPositives
      negatives += groupNegatives
      start = end
    }
    if positives == 0 || negatives == 0 { return nil }
    return min(1, won / (positives * negatives))
  }
}

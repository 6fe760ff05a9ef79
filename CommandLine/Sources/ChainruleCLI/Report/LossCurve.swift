/// The losses of each epoch, and how they look as a row of small blocks.
struct LossCurve {
  /// The mean training loss of each epoch.
  var training: [Double] = []
  /// The loss on the validation rows after each epoch; empty if there are none.
  var validation: [Double] = []
  /// The epoch whose weights were kept, counted from 1, if it isn't the last one.
  var bestEpoch: Int?

  /// A line for each curve, both on one scale, with the first and the last value; empty if there is nothing to compare.
  func lines(width: Int = 48) -> String {
    guard training.count > 1 else { return "" }
    let curves = [("training", training), ("validation", validation)].filter { $0.1.count > 1 }
    let values = curves.flatMap(\.1).filter(\.isFinite)
    guard let lowest = values.min(), let highest = values.max(), lowest < highest else { return "" }
    // Losses fall by orders of magnitude: on a plain scale only the first epochs would be seen.
    let isLogarithmic = lowest > 0 && highest / lowest > 10
    func height(_ value: Double) -> Double {
      isLogarithmic
        ? TextFormat.logarithm(value / lowest) / TextFormat.logarithm(highest / lowest)
        : (value - lowest) / (highest - lowest)
    }
    var grid: [[String]] = []
    for (name, losses) in curves {
      let blocks = Self.averages(losses, count: min(width, losses.count)).map { Self.block(height($0)) }.joined()
      var words = "\(TextFormat.number(losses[0])) → \(TextFormat.number(losses[losses.count - 1]))"
      let chosen = name == "validation" || curves.count == 1 ? bestEpoch : nil
      if let chosen, chosen <= losses.count {
        words += ", kept epoch \(chosen) with \(TextFormat.number(losses[chosen - 1]))"
      }
      grid.append([name, blocks, words])
    }
    let scale = isLogarithmic ? ", on a logarithmic scale" : ""
    return "loss over \(TextFormat.count(training.count, "epoch"))\(scale)\n" + TextFormat.leftAligned(grid)
  }

  /// The means of so many parts.
  private static func averages(_ values: [Double], count: Int) -> [Double] {
    (0..<count).map { part in
      let range = (part * values.count / count)..<((part + 1) * values.count / count)
      return values[range].reduce(0, +) / Double(range.count)
    }
  }

  /// One of eight heights.
  private static func block(_ height: Double) -> String {
    let blocks = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    guard height.isFinite else { return " " }
    return blocks[max(0, min(7, Int(height * 8)))]
  }
}

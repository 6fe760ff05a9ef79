import ChainruleFormats
import Foundation

/// The curves of the losses, drawn with block characters.
struct LossCurve {
  private let points: [TrainingRecord.Point]
  private let bestEpoch: Int?

  init(_ record: TrainingRecord) {
    points = record.history
    bestEpoch = record.bestEpoch
  }

  /// A line for training and one for validation, on the same scale, with the first and the last value; empty if there
  /// are too few values.
  func text(width: Int = 48) -> String {
    let curves = [
      ("training", points.map { $0.loss }), ("validation", points.compactMap(\.validationLoss)),
    ].filter { $0.1.count > 1 }
    let values = curves.flatMap(\.1)
    guard let lowest = values.min(), let highest = values.max(), lowest < highest, (highest - lowest).isFinite else {
      return ""
    }
    // Losses fall by orders of magnitude, so a linear scale would show only the first epochs.
    let isLogarithmic = lowest > 0 && highest / lowest > 10
    func height(_ value: Double) -> Double {
      isLogarithmic ? log(value / lowest) / log(highest / lowest) : (value - lowest) / (highest - lowest)
    }
    let grid = curves.map { name, losses in
      let blocks = Self.means(losses, count: min(width, losses.count)).map { Self.block(height($0)) }.joined()
      return [name, blocks, "\(TextFormat.number(losses[0])) → \(TextFormat.number(losses[losses.count - 1]))"]
    }
    let scale = isLogarithmic ? ", logarithmic scale" : ""
    let best = bestEpoch.map { ", weights of epoch \(TextFormat.grouped($0)) kept" } ?? ""
    let epochs = points.last?.epoch ?? 0
    return "loss over \(TextFormat.count(epochs, "epoch"))\(scale)\(best)\n" + TextFormat.leftAligned(grid)
  }

  /// The means of `count` equal parts.
  private static func means(_ values: [Double], count: Int) -> [Double] {
    (0..<count).map { part in
      let range = (part * values.count / count)..<((part + 1) * values.count / count)
      return values[range].reduce(0) { $0 + $1 / Double(range.count) }
    }
  }

  /// The block character for a height from 0 to 1.
  private static func block(_ height: Double) -> String {
    ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"][max(0, min(7, Int(height * 8)))]
  }
}

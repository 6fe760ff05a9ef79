import ChainruleFigures
import ChainruleSVG

/// Runs beside each other, in the figures that compare: depths, optimizers, penalties, batch sizes.
extension MeasuredRuns {
  // MARK: Depth

  /// Networks from the seed 1 on that are looked at.
  static let depthSeeds = 30

  /// What δ becomes in the deep network, over its seeds: the medians of the first layer's share of the last layer's δ and of
  /// the largest δ; and the least and the greatest share.
  static func depth(
    _ settings: [String]
  ) throws -> (ratio: Float, largest: Float, leastRatio: Float, mostRatio: Float) {
    var ratios: [Float] = []
    var largest: [Float] = []
    for seed in 1...depthSeeds {
      let request = try FigureRequest(name: "vanishing-exploding", settings: settings + ["seed=\(seed)"])
      let figure: VanishingFigure = try figure(of: request)
      let deltas = figure.deltas
      ratios.append(deltas[0] / deltas[deltas.count - 1])
      largest.append(deltas.max()!)
    }
    return (median(ratios), median(largest), ratios.min()!, ratios.max()!)
  }

  /// The best share that any of the first weights gives to the first layer of sigmoids.
  static func bestSigmoidRatio() throws -> Float {
    try ["uniform (−1, 1)", "small normal", "LeCun", "Xavier", "He", "orthogonal"]
      .map { try depth(["initializer=\($0)"]).ratio }.max()!
  }

  // MARK: Optimizers

  /// The racers, in the order in which the figure has them.
  enum Racer: Int {
    case sgd, momentum, rmsProp, adam, adaMax
  }

  /// A race after so many steps, or at its end. The rates are the best on this track, or those of the narrow valley.
  static func race(on track: String, keepingRates: Bool = false, steps: Int = 1_000) throws -> OptimizersFigure {
    let rates = keepingRates ? ["rates=Your own"] : []
    // No race has more steps than these; the figure takes none after its end.
    return try figure(of: FigureRequest(name: "optimizers", settings: rates + ["track=\(track)"], steps: steps))
  }

  /// The step since which an optimizer has been at the goal by then.
  static func arrival(of racer: Racer, on track: String, keepingRates: Bool, steps: Int) throws -> Int {
    let figure = try race(on: track, keepingRates: keepingRates, steps: steps)
    guard let step = figure.arrivals[racer.rawValue] else {
      throw Surprise(description: "\(racer) does not arrive on the track \(track)")
    }
    return step
  }

  // MARK: Regularization

  /// The steps after which the text compares.
  static let regularizationSteps = 3_000

  /// The network that can memorize its points, after that many steps with some settings.
  static func regularized(_ settings: [String] = []) throws -> RegularizationFigure {
    try figure(of: FigureRequest(name: "regularization", settings: settings, steps: regularizationSteps))
  }

  // MARK: Batches

  /// What batches of 1, of 8 and of all samples come to when all samples have been seen twelve times, at the figure's own rates
  /// or all at one.
  static func batches(rate: String? = nil) throws -> [BatchFigure.Result] {
    let settings = rate.map { rate in ["rate-1=\(rate)", "rate-8=\(rate)", "rate-64=\(rate)"] } ?? []
    let figure: BatchFigure = try figure(of: FigureRequest(name: "batches", settings: settings, steps: 12 * 64 / 8))
    return figure.results
  }
}

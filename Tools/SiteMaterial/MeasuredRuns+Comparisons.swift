import ChainruleFigures
import ChainruleSVG

/// Runs beside each other, in the figures that compare: races of optimizers, prices on weights, sizes of batches.
extension MeasuredRuns {
  // MARK: Optimizers

  /// The racers, in the order in which the figure has them.
  enum Racer: Int {
    case sgd, momentum, rmsProp, adam, adaMax
  }

  /// The step at which an optimizer comes to the goal of a race, to stay there until the race ends.
  static func arrival(of racer: Racer, on track: String) throws -> Int {
    // No race has more steps than these; the figure takes none after its end.
    let request = try FigureRequest(name: "optimizers", settings: ["track=\(track)"], steps: 1_000)
    let figure: OptimizersFigure = try figure(of: request)
    guard let step = figure.arrivals[racer.rawValue] else {
      throw Surprise(description: "\(racer) does not arrive on the track \(track)")
    }
    return step
  }

  // MARK: Prices on weights

  /// The network that could learn its points by heart, after ten seconds of play at a price.
  static func regularized(_ penalty: String, lambda: String) throws -> RegularizationFigure {
    let request = try FigureRequest(
      name: "regularization", settings: ["penalty=\(penalty)", "lambda=\(lambda)", "play"])
    let figure: RegularizationFigure = try figure(of: request)
    for _ in 0..<(10 * 60) { figure.advance(by: 1.0 / 60) }
    return figure
  }

  /// What its training loss is below then; the figure says so of losses that are next to nothing.
  static func bound(_ penalty: String, lambda: String) throws -> String {
    try said(in: regularized(penalty, lambda: lambda).words, /on 12 training points is < ([\d.]+),/)
  }

  /// How many of a hundred of its weights are next to nothing then.
  static func sparsity(_ penalty: String, lambda: String) throws -> String {
    try said(in: regularized(penalty, lambda: lambda).words, /(\d+ %) of [\d,]+ weights are within 0\.005 of 0/)
  }

  // MARK: Batches

  /// What a size of batch has come to when all samples have been seen twelve times.
  static func batches(of size: Int) throws -> (updates: Int, loss: String, degrees: String) {
    let figure = try FigureRequest(name: "batches", steps: 12 * 64 / 8).figure()
    let runs = figure.words.matches(
      of: /(?:batch|all) (\d+); 768 samples; (\d+) updates; loss ([\d.]+); off by (\d+)°/)
    guard let run = runs.first(where: { Int($0.1) == size }), let updates = Int(run.2), runs.count == 3 else {
      throw Surprise(description: "the figure batches does not tell of its three runs: \(figure.words)")
    }
    let losses = runs.compactMap { Double($0.3) }
    guard losses[1] < losses[0], losses[0] < losses[2], runs[2].4 == "0" else {
      throw Surprise(description: "batches of 8 are not the best, or all at once not the worst: \(figure.words)")
    }
    return (updates, String(run.3), String(run.4))
  }
}

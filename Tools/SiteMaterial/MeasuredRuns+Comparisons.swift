import ChainruleFigures
import ChainruleSVG

/// Measured runs in the figures that compare: optimizers, penalties on weights, batch sizes.
extension MeasuredRuns {
  // MARK: Optimizers

  /// The racers, in the order in which the figure has them.
  enum Racer: Int {
    case sgd, momentum, rmsProp, adam, adaMax
  }

  /// The step at which an optimizer reaches the goal of a race and stays there until the end.
  static func arrival(of racer: Racer, on track: String) throws -> Int {
    // No race has more steps than this; the figure takes none after its end.
    let request = try FigureRequest(name: "optimizers", settings: ["track=\(track)"], steps: 1_000)
    let figure: OptimizersFigure = try figure(of: request)
    guard let step = figure.arrivals[racer.rawValue] else {
      throw Surprise(description: "\(racer) does not arrive on the track \(track)")
    }
    return step
  }

  // MARK: Penalties on weights

  /// The large network that could memorize its points, after ten seconds of play with a penalty.
  static func regularized(_ penalty: String, lambda: String) throws -> RegularizationFigure {
    let request = try FigureRequest(
      name: "regularization", settings: ["penalty=\(penalty)", "lambda=\(lambda)", "play"])
    let figure: RegularizationFigure = try figure(of: request)
    for _ in 0..<(10 * 60) { figure.advance(by: 1.0 / 60) }
    return figure
  }

  /// The bound for its training loss, which the figure gives for tiny losses.
  static func bound(_ penalty: String, lambda: String) throws -> String {
    try said(in: regularized(penalty, lambda: lambda).words, /on 12 training points is < ([\d.]+),/)
  }

  /// The percentage of its weights that are nearly zero.
  static func sparsity(_ penalty: String, lambda: String) throws -> String {
    try said(in: regularized(penalty, lambda: lambda).words, /(\d+ %) of [\d,]+ weights are within 0\.005 of 0/)
  }

  // MARK: Batches

  /// The result of a batch size after twelve passes over all samples.
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

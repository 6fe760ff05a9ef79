import ChainruleFigures
import ChainruleSVG
import Foundation
import Synchronization

/// Measured runs of the figures, for the numbers in the text.
enum MeasuredRuns {
  /// Something that the text relies on didn't happen.
  struct Surprise: Error, CustomStringConvertible {
    let description: String
  }

  /// The number of seeds to try, from 1.
  static let regressionSeeds = 100

  /// The regression figure after twenty seconds of play, from the weights of a seed.
  static func regression(seed: Int) throws -> RegressionFigure {
    let request = try FigureRequest(name: "regression", settings: ["seed=\(seed)", "play"])
    let figure: RegressionFigure = try figure(of: request)
    for _ in 0..<(20 * 60) { figure.advance(by: 1.0 / 60) }
    if let failure = figure.failure { throw failure }
    return figure
  }

  /// The losses of all seeds.
  static func regressionLosses() throws -> [Float] {
    if let losses = knownLosses.withLock({ $0 }) { return losses }
    let found = Mutex([Result<Float, any Error>]())
    DispatchQueue.concurrentPerform(iterations: regressionSeeds) { index in
      let loss = Result { try regression(seed: index + 1).loss }
      found.withLock { $0.append(loss) }
    }
    let losses = try found.withLock { try $0.map { try $0.get() } }
    knownLosses.withLock { $0 = losses }
    return losses
  }

  /// They take a while: they are measured once.
  private static let knownLosses = Mutex<[Float]?>(nil)

  /// The median of some numbers.
  static func median(_ numbers: [Float]) -> Float {
    let sorted = numbers.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  /// The regression figure after only its first step.
  static func firstRegressionStep() -> RegressionFigure {
    let figure = RegressionFigure()
    figure.set(figure.parameter(named: Array("step".utf8))!, to: 1)
    return figure
  }

  /// The classification figure after so many seconds of play on a set of points.
  static func classification(of set: String, seconds: Int) throws -> ClassificationFigure {
    let figure = try classification(of: set, playing: true)
    for _ in 0..<(seconds * 60) { figure.advance(by: 1.0 / 60) }
    return figure
  }

  /// The number of steps until the classification figure first gets all points of a set right.
  static func stepsUntilAllRight(of set: String) throws -> Int {
    let figure = try classification(of: set)
    try repeatStep(of: figure) { figure.correct == figure.samples.count }
    return figure.steps
  }

  private static func classification(of set: String, playing: Bool = false) throws -> ClassificationFigure {
    let request = try FigureRequest(
      name: "classification", settings: ["data=\(set)", playing ? "play=on" : "play=off"])
    return try figure(of: request)
  }

  /// After how many steps the softmax figure has so many penguins right for the first time.
  static func stepsUntilRight(penguins: Int, layers: String) throws -> Int {
    let figure: SoftmaxFigure = try figure(of: FigureRequest(name: "softmax", settings: ["layers=\(layers)"]))
    try repeatStep(of: figure) { figure.correct >= penguins }
    return figure.steps
  }

  /// After how many steps less than a hundredth of the way down the parabola is left.
  static func descent(rate: String) throws -> Int {
    let figure = try FigureRequest(name: "learning-rate", settings: ["learning-rate=\(rate)"]).figure()
    // The loss is the square of the distance.
    let goal = figure.loss / 10_000
    try repeatStep(of: figure) { figure.loss < goal }
    return figure.steps
  }

  /// The requested figure, with its type.
  static func figure<Kind: Figure>(of request: FigureRequest) throws -> Kind {
    guard let figure = try request.figure() as? Kind else {
      throw Surprise(description: "the figure \(request.entry.name) is not a \(Kind.self)")
    }
    return figure
  }

  private static func repeatStep(of figure: any Figure, until isDone: () -> Bool) throws {
    let step = figure.parameter(named: Array("step".utf8))!
    while !isDone() {
      let before = figure.steps
      figure.set(step, to: 1)
      if figure.steps == before { throw Surprise(description: "the figure stopped at step \(before)") }
    }
  }
}

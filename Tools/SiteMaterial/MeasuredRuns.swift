import ChainruleFigures
import ChainruleSVG
import Foundation
import Synchronization

/// What happens in the figures when they are left to run, as the text tells it.
enum MeasuredRuns {
  /// Something that the text counts on did not happen.
  struct Surprise: Error, CustomStringConvertible {
    let description: String
  }

  /// Seeds from 1 on that are tried.
  static let regressionSeeds = 50

  /// The regression figure after twenty seconds of play, from the weights of a seed.
  static func regression(seed: Int) throws -> RegressionFigure {
    let request = try FigureRequest(name: "regression", settings: ["seed=\(seed)", "play"])
    guard let figure = try request.figure() as? RegressionFigure else {
      throw Surprise(description: "the regression figure is of another kind")
    }
    for _ in 0..<(20 * 60) { figure.advance(by: 1.0 / 60) }
    if let failure = figure.failure { throw failure }
    return figure
  }

  /// How many seeds do not lead to a mean squared error of 0.015.
  static func stuckRegressions() throws -> Int {
    let stuck = Mutex(Result<Int, any Error>.success(0))
    DispatchQueue.concurrentPerform(iterations: regressionSeeds) { index in
      let isStuck = Result { try regression(seed: index + 1).loss > 0.015 }
      stuck.withLock { count in
        count = Result { try count.get() + (isStuck.get() ? 1 : 0) }
      }
    }
    return try stuck.withLock { try $0.get() }
  }

  /// After how many steps the classification figure, untouched, has all its points right for the first time.
  static func stepsUntilAllRight() throws -> Int {
    let figure = ClassificationFigure()
    try repeatStep(of: figure) { figure.correct == figure.samples.count }
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

  /// How many kinks the curve of the network of ReLUs has to begin with.
  static func kinks() throws -> Int {
    let words = try FigureRequest(name: "relu-network").figure().words
    guard let match = words.firstMatch(of: /with (\d+) kink/), let count = Int(match.1) else {
      throw Surprise(description: "the figure relu-network does not say how many kinks there are: \(words)")
    }
    return count
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

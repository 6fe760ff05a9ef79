import ChainruleCore
import ChainruleFigures
import Foundation

/// The numbers in the course's text, computed when the site is built. The text names a fact; what it is stands here.
enum CourseFacts {
  /// A fact's name, and what works out its text.
  typealias Fact = (name: String, text: @Sendable () throws -> String)

  private static let facts: [Fact] = [
    ("regression-start", { decimal(RegressionFigure().loss, 4) }),
    ("regression-first", { decimal(MeasuredRuns.firstRegressionStep().loss, 4) }),
    ("regression-batch", { grouped(Set(MeasuredRuns.firstRegressionStep().batch).count) }),
    ("regression-end", { decimal(try MeasuredRuns.regression(seed: 1).loss, 4) }),
    ("regression-steps", { grouped(try MeasuredRuns.regression(seed: 1).steps) }),
    ("regression-seeds", { grouped(MeasuredRuns.regressionSeeds) }),
    ("regression-stuck", { grouped(try MeasuredRuns.stuckRegressions()) }),
    ("classification-steps", { grouped(try MeasuredRuns.stepsUntilAllRight(of: "rings")) }),
    ("spirals-early", { grouped(try MeasuredRuns.spirals(seconds: 10).correct) }),
    ("spirals-steps", { grouped(try MeasuredRuns.stepsUntilAllRight(of: "spirals")) }),
    ("quarter-20", { decimal((0..<20).reduce(1.0) { power, _ in power / 4 }, 13) }),
    ("vanishing-depth", { try MeasuredRuns.said(by: deep, /^(\d+) layers\./) }),
    ("vanishing-ratio", { try MeasuredRuns.said(by: deep, /It vanishes\. Layer 1’s gradient is (\S+) times/) }),
    ("exploding-largest", { try MeasuredRuns.said(by: deep, with: relu, /It explodes\. Gradients reach ([^:]+):/) }),
    (
      "he-ratio", { percent(try MeasuredRuns.number(by: deep, with: relu + he, /Alive\. Layer 1’s gradient is (\S+)/)) }
    ),
    ("race-sgd", { grouped(try MeasuredRuns.arrival(of: .sgd, on: "narrow valley")) }),
    ("race-momentum", { grouped(try MeasuredRuns.arrival(of: .momentum, on: "narrow valley")) }),
    ("race-rmsprop", { grouped(try MeasuredRuns.arrival(of: .rmsProp, on: "narrow valley")) }),
    ("race-adam", { grouped(try MeasuredRuns.arrival(of: .adam, on: "narrow valley")) }),
    ("race-adamax", { grouped(try MeasuredRuns.arrival(of: .adaMax, on: "narrow valley")) }),
    ("turned-sgd", { grouped(try MeasuredRuns.arrival(of: .sgd, on: "turned valley")) }),
    ("turned-momentum", { grouped(try MeasuredRuns.arrival(of: .momentum, on: "turned valley")) }),
    ("turned-rmsprop", { grouped(try MeasuredRuns.arrival(of: .rmsProp, on: "turned valley")) }),
    ("turned-adamax", { grouped(try MeasuredRuns.arrival(of: .adaMax, on: "turned valley")) }),
    ("overfit-training", { try MeasuredRuns.bound("L2", lambda: "0") }),
    ("overfit-validation", { decimal(try MeasuredRuns.regularized("L2", lambda: "0").validationLoss, 3) }),
    ("calm-validation", { decimal(try MeasuredRuns.regularized("L2", lambda: "0.01").validationLoss, 3) }),
    ("sparse-l1", { try MeasuredRuns.sparsity("L1", lambda: "0.003") }),
    ("sparse-l2", { try MeasuredRuns.sparsity("L2", lambda: "0.003") }),
    ("batch-1-updates", { grouped(try MeasuredRuns.batches(of: 1).updates) }),
    ("batch-1-loss", { try MeasuredRuns.batches(of: 1).loss }),
    ("batch-1-angle", { try MeasuredRuns.batches(of: 1).degrees }),
    ("batch-8-updates", { grouped(try MeasuredRuns.batches(of: 8).updates) }),
    ("batch-8-loss", { try MeasuredRuns.batches(of: 8).loss }),
    ("batch-64-updates", { grouped(try MeasuredRuns.batches(of: 64).updates) }),
    ("batch-64-loss", { try MeasuredRuns.batches(of: 64).loss }),
  ]

  /// A network that reads pictures of 28 by 28 dots.
  static let pictures: Schema = "784, 128 relu, 10 softmax"

  /// The figure of a deep network, and what the reader chooses there.
  private static let (deep, relu, he) = ("vanishing-exploding", ["activation=ReLU"], ["initializer=He"])

  /// Every fact's text by its name.
  static func texts() throws -> [String: String] {
    var texts: [String: String] = [:]
    for fact in facts + opening + backward {
      precondition(texts[fact.name] == nil, "Two facts are called \(fact.name).")
      do {
        texts[fact.name] = try fact.text()
      } catch {
        throw Failure(name: fact.name, reason: "\(error)")
      }
    }
    return texts
  }

  /// A fact that could not be computed.
  private struct Failure: Error, CustomStringConvertible {
    let name: String
    let reason: String
    var description: String { "the fact \(name) can't be computed: \(reason)" }
  }

  // MARK: How numbers are written

  /// A whole number with a comma between thousands.
  static func grouped(_ number: Int) -> String {
    var text = ""
    for (place, digit) in "\(number)".reversed().enumerated() {
      text = "\(digit)" + (place > 0 && place % 3 == 0 ? "," : "") + text
    }
    return text
  }

  /// A number with so many decimals.
  static func decimal(_ number: some BinaryFloatingPoint, _ decimals: Int) -> String {
    String(format: "%.\(decimals)f", Double(number)).replacing("-", with: "−")
  }

  /// A share as a percentage.
  static func percent(_ share: Double) -> String { decimal(share * 100, 0) + " %" }
}

import ArgumentParser
import Chainrule

extension Loss: ExpressibleByArgument {
  /// Finds a loss by its name, with its number behind a space if it takes one.
  public init?(argument: String) { self.init(name: argument) }
  /// The losses' names, for messages and completion.
  public static var allValueStrings: [String] { all.map(\.name) }
  /// How the loss is shown in help.
  public var defaultValueDescription: String { name }
}

extension Initializer: ExpressibleByArgument {
  /// Finds an initializer by its name.
  public init?(argument: String) { self.init(name: argument) }
  /// The initializers' names, for messages and completion.
  public static var allValueStrings: [String] { all.map(\.name) }
  /// How the initializer is shown in help.
  public var defaultValueDescription: String { name }
}

/// An optimizer that can be asked for, by name.
struct OptimizerName: ExpressibleByArgument {
  let name: String

  init?(argument: String) {
    guard Optimizer(name: argument) != nil else { return nil }
    name = argument
  }

  static var allValueStrings: [String] { Optimizer.names }
  var defaultValueDescription: String { name }

  /// The optimizer with its own default rates, or with those given.
  func optimizer(learningRate: Float?, biasLearningRate: Float?) -> Optimizer {
    guard var optimizer = Optimizer(name: name) else { preconditionFailure("the name was checked when it was read") }
    // Tables are small and their numbers scaled: plain descent can go faster than in general.
    let rate = learningRate ?? (name == "sgd" ? 0.05 : optimizer.learningRate)
    optimizer.learningRate = rate
    optimizer.biasLearningRate = biasLearningRate ?? rate
    return optimizer
  }
}

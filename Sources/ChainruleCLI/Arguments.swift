import ArgumentParser
import Chainrule

extension Loss: ExpressibleByArgument {
  /// Finds a loss by its name.
  public init?(argument: String) { self.init(name: argument) }
  /// The losses' names, for messages and completion.
  public static var allValueStrings: [String] { allCases.map(\.name) }
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

/// The optimizers that can be asked for.
enum OptimizerName: String, CaseIterable, ExpressibleByArgument {
  case sgd
}

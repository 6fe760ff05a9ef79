import ArgumentParser
import Chainrule
import Foundation

/// An initializer, by name.
struct InitializerName: ExpressibleByArgument {
  let initializer: Initializer

  init?(argument: String) {
    guard let found = Initializer(name: argument) else { return nil }
    initializer = found
  }

  static var allValueStrings: [String] { Initializer.all.map(\.name) }
  var defaultValueDescription: String { initializer.name }
}

/// An optimizer, by name.
struct OptimizerName: ExpressibleByArgument {
  let name: String

  init?(argument: String) {
    guard Optimizer(name: argument) != nil else { return nil }
    name = argument
  }

  static var allValueStrings: [String] { Optimizer.names }
  var defaultValueDescription: String { name }
}

/// A loss on the command line: a name and, after a space, a number if it takes one.
enum LossArgument {
  static let names = Loss.all.map(\.name).joined(separator: ", ")

  /// Finds the loss; the message says whether the name or the number is wrong.
  static func parse(_ text: String) throws -> Loss {
    if let loss = Loss(name: text) { return loss }
    let parts = text.split(separator: " ", maxSplits: 1).map { String($0) }
    guard let name = parts.first, let loss = Loss.all.first(where: { $0.name == name }) else {
      throw ValidationError("there is no such loss; expected one of \(names)")
    }
    let number = parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
    let range =
      switch name {
      case "huber": "the threshold of huber is a number above 0, such as “huber 1”"
      case "quantile": "the quantile is a number between 0 and 1, such as “quantile 0.9”"
      default:
        loss.parameter == nil
          ? "\(name) takes no number" : "the smoothing of \(name) is a number from 0 to below 1, such as “\(name) 0.1”"
      }
    throw ValidationError("found “\(number)”, but \(range)")
  }
}

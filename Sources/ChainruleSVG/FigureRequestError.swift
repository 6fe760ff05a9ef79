import ChainruleCore
import ChainruleFigures

/// Why a figure can't be shown as requested.
public struct FigureRequestError: Error, Sendable {
  /// What is wrong.
  public enum Problem: Sendable {
    /// No figure has this name.
    case unknownFigure
    /// The figure has no parameter of this name, only these.
    case unknownParameter([Parameter])
    /// The parameter needs a value.
    case missingValue(Parameter)
    /// An action takes no value.
    case valueForAction(Parameter)
    /// The parameter can't have this number or word.
    case unsuitable(Parameter)
    /// The figure doesn't move, so it can't take steps.
    case doesNotMove
    /// The number of steps is negative.
    case negativeSteps
    /// The picture would be too narrow or too wide, or its width isn't a number.
    case widthOutOfRange
  }

  /// What is wrong.
  public let problem: Problem
  /// What was found.
  public let found: String
  /// The figure's name.
  public let figure: String

  init(_ problem: Problem, found: String, figure: String) {
    self.problem = problem
    self.found = found
    self.figure = figure
  }
}

extension FigureRequestError: CustomStringConvertible {
  /// One line: what was found, what was expected.
  public var description: String { text.oneLine }

  private var text: String {
    switch problem {
    case .unknownFigure:
      let names = FigureCatalogue.entries.map(\.name.description).joined(separator: ", ")
      return "there is no figure “\(found)”; the figures are \(names)"
    case .unknownParameter(let parameters):
      let known = parameters.map { "\($0.name) (\($0.range))" }.joined(separator: ", ")
      return "the figure \(figure) has no parameter “\(found)”; it has \(known)"
    case .missingValue(let parameter):
      return "\(parameter.name) needs a value: \(parameter.name)=…, with \(parameter.range)"
    case .valueForAction(let parameter):
      return "\(parameter.name) is an action and takes no value, found “\(found)”"
    case .unsuitable(let parameter):
      return "\(parameter.name) can be \(parameter.range); found “\(found)”"
    case .doesNotMove:
      return "the figure \(figure) doesn't move, so it can't take steps"
    case .negativeSteps:
      return "the number of steps must be 0 or more; found \(found)"
    case .widthOutOfRange:
      let (low, high) = (FigureRequest.widths.lowerBound, FigureRequest.widths.upperBound)
      return "a picture can be \(Markup.number(low)) to \(Markup.number(high)) pixels wide; found \(found)"
    }
  }
}

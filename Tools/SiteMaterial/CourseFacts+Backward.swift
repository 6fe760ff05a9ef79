import ChainruleFigures
import ChainruleSVG

/// The numbers in the chapters about going backward: loss, chain rule, learning rate, backpropagation.
extension CourseFacts {
  static let backward: [Fact] = [
    ("passes-pictures", { grouped(2 * pictures.parameterCount) }),
    ("chain-two", { decimal(try chain("chain-two").derivative, 4) }),
    ("chain-two-forgotten", { decimal(try chain("chain-two").derivativeWithoutSlopes, 1) }),
    ("chain-branch", { decimal(try chain("chain-branch").derivative, 4) }),
    ("chain-branch-first", { decimal(try chain("chain-branch").derivative(ofPath: 0), 4) }),
    ("chain-branch-second", { decimal(try chain("chain-branch").derivative(ofPath: 1), 4) }),
    ("descent-0.3", { grouped(try MeasuredRuns.descent(rate: "0.3")) }),
    ("descent-0.05", { grouped(try MeasuredRuns.descent(rate: "0.05")) }),
    ("backprop-predicted", { decimal(BackpropagationFigure().trace.predictedDrop, 4) }),
    ("backprop-drop", { decimal(BackpropagationFigure().trace.drop, 4) }),
  ]

  private static func chain(_ name: String) throws -> ChainFigure {
    try MeasuredRuns.figure(of: FigureRequest(name: name))
  }
}

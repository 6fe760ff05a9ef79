import ChainruleCore
import ChainruleFigures
import ChainruleSVG

/// The numbers in the first chapters: a line, a border, and networks before they learn.
extension CourseFacts {
  static let opening: [Fact] = [
    ("line-start-weight", { decimal(LineFitFigure().place.x, 1) }),
    ("line-start-slope", { decimal(LineFitFigure().gradient.x, 2) }),
    ("line-best-loss", { decimal(LineFitFigure().smallestLoss, 3) }),
    ("line-steps", { grouped(try steps(of: "line-fit") { (line: LineFitFigure) in line.loss < 0.112 }) }),
    ("separating-count", { grouped(OnePerceptronFigure().samples.count) }),
    (
      "separating-steps",
      { grouped(try steps(of: "one-perceptron") { (one: OnePerceptronFigure) in one.correct == one.samples.count }) }
    ),
    ("forward-input", { decimal(ForwardPassFigure().inputs[0], 2) }),
    ("forward-output", { decimal(try output(of: ForwardPassFigure()), 2) }),
    ("parameters-collapse", { grouped(("1, 1, 2, 3, 4, 1" as Schema).parameterCount) }),
    ("parameters-regression", { grouped(RegressionFigure().network.schema.parameterCount) }),
    ("parameters-classification", { grouped(ClassificationFigure().network.schema.parameterCount) }),
    ("parameters-pictures", { grouped(pictures.parameterCount) }),
    ("parameters-pictures-first", { grouped((pictures.inputs + 1) * pictures.layers[0].perceptrons) }),
    ("collapse-level", { percent(try share(of: "linear-collapse") { (net: LinearCollapseFigure) in !net.isSteep }) }),
    ("relu-network-kinks", { grouped(ReLUNetworkFigure().kinkCount) }),
    ("relu-network-seeds", { grouped(seeds) }),
    (
      "relu-network-straight",
      { percent(try share(of: "relu-network") { (net: ReLUNetworkFigure) in net.kinkCount == 0 }) }
    ),
  ]

  /// Seeds from 1 on that are tried.
  private static let seeds = 1_000

  private static func output(of figure: ForwardPassFigure) throws -> Float {
    guard let outputs = figure.outputs.last, outputs.count == 1 else {
      throw MeasuredRuns.Surprise(description: "the network of the forward pass doesn't have one output")
    }
    return outputs[0]
  }

  /// How many steps a figure takes, as it is, until something is true.
  private static func steps<Kind: Figure>(of name: String, until isDone: (Kind) -> Bool) throws -> Int {
    let figure: Kind = try MeasuredRuns.figure(of: FigureRequest(name: name))
    let step = figure.parameter(named: Array("step".utf8))!
    while !isDone(figure) {
      if figure.steps == 10_000 {
        throw MeasuredRuns.Surprise(description: "the figure \(name) isn't done after 10,000 steps")
      }
      figure.set(step, to: 1)
    }
    return figure.steps
  }

  /// For which share of the first seeds something is true.
  private static func share<Kind: Figure>(of name: String, where isSo: (Kind) -> Bool) throws -> Double {
    let figure: Kind = try MeasuredRuns.figure(of: FigureRequest(name: name))
    let seed = figure.parameter(named: Array("seed".utf8))!
    var count = 0
    for value in 1...seeds {
      figure.set(seed, to: Float(value))
      if isSo(figure) { count += 1 }
    }
    return Double(count) / Double(seeds)
  }
}

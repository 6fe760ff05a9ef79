import ChainruleFigures
import ChainruleSVG

/// The states of the still pictures. Other figures are shown in their initial state.
enum FigureStates {
  private static let states: [(name: String, settings: [String], steps: Int)] = [
    ("hero", [], 700),
    ("line-fit", [], 6),
    ("one-perceptron", [], 20),
    ("forward-pass", [], 115),
    ("shapes", [], 115),
    ("learning-rate", [], 3),
    ("backpropagation", ["keyframe=14"], 0),
    ("regression", [], 24_000),
    ("classification", [], 600),
    ("softmax", ["length=49", "depth=18.4"], 100),
    ("optimizers", [], 80),
    ("regularization", [], 3_000),
    ("batches", [], 60),
  ]

  /// The request for each figure.
  static func requests() throws(FigureRequestError) -> [FigureRequest] {
    // A name that no figure has is a mistake too.
    for state in states { _ = try FigureRequest(name: state.name) }
    var requests: [FigureRequest] = []
    for entry in FigureCatalogue.entries {
      let name = entry.name.description
      let state = states.first { $0.name == name }
      requests.append(try FigureRequest(name: name, settings: state?.settings ?? [], steps: state?.steps ?? 0))
    }
    return requests
  }
}

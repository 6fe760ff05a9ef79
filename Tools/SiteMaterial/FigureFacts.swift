import ChainruleFigures
import ChainruleSVG

/// What the site says about a figure, taken from the code.
struct FigureFacts: Encodable {
  /// A parameter with its initial value.
  struct Setting: Encodable {
    let name: String
    let label: String
    let kind: String
    let minimum: Float
    let maximum: Float
    let step: Float
    let choices: [String]
    let value: Float
    /// Whether its control is visible.
    let isAvailable: Bool
  }

  /// An exercise that the figure checks.
  struct Exercise: Encodable {
    let name: String
    let text: String
  }

  let name: String
  let title: String
  /// The description of the picture, in the state that it shows.
  let description: String
  /// Keys and what they do.
  let keys: [[String]]
  /// Heights by width.
  let heights: [String: Int]
  /// The WebAssembly module that has it.
  let module: String
  let parameters: [Setting]
  let goals: [Exercise]

  init(_ request: FigureRequest) throws {
    let figure = request.entry.make()
    name = request.entry.name.description
    title = request.entry.title.description
    description = try request.figure().words
    module = Self.module(of: name)
    let words = figure.keys.description.split(separator: "|").map(String.init)
    keys = stride(from: 0, to: words.count - 1, by: 2).map { [words[$0], words[$0 + 1]] }
    heights = Dictionary(
      uniqueKeysWithValues: [350, 820].map { ("\($0)", Int(figure.preferredHeight(forWidth: Float($0)).rounded())) })
    parameters = figure.parameters.enumerated().map { index, parameter in
      Setting(
        name: parameter.name.description, label: parameter.label.description, kind: "\(parameter.kind)",
        minimum: parameter.minimum, maximum: parameter.maximum, step: parameter.step,
        choices: parameter.kind == .choice ? parameter.words : [], value: figure.value(of: index),
        isAvailable: figure.isAvailable(index))
    }
    goals = figure.goals.map { Exercise(name: $0.name.description, text: $0.text.description) }
  }

  /// The file of the module that has a figure; `Tools/build-site.sh` builds one from each list of the catalogue.
  private static func module(of name: String) -> String {
    func has(_ entries: [FigureCatalogue.Entry]) -> Bool { entries.contains { $0.name.description == name } }
    if has(FigureCatalogue.opening) { return "chainrule-opening.wasm" }
    return has(FigureCatalogue.learning) ? "chainrule-learning.wasm" : "chainrule.wasm"
  }
}

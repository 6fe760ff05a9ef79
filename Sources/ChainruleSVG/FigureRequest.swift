import ChainruleFigures

/// A figure with settings and a number of steps, given as text.
///
/// ```swift
/// let request = try FigureRequest(name: "classification", settings: ["learning-rate=0.1"], steps: 300)
/// let document = try request.picture(width: 820)
/// ```
public struct FigureRequest: Sendable {
  /// The figure's entry in the catalogue.
  public let entry: FigureCatalogue.Entry
  /// The settings, in order: `parameter=value`, or just the name of an action to run or a switch to turn on.
  public let settings: [String]
  /// The number of steps to take after that: the figure's own steps, each until it comes to rest, or otherwise 1/60
  /// second of playing.
  public let steps: Int

  /// The widths that a picture can have, in CSS pixels.
  public static let widths: ClosedRange<Float> = 240...Size.largest

  /// Finds the figure.
  ///
  /// - Throws: ``FigureRequestError`` if no figure has this name, or the number of steps is negative.
  public init(name: String, settings: [String] = [], steps: Int = 0) throws(FigureRequestError) {
    guard let entry = FigureCatalogue.entries.first(where: { $0.name.description == name }) else {
      throw FigureRequestError(.unknownFigure, found: name, figure: name)
    }
    if steps < 0 { throw FigureRequestError(.negativeSteps, found: "\(steps)", figure: name) }
    self.entry = entry
    self.settings = settings
    self.steps = steps
  }

  /// A new figure in the requested state.
  ///
  /// - Throws: ``FigureRequestError`` if a setting's parameter or value is unknown, or the figure can't take steps.
  public func figure() throws(FigureRequestError) -> any Figure {
    let figure = entry.make()
    for setting in settings { try apply(setting, to: figure) }
    try take(steps, of: figure)
    return figure
  }

  /// The figure in the requested state, as an SVG document.
  ///
  /// - Throws: ``FigureRequestError`` if the width isn't in ``widths``, or the figure can't have this state.
  public func picture(width: Float, theme: SVGTheme = .auto) throws(FigureRequestError) -> String {
    if !FigureRequest.widths.contains(width) { throw error(.widthOutOfRange, found: "\(width)") }
    return try figure().picture(of: entry, width: width, theme: theme)
  }

  // MARK: Settings

  private func apply(_ setting: String, to figure: any Figure) throws(FigureRequestError) {
    let parts = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    guard let index = figure.parameter(named: Array(name.utf8)) else {
      throw error(.unknownParameter(figure.parameters), found: name)
    }
    let parameter = figure.parameters[index]
    if parts.count > 1 {
      figure.set(index, to: try value(of: parameter, in: String(parts[1])))
    } else if parameter.kind == .action || parameter.kind == .toggle {
      figure.set(index, to: 1)
    } else {
      throw error(.missingValue(parameter), found: name)
    }
  }

  private func value(of parameter: Parameter, in text: String) throws(FigureRequestError) -> Float {
    if parameter.kind == .action { throw error(.valueForAction(parameter), found: text) }
    if let place = parameter.words.firstIndex(where: { $0.lowercased() == text.lowercased() }) { return Float(place) }
    guard let number = Float(text), parameter.takes(number) else { throw error(.unsuitable(parameter), found: text) }
    return number
  }

  private func take(_ steps: Int, of figure: any Figure) throws(FigureRequestError) {
    if steps == 0 { return }
    let play = figure.parameter(named: Array("play".utf8))
    if let step = figure.parameter(named: Array("step".utf8)) {
      for _ in 0..<steps { figure.set(step, to: 1) }
      // A figure may animate its step. The picture shows the result.
      let isPlaying = play.map { figure.value(of: $0) != 0 } ?? false
      if !isPlaying { advance(figure, frames: FigureRequest.restingFrames) }
    } else if let play {
      figure.set(play, to: 1)
      advance(figure, frames: steps)
    } else {
      throw error(.doesNotMove, found: steps.counted("step"))
    }
  }

  private func advance(_ figure: any Figure, frames: Int) {
    for _ in 0..<frames where figure.isRunning { figure.advance(by: 1.0 / 60) }
  }

  /// After this number of frames, ten seconds, every figure has come to rest.
  private static let restingFrames = 600

  private func error(_ problem: FigureRequestError.Problem, found: String) -> FigureRequestError {
    FigureRequestError(problem, found: found, figure: entry.name.description)
  }
}

extension Figure {
  /// The figure's current state, as an SVG document. The width is clamped to the range of a ``Size``.
  public func picture(of entry: FigureCatalogue.Entry, width: Float, theme: SVGTheme = .auto) -> String {
    let canvas = SVGCanvas(size: Size(width, preferredHeight(forWidth: width).rounded()), name: entry.name.description)
    draw(on: canvas)
    return canvas.document(title: entry.title.description, description: words, theme: theme)
  }

  /// The figure's state in words.
  public var words: String {
    var bytes: [UInt8] = []
    describe(into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}

import ChainruleFigures

/// A figure in the state that somebody asks for in words.
///
/// ```swift
/// let request = try FigureRequest(name: "classification", settings: ["learning-rate=0.1"], steps: 300)
/// let document = try request.picture(width: 820)
/// ```
public struct FigureRequest: Sendable {
  /// Which figure.
  public let entry: FigureCatalogue.Entry
  /// What to set, in order: `parameter=value`, or the name of a parameter alone to do or switch on.
  public let settings: [String]
  /// Steps to take after that: the figure's own, until it has come to rest, or else of 1/60 second, playing.
  public let steps: Int

  /// How wide a picture can be, in CSS pixels.
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

  /// A new figure, in the state asked for.
  ///
  /// - Throws: ``FigureRequestError`` if a setting names no parameter or no value that it can have, or if the figure should
  ///   take steps and can't.
  public func figure() throws(FigureRequestError) -> any Figure {
    let figure = entry.make()
    for setting in settings { try apply(setting, to: figure) }
    try take(steps, of: figure)
    return figure
  }

  /// The figure in the state asked for, as an SVG document.
  ///
  /// - Throws: ``FigureRequestError`` if the width is not one of ``widths``, or the figure can't be had in this state.
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
      // A figure may go on to show how its step was made: the picture is of what came of it.
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

  /// In so many frames, ten seconds, every figure has come to rest.
  private static let restingFrames = 600

  private func error(_ problem: FigureRequestError.Problem, found: String) -> FigureRequestError {
    FigureRequestError(problem, found: found, figure: entry.name.description)
  }
}

extension Figure {
  /// The figure as it is now, as an SVG document. The width is brought into the range of a ``Size``.
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

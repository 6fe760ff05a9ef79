/// A live picture: a program with state, which takes events, moves in time and draws itself.
///
/// It knows neither the page nor JavaScript. The page asks for frames while ``isRunning``, forwards what the
/// reader does, and binds controls to ``parameters`` by name.
///
/// ```swift
/// let figure = FigureCatalogue.make(named: Array("regression".utf8))!
/// figure.advance(by: 1 / 60)
/// figure.draw(on: canvas)
/// ```
///
/// No number harms it: values are brought into range, and what is not a number is ignored. See ``Size`` for canvases and
/// ``Event`` for pointers.
public protocol Figure: AnyObject {
  /// What can be set, in the order of the controls. Never changes.
  var parameters: [Parameter] { get }
  /// The value of a parameter; 0 for an action, and for a parameter that there isn't.
  func value(of parameter: Int) -> Float
  /// Sets a parameter, or does what an action does. Values are brought into range; what is not a number is ignored, and so is
  /// a parameter that there isn't.
  func set(_ parameter: Int, to value: Float)
  /// Whether a parameter means anything now; the page hides the control of one that does not.
  func isAvailable(_ parameter: Int) -> Bool
  /// Whether the figure moves by itself.
  var isRunning: Bool { get }
  /// Lets time pass, if the figure is running: a tenth of a second at most. What is negative or not a number is ignored.
  func advance(by seconds: Float)
  /// Takes what the reader does. Returns whether the figure made use of it.
  @discardableResult
  func handle(_ event: Event) -> Bool
  /// Draws the figure as it is, to fill the canvas. What doesn't fit is cut off: a figure needs a width of 240 pixels, and
  /// some height.
  func draw(on canvas: any Canvas)
  /// The height, in CSS pixels, that suits a width.
  func preferredHeight(forWidth width: Float) -> Float
  /// Adds the figure's state in words, as UTF-8: what somebody who can't see it would ask.
  func describe(into text: inout [UInt8])
  /// The keys that the figure knows and what they do, in words, with `|` between them: `Space|play, pause|S|one step`.
  var keys: StaticString { get }
  /// The steps of training taken so far; 0 in figures that do not train.
  var steps: Int { get }
  /// What training makes small, over all samples; 0 in figures that do not train.
  var loss: Float { get }
  /// The mean loss of the latest step's batch, before the step; 0 where there was none.
  var batchLoss: Float { get }
  /// Which stage of a step the figure shows, counted from 1; 0 while it shows none.
  var stage: Int { get }
  /// The fingerprint of the figure's network; 0 where there is none.
  var fingerprint: UInt64 { get }
  /// The exercises that the figure checks: 32 at most. Never changes.
  var goals: [Goal] { get }
  /// Whether the figure's present state meets a goal. No goal is met before the reader does something.
  func isReached(_ goal: Int) -> Bool
}

extension Figure {
  /// True: most parameters always mean something.
  public func isAvailable(_ parameter: Int) -> Bool { true }
  /// 0: not every figure trains.
  public var steps: Int { 0 }
  /// 0: not every figure trains.
  public var loss: Float { 0 }
  /// 0: not every figure trains.
  public var batchLoss: Float { 0 }
  /// 0: not every figure shows a step's stages.
  public var stage: Int { 0 }
  /// 0: not every figure has a network.
  public var fingerprint: UInt64 { 0 }
  /// None: not every figure sets exercises.
  public var goals: [Goal] { [] }
  /// False: not every figure sets exercises.
  public func isReached(_ goal: Int) -> Bool { false }

  /// The place of the parameter with this name; `nil` if there is none.
  public func parameter(named name: [UInt8]) -> Int? {
    for (index, parameter) in parameters.enumerated() where parameter.name.isEqual(to: name) { return index }
    return nil
  }
}

extension StaticString {
  /// Whether the text is these UTF-8 bytes.
  func isEqual(to bytes: [UInt8]) -> Bool {
    withUTF8Buffer { buffer in
      if buffer.count != bytes.count { return false }
      for i in 0..<buffer.count where buffer[i] != bytes[i] { return false }
      return true
    }
  }
}

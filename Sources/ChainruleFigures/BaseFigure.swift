/// What all figures have in common. Numbers from outside come in here and are checked here, once: what a subclass gets
/// is finite and in range.
public class BaseFigure: Figure {
  /// What can be set, in the order of the controls.
  public let parameters: [Parameter]

  /// The narrowest layout, in CSS pixels. On a narrower canvas its right side is cut off.
  private static let leastWidth: Float = 240
  /// How far from the canvas's corner a pointer can be, in CSS pixels.
  private static let farthest: Float = 32_768
  /// The most time that passes at once, in seconds: a page that was hidden for long doesn't catch up.
  private static let longestPause: Float = 0.1

  init(_ parameters: [Parameter]) {
    self.parameters = parameters
  }

  // MARK: What comes from outside

  /// Sets a parameter, or does what an action does. Values are brought into range; what is not a number is ignored.
  public final func set(_ parameter: Int, to value: Float) {
    if parameter < 0 || parameter >= parameters.count || value.isNaN { return }
    let range = parameters[parameter]
    change(parameter, to: min(max(value, range.minimum), range.maximum))
  }

  /// Lets time pass, if the figure is running: at most a tenth of a second.
  public final func advance(by seconds: Float) {
    if isRunning && seconds > 0 { pass(min(seconds, BaseFigure.longestPause)) }
  }

  /// Takes what the reader does. Returns whether the figure made use of it. A pointer at a place that is not a number, or is
  /// infinite, does nothing.
  @discardableResult
  public final func handle(_ event: Event) -> Bool {
    switch event {
    case .pointer(let phase, let place, let shift):
      if !place.x.isFinite || !place.y.isFinite { return false }
      return pointer(phase, at: Point(near(place.x), near(place.y)), shift: shift)
    case .key(let key, let shift): return press(key, shift: shift)
    case .focus(let on):
      focus(on)
      return false
    }
  }

  private func near(_ coordinate: Float) -> Float {
    min(max(coordinate, -BaseFigure.farthest), BaseFigure.farthest)
  }

  /// Draws the figure as it is, to fill the canvas.
  public final func draw(on canvas: any Canvas) {
    let size = canvas.size
    paint(on: canvas, size: Size(max(size.width, BaseFigure.leastWidth), size.height))
  }

  /// The height, in CSS pixels, that suits a width.
  public final func preferredHeight(forWidth width: Float) -> Float {
    height(forWidth: max(Size(width, 0).width, BaseFigure.leastWidth))
  }

  // MARK: What a subclass does with it

  /// Sets a parameter that there is to a value in its range, or does what an action does.
  func change(_ parameter: Int, to value: Float) {}
  /// Lets time pass; called only while the figure is running.
  func pass(_ seconds: Float) {}
  /// Takes what a pointer does. Returns whether the figure made use of it.
  func pointer(_ phase: PointerPhase, at place: Point, shift: Bool) -> Bool { false }
  /// Takes a key. Returns whether the figure knows it.
  func press(_ key: Key, shift: Bool) -> Bool { false }
  /// The canvas got or lost the keyboard.
  func focus(_ on: Bool) {}
  /// Draws the figure as it is, to fill so much of a canvas.
  func paint(on canvas: any Canvas, size: Size) {}
  /// The height that suits a width.
  func height(forWidth width: Float) -> Float { width >= 560 ? 340 : 300 }

  // MARK: What can be seen

  /// The value of a parameter; 0 for an action.
  public func value(of parameter: Int) -> Float { 0 }
  /// Whether a parameter means anything now.
  public func isAvailable(_ parameter: Int) -> Bool { true }
  /// Whether the figure moves by itself.
  public var isRunning: Bool { false }
  /// Adds the figure's state in words.
  public func describe(into text: inout [UInt8]) {}
  /// The keys and what they do.
  public var keys: StaticString { "" }
  /// The steps taken so far.
  public var steps: Int { 0 }
  /// What the figure makes small.
  public var loss: Float { 0 }
  /// The mean loss of the latest step's batch, before the step.
  public var batchLoss: Float { 0 }
  /// Which stage of a step the figure shows.
  public var stage: Int { 0 }
  /// The fingerprint of the figure's network.
  public var fingerprint: UInt64 { 0 }
  /// The exercises that the figure checks.
  public var goals: [Goal] { [] }
  /// Whether the figure's present state meets a goal.
  public func isReached(_ goal: Int) -> Bool { false }
}

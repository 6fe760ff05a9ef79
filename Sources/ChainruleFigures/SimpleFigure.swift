/// A figure whose state is its parameters and little else: it keeps their values, brings them into range, and tells the
/// subclass what was changed or asked for.
public class SimpleFigure: Figure {
  /// What can be set, in the order of the controls.
  public let parameters: [Parameter]
  private var values: [Float]

  init(_ parameters: [(parameter: Parameter, value: Float)]) {
    self.parameters = parameters.map { $0.parameter }
    values = parameters.map { $0.value }
  }

  /// The value of a parameter; 0 for an action.
  @inline(never)
  public func value(of parameter: Int) -> Float { values[parameter] }

  /// Sets a parameter, or does what an action does.
  public func set(_ parameter: Int, to value: Float) {
    if parameter < 0 || parameter >= parameters.count || value.isNaN { return }
    let range = parameters[parameter]
    if range.kind == .action {
      act(parameter)
      return
    }
    keep(min(max(value, range.minimum), range.maximum), for: parameter)
    changed(parameter)
  }

  /// Keeps a value without telling anybody.
  @inline(never)
  final func keep(_ value: Float, for parameter: Int) { values[parameter] = value }

  /// A parameter has another value.
  func changed(_ parameter: Int) {}

  /// An action was asked for.
  func act(_ parameter: Int) {}

  /// Whether a parameter means anything now.
  public func isAvailable(_ parameter: Int) -> Bool { true }

  /// Whether the figure moves by itself.
  public var isRunning: Bool { false }
  /// Lets time pass, if the figure is running.
  public func advance(by seconds: Float) {}
  /// Takes what the reader does. Returns whether the figure made use of it.
  @discardableResult
  public func handle(_ event: Event) -> Bool { false }
  /// Draws the figure as it is, to fill the canvas.
  public func draw(on canvas: any Canvas) {}
  /// The height, in CSS pixels, that suits a width.
  public func preferredHeight(forWidth width: Float) -> Float { width >= 560 ? 340 : 300 }
  /// Adds the figure's state in words.
  public func describe(into text: inout [UInt8]) {}
  /// The keys and what they do.
  public var keys: StaticString { "" }
  /// The steps taken so far.
  public var steps: Int { 0 }
  /// What the figure makes small.
  public var loss: Float { 0 }
  /// Which stage of a step the figure shows.
  public var stage: Int { 0 }
  /// The fingerprint of the figure's network.
  public var fingerprint: UInt64 { 0 }
}

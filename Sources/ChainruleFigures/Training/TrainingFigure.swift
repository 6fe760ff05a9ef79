import ChainruleCore

/// A figure in which a network learns from samples in a plot while the reader watches, and changes them.
///
/// This class has all that such figures share: time, controls, the editing of samples, the loss panel. A subclass says
/// what is learned and draws what the network makes of the plot.
public class TrainingFigure: Figure {
  /// What sets one figure apart from another.
  struct Settings {
    /// What its loss is called on the panel.
    let lossName: StaticString
    let task: TrainingSession.Task
    let samples: [Sample]
    let kinds: Int
    let tools: StaticString
    let plot: Plot
    let ticks: [Float]
    let isSquare: Bool
    let learningRate: Float
    let l2: Float
    let stepsPerSecond: Float
  }

  /// The order of ``parameters``.
  enum Control: Int {
    case play, step, reset, renew, learningRate, l2, tool, restore, seed
  }

  /// What can be set, in the order of the controls.
  public let parameters: [Parameter]
  let session: TrainingSession
  var editor: PointEditor
  var plot: Plot
  let settings: Settings
  private var isPlaying = false
  /// Steps that are due and not yet taken; below 1 between frames.
  private var due: Float = 0
  /// The latest evaluation, and of which state of the network and of the samples it is.
  private var evaluated: (network: Int, samples: Int, loss: Float, correct: Int)?

  init(_ settings: Settings) {
    self.settings = settings
    session = TrainingSession(
      task: settings.task, learningRate: settings.learningRate, l2: settings.l2, seed: 1)
    editor = PointEditor(samples: settings.samples, kinds: settings.kinds)
    plot = settings.plot
    parameters = [
      Parameter("play", "Play", .toggle),
      Parameter("step", "Step", .action),
      Parameter("reset", "Reset", .action),
      Parameter("renew", "New weights", .action),
      Parameter("learning-rate", "Learning rate", .logarithmic, minimum: 0.0001, maximum: 10, step: 0.0001),
      Parameter("l2", "L2", .logarithmic, minimum: 0, maximum: 0.1, step: 0.00001),
      Parameter(
        "tool", "Tool", .choice, minimum: 0, maximum: Float(settings.kinds), step: 1, choices: settings.tools),
      Parameter("restore", "Original points", .action),
      Parameter("seed", "Seed", .hidden, minimum: 0, maximum: 16_000_000, step: 1),
    ]
  }

  // MARK: What a program can see

  /// The network as it is now.
  public var network: Network { session.network }
  /// The steps taken since the start.
  public var steps: Int { session.steps }
  /// The mean loss over all samples, without the penalty on weights.
  public var loss: Float { evaluation.loss }
  /// How many samples are on the right side of one half; of use where targets are 0 and 1.
  public var correct: Int { evaluation.correct }
  /// The fingerprint of the network.
  public var fingerprint: UInt64 { session.network.fingerprint }
  /// The samples to learn from.
  public var samples: [Sample] {
    get { editor.samples }
    set { editor.replaceSamples(newValue) }
  }
  /// Why training stopped by itself, if it did.
  public var failure: TrainingError? { session.failure }

  private var evaluation: (loss: Float, correct: Int) {
    if let e = evaluated, e.network == session.changes, e.samples == editor.changes { return (e.loss, e.correct) }
    let result = session.evaluate(editor.samples)
    evaluated = (session.changes, editor.changes, result.loss, result.correct)
    return result
  }

  // MARK: Parameters

  /// The value of a parameter; 0 for an action.
  public func value(of parameter: Int) -> Float {
    switch Control(rawValue: parameter) {
    case .play: isPlaying ? 1 : 0
    case .learningRate: session.learningRate
    case .l2: session.l2
    case .tool: Float(editor.tool)
    case .seed: Float(session.seed)
    default: 0
    }
  }

  /// Sets a parameter, or does what an action does.
  public func set(_ parameter: Int, to value: Float) {
    guard let control = Control(rawValue: parameter), !value.isNaN else { return }
    let range = parameters[parameter]
    let value = min(max(value, range.minimum), range.maximum)
    switch control {
    case .play: isPlaying = value >= 0.5 && session.failure == nil
    case .step:
      isPlaying = false
      session.train(on: editor.samples, steps: 1)
    case .reset: restart(seed: session.seed, playing: false)
    case .renew: restart(seed: session.seed + 1, playing: isPlaying)
    case .learningRate: session.learningRate = value
    case .l2: session.l2 = value
    case .tool: editor.tool = Int(value)
    case .restore: editor.restore()
    case .seed: restart(seed: UInt64(value), playing: isPlaying)
    }
  }

  private func restart(seed: UInt64, playing: Bool) {
    session.restart(seed: seed)
    due = 0
    isPlaying = playing
  }

  // MARK: Time

  /// Whether the figure moves by itself: it plays, and has something to learn from.
  public var isRunning: Bool { isPlaying && !editor.samples.isEmpty }

  /// Takes the steps that are due after `seconds`. A pause of the page counts as a tenth of a second at most.
  public func advance(by seconds: Float) {
    if !isRunning || !(seconds > 0) { return }
    due += min(seconds, 0.1) * settings.stepsPerSecond
    let count = Int(due)
    due -= Float(count)
    session.train(on: editor.samples, steps: count)
    if session.failure != nil { isPlaying = false }
  }

  // MARK: Events

  /// Takes what the reader does. Returns whether the figure made use of it.
  @discardableResult
  public func handle(_ event: Event) -> Bool {
    switch event {
    case .pointer(let phase, let place, let shift):
      return editor.pointer(phase, at: place, shift: shift, in: plot)
    case .focus(let on):
      editor.focus(on)
      return false
    case .key(let key, let shift):
      switch key {
      case .character(" "): set(Control.play.rawValue, to: isPlaying ? 0 : 1)
      case .character("s"): set(Control.step.rawValue, to: 1)
      case .character("r"): set(Control.reset.rawValue, to: 1)
      case .character("w"): set(Control.renew.rawValue, to: 1)
      default: return editor.key(key, shift: shift, in: plot)
      }
      return true
    }
  }

  /// The keys and what they do.
  public var keys: StaticString {
    """
    Space|play, pause|S|one step|R|reset|W|new weights|Arrows|move the cross-hair; with Shift faster|. ,|next point, \
    previous point|Enter|add a point; pick one up, put it down|Delete|remove the point|T|next tool
    """
  }

  // MARK: Drawing

  /// The height, in CSS pixels, that suits a width.
  public func preferredHeight(forWidth width: Float) -> Float {
    TrainingLayout.preferredHeight(forWidth: width, isSquare: settings.isSquare)
  }

  /// Draws the figure as it is.
  public func draw(on canvas: any Canvas) {
    let layout = TrainingLayout(size: canvas.size, isSquare: settings.isSquare)
    plot.frame = layout.plot
    plot.drawAxes(on: canvas, ticks: settings.ticks)
    canvas.clip(to: plot.frame)
    drawModel(on: canvas)
    canvas.endClip()
    plot.drawBorder(on: canvas)
    drawLegend(on: canvas, at: Point(plot.frame.x, plot.frame.y - 14))
    drawSamples(on: canvas)
    drawCrosshair(on: canvas)
    drawNotice(on: canvas)
    drawNumbers(on: canvas, in: layout.numbers)
    LossChart(history: session.history, steps: steps, frame: layout.chart).draw(on: canvas)
  }

  /// Draws what the network makes of the plot; clipped to the plot.
  func drawModel(on canvas: any Canvas) {}

  /// Says what is what in the plot, in one line of at most 230 pixels that starts at `place` and has it in its middle.
  func drawLegend(on canvas: any Canvas, at place: Point) {}

  /// Draws the mark of a sample.
  func drawMark(ofKind kind: Int, at center: Point, scale: Float, on canvas: any Canvas) {}

  /// Adds the quality of the fit, for the description.
  func addQuality(to text: inout Text) {}

  /// Adds what a sample of this kind is called.
  func addName(ofKind kind: Int, to text: inout Text) {}

  // MARK: Words

  /// Adds the figure's state in words. The figure's name is not among them: the page says it.
  public func describe(into bytes: inout [UInt8]) {
    var text = Text()
    if session.failure != nil {
      text.add("Stopped at step ")
      text.add(failedStep, isGrouped: false)
      text.add(": the numbers grew beyond all bounds, the learning rate is too high. ")
    } else if editor.samples.isEmpty {
      text.add("No points to learn from. ")
    } else {
      text.add(isPlaying ? "Training. " : "Paused. ")
    }
    text.add("Step ")
    text.add(steps, isGrouped: false)
    text.add(". ")
    if !editor.samples.isEmpty {
      addQuality(to: &text)
      text.add(". ")
    }
    text.add(editor.samples.count, isGrouped: false)
    text.add(editor.samples.count == 1 ? " point. " : " points. ")
    if editor.isErasing {
      text.add("Tool: erase.")
    } else {
      text.add("Tool: add")
      if settings.kinds > 1 {
        text.add(" ")
        addName(ofKind: editor.tool, to: &text)
      }
      text.add(".")
    }
    if let crosshair = editor.crosshair {
      text.add(" Cross-hair at ")
      text.add(crosshair.x, decimals: 2)
      text.add(", ")
      text.add(crosshair.y, decimals: 2)
      if let index = editor.underCrosshair(in: plot) {
        text.add(editor.isHolding ? ", holding " : ", on ")
        addName(ofKind: editor.samples[index].kind, to: &text)
      }
      text.add(".")
    }
    bytes.append(contentsOf: text.bytes)
  }

  /// The step at which a number stopped being finite.
  var failedStep: Int {
    if case .nonFinite(let found) = session.failure { return found.step }
    return steps
  }
}

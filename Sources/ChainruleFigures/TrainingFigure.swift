import ChainruleCore

/// A figure in which a network learns from samples in a plot while the reader watches, and changes them.
///
/// This class has all that such figures share: time, controls, the editing of samples, the loss panel. A subclass says
/// what is learned and draws what the network makes of the plot.
public class TrainingFigure: Figure {
  /// What sets one figure apart from another.
  struct Settings {
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
  private let settings: Settings
  private var layout = TrainingLayout()
  private var isPlaying = false
  /// Steps that are due and not yet taken; below 1 between frames.
  private var due: Float = 0
  private var evaluated: (steps: Int, changes: Int, seed: UInt64, loss: Float, correct: Int)?

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
        "tool", "Tap", .choice, minimum: 0, maximum: Float(settings.kinds), step: 1, choices: settings.tools),
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
    if let e = evaluated, e.steps == steps, e.changes == editor.changes, e.seed == session.seed {
      return (e.loss, e.correct)
    }
    let result = session.evaluate(editor.samples)
    evaluated = (steps, editor.changes, session.seed, result.loss, result.correct)
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
      session.train(on: editor.samples)
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

  /// Whether the figure moves by itself.
  public var isRunning: Bool { isPlaying }

  /// Takes the steps that are due after `seconds`. A pause of the page counts as a tenth of a second at most.
  public func advance(by seconds: Float) {
    if !isPlaying || editor.samples.isEmpty || !(seconds > 0) { return }
    due += min(seconds, 0.1) * settings.stepsPerSecond
    while due >= 1 {
      due -= 1
      session.train(on: editor.samples)
    }
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

  // MARK: Drawing

  /// The height, in CSS pixels, that suits a width.
  public func preferredHeight(forWidth width: Float) -> Float {
    TrainingLayout.preferredHeight(forWidth: width, isSquare: settings.isSquare)
  }

  /// Draws the figure as it is.
  public func draw(on canvas: any Canvas) {
    layout = TrainingLayout(size: canvas.size, isSquare: settings.isSquare)
    plot.frame = layout.plot
    plot.drawAxes(on: canvas, ticks: settings.ticks)
    canvas.clip(to: plot.frame)
    drawModel(on: canvas)
    canvas.endClip()
    plot.drawBorder(on: canvas)
    for (index, sample) in editor.samples.enumerated() where index != editor.highlighted {
      drawSample(sample, scale: 1, on: canvas)
    }
    if let index = editor.highlighted, index < editor.samples.count {
      let sample = editor.samples[index]
      canvas.circle(center: plot.place(sample.place), radius: 11, fill: nil, stroke: Stroke(.focus, width: 2))
      drawSample(sample, scale: 1.3, on: canvas)
    }
    drawCrosshair(on: canvas)
    drawNotice(on: canvas)
    drawPanel(on: canvas)
  }

  /// Draws what the network makes of the plot; clipped to the plot.
  func drawModel(on canvas: any Canvas) {}

  /// Draws one sample.
  func drawSample(_ sample: Sample, scale: Float, on canvas: any Canvas) {}

  /// Adds the quality of the fit, for the panel and the description.
  func addQuality(to text: inout Text) {}

  /// Adds what a sample of this kind is called.
  func addName(ofKind kind: Int, to text: inout Text) {}

  private func drawCrosshair(on canvas: any Canvas) {
    guard editor.showsCrosshair, let crosshair = editor.crosshair else { return }
    let p = plot.place(crosshair)
    canvas.segments(
      [
        Point(p.x - 12, p.y), Point(p.x - 4, p.y), Point(p.x + 4, p.y), Point(p.x + 12, p.y),
        Point(p.x, p.y - 12), Point(p.x, p.y - 4), Point(p.x, p.y + 4), Point(p.x, p.y + 12),
      ], stroke: Stroke(.focus, width: 2))
  }

  /// Says in the plot why nothing is learned.
  private func drawNotice(on canvas: any Canvas) {
    var lines: [Text] = []
    if session.failure != nil {
      var first = Text("Stopped after step ")
      first.add(steps)
      first.add(": the numbers grew")
      lines = [
        first, Text("beyond all bounds. The learning rate"), Text("is too high: lower it, then press Reset."),
      ]
    } else if editor.samples.isEmpty {
      lines = [Text("No points to learn from."), Text("Tap here to add some.")]
    }
    if lines.isEmpty { return }
    let center = Point(plot.frame.x + plot.frame.width / 2, plot.frame.y + plot.frame.height / 2)
    let height = Float(lines.count) * 18 + 14
    let width = min(plot.frame.width - 8, 250)
    canvas.rectangle(
      Rectangle(center.x - width / 2, center.y - height / 2, width, height), cornerRadius: 6,
      fill: Fill(.background, opacity: 0.94),
      stroke: Stroke(session.failure != nil ? .warning : .axis))
    for (index, line) in lines.enumerated() {
      let baseline = center.y - height / 2 + 21 + Float(index) * 18
      canvas.text(
        line.bytes, at: Point(center.x, baseline), size: 13, alignment: .middle, bold: index == 0, fill: Fill(.ink))
    }
  }

  /// The numbers and the curve of the loss.
  private func drawPanel(on canvas: any Canvas) {
    let panel = layout.panel
    var text = Text("Step ")
    text.add(steps)
    canvas.text(
      text.bytes, at: Point(layout.textLeft, panel.y - 32), size: 15, alignment: .start, bold: true, fill: Fill(.ink))
    text = Text()
    addQuality(to: &text)
    canvas.text(
      text.bytes, at: Point(layout.textLeft, panel.y - 12), size: 13, alignment: .start, bold: false, fill: Fill(.ink))
    session.history.draw(on: canvas, in: panel)
    canvas.text(
      Text("loss, batch by batch").bytes, at: Point(panel.x, panel.bottom + 17), size: 12,
      alignment: .start, bold: false, fill: Fill(.muted))
  }

  // MARK: Words

  /// Adds the figure's state in words.
  public func describe(into bytes: inout [UInt8]) {
    var text = Text()
    if session.failure != nil {
      text.add("Stopped: the learning rate is too high. ")
    } else {
      text.add(isPlaying ? "Training. " : "Paused. ")
    }
    text.add("Step ")
    text.add(steps)
    text.add(". ")
    addQuality(to: &text)
    text.add(". ")
    text.add(editor.samples.count)
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
}

import ChainruleCore

/// A figure in which a network learns from samples in a plot while the reader watches, and changes them.
///
/// This class has all that such figures share: time, controls, the editing of samples, the loss panel. A subclass says
/// what is learned and draws what the network makes of the plot.
public class TrainingFigure: BaseFigure {
  /// What sets one figure apart from another.
  struct Settings {
    /// What its loss is called on the panel.
    let lossName: StaticString
    let task: TrainingSession.Task
    /// The sets of points to choose from: their names, with `|` between them, their count, and the one to start with.
    let sets: StaticString
    let setCount: Int
    let firstSet: Int
    /// The points of a set.
    let points: (_ set: Int) -> [Sample]
    let kinds: Int
    let tools: StaticString
    /// What a step's stages are about, in at most 28 letters. The first and the third end with a number.
    let stages: [StaticString]
    let plot: Plot
    let ticks: [Float]
    let isSquare: Bool
    let learningRate: Float
    let l2: Float
    let stepsPerSecond: Float
  }

  /// The order of ``parameters``.
  enum Control: Int {
    case play, step, reset, renew, learningRate, l2, data, tool, restore, seed, stage
  }

  let session: TrainingSession
  var editor: PointEditor
  var plot: Plot
  let settings: Settings
  private(set) var isPlaying = false
  private var pointSet: Int
  /// The latest step that the reader asked for; none once others were taken.
  private var replay: StepReplay?
  /// Steps that are due and not yet taken; below 1 between frames.
  private var due: Float = 0
  /// The latest evaluation, and of which state of the network and of the samples it is.
  private var evaluated: (network: Int, samples: Int, loss: Float, correct: Int)?

  init(_ settings: Settings) {
    self.settings = settings
    session = TrainingSession(
      task: settings.task, learningRate: settings.learningRate, l2: settings.l2, seed: 1)
    pointSet = settings.firstSet
    editor = PointEditor(samples: settings.points(settings.firstSet), kinds: settings.kinds)
    plot = settings.plot
    super.init([
      Parameter("play", "Play", .toggle),
      Parameter("step", "Step", .action),
      Parameter("reset", "Reset", .action),
      Parameter("renew", "New weights", .action),
      Parameter("learning-rate", "Learning rate", .logarithmic, minimum: 0.0001, maximum: 10, step: 0.0001),
      Parameter("l2", "L2", .logarithmic, minimum: 0, maximum: 0.1, step: 0.00001),
      Parameter("data", "Data", .choice, maximum: Float(settings.setCount - 1), choices: settings.sets),
      Parameter(
        "tool", "Tool", .choice, minimum: 0, maximum: Float(settings.kinds), step: 1, choices: settings.tools),
      Parameter("restore", "Original points", .action),
      Parameter("seed", "Seed", .hidden, minimum: 0, maximum: 16_000_000, step: 1),
      Parameter("stage", "Stage", .hidden, maximum: Float(StepReplay.update)),
    ])
  }

  // MARK: What a program can see

  /// The network as it is now.
  public var network: Network { session.network }
  /// The steps taken since the start.
  public override var steps: Int { session.steps }
  /// The mean loss over all samples, without the penalty on weights.
  public override var loss: Float { evaluation.loss }
  /// The mean loss of the latest step's batch, before the step.
  public override var batchLoss: Float { session.batchLoss }
  /// Which samples the latest step drew, as places in ``samples``; one that was drawn twice is there twice.
  public var batch: [Int] { session.batch }
  /// Which stage of the latest step is shown: 1 the batch, 2 forward, 3 the loss, 4 backward, 5 the update; 0 none.
  public override var stage: Int { latestReplay?.stage ?? 0 }
  /// How many samples are on the right side of one half; of use where targets are 0 and 1.
  public var correct: Int { evaluation.correct }
  /// The fingerprint of the network.
  public override var fingerprint: UInt64 { session.network.fingerprint }
  /// The samples to learn from. Places outside the plot are moved to its edge, and kinds are brought into range; a sample
  /// whose place is not a number is left out.
  public var samples: [Sample] {
    get { editor.samples }
    set { editor.replaceSamples(checked(newValue)) }
  }

  private func checked(_ samples: [Sample]) -> [Sample] {
    var checked: [Sample] = []
    for sample in samples where !sample.place.x.isNaN && !sample.place.y.isNaN {
      checked.append(Sample(plot.clamped(sample.place), kind: min(max(sample.kind, 0), settings.kinds - 1)))
    }
    return checked
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
  public override func value(of parameter: Int) -> Float {
    switch Control(rawValue: parameter) {
    case .play: isPlaying ? 1 : 0
    case .learningRate: session.learningRate
    case .l2: session.l2
    case .data: Float(pointSet)
    case .tool: Float(editor.tool)
    case .seed: Float(session.seed)
    case .stage: Float(stage)
    default: 0
    }
  }

  override func change(_ parameter: Int, to value: Float) {
    switch Control(rawValue: parameter)! {
    case .play:
      isPlaying = value >= 0.5 && session.failure == nil
      if isPlaying { replay = nil }
    case .step: takeStep()
    case .reset: restart(seed: session.seed, playing: false)
    case .renew: restart(seed: session.seed < 16_000_000 ? session.seed + 1 : 0, playing: isPlaying)
    case .learningRate: session.learningRate = value
    case .l2: session.l2 = value
    case .data:
      pointSet = Int(value)
      editor.begin(with: settings.points(pointSet))
      restart(seed: session.seed, playing: isPlaying)
    case .tool: editor.tool = Int(value)
    case .restore: editor.restore()
    case .seed: restart(seed: UInt64(value), playing: isPlaying)
    case .stage:
      if value >= 1 && latestReplay == nil { takeStep() }
      replay?.hold(at: Int(value))
    }
  }

  private func restart(seed: UInt64, playing: Bool) {
    session.restart(seed: seed)
    due = 0
    replay = nil
    isPlaying = playing
  }

  /// Takes one step, and keeps what is needed to show it.
  private func takeStep() {
    isPlaying = false
    let (before, version) = (evaluation, session.changes)
    session.train(on: editor.samples, steps: 1)
    replay = nil
    if session.changes == version || session.failure != nil { return }
    var drawn: [Sample] = []
    for (index, sample) in editor.samples.enumerated() where session.batch.contains(index) { drawn.append(sample) }
    replay = StepReplay(
      before: before, samples: drawn, outputs: session.formerOutputs(for: drawn), edition: editor.changes)
  }

  // MARK: What is shown

  /// The latest step, if the network and the samples are still those that it left.
  var latestReplay: StepReplay? {
    if let replay, replay.edition == editor.changes { return replay }
    return nil
  }

  /// The latest step, while it is shown.
  var shownReplay: StepReplay? { stage > 0 ? replay : nil }

  /// The latest step until it comes to the update. So long the picture is that of the network before the step.
  var pendingReplay: StepReplay? { stage > 0 && stage < StepReplay.update ? replay : nil }

  // MARK: Time

  /// Whether the figure moves by itself: it plays, and has something to learn from, or it shows a step's stages.
  public override var isRunning: Bool { isTraining || shownReplay?.isRunning == true }

  private var isTraining: Bool { isPlaying && !editor.samples.isEmpty }

  /// Takes the steps that are due after `seconds`.
  override func pass(_ seconds: Float) {
    replay?.advance(by: seconds)
    if !isTraining { return }
    due += seconds * settings.stepsPerSecond
    let count = Int(due)
    due -= Float(count)
    session.train(on: editor.samples, steps: count)
    if session.failure != nil { isPlaying = false }
  }

  // MARK: Events

  override func pointer(_ phase: PointerPhase, at place: Point, shift: Bool) -> Bool {
    editor.pointer(phase, at: place, shift: shift, in: plot)
  }

  override func focus(_ on: Bool) { editor.focus(on) }

  override func press(_ key: Key, shift: Bool) -> Bool {
    switch key {
    case .character(" "): set(Control.play.rawValue, to: isPlaying ? 0 : 1)
    case .character("s"): set(Control.step.rawValue, to: 1)
    case .character("r"): set(Control.reset.rawValue, to: 1)
    case .character("w"): set(Control.renew.rawValue, to: 1)
    default:
      let digit = key.code - Key.character("0").code
      if digit < 0 || digit > StepReplay.update { return editor.key(key, shift: shift, in: plot) }
      set(Control.stage.rawValue, to: Float(digit))
    }
    return true
  }

  /// The keys and what they do.
  public override var keys: StaticString {
    """
    Space|play, pause|S|one step|1 to 5|stop at a stage of the step|0|all stages over|R|reset|W|new weights|Arrows|move the cross-hair; with Shift faster|. ,|next point, \
    previous point|Enter|add a point; pick one up, put it down|Delete|remove the point|T|next tool
    """
  }

  // MARK: Words and drawing

  /// Adds the figure's state in words.
  public override func describe(into bytes: inout [UInt8]) { addWords(to: &bytes) }

  override func height(forWidth width: Float) -> Float {
    TrainingLayout.preferredHeight(forWidth: width, isSquare: settings.isSquare)
  }

  /// Draws the figure as it is.
  override func paint(on canvas: any Canvas, size: Size) {
    let layout = TrainingLayout(size: size, isSquare: settings.isSquare)
    plot.frame = layout.plot
    plot.drawAxes(on: canvas, ticks: settings.ticks)
    canvas.clip(to: plot.frame)
    drawModel(on: canvas)
    if let replay = shownReplay { draw(replay, on: canvas) }
    canvas.endClip()
    plot.drawBorder(on: canvas)
    let header = Point(plot.frame.x, plot.frame.y - 14)
    if let replay = shownReplay {
      drawCaption(of: replay, on: canvas, at: header)
    } else {
      drawLegend(on: canvas, at: header)
    }
    drawSamples(on: canvas)
    drawCrosshair(on: canvas)
    drawNotice(on: canvas)
    drawNumbers(on: canvas, in: layout.numbers)
    LossChart(history: session.history, steps: steps, frame: layout.chart).draw(on: canvas)
  }

  /// Draws what the network makes of the plot; clipped to the plot.
  func drawModel(on canvas: any Canvas) {}

  /// Draws what a step made of its batch, as far as the replay has come; clipped to the plot.
  func draw(_ replay: StepReplay, on canvas: any Canvas) {}

  /// Says what is what in the plot, in one line of at most 230 pixels that starts at `place` and has it in its middle.
  func drawLegend(on canvas: any Canvas, at place: Point) {}

  /// Draws the mark of a sample.
  func drawMark(ofKind kind: Int, at center: Point, scale: Float, on canvas: any Canvas) {}

  /// Adds the quality of the fit, for the description.
  func addQuality(to text: inout Text) {}

  /// Adds what a sample of this kind is called.
  func addName(ofKind kind: Int, to text: inout Text) {}
}

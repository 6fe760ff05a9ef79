import ChainruleCore

/// Three descents on the same samples from the same weights, by batches of 1, of 8 and of all 64 samples, each with a
/// learning rate of its own: small batches make many updates that wander, large ones few that know the way.
public final class BatchFigure: SimpleFigure {
  /// The order of ``parameters``.
  enum Control: Int {
    case play, step, reset, renew, compare, rate1, rate8, rate64, seed
  }

  /// What a run has come to.
  public struct Result: Equatable, Sendable {
    /// The samples in a batch.
    public let size: Int
    /// The learning rate.
    public let learningRate: Float
    /// The updates made.
    public let updates: Int
    /// The loss over all samples; infinite for a run whose numbers grew without bounds.
    public let loss: Float
    /// The mean angle between a batch's gradient and that of all samples, in degrees.
    public let angle: Float
  }

  /// How near to the smallest possible loss counts as there.
  private static let near: Float = 0.005

  let fit = LineFit()
  /// What each size of batch does, at least as far as it is shown.
  private(set) var runs: [BatchRun] = []
  /// The weight and the bias that all start from.
  private var start = Point(0, 0)
  /// How far the race has come: samples that each run has seen, or updates that each has made.
  private(set) var position = 0
  /// For each run the smallest loss at the end of a race from this start, if below 100, and its rate.
  private(set) var best: [(loss: Float, rate: Float)?] = [nil, nil, nil]
  private var due: Float = 0
  private var isDragging = false
  var plot = Plot(x: Plot.Range(low: -2, high: 2), y: Plot.Range(low: -2, high: 2))

  /// A figure at its start, with the weights of seed 7.
  public init() {
    super.init([
      (Parameter("play", "Play", .toggle), 0), (Parameter("step", "Step", .action), 0),
      (Parameter("reset", "Reset", .action), 0), (Parameter("renew", "New weights", .action), 0),
      (Parameter("compare", "Compare at", .choice, choices: "equal samples|equal updates"), 0),
      (BatchFigure.slider("rate-1", "Learning rate, batch 1"), 0.08),
      (BatchFigure.slider("rate-8", "Learning rate, batch 8"), 0.08),
      (BatchFigure.slider("rate-64", "Learning rate, all 64"), 0.08),
      (Parameter("seed", "Seed", .hidden, minimum: 0, maximum: 16_000_000, step: 1), 7),
    ])
    changed(Control.seed.rawValue)
  }

  private static func slider(_ name: StaticString, _ label: StaticString) -> Parameter {
    Parameter(name, label, .logarithmic, minimum: 0.005, maximum: 1, step: 0.005)
  }

  private func number(_ control: Control) -> Float { value(of: control.rawValue) }
  private var isPlaying: Bool { number(.play) >= 0.5 }
  /// Whether the runs are compared when they have made equally many updates; otherwise, seen equally many samples.
  var countsUpdates: Bool { number(.compare) >= 0.5 }
  /// Where the race ends: 12 times through the samples, or 96 updates.
  var end: Int { countsUpdates ? 96 : 12 * LineFit.samples }

  /// The updates that a run has made.
  func updates(_ run: BatchRun) -> Int { min(countsUpdates ? position : position / run.size, run.updates) }
  /// How far the race has come.
  public override var steps: Int { position }
  /// The loss over all samples that the whole batch has reached.
  public override var loss: Float { runs[2].losses[updates(runs[2])] }

  /// What the runs have come to: batches of 1, of 8, and of all samples.
  public var results: [Result] {
    var results: [Result] = []
    for (i, run) in runs.enumerated() {
      let updates = updates(run)
      results.append(
        Result(
          size: run.size, learningRate: rate(i), updates: updates,
          loss: run.hasFailed ? .infinity : run.losses[updates], angle: run.meanAngle(updates)))
    }
    return results
  }
  /// The smallest loss that a line can have on these samples.
  public var smallestLoss: Float { fit.smallestLoss }

  /// The learning rate of a run.
  func rate(_ run: Int) -> Float { value(of: Control.rate1.rawValue + run) }

  /// The exercise that the figure checks.
  public override var goals: [Goal] {
    [
      Goal(
        "best-rates",
        "Give each batch size a learning rate with which it ends within 0.005 of the dashed line, at equal samples.")
    ]
  }

  /// Whether all three have come down at the end of a race.
  public override func isReached(_ goal: Int) -> Bool {
    if goal != 0 || countsUpdates || position < end { return false }
    for result in results where !(result.loss < smallestLoss + BatchFigure.near) { return false }
    return true
  }

  // MARK: Parameters and time

  override func changed(_ parameter: Int) {
    switch Control(rawValue: parameter) {
    case .play: if isPlaying && position == end { position = 0 }
    case .compare:
      position = 0
      forget()
    case .seed:
      let network = Network(LineFit.schema, initializer: .uniform(limit: 2), seed: UInt64(number(.seed)))
      begin(at: LineFit.place(of: network))
    default: run()
    }
  }

  private func forget() { best = [nil, nil, nil] }

  override func act(_ parameter: Int) {
    switch Control(rawValue: parameter) {
    case .step:
      keep(0, for: Control.play.rawValue)
      // One batch of 8 in either case.
      move(countsUpdates ? 1 : 8)
    case .reset:
      keep(0, for: Control.play.rawValue)
      position = 0
    default: set(Control.seed.rawValue, to: number(.seed) + 1)
    }
  }

  /// Begins at another start, or the nearest one in the plot.
  private func begin(at place: Point) {
    start = plot.clamped(place)
    forget()
    run()
  }

  /// Makes the runs anew, and brings them to where the race is.
  private func run() {
    runs = []
    for size in [1, 8, LineFit.samples] {
      runs.append(BatchRun(size: size, start: start, seed: UInt64(number(.seed)), fit: fit))
    }
    move(0)
  }

  private func move(_ distance: Int) {
    position = min(position + distance, end)
    for i in runs.indices {
      runs[i].go(to: countsUpdates ? position : position / runs[i].size, learningRate: rate(i), fit: fit)
    }
    if position < end { return }
    keep(0, for: Control.play.rawValue)
    for (i, result) in results.enumerated() where result.loss < best[i]?.loss ?? 100 {
      best[i] = (result.loss, result.learningRate)
    }
  }

  /// Whether the figure moves by itself.
  public override var isRunning: Bool { isPlaying }

  /// Moves the race on: 64 samples a second, or 8 updates.
  override func pass(_ seconds: Float) {
    due += seconds * Float(end) / 12
    let count = Int(due)
    due -= Float(count)
    move(count)
  }

  // MARK: Events

  /// The start follows the pointer and the arrows.
  override func pointer(_ phase: PointerPhase, at place: Point, shift: Bool) -> Bool {
    if phase == .down { isDragging = plot.frame.contains(place) }
    let isHeld = isDragging && (phase == .down || phase == .move)
    if isHeld { begin(at: plot.data(at: place)) } else if phase != .hover { isDragging = false }
    return isHeld
  }

  override func press(_ key: Key, shift: Bool) -> Bool {
    let distance: Float = shift ? 0.25 : 0.05
    switch key {
    case .character(" "): set(Control.play.rawValue, to: isPlaying ? 0 : 1)
    case .character("s"): act(Control.step.rawValue)
    case .character("r"): act(Control.reset.rawValue)
    case .character("w"): act(Control.renew.rawValue)
    case .character("c"): set(Control.compare.rawValue, to: countsUpdates ? 0 : 1)
    case .left: begin(at: Point(start.x - distance, start.y))
    case .right: begin(at: Point(start.x + distance, start.y))
    case .up: begin(at: Point(start.x, start.y + distance))
    case .down: begin(at: Point(start.x, start.y - distance))
    default: return false
    }
    return true
  }

  /// The keys and what they do.
  public override var keys: StaticString {
    """
    Space|play, pause|S|one step|R|reset|W|new weights|C|compare at equal samples, at equal updates|Arrows|move the \
    start; with Shift faster
    """
  }

  // MARK: Words

  private func add(loss: Float, to text: inout Text) {
    if loss < 1_000 { text.add(loss, decimals: 3) } else { text.add(ofAnySize: loss) }
  }

  /// What there is to say of a run: its name, the samples it has seen, its updates, its loss, its gradients, and the best end
  /// of a race so far.
  func lines(of index: Int) -> [Text] {
    let run = runs[index]
    let updates = updates(run)
    var lines = [Text](repeating: Text(), count: 6)
    lines[0].add(run.size == LineFit.samples ? "all " : "batch ")
    lines[0].add(run.size)
    lines[1].add(countsUpdates || run.hasFailed ? updates * run.size : position, isGrouped: false)
    lines[1].add(" samples")
    lines[2].add(updates)
    lines[2].add(updates == 1 ? " update" : " updates")
    if run.hasFailed {
      lines[3].add("diverged")
    } else {
      lines[3].add("loss ")
      add(loss: run.losses[updates], to: &lines[3])
    }
    lines[4].add("off by ")
    lines[4].add(run.meanAngle(updates), decimals: 0)
    lines[4].add("°")
    if let best = best[index] {
      lines[5].add("best ")
      add(loss: best.loss, to: &lines[5])
      lines[5].add(" at ")
      lines[5].add(short: best.rate)
    }
    return lines
  }

  /// Adds the figure's state in words.
  public override func describe(into bytes: inout [UInt8]) {
    var text = Text(isPlaying ? "Racing." : "Paused.")
    for i in runs.indices {
      text.add(" ")
      for (place, line) in lines(of: i).enumerated() where !line.bytes.isEmpty {
        text.bytes += line.bytes
        if place == 0 {
          text.add("; rate ")
          text.add(short: rate(i))
        }
        text.add("; ")
      }
    }
    text.add("the smallest possible loss: ")
    text.add(fit.smallestLoss, decimals: 3)
    text.add(". The start: weight ")
    text.add(start.x, decimals: 2)
    text.add(", bias ")
    text.add(start.y, decimals: 2)
    text.add(".")
    bytes.append(contentsOf: text.bytes)
  }

  // MARK: Drawing

  override func height(forWidth width: Float) -> Float {
    width >= BatchFigure.wide ? 550 : width * 0.8 + 616
  }

  /// Draws the bowl with its paths, the three runs' numbers, and their losses.
  override func paint(on canvas: any Canvas, size: Size) { drawPicture(on: canvas, size: size) }
}

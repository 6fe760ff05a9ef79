/// Gradient descent on y = x², one step after another, at a rate that the reader chooses.
///
/// A step is x ← x − rate · 2x, so x is multiplied by 1 − 2 · rate: above a rate of ½ it changes sides, at 1 it jumps
/// between two points, and above 1 it moves away for good.
public final class LearningRateFigure: SimpleFigure {
  /// The order of ``parameters``.
  enum Control: Int {
    case play, step, reset, preset, rate, start
  }

  private static let presets: [Float] = [1, 0.9, 0.3, 0.05]
  private static let stepsPerSecond: Float = 3
  /// After so many steps nothing new is to be seen.
  private static let mostSteps = 200

  /// Where the descent has been, the start first.
  private(set) var path: [Float]
  private var due: Float = 0
  private var isDragging = false
  private var plot = Plot(x: Plot.Range(low: -1.25, high: 1.25), y: Plot.Range(low: -0.12, high: 1.5))

  /// A figure that starts at −0.9 with a rate of 0.3.
  public init() {
    path = [-0.9]
    super.init([
      (Parameter("play", "Play", .toggle), 0), (Parameter("step", "Step", .action), 0),
      (Parameter("reset", "Reset", .action), 0),
      (Parameter("preset", "Rate", .choice, minimum: -1, maximum: 3, choices: "1|0.9|0.3|0.05"), 2),
      (Parameter("learning-rate", "Learning rate", .number, minimum: 0.01, maximum: 1.2, step: 0.01), 0.3),
      (Parameter("start", "Start", .hidden, minimum: -1.2, maximum: 1.2, step: 0.01), -0.9),
    ])
  }

  private var rate: Float { value(of: Control.rate.rawValue) }
  private var isPlaying: Bool { value(of: Control.play.rawValue) >= 0.5 }
  private var x: Float { path[path.count - 1] }

  /// The steps taken.
  public override var steps: Int { path.count - 1 }
  /// The height that the descent has come to.
  public override var loss: Float { x * x }

  /// What the reader may try.
  public override var goals: [Goal] {
    [Goal("one-step", "Find the learning rate that reaches the bottom in one step.")]
  }

  /// Whether the first step ended at the bottom.
  public override func isReached(_ goal: Int) -> Bool {
    goal == 0 && steps == 1 && isAtBottom && path[0].magnitude > 0.1
  }

  // MARK: Parameters and time

  override func changed(_ parameter: Int) {
    switch Control(rawValue: parameter) {
    case .preset:
      let index = Int(value(of: parameter))
      if index >= 0 { keep(LearningRateFigure.presets[index], for: Control.rate.rawValue) }
      restart()
    case .rate:
      var index: Float = -1
      for (i, preset) in LearningRateFigure.presets.enumerated() where (preset - rate).magnitude < 0.001 {
        index = Float(i)
      }
      keep(index, for: Control.preset.rawValue)
      restart()
    case .start: restart()
    case .play: if isPlaying && isOver { restart() }
    default: break
    }
  }

  override func act(_ parameter: Int) {
    if parameter == Control.step.rawValue {
      keep(0, for: Control.play.rawValue)
      step()
    } else {
      keep(0, for: Control.play.rawValue)
      restart()
    }
  }

  private func restart() {
    path = [value(of: Control.start.rawValue)]
    due = 0
  }

  /// Where the next step leads.
  private var next: Float { x - rate * 2 * x }

  private func step() {
    if isOver { return }
    path.append(next)
    if isOver { keep(0, for: Control.play.rawValue) }
  }

  private var isAtBottom: Bool { x.magnitude < 0.0005 }

  /// Whether another step would show nothing: at the bottom, far away, or after very many.
  private var isOver: Bool { isAtBottom || x.magnitude > 1_000 || steps >= LearningRateFigure.mostSteps }

  /// Whether the figure moves by itself.
  public override var isRunning: Bool { isPlaying }

  /// Takes the steps that are due.
  override func pass(_ seconds: Float) {
    due += seconds * LearningRateFigure.stepsPerSecond
    while due >= 1 {
      due -= 1
      step()
    }
  }

  // MARK: Events

  /// The start follows the pointer; keys step, play and move the start.
  override func pointer(_ phase: PointerPhase, at place: Point, shift: Bool) -> Bool {
    // A tap moves the start, and so does dragging. Only on the ball itself does a finger not scroll the page.
    switch phase {
    case .down:
      isDragging = plot.frame.contains(place, margin: 8)
      let ball = plot.place(Point(x, x * x))
      return isDragging && ball.squaredDistance(to: place) < 28 * 28
    case .move, .up:
      if isDragging { set(Control.start.rawValue, to: plot.data(at: place).x) }
      if phase == .up { isDragging = false }
      return isDragging
    case .cancel, .leave:
      isDragging = false
      return false
    case .hover: return false
    }
  }

  override func press(_ key: Key, shift: Bool) -> Bool {
    let distance: Float = shift ? 0.1 : 0.02
    switch key {
    case .character(" "): set(Control.play.rawValue, to: isPlaying ? 0 : 1)
    case .character("s"): act(Control.step.rawValue)
    case .character("r"): act(Control.reset.rawValue)
    case .left: set(Control.start.rawValue, to: value(of: Control.start.rawValue) - distance)
    case .right: set(Control.start.rawValue, to: value(of: Control.start.rawValue) + distance)
    case .up: set(Control.rate.rawValue, to: rate + distance / 2)
    case .down: set(Control.rate.rawValue, to: rate - distance / 2)
    default: return false
    }
    return true
  }

  /// The keys and what they do.
  public override var keys: StaticString {
    "Space|play, pause|S|one step|R|reset|Left, right|move the start; with Shift faster|Up, down|change the rate"
  }

  // MARK: Words

  /// What descent does at this rate, and how.
  private var verdict: (word: StaticString, how: StaticString) {
    if rate > 1.0001 { return ("diverges", "each step lands on the other side, higher up") }
    if rate > 0.9999 { return ("bounces between two points", "each step lands on the other side, just as high") }
    if rate > 0.5001 { return ("overshoots", "each step lands on the other side, lower down") }
    if rate >= 0.1 { return ("converges", "each step comes closer, on its own side") }
    return ("crawls", "each step comes only a little closer")
  }

  /// Adds the figure's state in words.
  public override func describe(into bytes: inout [UInt8]) {
    var text = Text(isPlaying ? "Descending. " : "Paused. ")
    text.add("Step ")
    text.add(steps, isGrouped: false)
    text.add(". x is ")
    text.add(x, decimals: 3)
    text.add(", the slope is ")
    text.add(2 * x, decimals: 3)
    text.add(". With a learning rate of ")
    text.add(rate, decimals: 2)
    text.add(" it ")
    text.add(verdict.word)
    text.add(": ")
    text.add(verdict.how)
    text.add(".")
    bytes.append(contentsOf: text.bytes)
  }

  // MARK: Drawing

  override func height(forWidth width: Float) -> Float { width >= 400 ? 384 : 410 }

  /// Draws the parabola, the way down it, and the sum behind the next step.
  override func paint(on canvas: any Canvas, size: Size) {
    plot.frame = Rectangle(42, 28, size.width - 60, max(size.height - max(39_000 / size.width + 68, 142), 90))
    plot.drawAxes(on: canvas, ticks: [-1, -0.5, 0, 0.5, 1, 1.5])
    canvas.clip(to: plot.frame)
    let inputs = plot.inputs()
    plot.drawCurve(inputs, inputs.map { $0 * $0 }, stroke: Stroke(.muted, width: 2), on: canvas)
    drawTangent(on: canvas)
    drawPath(on: canvas)
    canvas.endClip()
    plot.drawBorder(on: canvas)
    canvas.write(Text("loss y = x²"), at: Point(8, 18), size: 13)
    canvas.write(Text("weight x"), at: Point(plot.frame.right, plot.frame.bottom + 34), size: 13, alignment: .end)
    drawWords(on: canvas)
  }

  private func drawTangent(on canvas: any Canvas) {
    let reach: Float = 0.3
    let low = Point(x - reach, x * x - 2 * x * reach)
    let high = Point(x + reach, x * x + 2 * x * reach)
    canvas.segments([plot.place(low), plot.place(high)], stroke: Stroke(.accent, width: 1.5, dash: 4))
    if isOver { return }
    // The next step: so far across, and from there to the curve.
    let next = next
    let across = Point(next, x * x)
    let landing = plot.place(Point(next, next * next))
    canvas.polyline(
      [plot.place(Point(x, x * x)), plot.place(across), landing], stroke: Stroke(.muted, width: 1.5, dash: 3))
    canvas.dot(landing, radius: 5, .surface, rim: .curve)
  }

  private func drawPath(on canvas: any Canvas) {
    var points: [Point] = []
    // Far outside, a place's exact coordinates mean nothing.
    for x in path { points.append(plot.place(Point(min(max(x, -20), 20), min(x * x, 400)))) }
    canvas.polyline(points, stroke: Stroke(.curve, width: 1.5, opacity: 0.7))
    for i in 0..<points.count - 1 {
      canvas.circle(center: points[i], radius: 3.5, fill: Fill(.curve, opacity: 0.6), stroke: nil)
    }
    canvas.dot(points[points.count - 1], radius: 6.5, .curve)
  }

  private func drawWords(on canvas: any Canvas) {
    let frame = plot.frame
    var text = Text("step ")
    text.add(steps)
    text.add(": x = ")
    text.add(x, decimals: 3)
    text.add(", slope 2x = ")
    text.add(2 * x, decimals: 3)
    var y = canvas.paragraph(
      text, at: Point(frame.x, frame.bottom + 56), width: frame.width, size: 13, role: .ink)
    text = Text("next: ")
    text.add(x, decimals: 3)
    text.add(" − ")
    text.add(rate, decimals: 2)
    text.add(x < 0 ? " × (" : " × ")
    text.add(2 * x, decimals: 3)
    text.add(x < 0 ? ") = " : " = ")
    text.add(next, decimals: 3)
    y = canvas.paragraph(text, at: Point(frame.x, y + 19), width: frame.width, size: 13, role: .ink)
    text = Text("It ")
    text.add(verdict.word)
    text.add(": ")
    text.add(verdict.how)
    text.add(".")
    canvas.paragraph(
      text, at: Point(frame.x, y + 19), width: frame.width, size: 13, role: rate > 0.9999 ? .warning : .muted)
  }
}

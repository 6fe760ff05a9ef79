/// One perceptron without an activation fits a line to penguins: flipper length in, body mass out. Beside the line, its
/// loss: a parabola over the weight, or a landscape over weight and bias.
///
/// The reader takes the line by its two handles, the points, or the place on the loss, and compares with gradient descent.
public final class LineFitFigure: SimpleFigure {
  /// The order of ``parameters``.
  enum Control: Int {
    case play, step, reset, points, view, squares, rate, weight, bias
  }

  /// What a pointer can take.
  enum Grip: Equatable {
    case left, right
    case point(Int)
    case weight, place
  }

  private static let start = Point(-0.4, 5.4)
  private static let stepsPerSecond: Float = 6
  /// After so many steps nothing new is to be seen.
  private static let mostSteps = 2_000
  /// The x of the line's two handles.
  static let handles: Float = 2.5
  /// How small a loss the exercises ask for.
  private static let (lossByHand, lossByDescent): (Float, Float) = (0.13, 0.112)

  private(set) var fit = PenguinLine()
  /// Weights (x) and biases (y): the start, and the place after each step.
  private(set) var path = [LineFitFigure.start]
  /// Whether steps have been taken since the last reset, even if the line was moved by hand afterwards.
  private var hasDescended = false
  private var due: Float = 0
  private(set) var held: Grip?
  private(set) var hovered: Grip?
  /// From the pointer to what it holds.
  private var offset = Point(0, 0)
  var plot = Plot(x: Plot.Range(low: -3.2, high: 3.2), y: Plot.Range(low: 2.4, high: 6.6))
  var parabola = Plot(x: Plot.Range(low: -1, high: 2), y: Plot.Range(low: 0, high: 8))
  var landscape = Plot(x: Plot.Range(low: -1, high: 2), y: Plot.Range(low: 2, high: 7))

  /// A figure whose line falls, although long flippers belong to heavy penguins.
  public init() {
    super.init([
      (Parameter("play", "Play", .toggle), 0), (Parameter("step", "Step", .action), 0),
      (Parameter("reset", "Reset", .action), 0), (Parameter("points", "Original points", .action), 0),
      (Parameter("view", "Show the loss", .choice, choices: "over the weight|over weight and bias"), 0),
      (Parameter("squares", "Squared errors", .toggle), 0),
      (Parameter("learning-rate", "Learning rate", .logarithmic, minimum: 0.005, maximum: 1, step: 0.005), 0.05),
      (Parameter("weight", "Weight", .number, minimum: -1, maximum: 2, step: 0.01), LineFitFigure.start.x),
      (Parameter("bias", "Bias", .number, minimum: 2, maximum: 7, step: 0.01), LineFitFigure.start.y),
    ])
  }

  private var isPlaying: Bool { value(of: Control.play.rawValue) >= 0.5 }
  /// The learning rate.
  var rate: Float { value(of: Control.rate.rawValue) }
  /// Whether the loss is drawn over weight and bias; otherwise, over the weight alone.
  var showsLandscape: Bool { value(of: Control.view.rawValue) >= 0.5 }
  var showsSquares: Bool { value(of: Control.squares.rawValue) >= 0.5 }

  /// The weight (x) and the bias (y) of the line.
  package var place: Point { path[path.count - 1] }
  /// The weight and the bias with the smallest loss.
  package var best: Point { fit.best }
  /// The smallest loss that a straight line can have on these points.
  package var smallestLoss: Float { fit.loss(at: fit.best) }
  /// The loss's derivatives with respect to the weight (x) and the bias (y).
  package var gradient: Point { fit.gradient(at: place) }
  /// The inputs, in centimeters above 20, and the targets, in kilograms.
  package var points: [Point] { fit.points }

  /// The steps taken since the line was last moved by hand.
  public override var steps: Int { path.count - 1 }
  /// The mean squared error of the line, in kg².
  public override var loss: Float { fit.loss(at: place) }

  // MARK: Goals

  /// The exercises that the figure checks.
  public override var goals: [Goal] {
    [
      Goal("by-hand", "Without Step or Play, move the line until the loss is below 0.13."),
      Goal("eight-steps", "Find a learning rate that brings the loss from the start below 0.112 in at most 8 steps."),
      Goal("diverge", "Find a learning rate at which steps make the loss grow."),
    ]
  }

  /// Whether the figure's present state meets a goal.
  public override func isReached(_ goal: Int) -> Bool {
    if fit.isChanged { return false }
    switch goal {
    case 0: return !hasDescended && loss < LineFitFigure.lossByHand
    case 1:
      return path[0] == LineFitFigure.start && steps > 0 && steps <= 8 && loss < LineFitFigure.lossByDescent
    case 2: return isGrowing
    default: return false
    }
  }

  /// Whether the last step made the loss larger.
  var isGrowing: Bool { steps > 0 && loss > 1.0001 * fit.loss(at: path[steps - 1]) }

  // MARK: Parameters and time

  override func changed(_ parameter: Int) {
    switch Control(rawValue: parameter) {
    case .weight: begin(at: Point(value(of: parameter), place.y))
    case .bias: begin(at: Point(place.x, value(of: parameter)))
    case .play: if isPlaying && isOver { begin(at: path[0]) }
    default: break
    }
  }

  override func act(_ parameter: Int) {
    keep(0, for: Control.play.rawValue)
    switch Control(rawValue: parameter) {
    case .step: step()
    case .points:
      fit = PenguinLine()
      begin(at: place)
    default:
      hasDescended = false
      begin(at: LineFitFigure.start)
    }
  }

  /// Whether a parameter means anything now.
  public override func isAvailable(_ parameter: Int) -> Bool {
    parameter != Control.points.rawValue || fit.isChanged
  }

  /// Puts the line at the nearest weight and bias in range.
  private func begin(at place: Point) {
    path = [landscape.clamped(place)]
    due = 0
    showPlace()
  }

  /// Brings the sliders to where the line is.
  private func showPlace() {
    let shown = landscape.clamped(place)
    keep(shown.x, for: Control.weight.rawValue)
    keep(shown.y, for: Control.bias.rawValue)
  }

  /// Where the next step leads.
  var next: Point {
    let gradient = gradient
    return Point(place.x - rate * gradient.x, place.y - rate * gradient.y)
  }

  private func step() {
    if isOver { return }
    path.append(next)
    hasDescended = true
    showPlace()
    if isOver { keep(0, for: Control.play.rawValue) }
  }

  /// Whether another step would show nothing: at the bottom, far away, or after very many.
  var isOver: Bool {
    let gradient = gradient
    return max(gradient.x.magnitude, gradient.y.magnitude) < 0.0005
      || max(place.x.magnitude, place.y.magnitude) > 1_000 || steps >= LineFitFigure.mostSteps
  }

  /// Whether the figure moves by itself.
  public override var isRunning: Bool { isPlaying }

  /// Takes the steps that are due.
  override func pass(_ seconds: Float) {
    due += seconds * LineFitFigure.stepsPerSecond
    while due >= 1 && isPlaying {
      due -= 1
      step()
    }
  }

  // MARK: Events

  /// Where on the canvas something is that a pointer can take.
  func spot(of grip: Grip) -> Point {
    switch grip {
    case .left, .right:
      let x = grip == .left ? -LineFitFigure.handles : LineFitFigure.handles
      return plot.place(plot.clamped(Point(x, place.x * x + place.y)))
    case .point(let index): return plot.place(fit.points[index])
    case .weight: return parabola.place(parabola.clamped(Point(place.x, loss)))
    case .place: return landscape.place(landscape.clamped(place))
    }
  }

  private func grip(at place: Point) -> Grip? {
    // The line's handles come first, as they are larger than points.
    let handles: [Grip] = [.left, .right]
    if let index = place.nearest(of: handles.map { spot(of: $0) }, within: 24) { return handles[index] }
    if (showsLandscape ? landscape : parabola).frame.contains(place) { return showsLandscape ? .place : .weight }
    return place.nearest(of: fit.points.map { plot.place($0) }, within: 16).map { .point($0) }
  }

  /// Handles, points and the place on the loss can be dragged.
  override func pointer(_ phase: PointerPhase, at place: Point, shift: Bool) -> Bool {
    switch phase {
    case .down:
      held = grip(at: place)
      guard let held else { return false }
      let spot = spot(of: held)
      let isNear = spot.squaredDistance(to: place) < 28 * 28
      offset = isNear ? Point(spot.x - place.x, spot.y - place.y) : Point(0, 0)
      if !isNear { drag(held, to: place) }
      return true
    case .move:
      if let held { drag(held, to: Point(place.x + offset.x, place.y + offset.y)) }
      return held != nil
    case .up, .cancel: held = nil
    case .hover: hovered = grip(at: place)
    case .leave: hovered = nil
    }
    return false
  }

  private func drag(_ grip: Grip, to spot: Point) {
    keep(0, for: Control.play.rawValue)
    let x = LineFitFigure.handles
    let data = plot.clamped(plot.data(at: spot))
    switch grip {
    case .left:
      let other = place.x * x + place.y
      begin(at: Point((other - data.y) / (2 * x), (other + data.y) / 2))
    case .right:
      let other = place.y - place.x * x
      begin(at: Point((data.y - other) / (2 * x), (data.y + other) / 2))
    case .point(let index):
      fit.move(index, to: data)
      begin(at: place)
    case .weight: begin(at: Point(parabola.data(at: spot).x, place.y))
    case .place: begin(at: landscape.data(at: spot))
    }
  }

  override func press(_ key: Key, shift: Bool) -> Bool {
    let distance: Float = shift ? 0.1 : 0.02
    switch key {
    case .character(" "): set(Control.play.rawValue, to: isPlaying ? 0 : 1)
    case .character("s"): act(Control.step.rawValue)
    case .character("r"): act(Control.reset.rawValue)
    case .character("v"): set(Control.view.rawValue, to: showsLandscape ? 0 : 1)
    case .character("e"): set(Control.squares.rawValue, to: showsSquares ? 0 : 1)
    case .left: begin(at: Point(place.x - distance, place.y))
    case .right: begin(at: Point(place.x + distance, place.y))
    case .up: begin(at: Point(place.x, place.y + distance))
    case .down: begin(at: Point(place.x, place.y - distance))
    default: return false
    }
    return true
  }

  /// The keys and what they do.
  public override var keys: StaticString {
    """
    Space|play, pause|S|one step|R|reset|V|loss over the weight, over weight and bias|E|squared errors|Left, right|change \
    the weight; with Shift faster|Up, down|change the bias
    """
  }

  /// Adds the figure's state in words.
  public override func describe(into bytes: inout [UInt8]) {
    var text = Text(isPlaying ? "Descending. " : "Paused. ")
    text.add("Step ")
    text.add(steps, isGrouped: false)
    text.add(". ")
    for line in lines {
      text.bytes += line.bytes
      text.add(". ")
    }
    text.add(isGrowing ? "The steps are too large: the loss grows." : "The smallest possible loss: ")
    if !isGrowing { text.add(smallestLoss, decimals: 3) }
    bytes.append(contentsOf: text.bytes)
  }

  // MARK: Drawing

  override func height(forWidth width: Float) -> Float {
    width >= LineFitFigure.wide ? 470 : 640 + roomForWords(width)
  }

  /// Draws the line through the points, its loss, and the numbers.
  override func paint(on canvas: any Canvas, size: Size) { drawPicture(on: canvas, size: size) }
}

import ChainruleKernels

/// One perceptron with a sigmoid separates two species of penguins by their bills, and fails to separate XOR.
///
/// The reader takes the line where the sum is zero, the arrow of the weights that stands on it, or the points, and compares
/// with gradient descent.
public final class OnePerceptronFigure: SimpleFigure {
  /// The order of ``parameters``.
  enum Control: Int {
    case play, step, reset, points, data, rate, firstWeight, secondWeight, bias
  }

  /// What a pointer can take.
  enum Grip: Equatable {
    case line, arrow
    case point(Int)
  }

  private static let start = SeparatingLine(weights: Point(-0.8, 0.6), bias: 0.5)
  private static let stepsPerSecond: Float = 10
  private static let mostSteps = 2_000
  private static let largest: Float = 12
  /// The longest arrow, for weights without end, and the weights whose arrow is half as long.
  private static let (longestArrow, middleWeight): (Float, Float) = (2.4, 3)

  private(set) var separation = Separation(isXOR: false)
  private(set) var line = OnePerceptronFigure.start
  private var count = 0
  /// Whether steps have been taken since the last reset, even if the line was moved by hand afterwards.
  private var hasDescended = false
  private var due: Float = 0
  private(set) var held: Grip?
  private(set) var hovered: Grip?
  private var offset = Point(0, 0)
  var plane = Plot(x: Plot.Range(low: -2.1, high: 2.9), y: Plot.Range(low: -2.5, high: 2.5))
  var curve = Plot(x: Plot.Range(low: -8, high: 8), y: Plot.Range(low: -0.1, high: 1.1))

  /// A figure whose perceptron calls every penguin by the wrong name.
  public init() {
    let (start, largest) = (OnePerceptronFigure.start, OnePerceptronFigure.largest)
    super.init([
      (Parameter("play", "Play", .toggle), 0), (Parameter("step", "Step", .action), 0),
      (Parameter("reset", "Reset", .action), 0), (Parameter("points", "Original points", .action), 0),
      (Parameter("data", "Data", .choice, choices: "Penguins|XOR"), 0),
      (Parameter("learning-rate", "Learning rate", .logarithmic, minimum: 0.01, maximum: 10, step: 0.01), 0.1),
      (
        Parameter("weight-1", "Weight 1", .number, minimum: -largest, maximum: largest, step: 0.05), start.weights.x
      ),
      (
        Parameter("weight-2", "Weight 2", .number, minimum: -largest, maximum: largest, step: 0.05), start.weights.y
      ),
      (Parameter("bias", "Bias", .number, minimum: -largest, maximum: largest, step: 0.05), start.bias),
    ])
  }

  private var isPlaying: Bool { value(of: Control.play.rawValue) >= 0.5 }
  private var rate: Float { value(of: Control.rate.rawValue) }
  /// Whether the points are XOR's corners; otherwise, penguins.
  var isXOR: Bool { value(of: Control.data.rawValue) >= 0.5 }

  /// The points, and for each the class that it belongs to: 0 or 1.
  package var samples: [(place: Point, target: Float)] { separation.samples.map { ($0.place, $0.target) } }
  /// The two weights (x and y) and the bias.
  package var parametersNow: (weights: Point, bias: Float) { (line.weights, line.bias) }
  /// How many points are on the side of their class.
  package var correct: Int { separation.look(line).correct }
  /// The steps taken since the line was last moved by hand.
  public override var steps: Int { count }
  /// The mean cross-entropy.
  public override var loss: Float { separation.look(line).loss }

  // MARK: Goals

  /// The exercises that the figure checks.
  public override var goals: [Goal] {
    [
      Goal("all-right", "With the penguins, move the line by hand until all 31 are right."),
      Goal("three-corners", "With XOR, get three of the four corners right."),
    ]
  }

  /// Whether the figure's present state meets a goal.
  public override func isReached(_ goal: Int) -> Bool {
    if separation.isChanged { return false }
    return goal == 0
      ? !isXOR && !hasDescended && correct == separation.samples.count : goal == 1 && isXOR && correct == 3
  }

  // MARK: Parameters and time

  override func changed(_ parameter: Int) {
    switch Control(rawValue: parameter) {
    case .data:
      separation = Separation(isXOR: isXOR)
      keep(0, for: Control.play.rawValue)
      held = nil
      hovered = nil
      restart()
    case .firstWeight, .secondWeight, .bias:
      begin(
        SeparatingLine(
          weights: Point(value(of: Control.firstWeight.rawValue), value(of: Control.secondWeight.rawValue)),
          bias: value(of: Control.bias.rawValue)))
    default: break
    }
  }

  override func act(_ parameter: Int) {
    keep(0, for: Control.play.rawValue)
    switch Control(rawValue: parameter) {
    case .step: step()
    case .points:
      separation = Separation(isXOR: isXOR)
      begin(line)
    default: restart()
    }
  }

  /// Whether a parameter means anything now.
  public override func isAvailable(_ parameter: Int) -> Bool {
    parameter != Control.points.rawValue || separation.isChanged
  }

  private func restart() {
    hasDescended = false
    begin(OnePerceptronFigure.start)
  }

  /// Puts the line there, as far as weights and bias are in range.
  private func begin(_ line: SeparatingLine) {
    self.line = SeparatingLine(
      weights: Point(inRange(line.weights.x), inRange(line.weights.y)), bias: inRange(line.bias))
    (count, due) = (0, 0)
    showLine()
  }

  private func inRange(_ number: Float) -> Float {
    min(max(number, -OnePerceptronFigure.largest), OnePerceptronFigure.largest)
  }

  /// Brings the sliders to where the line is.
  private func showLine() {
    keep(inRange(line.weights.x), for: Control.firstWeight.rawValue)
    keep(inRange(line.weights.y), for: Control.secondWeight.rawValue)
    keep(inRange(line.bias), for: Control.bias.rawValue)
  }

  private func step() {
    if count >= OnePerceptronFigure.mostSteps { return keep(0, for: Control.play.rawValue) }
    let gradient = separation.look(line).gradient
    line.weights.x -= rate * gradient.weights.x
    line.weights.y -= rate * gradient.weights.y
    line.bias -= rate * gradient.bias
    count += 1
    hasDescended = true
    showLine()
  }

  /// Whether the figure moves by itself.
  public override var isRunning: Bool { isPlaying }

  /// Takes the steps that are due.
  override func pass(_ seconds: Float) {
    due += seconds * OnePerceptronFigure.stepsPerSecond
    while due >= 1 && isPlaying {
      due -= 1
      step()
    }
  }

  // MARK: Events

  /// Where the arrow stands: on the line, opposite to the plane's middle.
  var foot: Point { plane.clamped(line.foot(of: Point((plane.x.low + plane.x.high) / 2, 0))) }

  /// The end of the arrow that shows direction and size of the weights: the larger, the longer, but never too long.
  var tip: Point {
    let length = line.steepness
    if length < 1e-4 { return foot }
    let scale = OnePerceptronFigure.longestArrow / (length + OnePerceptronFigure.middleWeight)
    return Point(foot.x + scale * line.weights.x, foot.y + scale * line.weights.y)
  }

  func spot(of grip: Grip) -> Point {
    switch grip {
    case .line: plane.place(foot)
    case .arrow: plane.place(plane.clamped(tip))
    case .point(let index): plane.place(separation.samples[index].place)
    }
  }

  private func grip(at place: Point) -> Grip? {
    let reach: Float = 22
    let handles: [Grip] = [.arrow, .line]
    if let index = place.nearest(of: handles.map { spot(of: $0) }, within: reach) { return handles[index] }
    return place.nearest(of: separation.samples.map { plane.place($0.place) }, within: reach).map { .point($0) }
  }

  /// The line, the arrow on it and the points can be dragged.
  override func pointer(_ phase: PointerPhase, at place: Point, shift: Bool) -> Bool {
    switch phase {
    case .down:
      held = grip(at: place)
      guard let held else { return false }
      let spot = spot(of: held)
      offset = Point(spot.x - place.x, spot.y - place.y)
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
    let data = plane.clamped(plane.data(at: spot))
    switch grip {
    case .line: pass(through: data, line.weights)
    case .arrow:
      let foot = foot
      let way = Point(data.x - foot.x, data.y - foot.y)
      let length = (way.x * way.x + way.y * way.y).squareRoot()
      if length < 0.05 { return }
      // The other way round: which weights have an arrow of this length?
      let scale =
        OnePerceptronFigure.middleWeight / max(OnePerceptronFigure.longestArrow - length, 0.4)
      pass(through: foot, Point(scale * way.x, scale * way.y))
    case .point(let index):
      separation.move(index, to: data)
      begin(line)
    }
  }

  /// Gives the perceptron these weights, and the bias that leads its line through a place.
  private func pass(through place: Point, _ weights: Point) {
    let largest = OnePerceptronFigure.largest
    // A bias out of range would lead the line elsewhere: weights and bias shrink together.
    let bias = -(weights.x * place.x + weights.y * place.y)
    let shrink = min(largest / max(bias.magnitude, weights.x.magnitude, weights.y.magnitude, 1e-6), 1)
    begin(SeparatingLine(weights: Point(shrink * weights.x, shrink * weights.y), bias: shrink * bias))
  }

  override func press(_ key: Key, shift: Bool) -> Bool {
    let distance: Float = shift ? 0.5 : 0.1
    switch key {
    case .character(" "): set(Control.play.rawValue, to: isPlaying ? 0 : 1)
    case .character("s"): act(Control.step.rawValue)
    case .character("r"): act(Control.reset.rawValue)
    case .character("d"): set(Control.data.rawValue, to: isXOR ? 0 : 1)
    case .left: turn(by: shift ? 0.15 : 0.03)
    case .right: turn(by: shift ? -0.15 : -0.03)
    case .up: set(Control.bias.rawValue, to: line.bias + distance)
    case .down: set(Control.bias.rawValue, to: line.bias - distance)
    default: return false
    }
    return true
  }

  /// Turns the weights, and the line with them, by a small angle.
  private func turn(by angle: Float) {
    let foot = foot
    let (w, scale) = (line.weights, 1 / (1 + angle * angle).squareRoot())
    pass(through: foot, Point(scale * (w.x - angle * w.y), scale * (w.y + angle * w.x)))
  }

  /// The keys and what they do.
  public override var keys: StaticString {
    """
    Space|play, pause|S|one step|R|reset|D|penguins, XOR|Left, right|turn the line; with Shift faster|Up, down|change the \
    bias
    """
  }

  // MARK: Words

  /// The sum as a formula, and how well it separates the points.
  var lines: [Text] {
    var lines = [Text("z = "), Text("Loss ")]
    lines[0].add(line.weights.x, decimals: 2)
    lines[0].add(line.weights.y < 0 ? " x₁ − " : " x₁ + ")
    lines[0].add(line.weights.y.magnitude, decimals: 2)
    lines[0].add(line.bias < 0 ? " x₂ − " : " x₂ + ")
    lines[0].add(line.bias.magnitude, decimals: 2)
    let (loss, _, correct) = separation.look(line)
    lines[1].add(loss, decimals: 3)
    lines[1].add(", ")
    lines[1].add(correct)
    lines[1].add(" of ")
    lines[1].add(separation.samples.count)
    lines[1].add(" right, step ")
    lines[1].add(count, isGrouped: false)
    return lines
  }

  /// Adds the figure's state in words.
  public override func describe(into bytes: inout [UInt8]) {
    var text = Text(isPlaying ? "Descending. " : "Paused. ")
    text.add(isXOR ? "Four corners of XOR. " : "17 Adelie and 14 Gentoo penguins by their bills. ")
    for line in lines {
      text.bytes += line.bytes
      text.add(". ")
    }
    bytes.append(contentsOf: text.bytes)
  }

  // MARK: Drawing

  override func height(forWidth width: Float) -> Float {
    width >= OnePerceptronFigure.wide ? 500 : width + 370
  }

  /// Draws the plane with its line, the sigmoid with the points on it, and the numbers.
  override func paint(on canvas: any Canvas, size: Size) { drawPicture(on: canvas, size: size) }
}

import ChainruleCore
import ChainruleKernels

/// Three species of penguins, told apart by the length and the depth of their bills. A press on the plane shows
/// how the network's three sums become three probabilities: exponentials, divided by their sum.
public final class SoftmaxFigure: SimpleFigure {
  /// The order of ``parameters``.
  enum Control: Int {
    case play, step, reset, renew, layers, rate, length, depth, seed
  }

  private static let stepsPerSecond: Float = 15
  /// How near a press must be to a penguin, in pixels.
  private static let reach: Float = 10

  private(set) var classifier = SpeciesClassifier(hasHiddenLayer: false, seed: 1)
  private var due: Float = 0
  private var isDragging = false
  /// The penguin that is asked about, if it is one.
  private(set) var penguin: Int?
  var plot = Plot(x: Plot.Range(low: 32, high: 60), y: Plot.Range(low: 12.5, high: 22))
  /// The picture of the plane.
  var field = SpeciesField()

  /// A figure before the first step, with the weights of seed 1.
  public init() {
    super.init([
      (Parameter("play", "Play", .toggle), 0), (Parameter("step", "Step", .action), 0),
      (Parameter("reset", "Reset", .action), 0), (Parameter("renew", "New weights", .action), 0),
      (Parameter("layers", "Network", .choice, choices: "one layer|8 ReLUs in between"), 0),
      (Parameter("learning-rate", "Learning rate", .logarithmic, minimum: 0.01, maximum: 10, step: 0.01), 0.1),
      (Parameter("length", "Bill length, mm", .hidden, minimum: 32, maximum: 60, step: 0.1), 45),
      (Parameter("depth", "Bill depth, mm", .hidden, minimum: 12.5, maximum: 22, step: 0.1), 18),
      (Parameter("seed", "Seed", .hidden, maximum: 16_000_000), 1),
    ])
  }

  private func number(_ control: Control) -> Float { value(of: control.rawValue) }
  private var isPlaying: Bool { number(.play) >= 0.5 }
  /// The place that is asked about: length and depth in millimeters.
  var asked: Point { Point(number(.length), number(.depth)) }

  // MARK: What a program can see

  /// The steps taken.
  public override var steps: Int { classifier.steps }
  /// The mean of −log p over the penguins, p being the probability of the right species.
  public override var loss: Float { classifier.loss }
  /// The penguins for which the right species is the most probable one, and how many there are.
  public var correct: Int { classifier.correct }
  /// How many penguins there are.
  public var count: Int { SpeciesClassifier.count }
  /// The network as it is now.
  public var network: Network { classifier.network }
  /// The fingerprint of the network.
  public override var fingerprint: UInt64 { network.fingerprint }
  /// Why training stopped by itself, if it did.
  public var failure: TrainingError? { classifier.failure }
  /// The sample: lengths and depths of bills in millimeters, and species: 0 Adelie, 1 Gentoo, 2 Chinstrap.
  public var penguins: [(length: Float, depth: Float, species: Int)] {
    var penguins: [(length: Float, depth: Float, species: Int)] = []
    for (i, kind) in BillSample.kinds.enumerated() {
      penguins.append((Float(BillSample.lengths[i]) / 10, Float(BillSample.depths[i]) / 10, Int(kind)))
    }
    return penguins
  }
  /// The sums before the softmax, and the probabilities after it, at the place that is asked about.
  public var answer: (logits: [Float], probabilities: [Float]) {
    classifier.look(at: [
      SpeciesClassifier.standardized(length: asked.x), SpeciesClassifier.standardized(depth: asked.y),
    ])
  }

  /// The exercises that the figure checks.
  public override var goals: [Goal] {
    [
      Goal("right", "Train until 48 of the 49 penguins are right."),
      Goal("torn", "After 100 steps or more, find a place where no species has more than 0.45."),
    ]
  }

  /// Whether the penguins are right, or the network is torn.
  public override func isReached(_ goal: Int) -> Bool {
    if goal == 0 { return steps > 0 && correct >= 48 }
    if goal != 1 || steps < 100 { return false }
    for probability in answer.probabilities where probability > 0.45 { return false }
    return true
  }

  // MARK: Parameters and time

  override func changed(_ parameter: Int) {
    switch Control(rawValue: parameter) {
    case .layers, .seed: restart()
    case .length, .depth: penguin = nil
    case .play: if failure != nil { keep(0, for: parameter) }
    default: break
    }
  }

  override func act(_ parameter: Int) {
    switch Control(rawValue: parameter) {
    case .renew: set(Control.seed.rawValue, to: number(.seed) + 1)
    default:
      keep(0, for: Control.play.rawValue)
      if parameter == Control.step.rawValue { step() } else { restart() }
    }
  }

  private func restart() {
    classifier = SpeciesClassifier(hasHiddenLayer: number(.layers) >= 0.5, seed: UInt64(number(.seed)))
    due = 0
  }

  private func step() {
    classifier.train(learningRate: number(.rate))
    if failure != nil { keep(0, for: Control.play.rawValue) }
  }

  /// Whether the figure moves by itself.
  public override var isRunning: Bool { isPlaying }

  /// Takes the steps that are due.
  override func pass(_ seconds: Float) {
    due += seconds * SoftmaxFigure.stepsPerSecond
    while due >= 1 {
      due -= 1
      step()
    }
  }

  // MARK: Events

  /// A press asks about a place, or about the penguin there.
  override func pointer(_ phase: PointerPhase, at place: Point, shift: Bool) -> Bool {
    if phase == .down { isDragging = plot.frame.contains(place, margin: 6) }
    let isUsed = isDragging && (phase == .down || phase == .move)
    if !isUsed {
      if phase != .hover { isDragging = false }
      return false
    }
    let bills = BillSample.kinds.indices.map { plot.place(SoftmaxFigure.bill($0)) }
    if let nearest = place.nearest(of: bills, within: SoftmaxFigure.reach) {
      ask(about: nearest)
    } else {
      ask(at: plot.clamped(plot.data(at: place)))
    }
    return true
  }

  /// A penguin's place in the plot.
  static func bill(_ penguin: Int) -> Point {
    Point(Float(BillSample.lengths[penguin]) / 10, Float(BillSample.depths[penguin]) / 10)
  }

  private func ask(at place: Point) {
    set(Control.length.rawValue, to: place.x)
    set(Control.depth.rawValue, to: place.y)
  }

  private func ask(about penguin: Int) {
    ask(at: SoftmaxFigure.bill(penguin))
    self.penguin = penguin
  }

  override func press(_ key: Key, shift: Bool) -> Bool {
    let distance: Float = shift ? 1 : 0.1
    let count = SpeciesClassifier.count
    switch key {
    case .character(" "): set(Control.play.rawValue, to: isPlaying ? 0 : 1)
    case .character("s"): act(Control.step.rawValue)
    case .character("r"): act(Control.reset.rawValue)
    case .character("w"): act(Control.renew.rawValue)
    case .left: ask(at: Point(asked.x - 2 * distance, asked.y))
    case .right: ask(at: Point(asked.x + 2 * distance, asked.y))
    case .up: ask(at: Point(asked.x, asked.y + distance))
    case .down: ask(at: Point(asked.x, asked.y - distance))
    case .character("."): ask(about: ((penguin ?? -1) + 1) % count)
    case .character(","): ask(about: ((penguin ?? count) + count - 1) % count)
    default: return false
    }
    return true
  }

  /// The keys and what they do.
  public override var keys: StaticString {
    """
    Space|play, pause|S|one step|R|reset|W|new weights|Arrows|ask about another place; with Shift faster|. ,|next \
    penguin, previous penguin
    """
  }

  // MARK: Words

  /// Adds the figure's state in words.
  public override func describe(into bytes: inout [UInt8]) {
    var text = Text(isPlaying ? "Training. " : failure == nil ? "Paused. " : "Stopped: the learning rate is too high. ")
    text.add("Step ")
    text.add(steps, isGrouped: false)
    text.add(". Loss ")
    text.addLoss(loss)
    text.add(", ")
    text.add(correct)
    text.add(" of ")
    text.add(SpeciesClassifier.count)
    text.add(" penguins right. A bill of ")
    text.add(asked.x, decimals: 1)
    text.add(" by ")
    text.add(asked.y, decimals: 1)
    text.add(" mm")
    if let penguin {
      text.add(", of a real ")
      text.add(BillSample.species[Int(BillSample.kinds[penguin])])
    }
    text.add(":")
    let (logits, probabilities) = answer
    for (i, name) in BillSample.species.enumerated() {
      text.add(i == 0 ? " " : ", ")
      text.add(name)
      text.add(" z ")
      text.add(logits[i], decimals: 2)
      text.add(", p ")
      text.add(probabilities[i], decimals: 3)
    }
    text.add(".")
    bytes.append(contentsOf: text.bytes)
  }

  // MARK: Drawing

  override func height(forWidth width: Float) -> Float { pictureHeight(forWidth: width) }

  /// Draws the plane, the calculation, and the loss.
  override func paint(on canvas: any Canvas, size: Size) { drawPicture(on: canvas, size: size) }
}

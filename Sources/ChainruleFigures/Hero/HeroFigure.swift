import ChainruleCore
import FromScratch

/// The opening picture: a small network learns to tell a disc from the ring around it, and each perceptron shows what it
/// gives over the plane. Points can be dragged; a press between them adds one that the network gets wrong.
///
/// The network is `[2,[4,"tanh"],[3,"tanh"],[1,"sigmoid"]]`, trained by gradient descent on all points at once, with the
/// course's own code in FromScratch. It begins anew with other weights some time after it has learned, unless the reader has
/// touched it.
public final class HeroFigure: BaseFigure {
  /// The order of ``parameters``.
  enum Control: Int {
    case play, renew, seed
  }

  private(set) var network: HeroNetwork
  private(set) var editor: PointEditor
  var plot = Plot(
    x: Plot.Range(low: -HeroNetwork.reach, high: HeroNetwork.reach),
    y: Plot.Range(low: -HeroNetwork.reach, high: HeroNetwork.reach))
  private var seed: UInt64 = 1
  private var isPlaying = false
  private var taken = 0
  private var result: (loss: Float, correct: Int) = (0, 0)
  private var due: Float = 0
  /// Seconds of play since the latest new weights.
  private var age: Float = 0
  /// The weights that the network is on its way to before it learns again.
  private var next: HeroNetwork?
  /// Seconds since it set out.
  private var passage: Float = 0
  private var isTouched = false
  private var isPictured = false

  private static let learningRate = 0.3
  private static let stepsPerSecond: Float = 90
  /// After so many seconds of play the network begins anew, and takes so long to get to its new weights.
  private static let lifetime: Float = 24
  private static let passage: Float = 1.2

  /// The figure with the weights of seed 1.
  public init() {
    network = HeroNetwork(seed: 1)
    editor = PointEditor(samples: HeroFigure.points, kinds: 2)
    super.init([
      Parameter("play", "Play", .toggle),
      Parameter("renew", "New weights", .action),
      Parameter("seed", "Seed", .hidden, minimum: 0, maximum: 16_000_000),
    ])
    result = look()
  }

  /// A disc and the ring around it, twenty-four points each.
  private static var points: [Sample] {
    var random = RandomSource(seed: 1)
    return ClassSet.rings(&random, count: 24, inner: 0.2, outer: 0.34)
  }

  // MARK: What can be seen

  /// The steps of gradient descent since the latest new weights.
  public override var steps: Int { taken }
  /// The mean loss over all points before the latest step.
  public override var loss: Float { result.loss }
  /// How many points are on their own side of one half.
  public var correct: Int { result.correct }
  /// The points to learn from.
  public var samples: [Sample] { editor.samples }
  /// Whether the figure moves by itself.
  public override var isRunning: Bool { isPlaying }

  /// The value of a parameter; 0 for an action.
  public override func value(of parameter: Int) -> Float {
    switch Control(rawValue: parameter) {
    case .play: isPlaying ? 1 : 0
    case .seed: Float(seed)
    default: 0
    }
  }

  override func change(_ parameter: Int, to value: Float) {
    switch Control(rawValue: parameter)! {
    case .play:
      isPlaying = value >= 0.5
      if !isPlaying && next != nil { arrive() }
    case .renew: begin(seed: seed + 1)
    case .seed:
      seed = UInt64(value)
      network = HeroNetwork(seed: seed)
      restart()
    }
  }

  /// Goes over to the weights of another seed, at once where nothing moves.
  private func begin(seed: UInt64) {
    self.seed = seed > 16_000_000 ? 0 : seed
    next = HeroNetwork(seed: self.seed)
    if !isPlaying { arrive() }
  }

  private func arrive() {
    if let next { network = next }
    restart()
  }

  private func restart() {
    next = nil
    (taken, age, due, passage, isPictured) = (0, 0, 0, 0, false)
    result = look()
  }

  /// What the network makes of all points; it stays as it is.
  private func look() -> (loss: Float, correct: Int) {
    var copy = network
    return copy.learn(editor.samples, learningRate: 0)
  }

  // MARK: Time

  override func pass(_ seconds: Float) {
    age += seconds
    isPictured = false
    if let next {
      passage += seconds
      network.approach(next, by: Double(min(seconds * 4, 1)))
      if passage >= HeroFigure.passage { arrive() }
      return
    }
    due += seconds * HeroFigure.stepsPerSecond
    while due >= 1 {
      due -= 1
      result = network.learn(editor.samples, learningRate: HeroFigure.learningRate)
      taken += 1
    }
    if age > HeroFigure.lifetime && !isTouched { begin(seed: seed + 1) }
  }

  /// The pictures of all perceptrons, as the network is now.
  func pictured() -> HeroNetwork {
    if !isPictured {
      network.picture()
      isPictured = true
    }
    return network
  }

  // MARK: Events

  override func pointer(_ phase: PointerPhase, at place: Point, shift: Bool) -> Bool {
    // A press between the points adds one that the network gets wrong.
    if phase == .down { editor.tool = kindToAdd(at: plot.data(at: place)) }
    return edit { $0.pointer(phase, at: place, shift: shift, in: plot) }
  }

  override func press(_ key: Key, shift: Bool) -> Bool {
    switch key {
    case .character(" "): set(Control.play.rawValue, to: isPlaying ? 0 : 1)
    case .character("w"): set(Control.renew.rawValue, to: 1)
    case .character("t"): return false
    default:
      if let crosshair = editor.crosshair { editor.tool = kindToAdd(at: crosshair) }
      return edit { $0.key(key, shift: shift, in: plot) }
    }
    return true
  }

  override func focus(_ on: Bool) { editor.focus(on) }

  private func edit(_ action: (inout PointEditor) -> Bool) -> Bool {
    let before = editor.changes
    let isUsed = action(&editor)
    if editor.changes != before {
      isTouched = true
      result = look()
    }
    return isUsed
  }

  /// The class that the network thinks less likely at a place.
  private func kindToAdd(at place: Point) -> Int {
    network.probability(at: place) > 0.5 ? 1 : 0
  }

  /// The keys and what they do.
  public override var keys: StaticString {
    "Space|play, pause|W|new weights|Arrows|move the cross-hair, or a held point|Enter|take, drop or add a point|Delete|remove a point|Escape|put a held point back"
  }

  // MARK: Drawing

  override func height(forWidth width: Float) -> Float { HeroLayout.height(forWidth: width) }

  override func paint(on canvas: any Canvas, size: Size) { drawAll(on: canvas, size: size) }

  // MARK: Words

  /// Adds the figure's state in words.
  public override func describe(into bytes: inout [UInt8]) {
    var text = Text("A network of 2 inputs, 4 + 3 hidden perceptrons and 1 output learns to tell ")
    text.add(editor.samples.count, isGrouped: false)
    text.add(" points of two classes apart. Step ")
    text.add(taken, isGrouped: false)
    text.add(": ")
    text.add(correct, isGrouped: false)
    text.add(" are right. ")
    text.add(isPlaying ? "It is learning." : "It rests.")
    bytes.append(contentsOf: text.bytes)
  }
}

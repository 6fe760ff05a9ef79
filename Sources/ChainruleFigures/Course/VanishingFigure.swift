import ChainruleCore

/// A deep network before its first step, layer by layer: how far its outputs spread on the way forward, how large δ is on the
/// way back. Some first weights let both vanish or explode, others keep them healthy (Glorot and Bengio 2010, He et al. 2015);
/// residual connections and normalization help too.
public final class VanishingFigure: SimpleFigure {
  /// The order of ``parameters``.
  enum Control: Int {
    case renew, initializer, activation, kind, depth, seed
  }

  private static let initializers: [Initializer] = [
    .uniform(), .normal(deviation: 0.1), .lecunNormal, .xavierNormal, .heNormal, .orthogonal(),
  ]
  /// A goal's network has at least so many layers.
  private static let deep = 30

  /// What was measured in the network that the parameters describe.
  private(set) var probe = DepthProbe(depth: 2, activation: 2, initializer: .zeros, kind: .plain, seed: 0)
  /// The bars of the spread and of δ, and those from before the latest change.
  private var bars: [LayerBars] = []
  private var oldBars: [LayerBars] = []
  /// How far the bars have come from the old to the new; 0 if they have not set out, and the new ones are drawn.
  private var progress: Float = 1
  private var hovered: Int?
  private var chosen: Int?
  /// Where the layers stand; set by drawing.
  var columns = Rectangle(0, 0, 1, 1)

  /// A figure with thirty layers of sigmoids whose weights start between −1 and 1.
  public init() {
    super.init([
      (Parameter("renew", "New weights", .action), 0),
      (
        Parameter(
          "initializer", "First weights", .choice, maximum: 5,
          choices: "uniform (−1, 1)|small normal|LeCun|Xavier|He|orthogonal"), 0
      ),
      (Parameter("activation", "Activation", .choice, maximum: 3, choices: "sigmoid|tanh|ReLU|leaky ReLU"), 0),
      (
        Parameter(
          "layer", "Each layer gives", .choice, maximum: 2,
          choices: "f(z)|x + f(z), residual|f(norm z), normalized"), 0
      ),
      (Parameter("depth", "Layers", .number, minimum: 2, maximum: 50), 30),
      (Parameter("seed", "Seed", .hidden, minimum: 0, maximum: 16_000_000, step: 1), 1),
    ])
    measure()
  }

  private func number(_ control: Control) -> Int { Int(value(of: control.rawValue)) }
  var isReLU: Bool { number(.activation) == 2 }
  /// The layer that is asked for, if any.
  var asked: Int? { hovered ?? chosen }
  var depth: Int { probe.deltas.count }
  /// The fingerprint of the network.
  public override var fingerprint: UInt64 { probe.fingerprint }
  /// For each layer, the first one first, the root mean square of δ, the derivative of a sample's loss with respect to a
  /// perceptron's sum.
  public var deltas: [Float] { probe.deltas }
  /// For each layer how far its outputs for the samples lie apart.
  public var spreads: [Float] { probe.spreads }
  /// Whether every layer's δ is between 0.01 and 100.
  public var isHealthy: Bool { probe.state == .healthy }

  /// The exercises that the figure checks.
  public override var goals: [Goal] {
    [
      Goal("healthy-relu", "Bring 30 layers of ReLUs into the healthy band."),
      Goal("healthy-sigmoid", "Bring 30 layers of sigmoids into the healthy band."),
    ]
  }

  /// Whether a deep network of ReLUs, or of sigmoids, is healthy.
  public override func isReached(_ goal: Int) -> Bool {
    isHealthy && depth >= VanishingFigure.deep && number(.activation) == (goal == 0 ? 2 : goal == 1 ? 0 : -1)
  }

  // MARK: Parameters and time

  override func changed(_ parameter: Int) { measure() }

  override func act(_ parameter: Int) { set(Control.seed.rawValue, to: value(of: Control.seed.rawValue) + 1) }

  private func measure() {
    probe = DepthProbe(
      depth: number(.depth), activation: number(.activation),
      initializer: VanishingFigure.initializers[number(.initializer)],
      kind: DepthProbe.Kind(rawValue: number(.kind)) ?? .plain, seed: UInt64(number(.seed)))
    hovered = nil
    if let layer = chosen { chosen = min(layer, depth - 1) }
    if progress > 0 { oldBars = shownBars }
    bars = [
      LayerBars(probe.spreads, low: -3, high: 1), LayerBars(probe.deltas, low: -4, high: 4),
    ]
    progress = oldBars.isEmpty || oldBars[0].count != depth ? 1 : 0
  }

  /// The bars to draw. Those that have not set out are drawn where they will arrive: a picture is never out of date.
  var shownBars: [LayerBars] {
    if progress == 0 || progress >= 1 { return bars }
    let part = progress * progress * (3 - 2 * progress)
    return [
      LayerBars(from: oldBars[0], to: bars[0], part), LayerBars(from: oldBars[1], to: bars[1], part),
    ]
  }

  /// Whether the bars are on their way.
  public override var isRunning: Bool { progress < 1 }

  /// Moves the bars on.
  override func pass(_ seconds: Float) { progress = min(progress + seconds / 0.5, 1) }

  // MARK: Events

  /// A layer is asked for by pointing at it, by a press, and by the arrows.
  override func pointer(_ phase: PointerPhase, at place: Point, shift: Bool) -> Bool {
    hovered = nil
    let isInside = phase != .leave && phase != .cancel && columns.contains(place, margin: 4)
    let layer = max(0, min(Int((place.x - columns.x) / columns.width * Float(depth)), depth - 1))
    if phase == .hover {
      if isInside { hovered = layer }
      return false
    }
    if phase == .down || (phase == .move && isInside) { chosen = isInside ? layer : nil }
    return isInside && phase != .up
  }

  override func press(_ key: Key, shift: Bool) -> Bool {
    let last = depth - 1
    switch key {
    case .left: chosen = max((asked ?? last + 1) - (shift ? 5 : 1), 0)
    case .right: chosen = min((asked ?? -1) + (shift ? 5 : 1), last)
    case .up: set(Control.depth.rawValue, to: Float(last + 2))
    case .down: set(Control.depth.rawValue, to: Float(last))
    case .character("i"): set(Control.initializer.rawValue, to: Float((number(.initializer) + 1) % 6))
    case .character("a"): set(Control.activation.rawValue, to: Float((number(.activation) + 1) % 4))
    case .character("n"): set(Control.kind.rawValue, to: Float((number(.kind) + 1) % 3))
    case .character("w"): act(Control.renew.rawValue)
    case .escape: chosen = nil
    default: return false
    }
    hovered = nil
    return true
  }

  /// The keys and what they do.
  public override var keys: StaticString {
    """
    Left, right|choose a layer; with Shift faster|Up, down|more layers, fewer|I|next first weights|A|next activation|\
    N|plain, residual, normalized|W|new weights|Escape|choose none
    """
  }

  // MARK: Words

  /// What has become of δ: a word, and why.
  var verdict: (word: StaticString, why: Text) {
    var text = Text()
    let (least, most) = probe.range
    switch probe.state {
    case .exploding:
      text.add("δ reaches ")
      text.add(ofAnySize: most)
      text.add(": a step along such gradients goes much too far.")
      return ("It explodes", text)
    case .vanishing:
      text.add("Layer 1’s δ is ")
      text.add(ofAnySize: probe.ratio)
      text.add(" times the last layer’s: the first layers hardly learn.")
      return ("It vanishes", text)
    case .healthy, .uneven:
      text.add("δ is between ")
      text.add(ofAnySize: least)
      text.add(" and ")
      text.add(ofAnySize: most)
      if probe.state == .healthy {
        text.add(": every layer learns.")
        return ("Healthy", text)
      }
      text.add(": some layers learn much faster than others.")
      return ("Uneven", text)
    }
  }

  /// The numbers of the layer that is asked for.
  func add(layer: Int, to text: inout Text) {
    text.add("Layer ")
    text.add(layer + 1)
    text.add(": spread ")
    text.add(ofAnySize: probe.spreads[layer])
    text.add(", δ ")
    text.add(ofAnySize: probe.deltas[layer])
    let ratio = probe.deltas[layer] / probe.deltas[depth - 1]
    if ratio.isFinite {
      text.add(", ")
      text.add(ofAnySize: ratio)
      text.add(" times the last layer’s")
    }
    if isReLU && layer < depth - 1 {
      text.add("; ")
      text.add(probe.dead[layer])
      text.add(" of 16 ReLUs dead")
    }
    text.add(".")
  }

  /// The share of ReLUs that never fire.
  func addDead(to text: inout Text) {
    var dead = 0
    for count in probe.dead { dead += count }
    let all = (depth - 1) * DepthProbe.width
    text.add(" Dead ReLUs, 0 for every sample: ")
    text.add(dead)
    text.add(" of ")
    text.add(all)
    text.add(" (")
    text.add((dead * 100 + all / 2) / all)
    text.add(" %).")
  }

  /// Adds the figure's state in words.
  public override func describe(into bytes: inout [UInt8]) {
    let verdict = verdict
    var text = Text()
    text.add(depth)
    text.add(" layers. ")
    text.add(verdict.word)
    text.add(". ")
    text.bytes += verdict.why.bytes
    for layer in [0, depth - 1] {
      text.add(" ")
      add(layer: layer, to: &text)
    }
    if isReLU { addDead(to: &text) }
    if let asked {
      text.add(" Chosen: ")
      add(layer: asked, to: &text)
    }
    bytes.append(contentsOf: text.bytes)
  }

  // MARK: Drawing

  override func height(forWidth width: Float) -> Float { width >= VanishingFigure.wide ? 494 : 580 }

  /// Draws what is to be said, the panels, and the numbers of the layer that is asked for.
  override func paint(on canvas: any Canvas, size: Size) { drawPicture(on: canvas, size: size) }
}

import ChainruleCore

/// A small network of ReLUs before any training: a curve of straight pieces, each kink the place where one ReLU switches
/// on or off, and on demand the shares of the last ReLUs, of which the curve is the sum.
public final class ReLUNetworkFigure: SimpleFigure {
  /// The order of ``parameters``.
  enum Control: Int {
    case renew, shares, seed
  }

  static let sizes = [1, 1, 2, 3, 4, 1]
  private static let firstSeed: Float = 28_219

  /// The network: one, two and three ReLUs, four sums, one output.
  private(set) var network: Network
  /// The places where the curve bends, from left to right.
  private(set) var kinks: [Kink] = []
  /// The place of the kink that is asked about.
  private(set) var inquiry = Inquiry<Int>()
  var plot = Plot(x: Plot.Range(low: -2, high: 2), y: Plot.Range(low: -2, high: 2))
  var diagram = NetworkDiagram(sizes: ReLUNetworkFigure.sizes, frame: Rectangle(0, 0, 1, 1))

  /// A figure with weights that show several kinks.
  public init() {
    network = ReLUNetworkFigure.network(seed: ReLUNetworkFigure.firstSeed)
    super.init([
      (Parameter("renew", "New weights", .action), 0), (Parameter("shares", "Shares", .toggle), 0),
      (
        Parameter("seed", "Seed", .hidden, minimum: 0, maximum: 16_000_000, step: 1), ReLUNetworkFigure.firstSeed
      ),
    ])
    kinks = Kink.all(of: network, in: plot.x)
  }

  @inline(never)
  private static func network(seed: Float) -> Network {
    let schema = try! Schema(
      inputs: 1, layers: [.init(1, .relu), .init(2, .relu), .init(3, .relu), .init(4), .init(1)])
    // Weights large enough that the curve fills the plot; biases of both signs.
    return Network(schema, initializer: .uniform(limit: 1.7), seed: UInt64(seed))
  }

  /// Whether the shares are asked for.
  var showsShares: Bool { value(of: Control.shares.rawValue) >= 0.5 }

  override func act(_ parameter: Int) {
    // Many random networks are straight lines here; those with fewer than two kinks are passed over.
    var tries = 0
    repeat {
      set(Control.seed.rawValue, to: value(of: Control.seed.rawValue) + 1)
      tries += 1
    } while kinks.count < 2 && tries < 100
  }

  /// How many kinks the curve has between −2 and 2.
  package var kinkCount: Int { kinks.count }

  override func changed(_ parameter: Int) {
    if parameter != Control.seed.rawValue { return }
    network = ReLUNetworkFigure.network(seed: value(of: Control.seed.rawValue))
    kinks = Kink.all(of: network, in: plot.x)
    inquiry.choose(nil)
  }

  /// The fingerprint of the network.
  public override var fingerprint: UInt64 { network.fingerprint }

  /// What each ReLU of the last layer of them adds to the curve for each 1 that it gives, and last what is there without
  /// them: the two layers behind them, which bend nothing, are asked for it.
  var shares: [Float] {
    var tail = Network(sizes: [3, 4, 1], seed: 0)
    for layer in 0...1 {
      tail.set(layer, weights: network.weights(ofLayer: layer + 3), biases: network.biases(ofLayer: layer + 3))
    }
    var shares = tail.outputs([1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0])
    for unit in 0...2 { shares[unit] -= shares[3] }
    return shares
  }

  // MARK: Events

  /// The pointer and the arrows ask for a kink, in the plot or by its ReLU; W draws new weights.
  override func pointer(_ phase: PointerPhase, at place: Point, shift: Bool) -> Bool {
    inquiry.take(phase, at: kink(near: place))
    // A finger that moves up or down scrolls the page.
    return false
  }

  override func press(_ key: Key, shift: Bool) -> Bool {
    switch key {
    case .character("w"): act(Control.renew.rawValue)
    case .character("h"): set(Control.shares.rawValue, to: 1 - value(of: Control.shares.rawValue))
    case .right, .next: choose(by: 1)
    case .left, .previous: choose(by: -1)
    case .escape: inquiry.choose(nil)
    default: return false
    }
    return true
  }

  private func choose(by distance: Int) {
    if kinks.isEmpty { return }
    let from = inquiry.part ?? (distance > 0 ? -1 : kinks.count)
    inquiry.choose((from + distance + kinks.count) % kinks.count)
  }

  private func kink(near place: Point) -> Int? {
    let node = diagram.node(at: place)
    let isInside = plot.frame.contains(place, margin: 8)
    var best: Int?
    var distance: Float = 22
    for (index, kink) in kinks.enumerated() {
      let found = isInside ? (plot.place(Point(kink.x, 0)).x - place.x).magnitude : node == kink.node ? 0 : 22
      if found < distance {
        distance = found
        best = index
      }
    }
    return best
  }

  /// The keys and what they do.
  public override var keys: StaticString {
    "W|new weights|H|shares of the last ReLUs|Left, right|choose a kink|Escape|clear"
  }

  // MARK: Words

  /// What happens at a kink.
  func words(_ kink: Kink) -> Text {
    var text = Text()
    text.add("kink at x = ", kink.x)
    text.add(": ReLU ")
    text.add(kink.node.index + 1)
    text.add(" of hidden layer ")
    text.add(kink.node.layer)
    text.add(kink.turnsOn ? " switches on" : " switches off")
    text.add(", the slope goes from ", kink.slopes.before)
    text.add(" to ", kink.slopes.after)
    return text
  }

  /// Adds the figure's state in words.
  public override func describe(into bytes: inout [UInt8]) {
    var text = Text("A network of six ReLUs gives a curve of straight pieces with ")
    text.add(kinks.count)
    text.add(kinks.count == 1 ? " kink" : " kinks")
    text.add(" between −2 and 2.")
    if let index = inquiry.part {
      text.add(" Chosen: ")
      text.bytes += words(kinks[index]).bytes
      text.add(".")
    }
    if showsShares { text.add(" The shares of the three last ReLUs and of the biases are shown.") }
    bytes.append(contentsOf: text.bytes)
  }

  // MARK: Drawing

  override func height(forWidth width: Float) -> Float { 394 + roomForWords(width) }

  /// The words under the plot take more lines where it is narrow.
  func roomForWords(_ width: Float) -> Float { 54 + 17_000 / width }

  /// Draws the network, its curve with the kinks and, if asked for, the shares.
  override func paint(on canvas: any Canvas, size: Size) {
    drawNetwork(width: size.width, on: canvas)
    drawPlot(size: size, on: canvas)
    drawWords(on: canvas)
  }
}

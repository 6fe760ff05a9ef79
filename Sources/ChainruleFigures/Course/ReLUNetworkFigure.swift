import ChainruleCore

/// A small network of ReLUs before any training: a curve of straight pieces, each kink the place where one ReLU begins or
/// ends, and on demand the share of each perceptron of the last hidden layer.
public final class ReLUNetworkFigure: SimpleFigure {
  /// The order of ``parameters``.
  enum Control: Int {
    case renew, shares, seed
  }

  /// Where a ReLU's sum passes through zero.
  struct Kink: Equatable {
    let x: Float
    let layer: Int
    let unit: Int
  }

  /// The network: one, two and three ReLUs, four sums, one output.
  private(set) var network: Network
  /// The places where the curve can bend.
  private(set) var kinks: [Kink] = []
  private var pointed: Int?
  private var plot = Plot(x: Plot.Range(low: -2, high: 2), y: Plot.Range(low: -2, high: 2))
  private static let firstSeed: UInt64 = 230
  private static let low: Float = -2
  private static let high: Float = 2

  /// A figure with weights that show several kinks.
  public init() {
    network = ReLUNetworkFigure.network(seed: ReLUNetworkFigure.firstSeed)
    super.init([
      (Parameter("renew", "New weights", .action), 0), (Parameter("shares", "Shares", .toggle), 0),
      (
        Parameter("seed", "Seed", .hidden, minimum: 0, maximum: 16_000_000, step: 1), Float(ReLUNetworkFigure.firstSeed)
      ),
    ])
    findKinks()
  }

  private static func network(seed: UInt64) -> Network {
    let schema = try! Schema(
      inputs: 1, layers: [.init(1, .relu), .init(2, .relu), .init(3, .relu), .init(4), .init(1)])
    // Weights large enough that the curve fills the plot; biases of both signs.
    return Network(schema, initializer: .uniform(limit: 1.7), seed: seed)
  }

  override func act(_ parameter: Int) {
    set(Control.seed.rawValue, to: value(of: Control.seed.rawValue) + 1)
  }

  override func changed(_ parameter: Int) {
    if parameter != Control.seed.rawValue { return }
    network = ReLUNetworkFigure.network(seed: UInt64(value(of: Control.seed.rawValue)))
    findKinks()
    pointed = nil
  }

  /// The fingerprint of the network.
  public override var fingerprint: UInt64 { network.fingerprint }

  /// A ReLU gives 0 on one side of its kink and more on the other: where that changes between two places of a fine grid,
  /// halving finds the spot.
  private func findKinks() {
    kinks = []
    let count = 400
    var places: [Float] = []
    for i in 0...count {
      places.append(ReLUNetworkFigure.low + (ReLUNetworkFigure.high - ReLUNetworkFigure.low) * Float(i) / Float(count))
    }
    let values = network.values(places)
    for layer in 0..<3 {
      for unit in 0..<network.schema.layers[layer].perceptrons {
        func isAlive(_ x: Float) -> Bool { network.values([x])[layer][unit] > 0 }
        let width = network.schema.layers[layer].perceptrons
        var wasAlive = values[layer][unit] > 0
        for i in 1...count {
          let lives = values[layer][i * width + unit] > 0
          if lives != wasAlive {
            var (low, high) = (places[i - 1], places[i])
            for _ in 0..<16 {
              let middle = 0.5 * (low + high)
              if isAlive(middle) == wasAlive { low = middle } else { high = middle }
            }
            kinks.append(Kink(x: 0.5 * (low + high), layer: layer, unit: unit))
          }
          wasAlive = lives
        }
      }
    }
    // From left to right.
    var i = 1
    while i < kinks.count {
      var j = i
      while j > 0 && kinks[j - 1].x > kinks[j].x {
        kinks.swapAt(j - 1, j)
        j -= 1
      }
      i += 1
    }
  }

  // MARK: Events

  /// The pointer and the arrows ask for a kink; W draws new weights.
  @discardableResult
  public override func handle(_ event: Event) -> Bool {
    switch event {
    case .pointer(let phase, let place, _):
      pointed = phase == .leave || phase == .cancel ? nil : kink(near: place)
      return phase == .down && pointed != nil
    case .key(let key, _):
      switch key {
      case .character("w"): act(Control.renew.rawValue)
      case .character("h"): set(Control.shares.rawValue, to: 1 - value(of: Control.shares.rawValue))
      case .right, .next: pointed = kinks.isEmpty ? nil : ((pointed ?? -1) + 1) % kinks.count
      case .left, .previous: pointed = kinks.isEmpty ? nil : ((pointed ?? 0) + kinks.count - 1) % kinks.count
      case .escape: pointed = nil
      default: return false
      }
      return true
    case .focus(let on):
      if !on { pointed = nil }
      return false
    }
  }

  private func kink(near place: Point) -> Int? {
    if !plot.frame.contains(place, margin: 8) { return nil }
    var best: Int?
    var distance: Float = 18
    for (index, kink) in kinks.enumerated() {
      let found = (plot.place(Point(kink.x, 0)).x - place.x).magnitude
      if found < distance {
        distance = found
        best = index
      }
    }
    return best
  }

  /// The keys and what they do.
  public override var keys: StaticString {
    "W|new weights|H|shares of the last hidden layer|Left, right|ask for a kink|Escape|ask no more"
  }

  // MARK: Words

  private func words(_ index: Int) -> Text {
    let kink = kinks[index]
    var text = Text("kink at x = ")
    text.add(kink.x, decimals: 2)
    text.add(": ReLU ")
    text.add(kink.unit + 1)
    text.add(" of layer ")
    text.add(kink.layer + 1)
    return text
  }

  /// Adds the figure's state in words.
  public override func describe(into bytes: inout [UInt8]) {
    var text = Text("A network of six ReLUs makes a curve of straight pieces with ")
    text.add(kinks.count)
    text.add(kinks.count == 1 ? " kink" : " kinks")
    text.add(" between −2 and 2.")
    if let pointed {
      text.add(" Asked for: ")
      text.bytes += words(pointed).bytes
      text.add(".")
    }
    if value(of: Control.shares.rawValue) >= 0.5 { text.add(" The shares of the four last sums are shown.") }
    bytes.append(contentsOf: text.bytes)
  }

  // MARK: Drawing

  /// Draws the curve, its kinks and, if asked for, the shares.
  public override func draw(on canvas: any Canvas) {
    let size = canvas.size
    plot.frame = Rectangle(42, 16, max(size.width - 60, 100), max(size.height - 100, 90))
    plot.drawAxes(on: canvas, ticks: [-2, -1, 0, 1, 2])
    let count = max(Int(plot.frame.width), 2)
    var inputs: [Float] = []
    for i in 0...count { inputs.append(-2 + 4 * Float(i) / Float(count)) }
    let values = network.values(inputs)
    canvas.clip(to: plot.frame)
    for kink in kinks {
      let x = plot.place(Point(kink.x, 0)).x
      canvas.segments(
        [Point(x, plot.frame.y), Point(x, plot.frame.bottom)], stroke: Stroke(.axis, width: 1, opacity: 0.7, dash: 3))
    }
    if value(of: Control.shares.rawValue) >= 0.5 { drawShares(inputs, values[3], on: canvas) }
    draw(inputs, values[4], stroke: Stroke(.curve, width: 3), on: canvas)
    for (index, kink) in kinks.enumerated() {
      let place = plot.place(Point(kink.x, network.predict([kink.x])[0]))
      let isPointed = index == pointed
      canvas.circle(
        center: place, radius: isPointed ? 8 : 5, fill: Fill(isPointed ? .focus : .accent),
        stroke: Stroke(.background, width: 2))
    }
    canvas.endClip()
    plot.drawBorder(on: canvas)
    var text: Text
    if let pointed {
      text = words(pointed)
    } else {
      text = Text()
      text.add(kinks.count)
      text.add(kinks.count == 1 ? " kink" : " kinks")
      text.add(", each where one ReLU begins or ends")
    }
    let place = Point(plot.frame.x, plot.frame.bottom + 42)
    canvas.paragraph(text, at: place, width: plot.frame.width, role: .ink)
  }

  /// What each of the four sums adds to the output: its value times its weight.
  private func drawShares(_ inputs: [Float], _ sums: [Float], on canvas: any Canvas) {
    for unit in 0..<4 {
      let weight = network[layer: 4, output: 0, input: unit]
      var share: [Float] = []
      for i in inputs.indices { share.append(sums[i * 4 + unit] * weight) }
      draw(inputs, share, stroke: Stroke(unit % 2 == 0 ? .positive : .negative, width: 1.5, opacity: 0.8), on: canvas)
    }
  }

  private func draw(_ inputs: [Float], _ outputs: [Float], stroke: Stroke, on canvas: any Canvas) {
    var points: [Point] = []
    for i in inputs.indices { points.append(plot.place(Point(inputs[i], min(max(outputs[i], -20), 20)))) }
    canvas.polyline(points, stroke: stroke)
  }
}

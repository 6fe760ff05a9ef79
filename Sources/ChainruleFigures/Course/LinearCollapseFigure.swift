import ChainruleCore

/// Layer upon layer without activations, which is always one straight line: its slope is the product of the layers'
/// matrices, its intercept what the biases become on their way through the layers behind them.
public final class LinearCollapseFigure: SimpleFigure {
  /// The order of ``parameters``.
  enum Control: Int {
    case renew, seed
  }

  /// The network: five layers, none of which bends anything.
  private(set) var network: Network
  /// Where on the axis the reader points.
  private var pointed: Float?
  private var plot = Plot(x: Plot.Range(low: -1, high: 1), y: Plot.Range(low: -1, high: 1))

  /// A figure with weights that make a line one can see.
  public init() {
    network = LinearCollapseFigure.network(seed: 73)
    super.init([
      (Parameter("renew", "New weights", .action), 0),
      (Parameter("seed", "Seed", .hidden, minimum: 0, maximum: 16_000_000, step: 1), 73),
    ])
    fit()
  }

  /// Makes the plot as high as the line needs: 1, 2, 4 and so on.
  private func fit() {
    let (slope, intercept) = line
    var height: Float = 1
    while height < slope.magnitude + intercept.magnitude { height *= 2 }
    plot = Plot(x: plot.x, y: Plot.Range(low: -height, high: height))
  }

  private static func network(seed: UInt64) -> Network {
    let schema = try! Schema(inputs: 1, layers: [.init(1), .init(2), .init(3), .init(4), .init(1)])
    return Network(schema, initializer: .uniform(), seed: seed)
  }

  override func act(_ parameter: Int) {
    set(Control.seed.rawValue, to: value(of: Control.seed.rawValue) + 1)
  }

  override func changed(_ parameter: Int) {
    network = LinearCollapseFigure.network(seed: UInt64(value(of: Control.seed.rawValue)))
    fit()
  }

  /// The fingerprint of the network.
  public override var fingerprint: UInt64 { network.fingerprint }

  /// The layers multiplied: what is left of five of them.
  var line: (slope: Float, intercept: Float) {
    // The network's values for x are slope · x + intercept, value by value, from the input on.
    var slopes: [Double] = [1]
    var intercepts: [Double] = [0]
    for layer in network.schema.layers.indices {
      let weights = network.weights(ofLayer: layer)
      let biases = network.biases(ofLayer: layer)
      var nextSlopes: [Double] = []
      var nextIntercepts: [Double] = []
      for output in biases.indices {
        var slope: Double = 0
        var intercept = Double(biases[output])
        for input in slopes.indices {
          let weight = Double(weights[output * slopes.count + input])
          slope += weight * slopes[input]
          intercept += weight * intercepts[input]
        }
        nextSlopes.append(slope)
        nextIntercepts.append(intercept)
      }
      slopes = nextSlopes
      intercepts = nextIntercepts
    }
    return (Float(slopes[0]), Float(intercepts[0]))
  }

  // MARK: Events

  /// The pointer and the arrows ask for a value; W draws new weights.
  @discardableResult
  public override func handle(_ event: Event) -> Bool {
    switch event {
    case .pointer(let phase, let place, _):
      let isInside = plot.frame.contains(place)
      pointed = isInside && phase != .leave && phase != .cancel ? plot.data(at: place).x : nil
      return phase == .down && isInside
    case .key(let key, let shift):
      let distance: Float = shift ? 0.25 : 0.05
      switch key {
      case .character("w"): act(Control.renew.rawValue)
      case .left: pointed = max((pointed ?? 0) - distance, -1)
      case .right: pointed = min((pointed ?? 0) + distance, 1)
      case .escape: pointed = nil
      default: return false
      }
      return true
    case .focus(let on):
      if !on { pointed = nil }
      return false
    }
  }

  /// The keys and what they do.
  public override var keys: StaticString {
    "W|new weights|Left, right|ask for a value; with Shift faster|Escape|ask no more"
  }

  // MARK: Words

  private static func equation(_ line: (slope: Float, intercept: Float)) -> Text {
    var text = Text("y = ")
    text.add(line.slope, decimals: 3)
    text.add(line.intercept < 0 ? " x − " : " x + ")
    text.add(line.intercept.magnitude, decimals: 3)
    return text
  }

  /// Adds the figure's state in words.
  public override func describe(into bytes: inout [UInt8]) {
    var text = Text("Five layers without activations make the straight line ")
    text.bytes += LinearCollapseFigure.equation(line).bytes
    text.add(", which is the product of the layers.")
    if let pointed {
      text.add(" At ")
      text.add(pointed, decimals: 2)
      text.add(" the network gives ")
      text.add(network.predict([pointed])[0], decimals: 3)
      text.add(".")
    }
    bytes.append(contentsOf: text.bytes)
  }

  // MARK: Drawing

  /// Draws what the network gives, and the layers' product in numbers.
  public override func draw(on canvas: any Canvas) {
    let size = canvas.size
    plot.frame = Rectangle(42, 16, max(size.width - 60, 100), max(size.height - 110, 90))
    let height = plot.y.high
    plot.drawAxes(on: canvas, ticks: [-1, -0.5, 0, 0.5, 1], upTicks: [-height, -height / 2, 0, height / 2, height])
    var inputs: [Float] = []
    for i in 0...60 { inputs.append(-1 + Float(i) / 30) }
    let outputs = network.predict(inputs)
    var points: [Point] = []
    for i in inputs.indices { points.append(plot.place(Point(inputs[i], min(max(outputs[i], -20), 20)))) }
    canvas.clip(to: plot.frame)
    canvas.polyline(points, stroke: Stroke(.curve, width: 3))
    if let pointed {
      let value = network.predict([pointed])[0]
      let place = plot.place(Point(pointed, value))
      canvas.segments([Point(place.x, plot.frame.bottom), place], stroke: Stroke(.focus, width: 1.5, dash: 4))
      canvas.circle(center: place, radius: 6, fill: Fill(.curve), stroke: Stroke(.background, width: 2))
    }
    canvas.endClip()
    plot.drawBorder(on: canvas)

    let y = plot.frame.bottom
    let words = Point(plot.frame.x, y + 42)
    canvas.write(Text("the layers, multiplied:"), at: words, size: 13)
    canvas.write(
      LinearCollapseFigure.equation(line), at: Point(words.x, y + 64), size: 15, bold: true, role: .ink)
    guard let pointed else { return }
    var text = Text("at ")
    text.add(pointed, decimals: 2)
    text.add(" the network gives ")
    text.add(network.predict([pointed])[0], decimals: 3)
    canvas.write(text, at: Point(words.x, y + 84), size: 13)
  }
}

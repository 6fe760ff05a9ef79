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
  /// The layers multiplied: what is left of five of them.
  private(set) var line: (slope: Float, intercept: Float) = (0, 0)
  /// Where on the axis the reader asks what the network gives.
  private var inquiry = Inquiry<Float>()
  private var plot = Plot(x: Plot.Range(low: -1, high: 1), y: Plot.Range(low: -1, high: 1))

  private static let sizes = [1, 1, 2, 3, 4, 1]

  /// A figure with weights that make a line one can see.
  public init() {
    network = Network(sizes: LinearCollapseFigure.sizes, seed: 73)
    super.init([
      (Parameter("renew", "New weights", .action), 0),
      (Parameter("seed", "Seed", .hidden, minimum: 0, maximum: 16_000_000, step: 1), 73),
    ])
    fit()
  }

  /// Multiplies the layers, and makes the plot as high as their line needs: 1, 2, 4 and so on.
  private func fit() {
    line = (output(1, hasBiases: false), output(0, hasBiases: true))
    let (slope, intercept) = line
    var height: Float = 1
    while height < slope.magnitude + intercept.magnitude { height *= 2 }
    plot = Plot(x: plot.x, y: Plot.Range(low: -height, high: height))
  }

  override func act(_ parameter: Int) {
    // Lines that look level show nothing; they are passed over.
    var tries = 0
    repeat {
      set(Control.seed.rawValue, to: value(of: Control.seed.rawValue) + 1)
      tries += 1
    } while !isSteep && tries < 100
  }

  /// Whether one can see that the line isn't level.
  package var isSteep: Bool { line.slope.magnitude > 0.1 * plot.y.high }

  override func changed(_ parameter: Int) {
    network = Network(sizes: LinearCollapseFigure.sizes, seed: value(of: Control.seed.rawValue))
    fit()
  }

  /// The fingerprint of the network.
  public override var fingerprint: UInt64 { network.fingerprint }

  /// What comes out of the network for an input, computed layer by layer, with the biases or without them. So it multiplies
  /// the layers' matrices: for 1 without biases it gives the line's slope, for 0 with biases its intercept.
  private func output(_ input: Double, hasBiases: Bool) -> Float {
    var values = [input]
    for layer in network.schema.layers.indices {
      let weights = network.weights(ofLayer: layer)
      var sums: [Double] = []
      for (row, bias) in network.biases(ofLayer: layer).enumerated() {
        var sum = hasBiases ? Double(bias) : 0
        for i in values.indices { sum += Double(weights[row * values.count + i]) * values[i] }
        sums.append(sum)
      }
      values = sums
    }
    return Float(values[0])
  }

  // MARK: Events

  /// The pointer and the arrows ask for a value; W draws new weights.
  override func pointer(_ phase: PointerPhase, at place: Point, shift: Bool) -> Bool {
    inquiry.take(phase, at: plot.frame.contains(place) ? plot.data(at: place).x : nil)
    // A finger that moves up or down scrolls the page.
    return false
  }

  override func press(_ key: Key, shift: Bool) -> Bool {
    let distance: Float = shift ? 0.25 : 0.05
    switch key {
    case .character("w"): act(Control.renew.rawValue)
    case .left: inquiry.choose(max((inquiry.part ?? 0) - distance, -1))
    case .right: inquiry.choose(min((inquiry.part ?? 0) + distance, 1))
    case .escape: inquiry.choose(nil)
    default: return false
    }
    return true
  }

  /// The keys and what they do.
  public override var keys: StaticString {
    "W|new weights|Left, right|ask for a value; with Shift faster|Escape|clear"
  }

  // MARK: Words

  private var equation: Text {
    var text = Text("y = ")
    text.add(line.slope, decimals: 3)
    text.add(line.intercept < 0 ? " x − " : " x + ")
    text.add(line.intercept.magnitude, decimals: 3)
    return text
  }

  /// What the network gives at the place that is asked about.
  private var answer: Text? {
    guard let x = inquiry.part else { return nil }
    var text = Text("At x = ")
    text.add(x, decimals: 2)
    text.add(" the network gives ")
    text.add(network.output(x), decimals: 3)
    text.add(", the same as the line.")
    return text
  }

  /// Adds the figure's state in words.
  public override func describe(into bytes: inout [UInt8]) {
    var text = Text("Five layers without activations make the straight line ")
    text.bytes += equation.bytes
    text.add(", the product of the layers: ")
    text.add(network.schema.parameterCount)
    text.add(" parameters do what 2 can do. ")
    text.bytes += answer?.bytes ?? []
    bytes.append(contentsOf: text.bytes)
  }

  // MARK: Drawing

  override func height(forWidth width: Float) -> Float { 460 }

  /// Draws the network and the one perceptron that it comes to, what it gives, and its equation.
  override func paint(on canvas: any Canvas, size: Size) {
    drawCollapse(width: size.width - 28, on: canvas)
    plot.frame = Rectangle(42, 144, size.width - 60, max(size.height - 244, 60))
    let height = plot.y.high
    plot.drawAxes(on: canvas, ticks: [-1, -0.5, 0, 0.5, 1], upTicks: [-height, -height / 2, 0, height / 2, height])
    let inputs = plot.inputs()
    canvas.clip(to: plot.frame)
    plot.drawCurve(inputs, network.outputs(inputs), stroke: Stroke(.curve, width: 3), on: canvas)
    if let x = inquiry.part {
      plot.drawUpright(at: x, stroke: Stroke(.focus, width: 1, dash: 4), on: canvas)
      canvas.dot(plot.place(Point(x, network.output(x))), radius: 6, .curve)
    }
    canvas.endClip()
    plot.drawBorder(on: canvas)
    let place = Point(plot.frame.x, plot.frame.bottom + 48)
    canvas.write(equation, at: place, size: 15, bold: true, role: .ink)
    canvas.paragraph(
      answer ?? Text("New weights give another line. Point at the plot for values."),
      at: Point(place.x, place.y + 22), width: plot.frame.width)
  }

  /// The five layers and, behind an equals sign, one perceptron that gives the same.
  private func drawCollapse(width: Float, on canvas: any Canvas) {
    let many = NetworkDiagram(
      sizes: LinearCollapseFigure.sizes, frame: Rectangle(14, 4, width * 0.58, 92), radii: 5...8)
    let one = NetworkDiagram(sizes: [1, 1], frame: Rectangle(14 + width * 0.72, 4, width * 0.28, 92), radii: 8...8)
    many.draw(network, on: canvas)
    canvas.write(Text("="), at: Point(14 + width * 0.65, 57), size: 20, alignment: .middle, role: .ink)
    var perceptron = Network(sizes: [1, 1], seed: 0)
    perceptron.set(0, weights: [line.slope], biases: [line.intercept])
    one.draw(perceptron, on: canvas)
    var text = Text("weight ")
    text.add(line.slope, decimals: 3)
    label(text, at: 38, one, on: canvas)
    text = Text("bias ")
    text.add(line.intercept, decimals: 3)
    label(text, at: 72, one, on: canvas)
    drawCount(of: network, many, on: canvas)
    drawCount(of: perceptron, one, on: canvas)
  }

  private func drawCount(of network: Network, _ diagram: NetworkDiagram, on canvas: any Canvas) {
    var text = Text()
    text.add(network.schema.parameterCount)
    text.add(" parameters")
    label(text, at: 114, diagram, on: canvas)
  }

  private func label(_ text: Text, at y: Float, _ diagram: NetworkDiagram, on canvas: any Canvas) {
    let middle = diagram.frame.x + 0.5 * diagram.frame.width
    canvas.write(text, at: Point(middle, y), size: 13, alignment: .middle, role: .ink)
  }
}

import ChainruleCore

/// One perceptron with one input: the line z = weight · x + bias, what an activation f makes of it, and below f′(z): how fast
/// the output changes with z.
///
/// The reader takes the line by its two handles: over x = 0, where its height is the bias, and over x = 1, higher by the weight.
public final class ActivationFigure: SimpleFigure {
  /// The order of ``parameters``.
  enum Control: Int {
    case activation, weight, bias, reset
  }

  private enum Handle {
    case bias, weight
  }

  private static let activations: [Activation] = [.relu, .leakyReLU(slope: 0.1), .sigmoid, .tanh]

  private var held: Handle?
  /// From the finger to the handle that it holds.
  private var grip: Float = 0
  private var hovered: Handle?
  private var plot = Plot(x: Plot.Range(low: -2, high: 2), y: Plot.Range(low: -2, high: 2))
  private var below = Plot(x: Plot.Range(low: -2, high: 2), y: Plot.Range(low: -0.1, high: 1.15))

  /// A figure with a ReLU over the line 1.2 x − 0.4.
  public init() {
    super.init([
      (Parameter("activation", "Activation", .choice, maximum: 3, choices: "ReLU|leaky ReLU|sigmoid|tanh"), 0),
      (Parameter("weight", "Weight", .number, minimum: -3, maximum: 3, step: 0.05), 1.2),
      (Parameter("bias", "Bias", .number, minimum: -2, maximum: 2, step: 0.05), -0.4),
      (Parameter("reset", "Reset", .action), 0),
    ])
  }

  private var weight: Float { value(of: Control.weight.rawValue) }
  private var bias: Float { value(of: Control.bias.rawValue) }
  private var activation: Int { Int(value(of: Control.activation.rawValue)) }

  override func act(_ parameter: Int) {
    set(Control.weight.rawValue, to: 1.2)
    set(Control.bias.rawValue, to: -0.4)
  }

  /// The perceptron: a network of one input and one output.
  private var network: Network {
    var network = Network(try! Schema(inputs: 1, layers: [.init(1, ActivationFigure.activations[activation])]))
    network.set(0, weights: [weight], biases: [bias])
    return network
  }

  /// How fast an output changes with the sum z: the activation's derivative, computed from the output a.
  func derivative(_ a: Float) -> Float {
    switch activation {
    case 0: a > 0 ? 1 : 0
    case 1: a > 0 ? 1 : 0.1
    case 2: a * (1 - a)
    default: 1 - a * a
    }
  }

  /// Where the sum passes zero; there ReLUs have their kink.
  private var zero: Float? { weight == 0 ? nil : -bias / weight }

  // MARK: Events

  private func place(_ handle: Handle) -> Point {
    plot.place(plot.clamped(handle == .bias ? Point(0, bias) : Point(1, weight + bias)))
  }

  private func handle(at place: Point) -> Handle? {
    let toBias = place.squaredDistance(to: self.place(.bias))
    let toWeight = place.squaredDistance(to: self.place(.weight))
    if min(toBias, toWeight) > 24 * 24 { return nil }
    return toBias < toWeight ? .bias : .weight
  }

  /// The handles can be dragged; arrows turn and lift the line.
  override func pointer(_ phase: PointerPhase, at place: Point, shift: Bool) -> Bool {
    switch phase {
    case .down:
      held = handle(at: place)
      if let held { grip = self.place(held).y - place.y }
      return held != nil
    case .move:
      drag(to: place)
      return held != nil
    case .up, .cancel:
      held = nil
      return false
    case .hover: hovered = handle(at: place)
    case .leave: hovered = nil
    }
    return false
  }

  override func press(_ key: Key, shift: Bool) -> Bool {
    let distance: Float = shift ? 0.25 : 0.05
    switch key {
    case .up: set(Control.bias.rawValue, to: bias + distance)
    case .down: set(Control.bias.rawValue, to: bias - distance)
    case .right: set(Control.weight.rawValue, to: weight + distance)
    case .left: set(Control.weight.rawValue, to: weight - distance)
    case .character("a"): set(Control.activation.rawValue, to: Float((activation + 1) % 4))
    case .character("r"): act(Control.reset.rawValue)
    default: return false
    }
    return true
  }

  private func drag(to place: Point) {
    let y = plot.data(at: Point(place.x, place.y + grip)).y
    if held == .bias { set(Control.bias.rawValue, to: y) }
    if held == .weight { set(Control.weight.rawValue, to: y - bias) }
  }

  /// The keys and what they do.
  public override var keys: StaticString {
    "Up, down|lift the line; with Shift faster|Left, right|change the weight|A|next activation|R|reset"
  }

  // MARK: Words

  private var name: StaticString {
    switch activation {
    case 0: "ReLU"
    case 1: "leaky ReLU"
    case 2: "sigmoid"
    default: "tanh"
    }
  }

  private var equation: Text {
    var text = Text()
    text.add("z = ", weight)
    text.add(bias < 0 ? " x − " : " x + ")
    text.add(bias.magnitude, decimals: 2)
    return text
  }

  /// Adds the figure's state in words.
  public override func describe(into bytes: inout [UInt8]) {
    var text = Text("A perceptron with the sum ")
    text.bytes += equation.bytes
    text.add(" and the activation ")
    text.add(name)
    text.add(". ")
    if let zero {
      text.add("The sum is zero at x = −b/w = ", zero)
      text.add(". ")
    }
    let output = network.output(1)
    text.add("At x = 1 the output is ", output)
    text.add(" and f′(z) is ", derivative(output))
    text.add(".")
    bytes.append(contentsOf: text.bytes)
  }

  // MARK: Drawing

  override func height(forWidth width: Float) -> Float { 490 }

  /// Draws the line, its bend, and the derivative below.
  override func paint(on canvas: any Canvas, size: Size) {
    let width = size.width - 60
    plot.frame = Rectangle(42, 30, width, max((size.height - 110) * 0.66, 80))
    below.frame = Rectangle(42, plot.frame.bottom + 70, width, max(size.height - plot.frame.bottom - 98, 50))
    let inputs = plot.inputs()
    let outputs = network.outputs(inputs)
    var derivatives: [Float] = []
    for output in outputs { derivatives.append(derivative(output)) }

    plot.drawAxes(on: canvas, ticks: [-2, -1, 0, 1, 2])
    below.drawAxes(on: canvas, ticks: [-2, -1, 0, 1, 2], upTicks: [0, 0.5, 1])
    canvas.clip(to: plot.frame)
    drawZero(in: plot, on: canvas)
    let line = [plot.place(Point(-2, bias - 2 * weight)), plot.place(Point(2, bias + 2 * weight))]
    canvas.segments(line, stroke: Stroke(.muted, width: 1.5, dash: 5))
    plot.drawCurve(inputs, outputs, stroke: Stroke(.curve, width: 3), on: canvas)
    canvas.endClip()
    canvas.clip(to: below.frame)
    drawZero(in: below, on: canvas)
    below.drawCurve(inputs, derivatives, stroke: Stroke(.accent, width: 2.5), on: canvas)
    canvas.endClip()
    plot.drawBorder(on: canvas)
    below.drawBorder(on: canvas)

    drawLegend(on: canvas)
    nameZero(on: canvas)
    canvas.write(
      Text("f′(z), the slope of f"), at: Point(below.frame.x, below.frame.y - 9), size: 13, role: .ink)
    draw(.bias, "bias", on: canvas)
    draw(.weight, "weight", on: canvas)
  }

  /// Says where the sum is zero, beside the line that marks it.
  private func nameZero(on canvas: any Canvas) {
    guard let zero, zero.magnitude < 2 else { return }
    var text = Text()
    text.add("x = −b/w = ", zero)
    let isLate = zero > 0
    canvas.write(
      text, at: Point(plot.place(Point(zero, 0)).x + (isLate ? -6 : 6), plot.frame.bottom + 37), size: 13,
      alignment: isLate ? .end : .start)
    if activation == 2 {
      // The quarter that a sigmoid never exceeds.
      text = Text("¼")
      let quarter = below.place(Point(below.x.low, 0.25))
      canvas.segments([quarter, Point(below.frame.right, quarter.y)], stroke: Stroke(.muted, width: 1.5, dash: 4))
      canvas.write(text, at: Point(below.frame.right + 4, quarter.y + 5), size: 13)
    }
  }

  private func drawZero(in plot: Plot, on canvas: any Canvas) {
    if let zero, zero.magnitude < 2 {
      plot.drawUpright(at: zero, stroke: Stroke(.axis, width: 1.5, dash: 3), on: canvas)
    }
  }

  private func draw(_ handle: Handle, _ name: StaticString, on canvas: any Canvas) {
    let place = place(handle)
    let isActive = (held ?? hovered) == handle
    canvas.dot(place, radius: isActive ? 9 : 7, .accent)
    // Beside the line, wherever it leads, and inside the plot.
    let isBelow = place.y < plot.frame.y + 24 || (weight >= 0 && place.y < plot.frame.bottom - 24)
    canvas.write(
      Text(name), at: Point(place.x + 10, place.y + (isBelow ? 20 : -10)), size: 13, bold: isActive, role: .accent)
  }

  private func drawLegend(on canvas: any Canvas) {
    let y = plot.frame.y - 13
    let x = plot.frame.x
    canvas.segments([Point(x, y), Point(x + 22, y)], stroke: Stroke(.muted, width: 1.5, dash: 5))
    canvas.write(equation, at: Point(x + 29, y + 4), size: 13, role: .ink)
    canvas.segments([Point(x + 160, y), Point(x + 182, y)], stroke: Stroke(.curve, width: 3))
    canvas.write(Text(name), at: Point(x + 189, y + 4), size: 13, role: .ink)
  }
}

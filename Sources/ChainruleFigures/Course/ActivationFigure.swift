import ChainruleKernels

/// One perceptron with one input: the line slope · x + bias, what an activation makes of it, and below the derivative.
///
/// The reader takes the line by its two handles: over x = 0, where it stands at the bias, and over x = 1, a slope higher.
public final class ActivationFigure: SimpleFigure {
  /// The order of ``parameters``.
  enum Control: Int {
    case activation, slope, bias, reset
  }

  private enum Handle {
    case bias, slope
  }

  private var held: Handle?
  private var hovered: Handle?
  private var plot = Plot(x: Plot.Range(low: -2, high: 2), y: Plot.Range(low: -2, high: 2))
  private var below = Plot(x: Plot.Range(low: -2, high: 2), y: Plot.Range(low: -2.2, high: 2.2))

  /// A figure with a ReLU over the line 1.2 x − 0.4.
  public init() {
    super.init([
      (Parameter("activation", "Activation", .choice, maximum: 3, choices: "ReLU|leaky ReLU|sigmoid|tanh"), 0),
      (Parameter("slope", "Slope", .number, minimum: -3, maximum: 3, step: 0.05), 1.2),
      (Parameter("bias", "Bias", .number, minimum: -2, maximum: 2, step: 0.05), -0.4),
      (Parameter("reset", "Reset", .action), 0),
    ])
  }

  private var slope: Float { value(of: Control.slope.rawValue) }
  private var bias: Float { value(of: Control.bias.rawValue) }
  private var activation: Int { Int(value(of: Control.activation.rawValue)) }

  override func act(_ parameter: Int) {
    set(Control.slope.rawValue, to: 1.2)
    set(Control.bias.rawValue, to: -0.4)
  }

  /// What the perceptron gives for x.
  func output(_ x: Float) -> Float {
    let z = slope * x + bias
    switch activation {
    case 0: return z > 0 ? z : 0
    case 1: return z > 0 ? z : 0.1 * z
    case 2: return PortableMath.sigmoid(z)
    default: return PortableMath.tanh(z)
    }
  }

  /// How fast that changes with x: the activation's derivative times the slope.
  func derivative(_ x: Float) -> Float {
    let z = slope * x + bias
    switch activation {
    case 0: return z > 0 ? slope : 0
    case 1: return z > 0 ? slope : 0.1 * slope
    case 2:
      let a = PortableMath.sigmoid(z)
      return a * (1 - a) * slope
    default:
      let a = PortableMath.tanh(z)
      return (1 - a * a) * slope
    }
  }

  // MARK: Events

  private func place(_ handle: Handle) -> Point {
    plot.place(plot.clamped(handle == .bias ? Point(0, bias) : Point(1, slope + bias)))
  }

  private func handle(at place: Point) -> Handle? {
    let toBias = place.squaredDistance(to: self.place(.bias))
    let toSlope = place.squaredDistance(to: self.place(.slope))
    if min(toBias, toSlope) > 24 * 24 { return nil }
    return toBias < toSlope ? .bias : .slope
  }

  /// The handles can be dragged; arrows turn and lift the line.
  @discardableResult
  public override func handle(_ event: Event) -> Bool {
    switch event {
    case .pointer(let phase, let place, _):
      switch phase {
      case .down:
        held = handle(at: place)
        drag(to: place)
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
    case .key(let key, let shift):
      let distance: Float = shift ? 0.25 : 0.05
      switch key {
      case .up: set(Control.bias.rawValue, to: bias + distance)
      case .down: set(Control.bias.rawValue, to: bias - distance)
      case .right: set(Control.slope.rawValue, to: slope + distance)
      case .left: set(Control.slope.rawValue, to: slope - distance)
      case .character("a"): set(Control.activation.rawValue, to: Float((activation + 1) % 4))
      case .character("r"): act(Control.reset.rawValue)
      default: return false
      }
      return true
    case .focus: return false
    }
  }

  private func drag(to place: Point) {
    let y = plot.data(at: place).y
    if held == .bias { set(Control.bias.rawValue, to: y) }
    if held == .slope { set(Control.slope.rawValue, to: y - bias) }
  }

  /// The keys and what they do.
  public override var keys: StaticString {
    "Up, down|lift the line; with Shift faster|Left, right|turn the line|A|next activation|R|reset"
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
    var text = Text("z = ")
    text.add(slope, decimals: 2)
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
    if slope != 0 {
      text.add("The sum is zero at x = ")
      text.add(-bias / slope, decimals: 2)
      text.add(". ")
    }
    text.add("At x = 1 it gives ")
    text.add(output(1), decimals: 2)
    text.add(", with the derivative ")
    text.add(derivative(1), decimals: 2)
    text.add(".")
    bytes.append(contentsOf: text.bytes)
  }

  // MARK: Drawing

  /// The height, in CSS pixels, that suits a width.
  public override func preferredHeight(forWidth width: Float) -> Float { 470 }

  /// Draws the line, its bend, and the derivative below.
  public override func draw(on canvas: any Canvas) {
    let size = canvas.size
    let width = max(size.width - 60, 100)
    plot.frame = Rectangle(42, 30, width, max((size.height - 110) * 0.66, 80))
    below.frame = Rectangle(42, plot.frame.bottom + 50, width, max(size.height - plot.frame.bottom - 78, 50))
    plot.drawAxes(on: canvas, ticks: [-2, -1, 0, 1, 2])
    canvas.clip(to: plot.frame)
    let line = [plot.place(Point(-2, bias - 2 * slope)), plot.place(Point(2, bias + 2 * slope))]
    canvas.segments(line, stroke: Stroke(.muted, width: 1.5, dash: 5))
    draw(output, in: plot, stroke: Stroke(.curve, width: 3), on: canvas)
    canvas.endClip()
    plot.drawBorder(on: canvas)
    drawLegend(on: canvas)
    for handle in [Handle.bias, .slope] {
      let isActive = held == handle || (held == nil && hovered == handle)
      canvas.circle(
        center: place(handle), radius: isActive ? 9 : 7, fill: Fill(.accent), stroke: Stroke(.background, width: 2))
    }

    canvas.write(Text("its derivative by x"), at: Point(below.frame.x, below.frame.y - 9))
    below.drawAxes(on: canvas, ticks: [-2, -1, 0, 1, 2])
    canvas.clip(to: below.frame)
    draw(derivative, in: below, stroke: Stroke(.accent, width: 2.5), on: canvas)
    canvas.endClip()
    below.drawBorder(on: canvas)
  }

  private func drawLegend(on canvas: any Canvas) {
    let y = plot.frame.y - 13
    let x = plot.frame.x
    canvas.segments([Point(x, y), Point(x + 22, y)], stroke: Stroke(.muted, width: 1.5, dash: 5))
    canvas.write(equation, at: Point(x + 29, y + 4), role: .ink)
    canvas.segments([Point(x + 150, y), Point(x + 172, y)], stroke: Stroke(.curve, width: 3))
    canvas.write(Text(name), at: Point(x + 179, y + 4), role: .ink)
  }

  private func draw(_ function: (Float) -> Float, in plot: Plot, stroke: Stroke, on canvas: any Canvas) {
    var points: [Point] = []
    // One place for every pixel: steps and kinks stand where they are.
    let count = max(Int(plot.frame.width), 2)
    for i in 0...count {
      let x = plot.x.low + plot.x.length * Float(i) / Float(count)
      points.append(plot.place(Point(x, min(max(function(x), -20), 20))))
    }
    canvas.polyline(points, stroke: stroke)
  }
}

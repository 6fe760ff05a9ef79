/// The chain rule, seen: perceptrons in a row, or on two paths that part and meet again, and for each part of a path the
/// factor by which it passes a small change on.
///
/// What is pointed at in the picture lights up in the formula, and the other way round. A change can be sent through, and
/// is multiplied on its way. The derivative is compared with a measured one. The chain of two can end at the loss.
public final class ChainFigure: SimpleFigure {
  /// Which perceptrons there are.
  public enum Shape: Sendable {
    /// Two in a row.
    case two
    /// Three in a row.
    case three
    /// One that feeds two, which meet again.
    case branch

    fileprivate var model: ChainModel {
      switch self {
      case .two: ChainModel(from: [0, 1], to: [1, 2], weights: [1.5, 0.8], canEndAtLoss: true)
      case .three: ChainModel(from: [0, 1, 2], to: [1, 2, 3], weights: [1.5, -1.2, 0.9])
      case .branch:
        ChainModel(from: [0, 1, 1, 2, 3], to: [1, 2, 3, 4, 4], weights: [1.5, 1.2, -0.8, 0.9, 0.7])
      }
    }
  }

  /// The order of ``parameters``; a weight for each connection follows.
  enum Control: Int {
    case play, by, bend, input, target, weight
  }

  private static let numbers: [(name: StaticString, label: StaticString)] = [
    ("input", "Input x"), ("target", "Target y"), ("weight-1", "Weight w₁"), ("weight-2", "Weight w₂"),
    ("weight-3", "Weight w₃"), ("weight-4", "Weight w₄"), ("weight-5", "Weight w₅"),
  ]
  /// How far the measurement nudges.
  static let nudge = 0.00001
  private static let secondsPerFactor: Float = 1.3

  private let shape: Shape
  let model: ChainModel
  /// The derivative without any rule.
  private(set) var measured = 0.0
  private(set) var layout: ChainLayout
  /// The step that was chosen, or that the change has reached on its way.
  private var chosen: Int?
  private var hovered: Int?
  /// How much of the chosen factor's part the change has passed, from 0 to 1.
  private var travel: Float = 1

  /// A figure of that shape.
  public init(_ shape: Shape) {
    self.shape = shape
    model = shape.model
    layout = ChainLayout(model, width: 600)
    var parameters: [(parameter: Parameter, value: Float)] = [
      (Parameter("play", "Play", .toggle), 0),
      (
        Parameter(
          "derivative", "Derivative", .choice, maximum: model.canEndAtLoss ? 2 : 1,
          choices: model.canEndAtLoss ? "∂ŷ/∂x|∂ŷ/∂w₁|∂L/∂w₁" : "∂ŷ/∂x|∂ŷ/∂w₁"), 1
      ),
      (Parameter("activation", "Activation", .choice, maximum: 2, choices: "tanh|sigmoid|linear"), 0),
    ]
    for (words, value) in zip(ChainFigure.numbers, [0.5, -0.4] + model.weights) {
      parameters.append(
        (Parameter(words.name, words.label, .number, minimum: -2, maximum: 2, step: 0.05), Float(value)))
    }
    super.init(parameters)
    compute()
  }

  private func number(_ control: Control) -> Float { value(of: control.rawValue) }

  /// Whether a parameter means anything now: a target needs a loss.
  public override func isAvailable(_ parameter: Int) -> Bool {
    parameter != Control.target.rawValue || model.endsAtLoss
  }

  var isPlaying: Bool { number(.play) >= 0.5 }

  private func compute() {
    model.isByWeight = number(.by) >= 0.5
    let endsAtLoss = number(.by) >= 1.5
    if model.endsAtLoss != endsAtLoss {
      model.endsAtLoss = endsAtLoss
      layout = ChainLayout(model, width: layout.width)
      chosen = nil
      hovered = nil
    }
    model.bend = ChainModel.Bend(rawValue: Int(number(.bend) + 0.5))!
    model.input = Double(number(.input))
    model.target = Double(number(.target))
    for i in model.weights.indices { model.weights[i] = Double(value(of: Control.weight.rawValue + i)) }
    model.compute()
    measured = model.measuredDerivative(nudge: ChainFigure.nudge)
  }

  override func changed(_ parameter: Int) {
    if parameter != Control.play.rawValue {
      compute()
    } else if isPlaying && (chosen ?? lastStep) == lastStep && travel >= 1 {
      chosen = 0
      travel = 0
    }
  }

  /// ∂ŷ/∂x, ∂ŷ/∂w₁ or ∂L/∂w₁, as the chain rule has it.
  package var derivative: Double { model.derivative() }

  /// What it would be if the activations' slopes were left out.
  package var derivativeWithoutSlopes: Double { model.derivative(withSlopes: false) }

  /// What one of the paths contributes, counted from 0.
  package func derivative(ofPath path: Int) -> Double { model.product(to: (path + 1) * model.stepsPerPath - 1) }

  // MARK: Goals

  /// An exercise for each shape.
  public override var goals: [Goal] {
    switch shape {
    case .two: [Goal("nothing-to-learn", "With ∂L/∂w₁, bring the derivative below 0.01 by moving the target alone.")]
    case .three: [Goal("reach-0.09", "With sigmoids, make the derivative at least 0.09, above or below zero.")]
    case .branch: [Goal("cancel", "Make the two paths cancel: a derivative of 0, though each path has more than 0.05.")]
    }
  }

  /// Whether the exercise is done.
  public override func isReached(_ goal: Int) -> Bool {
    if goal != 0 { return false }
    let size = model.derivative().magnitude
    switch shape {
    case .two:
      return model.endsAtLoss && size < 0.01 && number(.input) == 0.5 && model.hasWeights(of: shape.model)
    case .three: return model.bend == .sigmoid && size >= 0.09
    case .branch: return size < 0.0005 && derivative(ofPath: 0).magnitude > 0.05
    }
  }

  // MARK: The factor pointed at

  private var lastStep: Int { model.steps.count - 1 }

  /// The step whose factor is lit.
  var lit: Int? { hovered ?? chosen }

  /// The part of the network that is lit.
  var litPart: Int? { lit.map { model.steps[$0] } }

  /// How much of the lit part the change has passed, from 0 to 1: it starts and stops gently.
  var litShare: Float { hovered == nil ? travel * travel * (3 - 2 * travel) : 1 }

  /// The step whose factor, or whose part of the network, is at a place.
  private func step(at place: Point) -> Int? {
    for step in model.steps.indices where layout.chip(step).contains(place, margin: 3) { return step }
    for (step, part) in model.steps.enumerated() where layout.isAt(place, part) { return step }
    return nil
  }

  private func choose(_ step: Int?) {
    keep(0, for: Control.play.rawValue)
    hovered = nil
    chosen = step
    travel = 1
  }

  // MARK: Time

  /// Whether the figure moves by itself.
  public override var isRunning: Bool { isPlaying }

  /// Moves the change on, from factor to factor and path to path.
  override func pass(_ seconds: Float) {
    travel += seconds / ChainFigure.secondsPerFactor
    if travel < 1 { return }
    let step = chosen ?? 0
    if step == lastStep {
      travel = 1
      keep(0, for: Control.play.rawValue)
    } else {
      travel = 0
      chosen = step + 1
    }
  }

  // MARK: Events

  /// Pointing lights a factor and its part; a press keeps them lit. The arrows go from factor to factor and set weights.
  override func pointer(_ phase: PointerPhase, at place: Point, shift: Bool) -> Bool {
    switch phase {
    case .down:
      choose(step(at: place))
      return chosen != nil
    case .hover: hovered = step(at: place)
    case .leave, .cancel: hovered = nil
    case .move, .up: break
    }
    return false
  }

  override func press(_ key: Key, shift: Bool) -> Bool {
    switch key {
    case .character(" "): set(Control.play.rawValue, to: isPlaying ? 0 : 1)
    case .character("a"): turn(.bend, choices: 3)
    case .character("d"): turn(.by, choices: model.canEndAtLoss ? 3 : 2)
    case .right: choose(min((chosen ?? -1) + 1, lastStep))
    case .left: choose(max((chosen ?? lastStep + 1) - 1, 0))
    case .up: change(by: shift ? 0.25 : 0.05)
    case .down: change(by: shift ? -0.25 : -0.05)
    case .escape: choose(nil)
    default: return false
    }
    return true
  }

  private func turn(_ control: Control, choices: Int) {
    set(control.rawValue, to: Float((Int(number(control)) + 1) % choices))
  }

  /// Changes the weight of the connection that is lit, the input otherwise.
  private func change(by distance: Float) {
    var parameter = Control.input.rawValue
    if let part = litPart, model.isConnection(part) { parameter = Control.weight.rawValue + part }
    set(parameter, to: value(of: parameter) + distance)
  }

  /// The keys and what they do.
  public override var keys: StaticString {
    """
    Space|play, pause|Left, right|previous, next factor|Up, down|change the chosen weight, or else the input|A|\
    next activation|D|next derivative|Escape|clear the choice
    """
  }

  // MARK: Words and drawing

  /// Adds the figure's state in words.
  public override func describe(into bytes: inout [UInt8]) { bytes += description.bytes }

  /// Draws the network, the change on its way, the factors, and the check.
  override func paint(on canvas: any Canvas, size: Size) {
    if layout.width != size.width { layout = ChainLayout(model, width: size.width) }
    drawNetwork(on: canvas)
    drawChange(on: canvas)
    drawFormula(on: canvas)
    if model.paths > 1 { drawSum(on: canvas) }
    canvas.paragraph(
      litWords, at: Point(ChainLayout.margin, layout.words), width: layout.check.width, role: lit == nil ? .muted : .ink
    )
    drawCheck(on: canvas)
  }

  override func height(forWidth width: Float) -> Float {
    ChainLayout(model, width: width).check.bottom + 2
  }
}

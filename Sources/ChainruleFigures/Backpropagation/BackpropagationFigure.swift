import ChainruleCore

/// Backpropagation step by step: forward, loss, backward, update, one calculation at a time, forwards and back, in a small
/// network that the reader shapes, on a sample that the reader sets.
public final class BackpropagationFigure: SimpleFigure {
  typealias Node = NetworkDiagram.Node

  /// The order of ``parameters``.
  enum Control: Int {
    case play, back, next, step, reset, renew, check, activation, mistake, output
    case first, second, target, learningRate, inputs, hidden, deep, keyframe, seed
  }

  /// How long a calculation stays when all of them are played, in seconds.
  private static let pause: Float = 2.4
  /// How long a pulse takes along a connection.
  private static let pulse: Float = 0.7
  /// All of them can be taken back.
  private static let mostSteps = 1000

  /// The step that is shown.
  public private(set) var trace: BackpropagationTrace
  /// How many steps lie before it.
  private var stepsBefore = 0
  /// The result of the gradient check, while it is shown.
  private var comparison: BackpropagationTrace.Comparison?
  /// The gradient that differs most from the measured one.
  private var worst = BackpropagationTrace.Comparison()
  /// Seconds since the calculation came up.
  private var time = BackpropagationFigure.pulse
  private var isScrubbing = false
  private var diagram = NetworkDiagram(sizes: [1, 1], frame: Rectangle(0, 0, 1, 1))
  /// Where the calculations of a step stand in a row.
  private var timeline = Rectangle(0, 0, 1, 1)

  /// A figure with two inputs, two hidden layers of two and one output, before its first step.
  public init() {
    trace = BackpropagationTrace(
      of: Network(try! Schema(inputs: 1, layers: [.init(1)])),
      on: BackpropagationTrace.Sample(inputs: [0], target: 0, learningRate: 0), after: nil)
    super.init([
      (Parameter("play", "Play", .toggle), 0), (Parameter("back", "Back", .action), 0),
      (Parameter("next", "Next", .action), 0), (Parameter("step", "Step", .action), 0),
      (Parameter("reset", "Reset", .action), 0), (Parameter("renew", "New weights", .action), 0),
      (Parameter("check", "Check gradients", .action), 0),
      (Parameter("activation", "Hidden activation", .choice, maximum: 3, choices: "tanh|ReLU|sigmoid|linear"), 0),
      (
        Parameter("mistake", "Mistake", .choice, maximum: 3, choices: "right|no slopes|no zeroing|no adding"),
        0
      ),
      (Parameter("sigmoid-output", "Sigmoid output", .toggle), 0),
      (Parameter("input-1", "Input x₁", .number, minimum: -1, maximum: 1, step: 0.05), 0.6),
      (Parameter("input-2", "Input x₂", .number, minimum: -1, maximum: 1, step: 0.05), -0.4),
      (Parameter("target", "Target y", .number, minimum: -1, maximum: 1, step: 0.05), 0.8),
      (Parameter("learning-rate", "Learning rate η", .logarithmic, minimum: 0.01, maximum: 5, step: 0.01), 0.1),
      (Parameter("inputs", "Inputs", .number, minimum: 1, maximum: 2), 2),
      (Parameter("hidden-1", "First hidden layer", .number, minimum: 1, maximum: 3), 2),
      (Parameter("hidden-2", "Second hidden layer", .number, maximum: 3), 2),
      (Parameter("keyframe", "Calculation", .hidden, maximum: 29), 0),
      (Parameter("seed", "Seed", .hidden, maximum: 16_000_000), 4),
    ])
    restart()
  }

  private func number(_ control: Control) -> Float { value(of: control.rawValue) }
  private func count(_ control: Control) -> Int { Int(number(control) + 0.5) }
  private var isPlaying: Bool { number(.play) >= 0.5 }

  /// Whether a parameter means anything now.
  public override func isAvailable(_ parameter: Int) -> Bool {
    parameter != Control.second.rawValue || count(.inputs) == 2
  }

  // MARK: The network and its sample

  private var sample: BackpropagationTrace.Sample {
    var inputs = [number(.first)]
    if count(.inputs) == 2 { inputs.append(number(.second)) }
    return BackpropagationTrace.Sample(
      inputs: inputs, target: number(.target), learningRate: number(.learningRate))
  }

  private var hiddenActivation: Activation {
    switch Int(number(.activation)) {
    case 0: .tanh
    case 1: .relu
    case 2: .sigmoid
    default: .linear
    }
  }

  /// Starts anew, with the weights of the seed. They have two decimals, to be followed with pencil and paper.
  private func restart() {
    var layers = [Schema.Layer(count(.hidden), hiddenActivation)]
    if count(.deep) > 0 { layers.append(.init(count(.deep), hiddenActivation)) }
    layers.append(.init(1, number(.output) >= 0.5 ? .sigmoid : .linear))
    var network = Network(
      try! Schema(inputs: count(.inputs), layers: layers), initializer: .uniform(), seed: UInt64(number(.seed)))
    for layer in layers.indices {
      network.setWeights(BackpropagationFigure.rounded(network.weights(ofLayer: layer)), ofLayer: layer)
      network.setBiases(BackpropagationFigure.rounded(network.biases(ofLayer: layer)), ofLayer: layer)
    }
    stepsBefore = 0
    begin(network, after: nil)
  }

  @inline(never)
  private static func rounded(_ numbers: [Float]) -> [Float] {
    var numbers = numbers
    for i in numbers.indices { numbers[i] = (numbers[i] * 100 + 0.5).rounded(.down) / 100 }
    return numbers
  }

  private var mistake: BackpropagationTrace.Mistake { .init(rawValue: count(.mistake))! }

  private func begin(_ network: Network, after before: BackpropagationTrace?) {
    trace = BackpropagationTrace(of: network, on: sample, after: before, making: mistake)
    worst = trace.check()
    comparison = nil
  }

  // MARK: Parameters

  override func changed(_ parameter: Int) {
    switch Control(rawValue: parameter) {
    case .play: if isPlaying && isLast { goOn() }
    case .first, .second, .target, .learningRate, .mistake: begin(trace.network, after: trace.before)
    case .keyframe: comparison = nil
    default: restart()
    }
  }

  override func act(_ parameter: Int) {
    let control = Control(rawValue: parameter)
    if control != .renew { stop() }
    switch control {
    case .back: goBack()
    case .next: goOn()
    case .step: takeStep(to: position)
    case .check: comparison = comparison == nil ? worst : nil
    case .reset:
      keep(0, for: Control.keyframe.rawValue)
      restart()
    default: set(Control.seed.rawValue, to: number(.seed) + 1)
    }
  }

  private func stop() { keep(0, for: Control.play.rawValue) }

  /// The steps taken; a step is taken when its last calculation is shown.
  public override var steps: Int { stepsBefore + (isLast ? 1 : 0) }
  /// The loss of the network as it is.
  public override var loss: Float { isLast ? trace.newLoss : trace.loss }

  // MARK: Goals

  /// What the reader may try.
  public override var goals: [Goal] {
    [
      Goal("five-steps", "Get the loss below 0.001 in at most five steps, by changing only the learning rate."),
      Goal("no-zeroing", "Choose the mistake “no zeroing”, and make the gradient check fail."),
      Goal("harmless", "Choose “no adding”, and change the network so that the gradient check passes anyway."),
    ]
  }

  /// Whether the present step meets a goal.
  public override func isReached(_ goal: Int) -> Bool {
    switch goal {
    case 0:
      mistake == .none && steps > 0 && steps <= 5 && loss < 0.001 && number(.target) == 0.8
        && number(.seed) == 4
    case 1: mistake == .zeroing && worst.isWrong
    case 2: mistake == .overwriting && !worst.isWrong
    default: false
    }
  }

  // MARK: Calculations

  /// Which calculation is shown.
  private var position: Int { min(Int(number(.keyframe)), last) }
  /// How many perceptrons there are.
  private var count: Int { trace.values.count - trace.sizes[0] }
  private var last: Int { Keyframe.total(of: count) - 1 }
  private var isLast: Bool { position == last }

  private var moment: BackpropagationMoment {
    BackpropagationMoment(trace, position: position, comparison: comparison)
  }

  /// Shows a calculation, at rest.
  private func show(_ position: Int) {
    keep(Float(min(max(position, 0), last)), for: Control.keyframe.rawValue)
    comparison = nil
    time = BackpropagationFigure.pulse
  }

  private func goOn() {
    if isLast {
      takeStep(to: 0)
    } else {
      show(position + 1)
    }
    time = 0
  }

  private func goBack() {
    if position > 0 {
      show(position - 1)
    } else if trace.before != nil {
      takeStepBack()
      show(last)
    }
  }

  /// Begins the next step where this one leaves the weights, unless they are beyond all bounds.
  private func takeStep(to position: Int) {
    if !trace.isBounded || stepsBefore >= BackpropagationFigure.mostSteps { return }
    begin(trace.newNetwork, after: trace)
    stepsBefore += 1
    show(position)
  }

  /// Returns to the step before, and to its sample.
  private func takeStepBack() {
    guard let before = trace.before else { return }
    trace = before
    worst = trace.check()
    stepsBefore -= 1
    comparison = nil
    keep(Float(before.mistake.rawValue), for: Control.mistake.rawValue)
    for (i, input) in before.sample.inputs.enumerated() { keep(input, for: Control.first.rawValue + i) }
    keep(before.sample.target, for: Control.target.rawValue)
    keep(before.sample.learningRate, for: Control.learningRate.rawValue)
  }

  // MARK: Time

  /// Whether the figure moves: a pulse is on its way, or all calculations are played.
  public override var isRunning: Bool { isPlaying || time < BackpropagationFigure.pulse }

  /// Moves the pulse on, and after a while goes on to the next calculation, up to the end of the step.
  override func pass(_ seconds: Float) {
    time += seconds
    if !isPlaying || time < BackpropagationFigure.pause { return }
    goOn()
    if isLast { stop() }
  }

  // MARK: Events

  /// The row of calculations can be pressed and dragged along; a pressed perceptron shows its own.
  override func pointer(_ phase: PointerPhase, at place: Point, shift: Bool) -> Bool {
    switch phase {
    case .down:
      if timeline.contains(place) {
        isScrubbing = true
      } else if let node = diagram.node(at: place), node.layer > 0 {
        stop()
        show(Keyframe.position(of: moment.kind, at: trace.number(node) - trace.sizes[0], of: count))
        return true
      }
      scrub(to: place)
      return isScrubbing
    case .move:
      scrub(to: place)
      return isScrubbing
    case .up, .cancel: isScrubbing = false
    default: break
    }
    return false
  }

  override func press(_ key: Key, shift: Bool) -> Bool {
    switch key {
    case .character(" "): set(Control.play.rawValue, to: isPlaying ? 0 : 1)
    case .right: shift ? show(phase: moment.phase + 1) : act(Control.next.rawValue)
    case .left: shift ? show(phase: moment.phase - 1) : act(Control.back.rawValue)
    case .up, .character("s"): act(Control.step.rawValue)
    case .down: takeStepBack()
    case .character("r"): act(Control.reset.rawValue)
    case .character("w"): act(Control.renew.rawValue)
    case .character("g"): act(Control.check.rawValue)
    default: return false
    }
    return true
  }

  private func scrub(to place: Point) {
    if !isScrubbing { return }
    stop()
    show(Int(max(place.x - timeline.x, 0) / timeline.width * Float(last + 1)))
  }

  /// Shows the first calculation of a phase.
  private func show(phase: Int) {
    stop()
    show(Keyframe.start(ofPhase: phase, of: count))
  }

  /// The keys and what they do.
  public override var keys: StaticString {
    """
    Space|play, pause|Right, left|next calculation, the one before; with Shift next phase|Up, down|the same calculation \
    a whole step later, earlier|G|check the gradients|R|reset|W|new weights
    """
  }

  // MARK: Words

  /// Adds the figure's state in words.
  public override func describe(into bytes: inout [UInt8]) {
    var text = Text("Step ")
    text.add(stepsBefore + 1, isGrouped: false)
    text.add(", calculation ")
    text.add(position + 1)
    text.add(" of ")
    text.add(last + 1)
    text.add(". ")
    let ledger = Ledger(on: nil, in: timeline, role: .ink)
    moment.write(to: ledger)
    bytes += text.bytes + ledger.text.bytes
    if mistake != .none {
      bytes.append(UInt8(ascii: " "))
      bytes += verdict.bytes
      bytes.append(UInt8(ascii: "."))
    }
  }

  /// What the gradient check finds while a mistake is made.
  private var verdict: Text {
    var text = Text(worst.isWrong ? "Gradient check: off by " : "Gradient check: passes")
    if worst.isWrong { text.add(quantity: worst.difference, decimals: 4) }
    return text
  }

  // MARK: Drawing

  private func isWide(_ width: Float) -> Bool { width >= 640 }

  override func height(forWidth width: Float) -> Float { isWide(width) ? 372 : 616 }

  /// Draws the row of calculations, the network, and the calculation beside it or below.
  override func paint(on canvas: any Canvas, size: Size) {
    let moment = moment
    timeline = Rectangle(12, 0, size.width - 24, 46)
    moment.drawTimeline(in: timeline, on: canvas)
    var network = Rectangle(6, 52, size.width - 12, 272)
    var panel = Rectangle(4, 336, size.width - 8, max(size.height - 340, 60))
    if isWide(size.width) {
      let middle = size.width * 0.52
      network = Rectangle(6, 52, middle - 26, max(size.height - 58, 90))
      panel = Rectangle(middle, 56, size.width - middle - 4, max(size.height - 60, 88))
    }
    var text = Text("step ")
    text.add(stepsBefore + 1)
    canvas.write(text, at: Point(network.x + 6, network.y + 16), size: 13, bold: true, role: .ink)
    text = Text("target y = ")
    text.add(number(.target), decimals: 2)
    if position >= count {
      text.add(", loss ")
      text.add(quantity: loss, decimals: 4)
    }
    canvas.write(text, at: Point(network.right - 6, network.y + 16), size: 13, alignment: .end)
    if mistake != .none {
      canvas.write(
        verdict, at: Point(network.x + 6, network.bottom - 2), size: 13, bold: true,
        role: worst.isWrong ? .warning : .muted)
    }
    network.y += 24
    network.height -= 54
    diagram = NetworkDiagram(sizes: trace.sizes, frame: network)
    moment.draw(diagram, pulse: time / BackpropagationFigure.pulse, on: canvas)
    moment.write(to: Ledger(on: canvas, in: panel, role: moment.role))
  }
}

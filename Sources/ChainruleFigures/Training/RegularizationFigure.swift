import ChainruleCore

/// What a price on weights does to a network that would learn its points by heart: its curve, its loss on the points it
/// learns from and on others, and its weights.
public final class RegularizationFigure: SimpleFigure {
  /// The order of ``parameters``.
  enum Control: Int {
    case play, step, reset, renew, points, penalty, lambda, seed, pointsSeed
  }

  private static let stepsPerSecond: Float = 600
  /// A weight that is this near to 0 does next to nothing.
  private static let small: Float = 0.005
  private static let bins = 61
  private static let binWidth: Float = 0.04
  private static let wide: Float = 620
  /// The numbers of the colours and the marks.
  private static let trainingSeries = 0
  private static let validationSeries = 3

  private(set) var fit = NoisyFit(seed: 1, points: 1)
  private var due: Float = 0
  private var plot = Plot(x: Plot.Range(low: -4, high: 4), y: Plot.Range(low: -1.6, high: 1.6))

  /// A figure without a penalty.
  public init() {
    super.init([
      (Parameter("play", "Play", .toggle), 0), (Parameter("step", "Step", .action), 0),
      (Parameter("reset", "Reset", .action), 0), (Parameter("renew", "New weights", .action), 0),
      (Parameter("points", "New points", .action), 0),
      (Parameter("penalty", "Penalty", .choice, choices: "L2|L1"), 0),
      (Parameter("lambda", "Penalty λ", .logarithmic, maximum: 0.1, step: 0.0001), 0),
      (Parameter("seed", "Seed", .hidden, maximum: 16_000_000), 1),
      (Parameter("points-seed", "Seed of the points", .hidden, maximum: 16_000_000), 1),
    ])
  }

  private func number(_ control: Control) -> Float { value(of: control.rawValue) }
  private var isPlaying: Bool { number(.play) >= 0.5 }
  private var isL1: Bool { number(.penalty) >= 0.5 }

  // MARK: What a program can see

  /// The steps taken.
  public override var steps: Int { fit.steps }
  /// The loss on the points that the network learns from, without the penalty.
  public override var loss: Float { fit.trainingLoss }
  /// The loss on the points that were kept back.
  public var validationLoss: Float { fit.validationLoss }
  /// The network as it is now.
  public var network: Network { fit.network }
  /// The fingerprint of the network.
  public override var fingerprint: UInt64 { fit.network.fingerprint }
  /// The points to learn from, and those kept back.
  public var data: (training: Dataset, validation: Dataset) { (fit.training, fit.validation) }

  // MARK: Parameters and time

  override func changed(_ parameter: Int) {
    if parameter >= Control.seed.rawValue { restart() }
  }

  override func act(_ parameter: Int) {
    switch Control(rawValue: parameter) {
    case .renew: set(Control.seed.rawValue, to: number(.seed) + 1)
    case .points: set(Control.pointsSeed.rawValue, to: number(.pointsSeed) + 1)
    default:
      keep(0, for: Control.play.rawValue)
      if parameter == Control.step.rawValue { step() } else { restart() }
    }
  }

  private func restart() {
    fit = NoisyFit(seed: UInt64(number(.seed)), points: UInt64(number(.pointsSeed)))
    due = 0
  }

  private func step() {
    let lambda = number(.lambda)
    if !fit.train(Regularizer(l1: isL1 ? lambda : 0, l2: isL1 ? 0 : lambda)) { keep(0, for: Control.play.rawValue) }
  }

  /// Whether the figure moves by itself.
  public override var isRunning: Bool { isPlaying }

  /// Takes the steps that are due.
  override func pass(_ seconds: Float) {
    due += seconds * RegularizationFigure.stepsPerSecond
    while due >= 1 {
      due -= 1
      step()
    }
  }

  // MARK: Events

  /// Keys play, step, and set the penalty.
  override func press(_ key: Key, shift: Bool) -> Bool {
    let lambda = number(.lambda)
    switch key {
    case .character(" "): set(Control.play.rawValue, to: isPlaying ? 0 : 1)
    case .character("s"): act(Control.step.rawValue)
    case .character("r"): act(Control.reset.rawValue)
    case .character("w"): act(Control.renew.rawValue)
    case .character("p"): act(Control.points.rawValue)
    case .character("l"): set(Control.penalty.rawValue, to: isL1 ? 0 : 1)
    case .up, .right: set(Control.lambda.rawValue, to: lambda == 0 ? 0.0001 : lambda * 1.25)
    case .down, .left: set(Control.lambda.rawValue, to: lambda < 0.00012 ? 0 : lambda / 1.25)
    default: return false
    }
    return true
  }

  /// The keys and what they do.
  public override var keys: StaticString {
    "Space|play, pause|S|one step|R|reset|W|new weights|P|new points|L|the other penalty|Arrows|more or less λ"
  }

  // MARK: Words

  /// How many of a hundred weights are next to nothing.
  private var smallShare: Int {
    var small = 0
    for layer in network.schema.layers.indices {
      for weight in network.weights(ofLayer: layer) where weight.magnitude < RegularizationFigure.small { small += 1 }
    }
    let count = NoisyFit.weightCount
    return (small * 100 + count / 2) / count
  }

  /// Adds the figure's state in words.
  public override func describe(into bytes: inout [UInt8]) {
    var text = Text(isPlaying ? "Training. " : "Paused. ")
    text.add("Step ")
    text.add(steps, isGrouped: false)
    text.add(isL1 ? ". Penalty L1, λ " : ". Penalty L2, λ ")
    text.add(short: number(.lambda))
    text.add(". The loss on 12 training points is ")
    text.addLoss(loss)
    text.add(", on 24 validation points ")
    text.addLoss(validationLoss)
    text.add(". ")
    text.add(smallShare)
    text.add(" % of ")
    text.add(NoisyFit.weightCount)
    text.add(" weights are within 0.005 of 0.")
    bytes.append(contentsOf: text.bytes)
  }

  // MARK: Drawing

  private func plotSize(forWidth width: Float) -> Size {
    let isWide = width >= RegularizationFigure.wide
    let across = isWide ? width * 0.54 - 42 : width - 60
    return Size(across, isWide ? min(max(across * 0.9, 300), 400) : across * 0.8)
  }

  override func height(forWidth width: Float) -> Float {
    plotSize(forWidth: width).height + (width >= RegularizationFigure.wide ? 64 : 460)
  }

  /// Draws the fit, the losses and the weights.
  override func paint(on canvas: any Canvas, size: Size) {
    let width = size.width
    let isWide = width >= RegularizationFigure.wide
    let plotSize = plotSize(forWidth: width)
    plot.frame = Rectangle(42, 34, plotSize.width, plotSize.height)
    drawPlot(on: canvas)
    let x = isWide ? plot.frame.right + 68 : 60
    let top = isWide ? plot.frame.y : plot.frame.bottom + 62
    // Losses and weights share the height, less what is written between them.
    let height = ((isWide ? plot.frame.bottom : top + 330) - top - 68) / 2
    let losses = Rectangle(x, top, max(width - 12 - LossLines.nameRoom - x, 40), height)
    let lines = [
      LossLines.Line(name: "training", series: RegularizationFigure.trainingSeries, losses: fit.trainingHistory.means),
      LossLines.Line(
        name: "validation", series: RegularizationFigure.validationSeries, losses: fit.validationHistory.means),
    ]
    LossLines(title: "loss", frame: losses, lines: lines, count: max(lines[0].losses.count, 2), steps: steps)
      .draw(on: canvas)
    drawWeights(in: Rectangle(x, losses.bottom + 68, width - 18 - x, height), on: canvas)
  }

  private func drawPlot(on canvas: any Canvas) {
    let frame = plot.frame
    plot.drawAxes(on: canvas, ticks: [-4, -2, 0, 2, 4], upTicks: [-1, 0, 1])
    canvas.clip(to: frame)
    var inputs: [Float] = []
    for i in 0...200 { inputs.append(-4 + Float(i) * 0.04) }
    let dashes = Stroke(.muted, width: 1.5, dash: 5)
    // The points come from the middle nine tenths of the inputs; beyond them there is nothing to be true.
    let known = Array(inputs[10...190])
    canvas.polyline(plot.line(known, known.map(NoisyFit.curve)), stroke: dashes)
    canvas.polyline(plot.line(inputs, fit.predict(inputs)), stroke: Stroke(.curve, width: 3))
    drawPoints(fit.validation, series: RegularizationFigure.validationSeries, radius: 4, on: canvas)
    drawPoints(fit.training, series: RegularizationFigure.trainingSeries, radius: 5.5, on: canvas)
    canvas.endClip()
    plot.drawBorder(on: canvas)

    let y = frame.y - 14
    SeriesMark(RegularizationFigure.trainingSeries).draw(at: Point(frame.x + 5, y), radius: 5, on: canvas)
    canvas.write(Text("training"), at: Point(frame.x + 14, y + 4), role: .ink)
    SeriesMark(RegularizationFigure.validationSeries).draw(at: Point(frame.x + 76, y), radius: 4, on: canvas)
    canvas.write(Text("validation"), at: Point(frame.x + 84, y + 4), role: .ink)
    canvas.segments([Point(frame.x + 154, y), Point(frame.x + 174, y)], stroke: dashes)
    canvas.write(Text("true curve"), at: Point(frame.x + 180, y + 4), role: .ink)
  }

  private func drawPoints(_ data: Dataset, series: Int, radius: Float, on canvas: any Canvas) {
    for i in 0..<data.count {
      SeriesMark(series).draw(at: plot.place(Point(data.inputs[i], data.targets[i])), radius: radius, on: canvas)
    }
  }

  private func drawWeights(in frame: Rectangle, on canvas: any Canvas) {
    let bins = RegularizationFigure.bins
    let counts = fit.histogram(bins: bins, width: RegularizationFigure.binWidth)
    var most = 1
    for count in counts { most = max(most, count) }
    var title = Text("weights: ")
    title.add(smallShare)
    title.add(" % within ±0.005")
    canvas.write(title, at: Point(frame.x, frame.y - 9))
    canvas.rectangle(frame, cornerRadius: 0, fill: Fill(.surface), stroke: nil)
    let distance = frame.width / Float(bins)
    for (bin, count) in counts.enumerated() where count > 0 {
      // A few weights beside a great many are to be seen, too.
      let height = max((frame.height - 8) * Float(count) / Float(most), 2)
      let role: Role = bin < bins / 2 ? .negative : bin > bins / 2 ? .positive : .ink
      canvas.rectangle(
        Rectangle(frame.x + distance * Float(bin), frame.bottom - height, max(distance - 1, 1), height),
        cornerRadius: 0, fill: Fill(role), stroke: nil)
    }
    canvas.rectangle(frame, cornerRadius: 0, fill: nil, stroke: Stroke(.axis))
    for tick in [-1, 0, 1] {
      var text = Text()
      text.add(tick)
      let shift = distance * Float(tick) / RegularizationFigure.binWidth
      canvas.write(text, at: Point(frame.x + frame.width / 2 + shift, frame.bottom + 17), alignment: .middle)
    }
  }
}

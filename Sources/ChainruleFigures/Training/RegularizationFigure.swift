import ChainruleCore

/// What keeps a network from memorizing its points: a penalty on its weights, stopping early, more points. It shows the curve,
/// the losses on the points it learns from and on others, and the weights.
public final class RegularizationFigure: SimpleFigure {
  /// The order of ``parameters``.
  enum Control: Int {
    case play, step, reset, renew, points, penalty, lambda, early, count, seed, pointsSeed
  }

  /// The clock speeds up: the chart's steps stand on a logarithmic axis, and early ones tell most.
  private static func stepsPerSecond(after steps: Int) -> Float { min(max(Float(steps) / 2, 20), 300) }
  /// After so many steps without a smaller validation loss, early stopping stops.
  private static let patience = 500
  /// A weight that is this near to 0 does next to nothing.
  private static let small: Float = 0.005
  private static let bins = 61
  private static let binWidth: Float = 0.04
  private static let wide: Float = 620
  /// The numbers of the colours and the marks.
  private static let trainingSeries = 0
  private static let validationSeries = 3

  private(set) var fit = NoisyFit(seed: 1, points: 1, isLarge: false)
  private var due: Float = 0
  private var plot = Plot(x: Plot.Range(low: -4, high: 4), y: Plot.Range(low: -1.6, high: 1.6))

  /// A figure without a penalty.
  public init() {
    super.init([
      (Parameter("play", "Play", .toggle), 0), (Parameter("step", "Step", .action), 0),
      (Parameter("reset", "Reset", .action), 0), (Parameter("renew", "New weights", .action), 0),
      (Parameter("points", "New points", .action), 0),
      (Parameter("penalty", "Penalty", .choice, choices: "L2|L1"), 0),
      (Parameter("lambda", "Penalty λ", .logarithmic, maximum: 1, step: 0.0001), 0),
      (Parameter("early-stopping", "Early stopping", .toggle), 0),
      (Parameter("count", "Training points", .choice, choices: "12|48"), 0),
      (Parameter("seed", "Seed", .hidden, maximum: 16_000_000), 1),
      (Parameter("points-seed", "Seed of the points", .hidden, maximum: 16_000_000), 1),
    ])
  }

  private func number(_ control: Control) -> Float { value(of: control.rawValue) }
  private var isPlaying: Bool { number(.play) >= 0.5 }
  private var isL1: Bool { number(.penalty) >= 0.5 }
  private var stopsEarly: Bool { number(.early) >= 0.5 }
  private var isLarge: Bool { number(.count) >= 0.5 }

  // MARK: What a program can see

  /// The steps taken.
  public override var steps: Int { fit.latest.step }
  /// The network that is shown: the latest one, or with early stopping the best one.
  private var shown: NoisyFit.Snapshot { stopsEarly ? fit.best : fit.latest }
  /// The loss on the points that the network learns from, without the penalty.
  public override var loss: Float { shown.trainingLoss }
  /// The loss on the points that were kept back.
  public var validationLoss: Float { shown.validationLoss }
  /// The step with the smallest validation loss so far, and that loss.
  public var best: (step: Int, validationLoss: Float) { (fit.best.step, fit.best.validationLoss) }
  /// The validation loss at the start and after each step.
  public var validationLosses: [Float] { fit.validationLosses }
  /// The network that is shown.
  public var network: Network { shown.network }
  /// The loss of the true curve on the points that were kept back.
  public var trueValidationLoss: Float { fit.trueLoss }

  /// The exercises that the figure checks.
  public override var goals: [Goal] {
    [
      Goal(
        "penalty",
        "With 12 points and without early stopping, get the validation loss below 0.16 at step 3,000 or later."),
      Goal("underfit", "Find a λ so large that both losses are above 0.4 at step 1,000 or later."),
    ]
  }

  /// Whether a penalty has helped, or there is far too much of it.
  public override func isReached(_ goal: Int) -> Bool {
    if goal == 0 { return !isLarge && !stopsEarly && steps >= 3_000 && fit.latest.validationLoss < 0.16 }
    return goal == 1 && steps >= 1_000 && fit.latest.validationLoss > 0.4 && fit.latest.trainingLoss > 0.4
  }

  /// How many of its weights are within 0.005 of 0, as a share of all.
  public var sparsity: Float { Float(smallCount) / Float(NoisyFit.weightCount) }
  /// The fingerprint of the network.
  public override var fingerprint: UInt64 { network.fingerprint }
  /// The points to learn from, and those kept back.
  public var data: (training: Dataset, validation: Dataset) { (fit.training, fit.validation) }

  // MARK: Parameters and time

  override func changed(_ parameter: Int) {
    if parameter >= Control.count.rawValue { restart() }
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
    fit = NoisyFit(seed: UInt64(number(.seed)), points: UInt64(number(.pointsSeed)), isLarge: isLarge)
    due = 0
  }

  private func step() {
    let lambda = number(.lambda)
    if stopsEarly && steps - fit.best.step >= RegularizationFigure.patience {
      keep(0, for: Control.play.rawValue)
      return
    }
    if !fit.train(Regularizer(l1: isL1 ? lambda : 0, l2: isL1 ? 0 : lambda)) { keep(0, for: Control.play.rawValue) }
  }

  /// Whether the figure moves by itself.
  public override var isRunning: Bool { isPlaying }

  /// Takes the steps that are due.
  override func pass(_ seconds: Float) {
    due += seconds * RegularizationFigure.stepsPerSecond(after: steps)
    while due >= 1 && isPlaying {
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
    case .character("e"): set(Control.early.rawValue, to: stopsEarly ? 0 : 1)
    case .character("l"): set(Control.penalty.rawValue, to: isL1 ? 0 : 1)
    case .up, .right: set(Control.lambda.rawValue, to: lambda == 0 ? 0.0001 : lambda * 1.25)
    case .down, .left: set(Control.lambda.rawValue, to: lambda < 0.00012 ? 0 : lambda / 1.25)
    default: return false
    }
    return true
  }

  /// The keys and what they do.
  public override var keys: StaticString {
    """
    Space|play, pause|S|one step|R|reset|W|new weights|P|new points|L|the other penalty|E|early stopping|Arrows|more or \
    less λ
    """
  }

  // MARK: Words

  /// How many weights are next to nothing.
  private var smallCount: Int {
    var small = 0
    for layer in network.schema.layers.indices {
      for weight in network.weights(ofLayer: layer) where weight.magnitude < RegularizationFigure.small { small += 1 }
    }
    return small
  }

  /// How many of a hundred weights are next to nothing.
  private var smallShare: Int { (smallCount * 100 + NoisyFit.weightCount / 2) / NoisyFit.weightCount }

  /// Adds the figure's state in words.
  public override func describe(into bytes: inout [UInt8]) {
    var text = Text(isPlaying ? "Training. " : "Paused. ")
    text.add("Step ")
    text.add(steps, isGrouped: false)
    text.add(isL1 ? ". Penalty L1, λ " : ". Penalty L2, λ ")
    text.add(short: number(.lambda))
    if stopsEarly {
      text.add(". Early stopping: the network of step ")
      text.add(fit.best.step, isGrouped: false)
    }
    text.add(". The loss on ")
    text.add(isLarge ? "48" : "12")
    text.add(" training points is ")
    text.addLoss(loss)
    text.add(", on 24 validation points ")
    text.addLoss(validationLoss)
    text.add(". The smallest validation loss so far was ")
    text.addLoss(fit.best.validationLoss)
    text.add(", at step ")
    text.add(fit.best.step, isGrouped: false)
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
    FitChart(
      frame: losses, training: fit.trainingLosses, validation: fit.validationLosses,
      best: (fit.best.step, fit.best.validationLoss)
    ).draw(
      training: RegularizationFigure.trainingSeries, validation: RegularizationFigure.validationSeries, on: canvas)
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
    canvas.polyline(plot.line(inputs, fit.predict(network, inputs)), stroke: Stroke(.curve, width: 3))
    drawPoints(fit.validation, series: RegularizationFigure.validationSeries, radius: 4, on: canvas)
    drawPoints(fit.training, series: RegularizationFigure.trainingSeries, radius: 5.5, on: canvas)
    canvas.endClip()
    plot.drawBorder(on: canvas)

    let y = frame.y - 14
    SeriesMark(RegularizationFigure.trainingSeries).draw(at: Point(frame.x + 5, y), radius: 5, on: canvas)
    canvas.write(Text("training"), at: Point(frame.x + 14, y + 4), role: .ink)
    SeriesMark(RegularizationFigure.validationSeries).draw(at: Point(frame.x + 78, y), radius: 4, on: canvas)
    canvas.write(Text("validation"), at: Point(frame.x + 87, y + 4), role: .ink)
    canvas.segments([Point(frame.x + 156, y), Point(frame.x + 176, y)], stroke: dashes)
    canvas.write(Text("true curve"), at: Point(frame.x + 181, y + 4), role: .ink)
  }

  private func drawPoints(_ data: Dataset, series: Int, radius: Float, on canvas: any Canvas) {
    for i in 0..<data.count {
      SeriesMark(series).draw(at: plot.place(Point(data.inputs[i], data.targets[i])), radius: radius, on: canvas)
    }
  }

  private func drawWeights(in frame: Rectangle, on canvas: any Canvas) {
    let bins = RegularizationFigure.bins
    let counts = NoisyFit.histogram(network, bins: bins, width: RegularizationFigure.binWidth)
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

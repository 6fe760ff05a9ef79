import ChainruleCore

/// A fair race of five optimizers: on a surface from one start, or as the trainers of one network from the same weights
/// with the same batches. Their ways, their losses, and who arrives first.
///
/// Fair means one of two things, which the reader chooses: each has the rate that is best for it on this track, or all have the
/// same. Or the reader sets each rate, and they stay from track to track.
public final class OptimizersFigure: SimpleFigure {
  /// The order of ``parameters``.
  enum Control: Int {
    case play, step, reset, renew, bet, track, rates, rate, factor
    case own, ownMomentum, ownRMSProp, ownAdam, ownAdaMax
    case startX, startY, seed
  }

  private static let stepsPerSecond: Float = 25

  private(set) var race: Race
  private var due: Float = 0
  private var isDragging = false
  var plot = Plot(x: Surface.across, y: Surface.up)
  /// The surface's picture.
  var map: SurfaceMap?

  /// A figure in front of the narrow valley, with the best rate for each.
  public init() {
    let start = Surface.valley.start
    race = Race(track: 0, start: start, seed: 1, rates: Race.bestRates[0])
    super.init([
      (Parameter("play", "Play", .toggle), 0), (Parameter("step", "Step", .action), 0),
      (Parameter("reset", "Reset", .action), 0), (Parameter("renew", "New weights", .action), 0),
      (
        Parameter(
          "bet", "Your bet", .choice, maximum: 5, choices: "none|SGD|Momentum|RMSProp|Adam|AdaMax"), 0
      ),
      (
        Parameter(
          "track", "Race on", .choice, maximum: 4, choices: "Narrow valley|Turned valley|Bend|Saddle|A small network"),
        0
      ),
      (
        Parameter(
          "rates", "Learning rates", .choice, maximum: 2, choices: "Best on this track|One rate for all|Your own"), 0
      ),
      (Parameter("learning-rate", "Learning rate", .logarithmic, minimum: 0.001, maximum: 1, step: 0.001), 0.03),
      (Parameter("factor", "Best rate ×", .logarithmic, minimum: 0.1, maximum: 10, step: 0.1), 1),
      (OptimizersFigure.slider("rate-sgd", "Rate, SGD"), Race.bestRates[0][0]),
      (OptimizersFigure.slider("rate-momentum", "Rate, momentum"), Race.bestRates[0][1]),
      (OptimizersFigure.slider("rate-rmsprop", "Rate, RMSProp"), Race.bestRates[0][2]),
      (OptimizersFigure.slider("rate-adam", "Rate, Adam"), Race.bestRates[0][3]),
      (OptimizersFigure.slider("rate-adamax", "Rate, AdaMax"), Race.bestRates[0][4]),
      (Parameter("start-x", "Start across", .hidden, minimum: -2, maximum: 2, step: 0.01), start.x),
      (Parameter("start-y", "Start up", .hidden, minimum: -1.5, maximum: 1.5, step: 0.01), start.y),
      (Parameter("seed", "Seed", .hidden, minimum: 0, maximum: 16_000_000, step: 1), 1),
    ])
  }

  private static func slider(_ name: StaticString, _ label: StaticString) -> Parameter {
    Parameter(name, label, .logarithmic, minimum: 0.001, maximum: 1, step: 0.001)
  }

  func number(_ control: Control) -> Float { value(of: control.rawValue) }
  private var isPlaying: Bool { number(.play) >= 0.5 }
  /// Whether all race at the same rate.
  var isSameRate: Bool { number(.rates) == 1 }
  /// Whether the reader sets each rate.
  var isOwnRate: Bool { number(.rates) == 2 }
  /// The racer that the reader has bet on, counted from 0; −1 for none.
  var bet: Int { Int(number(.bet)) - 1 }
  var start: Point { Point(number(.startX), number(.startY)) }

  // MARK: What a program can see

  /// The steps that each has taken.
  public override var steps: Int { race.steps }
  /// The loss of the leader.
  public override var loss: Float { race.racers[race.ranking[0]].loss }
  /// The losses of SGD, momentum, RMSProp, Adam and AdaMax.
  public var losses: [Float] { race.racers.map { $0.loss } }
  /// Their learning rates.
  public var rates: [Float] { race.racers.map { $0.optimizer.learningRate } }
  /// The steps in which they came to the goal, if they have stayed there.
  public var arrivals: [Int?] { race.racers.map { $0.arrival } }
  /// The fingerprints of all networks in one; 0 on a surface.
  public override var fingerprint: UInt64 {
    var all: UInt64 = 0
    for racer in race.racers { all = all &* 31 &+ (racer.network?.fingerprint ?? 0) }
    return all
  }

  /// The exercises that the figure checks.
  public override var goals: [Goal] {
    [
      Goal("bet", "Bet on the winner in the turned valley, then race."),
      Goal("own-rate", "In the narrow valley, give RMSProp a rate of your own with which it arrives within 10 steps."),
    ]
  }

  /// Whether the bet has won a race, or RMSProp has arrived in time.
  public override func isReached(_ goal: Int) -> Bool {
    if goal == 0 {
      return race.surface == .turned && bet >= 0 && race.isOver && race.ranking[0] == bet
        && race.racers[bet].arrival != nil
    }
    return goal == 1 && race.surface == .valley && isOwnRate && steps > 10 && race.racers[2].arrival ?? 11 <= 10
  }

  // MARK: Parameters and time

  /// Whether a parameter means anything now.
  public override func isAvailable(_ parameter: Int) -> Bool {
    switch Control(rawValue: parameter) {
    case .renew: race.surface == nil
    case .rate: isSameRate
    case .factor: number(.rates) == 0
    case .own, .ownMomentum, .ownRMSProp, .ownAdam, .ownAdaMax: isOwnRate
    default: true
    }
  }

  override func changed(_ parameter: Int) {
    switch Control(rawValue: parameter) {
    case .play: if isPlaying && race.isOver { restart() }
    case .track:
      if let start = Surface(rawValue: Int(number(.track)))?.start {
        keep(start.x, for: Control.startX.rawValue)
        keep(start.y, for: Control.startY.rawValue)
      }
      restart()
    case .rates:
      // The reader's own begin with those that were there.
      if isOwnRate { for (index, rate) in rates.enumerated() { keep(rate, for: Control.own.rawValue + index) } }
      restart()
    default: restart()
    }
  }

  override func act(_ parameter: Int) {
    switch Control(rawValue: parameter) {
    case .renew: set(Control.seed.rawValue, to: number(.seed) + 1)
    case .step:
      keep(0, for: Control.play.rawValue)
      race.step()
    default:
      keep(0, for: Control.play.rawValue)
      restart()
    }
  }

  private func restart() {
    due = 0
    let track = Int(number(.track))
    var rates: [Float] = []
    for (index, best) in Race.bestRates[track].enumerated() {
      rates.append(
        isOwnRate
          ? value(of: Control.own.rawValue + index) : isSameRate ? number(.rate) : best * number(.factor))
    }
    race = Race(track: track, start: start, seed: UInt64(number(.seed)), rates: rates)
    let frame = plot.frame
    plot = Plot(x: race.surface == nil ? Plot.Range(low: -1, high: 1) : Surface.across, y: Surface.up)
    plot.frame = frame
  }

  /// Whether the figure moves by itself.
  public override var isRunning: Bool { isPlaying }

  /// Takes the steps that are due.
  override func pass(_ seconds: Float) {
    due += seconds * OptimizersFigure.stepsPerSecond
    while due >= 1 {
      due -= 1
      race.step()
    }
    if race.isOver { keep(0, for: Control.play.rawValue) }
  }

  // MARK: Events

  /// The start follows the pointer; keys move it, step and play.
  override func pointer(_ phase: PointerPhase, at place: Point, shift: Bool) -> Bool {
    if phase == .down { isDragging = race.surface != nil && plot.frame.contains(place, margin: 8) }
    let isUsed = isDragging && (phase == .down || phase == .move)
    if isUsed { moveStart(to: plot.data(at: place)) }
    if phase != .down && phase != .move { isDragging = false }
    return isUsed
  }

  override func press(_ key: Key, shift: Bool) -> Bool {
    let distance: Float = shift ? 0.25 : 0.05
    switch key {
    case .character(" "): set(Control.play.rawValue, to: isPlaying ? 0 : 1)
    case .character("s"): act(Control.step.rawValue)
    case .character("r"): act(Control.reset.rawValue)
    case .character("w"): if race.surface == nil { act(Control.renew.rawValue) }
    case .left: moveStart(to: Point(start.x - distance, start.y))
    case .right: moveStart(to: Point(start.x + distance, start.y))
    case .up: moveStart(to: Point(start.x, start.y + distance))
    case .down: moveStart(to: Point(start.x, start.y - distance))
    default: return false
    }
    return true
  }

  private func moveStart(to place: Point) {
    if race.surface == nil { return }
    let place = plot.clamped(place)
    keep(place.x, for: Control.startX.rawValue)
    set(Control.startY.rawValue, to: place.y)
  }

  /// The keys and what they do.
  public override var keys: StaticString {
    "Space|play, pause|S|one step|R|reset|Arrows|move the start; with Shift faster|W|new weights for the network"
  }

  // MARK: Words

  private var trackName: StaticString {
    switch race.surface {
    case .valley: "a narrow valley"
    case .turned: "the same valley, turned"
    case .bend: "a valley with a bend"
    case .saddle: "a pass between two hollows"
    case nil: "a small network, with the same first weights and the same batches"
    }
  }

  /// Adds the figure's state in words.
  public override func describe(into bytes: inout [UInt8]) {
    var text = Text(isPlaying ? "Racing. " : "Paused. ")
    text.add("Step ")
    text.add(steps, isGrouped: false)
    text.add(" of ")
    text.add(race.length, isGrouped: false)
    text.add(" on ")
    text.add(trackName)
    if race.surface != nil {
      text.add(", from ")
      text.add(start.x, decimals: 2)
      text.add(", ")
      text.add(start.y, decimals: 2)
    }
    text.add(". The goal is a loss of ")
    text.add(short: race.goal)
    text.add(".")
    if bet >= 0 {
      text.add(" You bet on ")
      text.add(Race.names[bet])
      text.add(".")
    }
    for index in race.ranking {
      let racer = race.racers[index]
      text.add(" ")
      text.add(Race.names[index])
      text.add(", rate ")
      text.add(short: racer.optimizer.learningRate)
      if racer.isLost {
        text.add(": out, its numbers grew without bounds.")
      } else {
        text.add(": loss ")
        text.addLoss(racer.loss)
        if let arrival = racer.arrival {
          text.add(", at the goal since step ")
          text.add(arrival, isGrouped: false)
        }
        text.add(".")
      }
    }
    bytes.append(contentsOf: text.bytes)
  }
  // MARK: Drawing

  override func height(forWidth width: Float) -> Float { pictureHeight(forWidth: width) }

  /// Draws the figure as it is.
  override func paint(on canvas: any Canvas, size: Size) { drawEverything(on: canvas, size: size) }
}

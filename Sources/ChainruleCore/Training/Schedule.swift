import ChainruleKernels

/// How learning rates change during training: at each time, a factor for the optimizer's rates.
///
/// Time is counted in steps, or in epochs, with fractions of an epoch between steps. Start with `constant`. If the
/// number of epochs is known, `cosine` over the whole training, after a short warm-up, is hard to beat.
///
/// ```swift
/// let schedule = Schedule.cosine(period: 50).warmedUp(for: 2)
/// ```
///
/// A schedule can hold any number. A ``TrainingRun`` checks them, and throws ``TrainingError/outOfRange(_:found:)``:
/// periods, lengths, factors and powers must be above 0, and fractions and floors from 0 to 1.
public struct Schedule: Equatable, Sendable {
  /// What time is counted in.
  public enum Unit: Equatable, Sendable {
    /// Passes over the data.
    case epochs
    /// Updates of the network.
    case steps
  }

  enum Kind: Equatable, Sendable {
    case constant
    case step(every: Double, factor: Double)
    case exponential(factor: Double)
    case cosine(period: Double, growth: Double, floor: Double)
    case oneCycle(length: Double, rise: Double, start: Double, end: Double)
    case polynomial(length: Double, power: Double, floor: Double)
    case plateau(Plateau)
  }

  let kind: Kind
  /// What time is counted in; by default epochs. A plateau always counts epochs.
  public var unit = Unit.epochs
  private(set) var warmUpLength: Double = 0
  private(set) var warmUpStart: Double = 0

  private init(_ kind: Kind) {
    self.kind = kind
  }

  /// Always 1. It's for optimizers that find their own step, and for finding a schedule's initial rate.
  public static var constant: Schedule { Schedule(.constant) }

  /// Multiplied by `factor` once in every period: factor^⌊t / every⌋. Use it if you know when learning slows down.
  public static func step(every: Double, factor: Double = 0.1) -> Schedule {
    Schedule(.step(every: every, factor: factor))
  }

  /// factor^t: falls without end, for runs of unknown length.
  public static func exponential(factor: Double) -> Schedule {
    Schedule(.exponential(factor: factor))
  }

  /// In each period, half a cosine from 1 down to `floor`. Each period is `growth` times as long as the one before
  /// (Loshchilov and Hutter 2017); `growth` is 1, or at least 1.001. With a period as long as the training it never
  /// restarts: a good first choice.
  public static func cosine(period: Double, growth: Double = 1, floor: Double = 0) -> Schedule {
    Schedule(.cosine(period: period, growth: growth, floor: floor))
  }

  /// Half a cosine up from `start` to 1 during the part `rise` of its length, then another one down to `end` (Smith and
  /// Topin 2019). The high rates in the middle are for training large networks fast.
  public static func oneCycle(
    length: Double, rise: Double = 0.3, start: Double = 0.04, end: Double = 0.000_004
  ) -> Schedule {
    Schedule(.oneCycle(length: length, rise: rise, start: start, end: end))
  }

  /// (1 − t / length)^power, scaled to fall from 1 to `floor`, then `floor`. With a power of 1, it falls in a straight
  /// line.
  public static func polynomial(length: Double, power: Double = 1, floor: Double = 0) -> Schedule {
    Schedule(.polynomial(length: length, power: power, floor: floor))
  }

  /// Multiplied by `factor` whenever the loss (of the validation data, if there is some) hasn't improved for more than
  /// `patience` epochs. Then it waits `cooldown` epochs before it counts again.
  ///
  /// - Parameter threshold: how much lower than the best loss a loss must be, as a part of it, to count as better.
  public static func reduceOnPlateau(
    factor: Double = 0.1, patience: Int = 10, threshold: Double = 0.0001, cooldown: Int = 0, floor: Double = 0
  ) -> Schedule {
    Schedule(
      .plateau(
        Plateau(factor: factor, patience: patience, threshold: threshold, cooldown: cooldown, floor: floor)))
  }

  /// The same schedule after a warm-up, in which the factor rises in a straight line from `start` to 1.
  public func warmedUp(for length: Double, from start: Double = 0.1) -> Schedule {
    var schedule = self
    schedule.warmUpLength = length
    schedule.warmUpStart = start
    return schedule
  }

  /// The same schedule, with its times counted in steps.
  public var countedInSteps: Schedule {
    var schedule = self
    schedule.unit = .steps
    return schedule
  }

  /// The factor at a time. For a plateau, it's the factor before any loss was seen. Training begins at 0; the factor
  /// before that is the one at 0.
  ///
  /// - Precondition: the schedule's numbers are in their ranges.
  public func factor(at time: Double) -> Double {
    do throws(TrainingError) { try check() } catch { trap(error.message) }
    return factor(at: time, plateau: PlateauState())
  }

  func factor(at given: Double, plateau: PlateauState) -> Double {
    let time = given > 0 ? min(given, 1e15) : 0
    if time < warmUpLength { return warmUpStart + (1 - warmUpStart) * time / warmUpLength }
    let t = time - warmUpLength
    switch kind {
    case .constant: return 1
    case .step(let every, let factor): return DoubleMath.power(factor, Int(min(t / every, 1e15)))
    case .exponential(let factor): return DoubleMath.power(factor, t)
    case .cosine(let period, let growth, let floor):
      var start: Double = 0
      var length = period
      if growth == 1 {
        start = (t / period).rounded(.down) * period
      } else {
        while t >= start + length {
          start += length
          length *= growth
        }
      }
      return Schedule.halfCosine(from: 1, to: floor, (t - start) / length)
    case .oneCycle(let length, let rise, let start, let end):
      let peak = rise * length
      if t <= peak { return Schedule.halfCosine(from: start, to: 1, t / peak) }
      return Schedule.halfCosine(from: 1, to: end, min(1, (t - peak) / (length - peak)))
    case .polynomial(let length, let power, let floor):
      if t >= length { return floor }
      return floor + (1 - floor) * DoubleMath.power(1 - t / length, power)
    case .plateau: return plateau.factor
    }
  }

  private static func halfCosine(from first: Double, to last: Double, _ part: Double) -> Double {
    last + (first - last) * 0.5 * (1 + DoubleMath.cos(DoubleMath.pi * part))
  }
}

/// The settings of ``Schedule/reduceOnPlateau(factor:patience:threshold:cooldown:floor:)``.
struct Plateau: Equatable, Sendable {
  let factor: Double
  let patience: Int
  let threshold: Double
  let cooldown: Int
  let floor: Double
}

/// What a plateau schedule remembers.
struct PlateauState: Equatable, Sendable {
  private(set) var factor: Double = 1
  private var best: Double?
  private var waited = 0
  private var cooling = 0

  /// Records an epoch's loss.
  mutating func report(_ loss: Double, to plateau: Plateau) {
    if best.map({ loss < $0 * (1 - plateau.threshold) }) ?? true {
      best = loss
      waited = 0
    } else {
      waited += 1
    }
    if cooling > 0 {
      cooling -= 1
      waited = 0
    }
    if waited > plateau.patience {
      factor = max(factor * plateau.factor, plateau.floor)
      cooling = plateau.cooldown
      waited = 0
    }
  }
}

#if !hasFeature(Embedded)
  extension PlateauState: Codable {}
#endif

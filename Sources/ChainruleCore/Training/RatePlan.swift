/// A kind of schedule that doesn't depend on the length of training; ``schedule(epochs:)`` makes the schedule.
///
/// ```swift
/// RatePlan.cosine.schedule(epochs: 200)  // half a cosine, down to 0 after 200 epochs
/// ```
public enum RatePlan: Equatable, Sendable {
  /// Constant rates.
  case constant
  /// Half a cosine over the whole training, down to 0: ``Schedule/cosine(period:growth:floor:)``.
  case cosine
  /// A straight line over the whole training, down to 0: ``Schedule/polynomial(length:power:floor:)``.
  case linear
  /// Up for the first three tenths of the training, then down: ``Schedule/oneCycle(length:rise:start:end:)``.
  case oneCycle
  /// Down to a tenth whenever the loss hasn't improved for ten epochs:
  /// ``Schedule/reduceOnPlateau(factor:patience:threshold:cooldown:floor:)``.
  case plateau
  /// A schedule of your own.
  case schedule(Schedule)

  /// The schedule for this number of epochs.
  public func schedule(epochs: Int) -> Schedule {
    let length = Double(max(1, epochs))
    return switch self {
    case .constant: .constant
    case .cosine: .cosine(period: length)
    case .linear: .polynomial(length: length)
    case .oneCycle: .oneCycle(length: length)
    case .plateau: .reduceOnPlateau()
    case .schedule(let schedule): schedule
    }
  }
}

#if !hasFeature(Embedded)
  extension RatePlan {
    private static var named: [(name: String, plan: RatePlan)] {
      [
        ("constant", .constant), ("cosine", .cosine), ("linear", .linear), ("one-cycle", .oneCycle),
        ("plateau", .plateau),
      ]
    }

    /// The names that ``init(name:)`` accepts.
    public static var names: [String] { named.map(\.name) }

    /// The plan with this name; `nil` if there is none.
    public init?(name: String) {
      guard let found = RatePlan.named.first(where: { $0.name == name }) else { return nil }
      self = found.plan
    }

    /// The name that ``init(name:)`` accepts; `nil` for a schedule of your own.
    public var name: String? { RatePlan.named.first { $0.plan == self }?.name }
  }
#endif

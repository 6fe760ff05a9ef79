/// One moment of a step of backpropagation: a calculation at one perceptron, or at the network's end.
///
/// A step goes through all perceptrons, to the loss, back through all of them in two calculations each, through all once
/// more to change them, and ends with what came of it.
struct Keyframe {
  /// What is calculated.
  enum Kind {
    case forward, loss, delta, gradient, update, result
  }

  let kind: Kind
  /// The perceptron's number; for loss and result, the output's.
  let number: Int

  /// The calculation at a position, in a network of so many perceptrons.
  init(at position: Int, of count: Int) {
    let back = position - count - 1
    let update = back - 2 * count
    if position < count {
      kind = .forward
      number = position
    } else if back < 0 {
      kind = .loss
      number = count - 1
    } else if update < 0 {
      kind = back % 2 == 0 ? .delta : .gradient
      number = count - 1 - back / 2
    } else {
      kind = update < count ? .update : .result
      number = min(update, count - 1)
    }
  }

  /// The position of a perceptron's calculation. Loss and result are no perceptron's: they stand for what comes before them.
  static func position(of kind: Kind, at number: Int, of count: Int) -> Int {
    switch kind {
    case .forward, .loss: number
    case .delta: 3 * count - 1 - 2 * number
    case .gradient: 3 * count - 2 * number
    case .update, .result: 3 * count + 1 + number
    }
  }

  /// How many calculations a step has.
  static func total(of count: Int) -> Int { 4 * count + 2 }

  /// Where a phase begins: 0 is forward, 1 the loss, 2 backward, 3 the update, 4 what would come after it.
  static func start(ofPhase phase: Int, of count: Int) -> Int {
    switch phase {
    case 0: 0
    case 1: count
    case 2: count + 1
    case 3: 3 * count + 1
    default: total(of: count)
    }
  }

  /// Forward, loss, backward or update, counted from 0.
  var phase: Int {
    switch kind {
    case .forward: 0
    case .loss: 1
    case .delta, .gradient: 2
    case .update, .result: 3
    }
  }

  /// The colour of a phase.
  static func role(ofPhase phase: Int) -> Role {
    switch phase {
    case 0: .series3
    case 1: .curve
    case 2: .series4
    default: .accent
    }
  }
}

import ChainruleCore

/// Five optimizers on their way down, in step with each other: on a surface from one start, or in the training of one
/// network each, from the same weights with the same batches.
final class Race {
  /// What they are called, in the order of ``racers``.
  static let names: [StaticString] = ["SGD", "Momentum", "RMSProp", "Adam", "AdaMax"]

  /// The rates that came to the goal in the fewest steps, and stayed, on the average of 40 starts drawn from the picture,
  /// or of 20 seeds of the network; out of 1, 1.5, 2, 3, 5 and 7 times a power of ten from 0.001 to 0.3. `RaceTests` search
  /// again.
  static let bestRates: [[Float]] = [
    [0.3, 0.1, 0.02, 0.07, 0.15],
    [0.3, 0.1, 0.03, 0.3, 0.3],
    [0.15, 0.07, 0.02, 0.3, 0.3],
    [0.3, 0.07, 0.02, 0.1, 0.2],
    [0.1, 0.03, 0.005, 0.015, 0.07],
  ]
  /// When all are at the goal, the race goes on for so many steps: not everyone stays.
  private static let afterwards = 200

  /// Where they race; `nil` for the network.
  let surface: Surface?
  /// The task of the networks, if they race there.
  let task: NetworkTask?
  /// The loss to come down to.
  let goal: Float
  /// The most steps of a race.
  let length: Int
  private(set) var racers: [Racer] = []
  private(set) var steps = 0

  /// A race that is about to start.
  ///
  /// - Parameters:
  ///   - track: a ``Surface``'s number, or the next one for the network.
  ///   - start: where it starts on a surface.
  ///   - seed: the network's weights and batches.
  ///   - rates: the rate of each.
  init(track: Int, start: Point, seed: UInt64, rates: [Float]) {
    surface = Surface(rawValue: track)
    task = surface == nil ? NetworkTask(seed: seed) : nil
    goal = surface == nil ? 0.01 : 0.001
    length = surface == nil ? 400 : 500
    for (index, rule) in [Optimizer.sgd(), .momentum(), .rmsProp(), .adam(), .adaMax()].enumerated() {
      let optimizer = Optimizer(rule.method, learningRate: rates[index])
      if let surface {
        racers.append(Racer(optimizer, on: surface, start: start, goal: goal))
      } else if let task {
        racers.append(Racer(optimizer, on: task, goal: goal))
      }
    }
  }

  /// Whether there is nothing more to be seen: the last step is taken, or everybody is lost or has been at the goal for a
  /// while.
  var isOver: Bool {
    if steps >= length { return true }
    for racer in racers where !racer.isLost && steps < (racer.arrival ?? length) + Race.afterwards { return false }
    return true
  }

  /// Takes a step with every racer.
  func step() {
    if isOver { return }
    steps += 1
    task?.drawBatch()
    for racer in racers where !racer.isLost {
      if let surface {
        racer.descend(surface)
      } else if let task {
        racer.train(task)
      }
    }
  }

  /// The racers in the order of arrival, those on the way by their losses, the lost ones last.
  var ranking: [Int] {
    var keys: [Float] = []
    for racer in racers { keys.append(racer.isLost ? 1e9 : racer.arrival.map { Float($0) } ?? 1000 + racer.loss) }
    return Race.order(of: keys)
  }

  /// The places of some numbers from the least to the greatest; equal ones keep their order.
  static func order(of keys: [Float]) -> [Int] {
    var order: [Int] = []
    for index in keys.indices {
      var place = order.count
      while place > 0 && keys[index] < keys[order[place - 1]] { place -= 1 }
      order.insert(index, at: place)
    }
    return order
  }
}

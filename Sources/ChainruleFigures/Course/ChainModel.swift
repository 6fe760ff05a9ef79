import FromScratch

/// A small network of perceptrons with one input, one output and no biases, in `Double`, and its derivative taken apart by
/// the chain rule.
///
/// Every connection and every perceptron is a part with a factor: how many times as much comes out of it as goes in, when a
/// little is changed. Along a path from the input to the output the factors are multiplied, and over the paths the
/// products are added. A chain may end at the loss L = (ŷ − y)²: one more part, which squares its "sum" ŷ − y.
///
/// Perceptrons are counted from 1, each after those that feed it; 0 is the input, and the loss comes after the output. Parts
/// are counted, too: first the connections, then the perceptrons. And so are the steps of all paths, path after path.
final class ChainModel {
  /// How all perceptrons bend their sums; `square` is the loss's.
  enum Bend: Int {
    case tanh, sigmoid, linear, square

    /// The output for the sum z. tanh is a sigmoid, stretched.
    @inline(never)
    func value(at z: Double) -> Double {
      switch self {
      case .tanh: 2 * Activation.sigmoid.value(at: 2 * z) - 1
      case .sigmoid: Activation.sigmoid.value(at: z)
      case .linear: z
      case .square: z * z
      }
    }

    /// How steep it is at z.
    @inline(never)
    func slope(at z: Double) -> Double {
      switch self {
      case .tanh: 4 * Activation.sigmoid.derivative(at: 2 * z)
      case .sigmoid: Activation.sigmoid.derivative(at: z)
      case .linear: 1
      case .square: 2 * z
      }
    }
  }

  /// Where each connection begins and ends.
  let from: [Int]
  let to: [Int]
  /// How many paths there are.
  let paths: Int
  /// The part of each step, from the input to the output, path after path.
  private(set) var steps: [Int] = []

  var bend = Bend.tanh
  var input = 0.0
  /// The weight of each connection.
  var weights: [Double]
  /// Whether the derivative is taken with respect to the first weight; with respect to the input otherwise.
  var isByWeight = false
  /// Whether the chain can end at the loss, and whether it does now.
  let canEndAtLoss: Bool
  var endsAtLoss = false { didSet { findSteps() } }
  /// What the output should be.
  var target = 0.0

  /// The sum z of each perceptron; at 0 the input, and ŷ − y at the loss.
  private(set) var sums: [Double] = []

  /// A network without forks, or with one, all of whose paths meet again.
  init(from: [Int], to: [Int], weights: [Double], canEndAtLoss: Bool = false) {
    self.from = from
    self.to = to
    self.weights = weights
    self.canEndAtLoss = canEndAtLoss
    // Each connection beyond those of a row opens one more path.
    paths = to.count - to[to.count - 1] + 1
    findSteps()
  }

  private func findSteps() {
    steps = []
    for path in 0..<paths {
      var here = 0
      while here != last {
        // At a fork each path takes a way of its own.
        var ways = 0
        var way = 0
        for part in from.indices where from[part] == here && ways <= path {
          way = part
          ways += 1
        }
        here = to[way]
        steps += [way, part(ofPerceptron: here)]
      }
      if endsAtLoss { steps.append(part(ofPerceptron: last + 1)) }
    }
  }

  /// The output's perceptron.
  var last: Int { to[to.count - 1] }

  /// Whether the input and the weights are those of another chain.
  func hasWeights(of other: ChainModel) -> Bool {
    for part in to.indices where (weights[part] - other.weights[part]).magnitude > 0.001 { return false }
    return true
  }

  /// Whether a part is the loss.
  func isLoss(_ part: Int) -> Bool { part == to.count + last }

  /// The part that a perceptron is.
  func part(ofPerceptron perceptron: Int) -> Int { to.count + perceptron - 1 }

  /// The perceptron that a part is, or that a connection leads to.
  func perceptron(of part: Int) -> Int { isConnection(part) ? to[part] : part - to.count + 1 }

  /// How many parts there are.
  var parts: Int { to.count + last + (endsAtLoss ? 1 : 0) }

  /// Whether a part is a connection; it is a perceptron otherwise.
  func isConnection(_ part: Int) -> Bool { part < to.count }

  /// How many steps each path has.
  var stepsPerPath: Int { steps.count / paths }

  /// How many steps a path can have.
  var mostSteps: Int { stepsPerPath + (canEndAtLoss && !endsAtLoss ? 1 : 0) }

  /// The first step at a part, and the path that alone has it; −1 where all paths share it.
  func firstStep(at part: Int) -> (step: Int, owner: Int) {
    var first = -1
    var count = 0
    for (step, other) in steps.enumerated() where other == part {
      if count == 0 { first = step }
      count += 1
    }
    return (first, count < paths ? first / stepsPerPath : -1)
  }

  // MARK: Values

  /// Computes all sums: what comes from before, weighted.
  func compute() {
    sums = [input]
    for perceptron in 1...last {
      var sum = 0.0
      for part in to.indices where to[part] == perceptron { sum += weights[part] * output(of: from[part]) }
      sums.append(sum)
    }
    if endsAtLoss { sums.append(output(of: last) - target) }
  }

  /// How a perceptron, or the loss, bends its sum.
  func bend(of perceptron: Int) -> Bend { perceptron > last ? .square : bend }

  /// What a perceptron gives; 0 is the input.
  func output(of perceptron: Int) -> Double {
    perceptron == 0 ? input : bend(of: perceptron).value(at: sums[perceptron])
  }

  /// How many times as much comes out of a part as goes in.
  func factor(of part: Int) -> Double {
    if !isConnection(part) {
      let perceptron = perceptron(of: part)
      return bend(of: perceptron).slope(at: sums[perceptron])
    }
    // The first sum is weight times input: when the one is changed, it moves by the other.
    return isByWeight && part == 0 ? input : weights[part]
  }

  /// What the factors of a path multiply to, as far as a step of it, with the activations' slopes or without.
  func product(to step: Int, withSlopes: Bool = true) -> Double {
    var product = 1.0
    for part in steps[(step - step % stepsPerPath)...step] where withSlopes || isConnection(part) || isLoss(part) {
      product *= factor(of: part)
    }
    return product
  }

  /// The derivative of the chain's end: the products of all paths, added up.
  func derivative(withSlopes: Bool = true) -> Double {
    var sum = 0.0
    for path in 1...paths { sum += product(to: path * stepsPerPath - 1, withSlopes: withSlopes) }
    return sum
  }

  /// The derivative as it is measured, without any rule: the input, or the weight, is nudged both ways, and the difference
  /// at the chain's end is divided by the distance.
  func measuredDerivative(nudge: Double) -> Double {
    let difference = output(nudgedBy: nudge) - output(nudgedBy: -nudge)
    compute()
    return difference / (2 * nudge)
  }

  private func output(nudgedBy nudge: Double) -> Double {
    let (oldInput, oldWeight) = (input, weights[0])
    if isByWeight { weights[0] += nudge } else { input += nudge }
    compute()
    let output = output(of: sums.count - 1)
    (input, weights[0]) = (oldInput, oldWeight)
    return output
  }
}

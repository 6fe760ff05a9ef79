import ChainruleCore

/// One weight, and what the five rules remember of its gradients.
struct Weight {
  var w: Float
  var m: Float = 0
  var v: Float = 0
  /// The steps taken.
  var t: Float = 0

  init(_ w: Float) { self.w = w }

  // snippet.rules
  mutating func sgd(_ g: Float, rate: Float) {
    w -= rate * g
  }

  mutating func momentum(_ g: Float, rate: Float) {
    m = 0.9 * m + g
    w -= rate * m
  }

  mutating func rmsProp(_ g: Float, rate: Float) {
    v = 0.99 * v + 0.01 * g * g
    w -= rate * g / (v.squareRoot() + 1e-8)
  }

  mutating func adam(_ g: Float, rate: Float) {
    t += 1
    m = 0.9 * m + 0.1 * g
    v = 0.999 * v + 0.001 * g * g
    let (mean, square) = (m / (1 - power(0.9, t)), v / (1 - power(0.999, t)))
    w -= rate * mean / (square.squareRoot() + 1e-8)
  }

  mutating func adaMax(_ g: Float, rate: Float) {
    t += 1
    m = 0.9 * m + 0.1 * g
    v = max(0.999 * v, abs(g) + 1e-8)
    w -= rate * m / (1 - power(0.9, t)) / v
  }
  // snippet.end

  private func power(_ base: Float, _ exponent: Float) -> Float {
    (0..<Int(exponent)).reduce(1) { power, _ in power * base }
  }
}

/// A hundred steps down w², by a rule from above and by the engine.
func compare(_ name: String, _ optimizer: Optimizer, _ rule: (inout Weight, Float) -> Void) {
  var weight = Weight(1)
  var engine: [Float] = [1]
  var state = StepState(parameterCount: 1, optimizer: optimizer)
  var largest: Float = 0
  for _ in 0..<100 {
    rule(&weight, 2 * weight.w)
    optimizer.update(&engine, gradients: [2 * engine[0]], state: &state)
    largest = max(largest, abs(weight.w - engine[0]))
  }
  print("\(name):", largest < 1e-4 ? "as the engine" : "off by \(largest)")
}

compare("SGD", .sgd(learningRate: 0.1)) { $0.sgd($1, rate: 0.1) }
compare("momentum", .momentum(learningRate: 0.1)) { $0.momentum($1, rate: 0.1) }
compare("RMSProp", .rmsProp(learningRate: 0.01)) { $0.rmsProp($1, rate: 0.01) }
compare("Adam", .adam(learningRate: 0.1)) { $0.adam($1, rate: 0.1) }
compare("AdaMax", .adaMax(learningRate: 0.1)) { $0.adaMax($1, rate: 0.1) }

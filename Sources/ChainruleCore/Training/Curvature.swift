/// What L-BFGS knows about a loss's curvature: its last steps, and how the gradient changed along each (Nocedal 1980).
struct Curvature: Equatable, Sendable {
  /// Parameters after minus parameters before, the oldest step first.
  private(set) var steps: [[Double]] = []
  /// The gradient after minus the gradient before.
  private(set) var changes: [[Double]] = []

  mutating func forget() {
    steps = []
    changes = []
  }

  /// Remembers a step. A step along which the slope didn't increase is useless, and left out.
  mutating func add(step: [Double], change: [Double], history: Int) {
    let product = dot(step, change)
    if !(product > 1e-10 * dot(change, change)) { return }
    if steps.count == history {
      steps.removeFirst()
      changes.removeFirst()
    }
    steps.append(step)
    changes.append(change)
  }

  /// Minus the gradient, multiplied by an estimate of the inverse of the second derivatives: the two-loop recursion
  /// (Nocedal and Wright, Numerical Optimization, 2nd edition, algorithm 7.4).
  func direction(gradient: [Double]) -> [Double] {
    var result = gradient
    var shares = [Double](repeating: 0, count: steps.count)
    var index = steps.count - 1
    while index >= 0 {
      shares[index] = dot(steps[index], result) / dot(steps[index], changes[index])
      add(-shares[index], changes[index], to: &result)
      index -= 1
    }
    if let step = steps.last, let change = changes.last {
      let scale = dot(step, change) / dot(change, change)
      for i in result.indices { result[i] *= scale }
    }
    for index in steps.indices {
      let back = dot(changes[index], result) / dot(steps[index], changes[index])
      add(shares[index] - back, steps[index], to: &result)
    }
    for i in result.indices { result[i] = -result[i] }
    return result
  }

  private func add(_ factor: Double, _ vector: [Double], to result: inout [Double]) {
    for i in result.indices { result[i] += factor * vector[i] }
  }
}

/// Σ aᵢ bᵢ
func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum: Double = 0
  for i in a.indices { sum += a[i] * b[i] }
  return sum
}

#if !hasFeature(Embedded)
  extension Curvature: Codable {}
#endif

import ChainruleKernels

/// L-BFGS: all samples at once, one iteration per epoch.
extension TrainingRun {
  /// Runs one iteration. If no step lowers the loss, the run is finished.
  mutating func nextIteration() throws(TrainingError) -> Step {
    guard case .lbfgs(let history) = settings.optimizer.method else { trap("only L-BFGS iterates") }
    let parameters = state.network.parameters
    let here = try evaluate(state.network)
    var curvature = state.step.curvature
    var found = search(curvature.direction(gradient: here.gradient), from: here, isFirst: curvature.steps.isEmpty)
    if found == nil && !curvature.steps.isEmpty {
      // The curvature was misleading, so try the gradient's direction.
      curvature.forget()
      found = search(curvature.direction(gradient: here.gradient), from: here, isFirst: true)
    }
    if let found {
      var step = found.gradient
      var change = found.gradient
      for i in step.indices {
        step[i] = Double(found.network.parameters[i]) - Double(parameters[i])
        change[i] = found.gradient[i] - here.gradient[i]
      }
      curvature.add(step: step, change: change, history: history)
      state.network = found.network
    }
    state.isConverged = found == nil
    state.step.curvature = curvature
    state.step.steps += 1
    let epoch = endEpoch(loss: here.mean, rateFactor: 1)
    return Step(index: steps, loss: here.mean, epoch: epoch)
  }

  /// The loss and gradient over all samples at one point.
  private struct Evaluation {
    let network: Network
    /// Without the penalty.
    let mean: Float
    /// With the penalty.
    let loss: Double
    /// Zero for layers that are frozen.
    let gradient: [Double]
  }

  private func search(_ direction: [Double], from here: Evaluation, isFirst: Bool) -> Evaluation? {
    let slope = dot(direction, here.gradient)
    // Not worth a step: the promised decrease is below the rounding error.
    if !(slope < -1e-13 * here.loss.magnitude) { return nil }
    var length: Double = 1
    if isFirst {
      var size: Double = 0
      for value in here.gradient { size += value.magnitude }
      length = min(1, 1 / size)
    }
    var last: Evaluation?
    func evaluation(at length: Double) -> Evaluation? {
      var network = here.network
      for i in direction.indices {
        network.parameters[i] = Float(Double(here.network.parameters[i]) + length * direction[i])
      }
      do throws(TrainingError) { return try evaluate(network) } catch { return nil }
    }
    let search = LineSearch(start: LineSearch.Point(length: 0, loss: here.loss, slope: slope)) { length in
      last = evaluation(at: length)
      guard let last else { return LineSearch.Point(length: length, loss: .infinity, slope: .infinity) }
      return LineSearch.Point(length: length, loss: last.loss, slope: dot(direction, last.gradient))
    }
    guard let point = search.search(from: length) else { return nil }
    if let last, last.loss == point.loss { return last }
    return evaluation(at: point.length)
  }

  /// Loss and gradient over all samples, piece by piece.
  private func evaluate(_ network: Network) throws(TrainingError) -> Evaluation {
    let data = settings.data
    var gradient = [Double](repeating: 0, count: network.parameters.count)
    var total: Double = 0
    var totalWeight: Double = 0
    var start = 0
    while start < data.count {
      let batch = data.samples(Array(start..<min(start + settings.batchSize, data.count)))
      let mean: Float
      do throws(TrainingError) {
        mean = try step.differentiate(
          network, inputs: batch.inputs, targets: batch.targets, weights: batch.weights, rows: batch.count)
      } catch {
        throw error.atStep(steps + 1)
      }
      let weight = batch.totalWeight
      total += Double(mean) * weight
      totalWeight += weight
      for i in gradient.indices { gradient[i] += Double(step.parameterGradients.pointer[i]) * weight }
      start += batch.count
    }
    let share = totalWeight == 0 ? 0 : 1 / totalWeight
    let l1 = Double(settings.regularizer.l1)
    let l2 = Double(settings.regularizer.l2)
    var penalty: Double = 0
    for (index, slice) in network.slices.enumerated() {
      for i in slice.parameters { gradient[i] = network.isFrozen(layer: index) ? 0 : gradient[i] * share }
      if slice.kind != .dense { continue }
      for i in slice.weights {
        let weight = Double(network.parameters[i])
        penalty += l2 * weight * weight + l1 * weight.magnitude
        if network.isFrozen(layer: index) { continue }
        gradient[i] += 2 * l2 * weight + (weight > 0 ? l1 : weight < 0 ? -l1 : 0)
      }
    }
    let mean = total * share
    return Evaluation(network: network, mean: Float(mean), loss: mean + penalty, gradient: gradient)
  }
}

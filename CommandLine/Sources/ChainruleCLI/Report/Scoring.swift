import Chainrule
import ChainruleTables

/// Judges a network on samples.
enum Scoring {
  /// How a network does on a part of the rows.
  ///
  /// - Throws: ``Failure`` if its outputs aren't finite.
  static func score(
    _ name: String, _ network: Network, loss: Loss, encoding: TableEncoding, on data: Dataset
  ) throws -> PartScore {
    let outputs = network.predict(data.inputs, kernels: .native)
    try check(outputs, width: network.schema.outputs, subject: "the \(name) rows")
    let width = data.targetCount
    let meanLoss = Double(network.meanLoss(loss, on: data, kernels: .native)) * lossScale(loss, encoding: encoding)
    func range(_ row: Int) -> Range<Int> { (row * width)..<((row + 1) * width) }
    switch encoding.target {
    case .classes(_, let labels):
      var probabilities: [Float] = []
      probabilities.reserveCapacity(data.count * labels.count)
      var actual: [Int] = []
      for row in 0..<data.count {
        guard case .label(_, let row) = encoding.decode(outputs[range(row)]) else { continue }
        probabilities += row.map { Float(min(1, max(0, $0))) }
      }
      for row in 0..<data.count { actual.append(data.classNumber(row)) }
      let score = ProbabilityScore(probabilities: probabilities, classes: labels.count, actual: actual)
      return PartScore(name: name, rows: data.count, loss: meanLoss, scores: .classes(labels, score))
    case .numbers(let targets):
      var predicted = [[Double]](repeating: [], count: targets.count)
      for row in 0..<data.count {
        guard case .numbers(let numbers) = encoding.decode(outputs[range(row)]) else { continue }
        for (index, number) in numbers.enumerated() { predicted[index].append(number) }
      }
      let scores = targets.enumerated().map { index, target in
        let actual = (0..<data.count).map { target.undo(Double(data.targets[$0 * width + index])) }
        return (name: target.name, score: RegressionScore(actual: actual, predicted: predicted[index]))
      }
      return PartScore(name: name, rows: data.count, loss: meanLoss, scores: .numbers(scores))
    }
  }

  /// Refuses outputs that aren't numbers, which would otherwise become predictions.
  static func check(_ outputs: [Float], width: Int, subject: String) throws(Failure) {
    guard let index = outputs.firstIndex(where: { !$0.isFinite }) else { return }
    throw Failure(
      code: .data,
      message: "\(subject): the network's outputs for row \(index / width + 1) aren't finite; its weights are too large "
        + "for such numbers, so train it again")
  }

  /// What to multiply a loss by to have it in the target's own units: squared errors grow with the square of the scale,
  /// distances with the scale. Other losses, and those over several targets, stay in the units of the network.
  static func lossScale(_ loss: Loss, encoding: TableEncoding) -> Double {
    guard case .numbers(let targets) = encoding.target, targets.count == 1, encoding.outputForm == .numbers else {
      return 1
    }
    switch loss.name {
    case Loss.squaredError.name, Loss.meanSquaredError.name: return targets[0].scale * targets[0].scale
    case Loss.meanAbsoluteError.name, Loss.quantile(0.5).name: return targets[0].scale
    default: return 1
    }
  }
}

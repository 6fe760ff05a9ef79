import ChainruleCore
import ChainruleKernels

extension TableEncoding {
  /// The prediction in one row's outputs: a class with all classes' probabilities, or numbers in the targets' own
  /// units.
  ///
  /// - Precondition: there are ``outputCount`` outputs.
  public func decode(_ outputs: [Float]) -> Prediction { decode(outputs[...]) }

  /// The prediction in one row's outputs: a class with all classes' probabilities, or numbers in the targets' own
  /// units.
  ///
  /// - Precondition: there are ``outputCount`` outputs.
  public func decode(_ outputs: ArraySlice<Float>) -> Prediction {
    require(
      outputs.count == outputCount, "found \(outputs.count.counted("output")) for one row, expected \(outputCount)")
    switch target {
    case .numbers: return .numbers(numbers(in: outputs))
    case .classes(_, let labels):
      return .label(labels[classNumber(in: outputs)], probabilities: probabilities(in: outputs))
    }
  }

  /// The predictions in several rows' outputs.
  ///
  /// - Parameter outputs: (rows, ``outputCount``).
  /// - Precondition: the outputs fill whole rows.
  public func predictions(_ outputs: [Float]) -> [Prediction] {
    require(
      outputs.count % outputCount == 0,
      "found \(outputs.count.counted("output")), expected a multiple of \(outputCount), which each row has")
    var predictions: [Prediction] = []
    predictions.reserveCapacity(outputs.count / outputCount)
    for start in stride(from: 0, to: outputs.count, by: outputCount) {
      predictions.append(decode(outputs[start..<(start + outputCount)]))
    }
    return predictions
  }

  /// The number of the most probable class in one row's outputs.
  ///
  /// - Precondition: the target is a class, and there are ``outputCount`` outputs.
  public func classNumber(in outputs: ArraySlice<Float>) -> Int {
    require(target.task == .classes, "found a target of numbers, expected classes; use numbers(in:)")
    require(
      outputs.count == outputCount, "found \(outputs.count.counted("output")) for one row, expected \(outputCount)")
    if outputForm == .margin { return outputs[outputs.startIndex] > 0 ? 1 : 0 }
    return Dataset.classNumber(of: outputs)
  }

  /// The predicted numbers in one row's outputs, in the targets' own units.
  ///
  /// - Precondition: the target is a number, or several, and there are ``outputCount`` outputs.
  public func numbers(in outputs: ArraySlice<Float>) -> [Double] {
    guard case .numbers(let targets) = target else {
      trap("found a target of classes, expected numbers; use classNumber(in:)")
    }
    require(
      outputs.count == outputCount, "found \(outputs.count.counted("output")) for one row, expected \(outputCount)")
    var numbers: [Double] = []
    for (index, target) in targets.enumerated() {
      let output = Double(outputs[outputs.startIndex + index])
      let number = target.undo(outputForm == .logarithms ? DoubleMath.exp(output) : output)
      numbers.append(clampsPredictions ? target.clamp(number) : number)
    }
    return numbers
  }

  private func probabilities(in outputs: ArraySlice<Float>) -> [Double] {
    let first = Double(outputs[outputs.startIndex])
    switch outputForm {
    case .probability: return [1 - first, first]
    // A margin isn't a probability, but this one gives the same class.
    case .margin: return [1 - 1 / (1 + DoubleMath.exp(-2 * first)), 1 / (1 + DoubleMath.exp(-2 * first))]
    case .distribution, .numbers, .logarithms:
      var probabilities: [Double] = []
      for output in outputs { probabilities.append(Double(output)) }
      return probabilities
    }
  }
}

/// Samples to learn from: inputs and the targets that belong to them.
public struct Dataset: Equatable, Sendable {
  /// (count, inputCount), row by row.
  public let inputs: [Float]
  /// (count, targetCount), row by row.
  public let targets: [Float]
  /// Values in one sample's input.
  public let inputCount: Int
  /// Values in one sample's target.
  public let targetCount: Int

  /// How many samples there are.
  public var count: Int { inputs.count / inputCount }

  /// Creates a data set.
  ///
  /// - Precondition: `inputs` and `targets` fill the same number of whole rows.
  public init(inputs: [Float], targets: [Float], inputCount: Int, targetCount: Int) {
    precondition(inputCount > 0 && targetCount > 0, "a sample has at least one input and one target")
    precondition(
      inputs.count % inputCount == 0 && targets.count % targetCount == 0
        && inputs.count / inputCount == targets.count / targetCount,
      "inputs and targets must fill the same number of whole rows")
    self.inputs = inputs
    self.targets = targets
    self.inputCount = inputCount
    self.targetCount = targetCount
  }

  /// The first sample with a value that is not finite.
  var firstNonFiniteSample: Int? {
    for i in inputs.indices where !inputs[i].isFinite { return i / inputCount }
    for i in targets.indices where !targets[i].isFinite { return i / targetCount }
    return nil
  }
}

/// Samples to learn from: inputs, the targets that belong to them, and how much each sample counts.
///
/// ```swift
/// let data = Dataset(inputs: [0, 0, 0, 1, 1, 0, 1, 1], targets: [0, 1, 1, 0], inputCount: 2, targetCount: 1)
/// let (training, rest) = data.split(holdout: 0.25, seed: 1)
/// ```
public struct Dataset: Equatable, Sendable {
  /// (count, inputCount), row by row.
  public let inputs: [Float]
  /// (count, targetCount), row by row.
  public let targets: [Float]
  /// How much each sample counts in the loss; `nil` if all count the same.
  public let weights: [Float]?
  /// Values in one sample's input.
  public let inputCount: Int
  /// Values in one sample's target.
  public let targetCount: Int

  /// How many samples there are.
  public var count: Int { inputs.count / inputCount }

  /// Creates a data set.
  ///
  /// - Precondition: `inputs` and `targets` fill the same number of whole rows; so do `weights`, none of them negative.
  public init(
    inputs: [Float], targets: [Float], inputCount: Int = 1, targetCount: Int = 1, weights: [Float]? = nil
  ) {
    precondition(inputCount > 0 && targetCount > 0, "a sample has at least one input and one target")
    precondition(
      inputs.count % inputCount == 0 && targets.count % targetCount == 0
        && inputs.count / inputCount == targets.count / targetCount,
      "inputs and targets must fill the same number of whole rows")
    if let weights {
      precondition(weights.count == inputs.count / inputCount, "each sample has its weight")
      for weight in weights { precondition(!(weight < 0), "a weight is not negative") }
    }
    self.inputs = inputs
    self.targets = targets
    self.inputCount = inputCount
    self.targetCount = targetCount
    self.weights = weights
  }

  /// Creates a data set with a class for each sample: its target is 1 at the class and 0 elsewhere.
  ///
  /// - Precondition: the classes are from 0 up to, and without, `classCount`.
  public init(inputs: [Float], classes: [Int], classCount: Int, inputCount: Int) {
    var targets = [Float](repeating: 0, count: classes.count * classCount)
    for (row, label) in classes.enumerated() {
      precondition(label >= 0 && label < classCount, "classes count from 0")
      targets[row * classCount + label] = 1
    }
    self.init(inputs: inputs, targets: targets, inputCount: inputCount, targetCount: classCount)
  }

  /// The samples with these numbers, in this order.
  public func samples(_ rows: [Int]) -> Dataset {
    var inputs: [Float] = []
    var targets: [Float] = []
    var weights: [Float]?
    inputs.reserveCapacity(rows.count * inputCount)
    targets.reserveCapacity(rows.count * targetCount)
    for row in rows {
      inputs.append(contentsOf: self.inputs[(row * inputCount)..<((row + 1) * inputCount)])
      targets.append(contentsOf: self.targets[(row * targetCount)..<((row + 1) * targetCount)])
    }
    if let all = self.weights {
      var chosen: [Float] = []
      for row in rows { chosen.append(all[row]) }
      weights = chosen
    }
    return Dataset(
      inputs: inputs, targets: targets, inputCount: inputCount, targetCount: targetCount, weights: weights)
  }

  /// Holds out a part of the samples, drawn by `seed`: a `holdout` of all, rounded.
  ///
  /// - Precondition: `holdout` is from 0 to 1.
  public func split(holdout: Float, seed: UInt64) -> (training: Dataset, heldOut: Dataset) {
    precondition(holdout >= 0 && holdout <= 1, "the part to hold out is from 0 to 1")
    var order: [Int] = []
    for row in 0..<count { order.append(row) }
    var random = RandomSource(seed: seed ^ 0x7370_6c69_7421_2121)
    random.shuffle(&order)
    let size = Int(holdout * Float(count) + 0.5)
    return (samples(Array(order[size...])), samples(Array(order[..<size])))
  }

  /// The same samples with other weights.
  public func weighted(_ weights: [Float]?) -> Dataset {
    Dataset(inputs: inputs, targets: targets, inputCount: inputCount, targetCount: targetCount, weights: weights)
  }

  /// The same samples, each weighing as its class does, times the weight it had. With one target a sample's class is 1 from
  /// ½ on and 0 below; with more it is where the largest one stands.
  ///
  /// - Parameter classWeights: a weight for each class; `nil` gives every class the same share in the loss: a class with n
  ///   of the N samples weighs N / (K · n), K being the number of classes.
  public func weighted(byClass classWeights: [Float]? = nil) -> Dataset {
    let factors = classWeights ?? balancedClassWeights
    precondition(factors.count == max(2, targetCount), "each class has its weight")
    var weights = self.weights ?? [Float](repeating: 1, count: count)
    for row in 0..<count { weights[row] *= factors[classNumber(row)] }
    return weighted(weights)
  }

  /// The weights that give every class the same share in the loss: a class with n of the N samples weighs N / (K · n), K
  /// being the number of classes, and one without samples 0.
  public var balancedClassWeights: [Float] {
    var counts = [Int](repeating: 0, count: max(2, targetCount))
    for row in 0..<count { counts[classNumber(row)] += 1 }
    var weights: [Float] = []
    for number in counts { weights.append(number == 0 ? 0 : Float(count) / Float(counts.count * number)) }
    return weights
  }

  /// What all samples weigh together.
  var totalWeight: Double {
    guard let weights else { return Double(count) }
    var total: Double = 0
    for weight in weights { total += Double(weight) }
    return total
  }

  /// The class that a sample's targets stand for.
  public func classNumber(_ row: Int) -> Int {
    Dataset.classNumber(of: targets[(row * targetCount)..<((row + 1) * targetCount)])
  }

  /// The class that one sample's targets or outputs stand for: where the largest one stands, the first of equal ones; of a
  /// single one, 1 from ½ on and 0 below.
  public static func classNumber(of values: some RandomAccessCollection<Float>) -> Int {
    if values.count == 1 { return values[values.startIndex] >= 0.5 ? 1 : 0 }
    var best = values.startIndex
    for index in values.indices where values[index] > values[best] { best = index }
    return values.distance(from: values.startIndex, to: best)
  }

  /// - Throws: ``TrainingError/mismatch(schema:inputCount:targetCount:)`` if samples do not have the schema's inputs and
  ///   outputs.
  func checkShape(for schema: Schema) throws(TrainingError) {
    if inputCount != schema.inputs || targetCount != schema.outputs {
      throw .mismatch(schema: schema, inputCount: inputCount, targetCount: targetCount)
    }
  }

  /// - Throws: ``TrainingError`` if there is no sample, or one is not finite.
  func checkSamples() throws(TrainingError) {
    if count == 0 { throw .noSamples }
    if let index = firstNonFiniteSample { throw .nonFiniteSample(index: index) }
  }

  /// The first sample with a value that is not finite.
  var firstNonFiniteSample: Int? {
    if let i = Dataset.firstNonFinite(inputs) { return i / inputCount }
    if let i = Dataset.firstNonFinite(targets) { return i / targetCount }
    return weights.flatMap { Dataset.firstNonFinite($0) }
  }

  private static func firstNonFinite(_ values: [Float]) -> Int? {
    // The bits of magnitudes are ordered, infinity and NaN above all numbers: a maximum takes several values at once.
    var largest: UInt32 = 0
    for value in values { largest = max(largest, value.bitPattern & 0x7fff_ffff) }
    if largest < Float.infinity.bitPattern { return nil }
    return values.firstIndex { !$0.isFinite }
  }
}

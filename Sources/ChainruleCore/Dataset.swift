import ChainruleKernels

/// Samples to learn from: inputs, targets, and how much each sample counts.
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
  /// The number of inputs per sample.
  public let inputCount: Int
  /// The number of targets per sample.
  public let targetCount: Int

  /// The number of samples.
  public var count: Int { inputs.count / inputCount }

  /// Creates a data set.
  ///
  /// The values aren't checked here. Training and measuring a loss check them: see ``check(for:loss:)``.
  ///
  /// - Precondition: `inputs` and `targets` fill the same number of whole rows; `weights`, if any, has one number per
  ///   row.
  public init(
    inputs: [Float], targets: [Float], inputCount: Int = 1, targetCount: Int = 1, weights: [Float]? = nil
  ) {
    require(
      inputCount > 0 && targetCount > 0,
      "found \(inputCount.counted("input")) and \(targetCount.counted("target")) for each sample; each sample needs "
        + "at least one of each"
    )
    require(
      inputs.count % inputCount == 0 && targets.count % targetCount == 0
        && inputs.count / inputCount == targets.count / targetCount,
      "found \(inputs.count.counted("input")) in rows of \(inputCount) and \(targets.count.counted("target")) in rows "
        + "of \(targetCount); "
        + "they must fill the same number of whole rows")
    if let weights {
      require(
        weights.count == inputs.count / inputCount,
        "found \(weights.count.counted("weight")) for \((inputs.count / inputCount).counted("sample")); each sample "
          + "needs one"
      )
    }
    self.inputs = inputs
    self.targets = targets
    self.inputCount = inputCount
    self.targetCount = targetCount
    self.weights = weights
  }

  /// Creates a data set for classification. The targets are one-hot: 1 at the sample's class and 0 elsewhere.
  ///
  /// - Precondition: the classes are in `0..<classCount`.
  public init(inputs: [Float], classes: [Int], classCount: Int, inputCount: Int) {
    var targets = [Float](repeating: 0, count: classes.count * classCount)
    for (row, label) in classes.enumerated() {
      require(
        label >= 0 && label < classCount,
        "sample \(row + 1) has the class \(label); of \(classCount.counted("class", "classes")) the numbers are 0 to "
          + "\(classCount - 1)"
      )
      targets[row * classCount + label] = 1
    }
    self.init(inputs: inputs, targets: targets, inputCount: inputCount, targetCount: classCount)
  }

  /// The samples at these indices, in this order.
  public func samples(_ rows: [Int]) -> Dataset {
    var inputs: [Float] = []
    var targets: [Float] = []
    var weights: [Float]?
    inputs.reserveCapacity(rows.count * inputCount)
    targets.reserveCapacity(rows.count * targetCount)
    for row in rows {
      require(
        row >= 0 && row < count,
        "found the sample number \(row); of \(count.counted("sample")) the numbers are 0 to \(count - 1)"
      )
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

  /// Holds out a random part of the samples. If the targets are classes, the split is stratified, and each class keeps
  /// at least one sample to train on.
  ///
  /// - Parameters:
  ///   - holdout: the part to hold out, in `0..<1`; the number of samples is rounded.
  ///   - seed: fixes the choice.
  public func split(holdout: Double, seed: UInt64) -> (training: Dataset, heldOut: Dataset) {
    let split = Split(rows: Array(0..<count), classes: classNumbers, fraction: holdout, seed: seed)
    return (samples(split.training), samples(split.heldOut))
  }

  /// Each sample's class, if the targets are classes (a single 0 or 1, or one-hot); otherwise `nil`.
  private var classNumbers: [Int]? {
    var classes: [Int] = []
    classes.reserveCapacity(count)
    for row in 0..<count {
      var ones = 0
      for i in (row * targetCount)..<((row + 1) * targetCount) {
        if targets[i] == 1 { ones += 1 } else if targets[i] != 0 { return nil }
      }
      if targetCount > 1 && ones != 1 { return nil }
      classes.append(classNumber(row))
    }
    return classes
  }

  /// The same samples with other weights.
  public func weighted(_ weights: [Float]?) -> Dataset {
    Dataset(inputs: inputs, targets: targets, inputCount: inputCount, targetCount: targetCount, weights: weights)
  }

  /// The same samples, each weight multiplied by the weight of the sample's class; see ``classNumber(of:)``.
  ///
  /// - Parameter classWeights: a weight for each class; `nil` takes ``balancedClassWeights``.
  public func weighted(byClass classWeights: [Float]? = nil) -> Dataset {
    let factors = classWeights ?? balancedClassWeights
    require(
      factors.count == max(2, targetCount),
      "found \(factors.count) class weights for \(max(2, targetCount).counted("class", "classes")); each class needs "
        + "one"
    )
    var weights = self.weights ?? [Float](repeating: 1, count: count)
    for row in 0..<count { weights[row] *= factors[classNumber(row)] }
    return weighted(weights)
  }

  /// The weights that give every class the same share in the loss. With N samples and K classes, a class with n samples
  /// weighs N / (K · n), and a class without samples 0.
  public var balancedClassWeights: [Float] {
    var counts = [Int](repeating: 0, count: max(2, targetCount))
    for row in 0..<count { counts[classNumber(row)] += 1 }
    var weights: [Float] = []
    for number in counts { weights.append(number == 0 ? 0 : Float(count) / Float(counts.count * number)) }
    return weights
  }

  /// The sum of the samples' weights.
  var totalWeight: Double {
    guard let weights else { return Double(count) }
    var total: Double = 0
    for weight in weights { total += Double(weight) }
    return total
  }

  /// The class in a sample's targets; see ``classNumber(of:)``.
  public func classNumber(_ row: Int) -> Int {
    require(
      row >= 0 && row < count,
      "found the sample number \(row); of \(count.counted("sample")) the numbers are 0 to \(count - 1)")
    return Dataset.classNumber(of: targets[(row * targetCount)..<((row + 1) * targetCount)])
  }

  /// The class in one sample's targets or outputs: the index of the largest value (the first, if several are equal). A
  /// single value means class 1 if it's ½ or more, and class 0 otherwise.
  public static func classNumber(of values: some RandomAccessCollection<Float>) -> Int {
    require(!values.isEmpty, "found no value; a sample has one or more")
    if values.count == 1 { return values[values.startIndex] >= 0.5 ? 1 : 0 }
    var best = values.startIndex
    for index in values.indices where values[index] > values[best] { best = index }
    return values.distance(from: values.startIndex, to: best)
  }
}

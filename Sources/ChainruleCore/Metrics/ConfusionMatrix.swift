import ChainruleKernels

/// How often each class was predicted as each class, and the scores that follow.
///
/// ```swift
/// let matrix = ConfusionMatrix(classes: 3, actual: [0, 0, 1, 2], predicted: [0, 1, 1, 2])
/// matrix.accuracy          // 0.75
/// matrix.precision(of: 1)  // 0.5: of two predictions of class 1, one is right
/// matrix.recall(of: 1)     // 1: every sample of class 1 was found
/// matrix.f1(.macro)        // 0.777…
/// ```
///
/// A score that would be 0 / 0, such as the precision of a class that was never predicted, is 0. Each sample has a
/// weight, 1 by default. Counts are numbers of samples; all scores are weighted.
///
/// With two classes, class 1 is usually the one of interest, so quote its precision, recall and F1. The names are from
/// C. J. van Rijsbergen, "Information Retrieval", 2nd edition, 1979.
public struct ConfusionMatrix: Equatable, Sendable {
  /// The number of classes.
  public let classes: Int
  private var counts: [Int]
  private var weights: [Double]

  /// Creates a matrix of zeros.
  ///
  /// - Precondition: there is at least one class.
  public init(classes: Int) {
    require(classes > 0, "found \(classes.counted("class", "classes")); there must be one or more")
    self.classes = classes
    counts = [Int](repeating: 0, count: classes * classes)
    weights = [Double](repeating: 0, count: classes * classes)
  }

  /// Creates a matrix from the samples' actual classes, their predicted classes and, if they don't all count the same,
  /// their weights.
  ///
  /// - Precondition: there is at least one sample; the lists have the same length; classes count from 0; weights are
  ///   finite and not negative, and their sum is above zero.
  public init(classes: Int, actual: [Int], predicted: [Int], weights: [Double]? = nil) {
    require(
      actual.count == predicted.count,
      "found \(actual.count) actual classes and \(predicted.count) predictions; each sample needs one of each")
    let sampleWeights = SampleWeights(weights, count: actual.count)
    self.init(classes: classes)
    for i in actual.indices { add(actual: actual[i], predicted: predicted[i], weight: sampleWeights[i]) }
  }

  /// Counts a sample of class `actual` for which `predicted` was predicted; classes count from 0.
  ///
  /// - Precondition: the weight is finite and not negative.
  public mutating func add(actual: Int, predicted: Int, weight: Double = 1) {
    require(SampleWeights.isAllowed(weight), "found the weight \(weight); a weight is finite, and 0 or more")
    let index = index(actual: actual, predicted: predicted)
    counts[index] += 1
    weights[index] += weight
  }

  // MARK: What was counted

  /// How many samples of class `actual` got the prediction `predicted`.
  public func count(actual: Int, predicted: Int) -> Int {
    counts[index(actual: actual, predicted: predicted)]
  }

  /// The weight of the samples of class `actual` that got the prediction `predicted`.
  public func weight(actual: Int, predicted: Int) -> Double {
    weights[index(actual: actual, predicted: predicted)]
  }

  /// The number of samples.
  public var total: Int {
    var total = 0
    for count in counts { total += count }
    return total
  }

  /// How many samples got the right prediction.
  public var correct: Int {
    var correct = 0
    for label in 0..<classes { correct += counts[label * classes + label] }
    return correct
  }

  /// The weight of the samples of a class.
  public func support(of label: Int) -> Double {
    var sum = 0.0
    for predicted in 0..<classes { sum += weight(actual: label, predicted: predicted) }
    return sum
  }

  /// The weight of the samples for which a class was predicted.
  private func predictedWeight(of label: Int) -> Double {
    var sum = 0.0
    for actual in 0..<classes { sum += weight(actual: actual, predicted: label) }
    return sum
  }

  private func index(actual: Int, predicted: Int) -> Int {
    require(
      actual >= 0 && actual < classes && predicted >= 0 && predicted < classes,
      "found the actual class \(actual) and the predicted class \(predicted); of "
        + "\(classes.counted("class", "classes")) the numbers are 0 to "
        + "\(classes - 1)")
    return actual * classes + predicted
  }

  // MARK: All classes at once

  /// The part of the samples with the right prediction, from 0 to 1; 0 without samples.
  ///
  /// It can mislead: if 99 of 100 samples belong to one class, always guessing that class has an accuracy of 0.99. Then
  /// use ``balancedAccuracy`` or ``f1(_:)``.
  public var accuracy: Double {
    var right = 0.0
    var all = 0.0
    for actual in 0..<classes {
      right += weights[actual * classes + actual]
      for predicted in 0..<classes { all += weights[actual * classes + predicted] }
    }
    return Self.ratio(right, all)
  }

  /// The mean of ``recall(of:)`` over the classes that occur, from 0 to 1: what the accuracy would be if all classes
  /// were equally common. Guessing one of n classes has 1/n.
  ///
  /// (Brodersen, Ong, Stephan and Buhmann, "The balanced accuracy and its posterior distribution", 2010.)
  public var balancedAccuracy: Double {
    var sum = 0.0
    var occurring = 0.0
    for label in 0..<classes where support(of: label) > 0 {
      sum += recall(of: label)
      occurring += 1
    }
    return Self.ratio(sum, occurring)
  }

  // MARK: One class

  /// The part of this class's predictions that is right, from 0 to 1; 0 if it was never predicted.
  ///
  /// It matters when false positives are costly.
  public func precision(of label: Int) -> Double {
    Self.ratio(weight(actual: label, predicted: label), predictedWeight(of: label))
  }

  /// The part of this class's samples that was found, from 0 to 1; 0 if it has no samples.
  ///
  /// It matters when false negatives are costly.
  public func recall(of label: Int) -> Double {
    Self.ratio(weight(actual: label, predicted: label), support(of: label))
  }

  /// The harmonic mean of precision P and recall R, 2PR / (P + R), from 0 to 1; 0 if the class neither occurs nor was
  /// predicted, or if no sample of it was found.
  ///
  /// It's high only if both are. It ignores how well the other classes are told apart.
  public func f1(of label: Int) -> Double {
    // This is 2·TP / (2·TP + FP + FN) in weights, which is defined even if P or R isn't.
    Self.ratio(
      2 * weight(actual: label, predicted: label), support(of: label) + predictedWeight(of: label))
  }

  // MARK: Averages over classes

  /// The precision of all classes in one number; see ``ClassAverage``.
  ///
  /// Classes that neither occur nor were predicted are left out. The micro average is the ``accuracy``: each sample
  /// gets one prediction, so each false positive of one class is a false negative of another.
  public func precision(_ average: ClassAverage) -> Double {
    mean(average) { precision(of: $0) }
  }

  /// The recall of all classes in one number; see ``ClassAverage``.
  ///
  /// Classes that neither occur nor were predicted are left out; those that were predicted but never occur count as 0
  /// in the macro average, while ``balancedAccuracy`` leaves them out. The weighted and the micro average are the
  /// ``accuracy``.
  public func recall(_ average: ClassAverage) -> Double {
    mean(average) { recall(of: $0) }
  }

  /// The F1 of all classes in one number; see ``ClassAverage``.
  ///
  /// Classes that neither occur nor were predicted are left out. The micro average is the ``accuracy``. The macro
  /// average is the mean of the classes' F1, not the F1 of the mean precision and recall.
  public func f1(_ average: ClassAverage) -> Double {
    mean(average) { f1(of: $0) }
  }

  private func mean(_ average: ClassAverage, of value: (Int) -> Double) -> Double {
    if average == .micro { return accuracy }
    var sum = 0.0
    var total = 0.0
    for label in 0..<classes {
      let support = support(of: label)
      if support == 0 && predictedWeight(of: label) == 0 { continue }
      let share = average == .weighted ? support : 1
      sum += share * value(label)
      total += share
    }
    return Self.ratio(sum, total)
  }

  /// The quotient of two numbers that aren't negative; 0 for 0 / 0.
  private static func ratio(_ part: Double, _ whole: Double) -> Double {
    whole == 0 ? 0 : part / whole
  }
}

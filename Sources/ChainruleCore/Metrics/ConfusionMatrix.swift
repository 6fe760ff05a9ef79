import ChainruleKernels

/// How often each class was taken for each class, and what follows from it.
///
/// ```swift
/// let matrix = ConfusionMatrix(classes: 3, actual: [0, 0, 1, 2], predicted: [0, 1, 1, 2])
/// matrix.accuracy          // 0.75
/// matrix.precision(of: 1)  // 0.5: of two taken for class 1, one belongs to it
/// matrix.recall(of: 1)     // 1: all that belong to class 1 were found
/// matrix.f1(.macro)        // 0.777…
/// ```
///
/// Where a number would be 0 / 0, such as the precision of a class that was never predicted, it is 0: nothing was done
/// right. Each sample has a weight, 1 if none is given; the counts count samples, all other numbers go by weight.
///
/// Of two classes, class 1 is usually the one that is looked for, and its precision, recall and F1 are the ones to
/// quote. The names are those of C. J. van Rijsbergen, "Information Retrieval", 2nd edition, 1979.
public struct ConfusionMatrix: Equatable, Sendable {
  /// How many classes there are.
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

  /// Creates a matrix of samples: the classes they belong to, those they were taken for, and, if not all count the same,
  /// their weights.
  ///
  /// - Precondition: there is a sample; the lists are of the same length; classes count from 0; weights are finite and
  ///   not negative, and their sum is above zero.
  public init(classes: Int, actual: [Int], predicted: [Int], weights: [Double]? = nil) {
    require(
      actual.count == predicted.count,
      "found \(actual.count) actual classes and \(predicted.count) predictions; each sample needs one of each")
    let sampleWeights = SampleWeights(weights, count: actual.count)
    self.init(classes: classes)
    for i in actual.indices { add(actual: actual[i], predicted: predicted[i], weight: sampleWeights[i]) }
  }

  /// Counts a sample of class `actual` that was taken for `predicted`; classes count from 0.
  ///
  /// - Precondition: the weight is finite and not negative.
  public mutating func add(actual: Int, predicted: Int, weight: Double = 1) {
    require(SampleWeights.isAllowed(weight), "found the weight \(weight); a weight is finite, and 0 or more")
    let index = index(actual: actual, predicted: predicted)
    counts[index] += 1
    weights[index] += weight
  }

  // MARK: What was counted

  /// How many samples of class `actual` were taken for `predicted`.
  public func count(actual: Int, predicted: Int) -> Int {
    counts[index(actual: actual, predicted: predicted)]
  }

  /// The weight of the samples of class `actual` that were taken for `predicted`.
  public func weight(actual: Int, predicted: Int) -> Double {
    weights[index(actual: actual, predicted: predicted)]
  }

  /// How many samples were counted.
  public var total: Int {
    var total = 0
    for count in counts { total += count }
    return total
  }

  /// How many samples were taken for what they are.
  public var correct: Int {
    var correct = 0
    for label in 0..<classes { correct += counts[label * classes + label] }
    return correct
  }

  /// The weight of the samples that belong to a class.
  public func support(of label: Int) -> Double {
    var sum = 0.0
    for predicted in 0..<classes { sum += weight(actual: label, predicted: predicted) }
    return sum
  }

  /// The weight of the samples that were taken for a class.
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

  /// The part that was taken for what it is, from 0 to 1; 0 if nothing was counted.
  ///
  /// Easy to say, easy to be misled by: where 99 of 100 samples belong to one class, always guessing it has 0.99. Then
  /// look at ``balancedAccuracy`` or ``f1(_:)``.
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

  /// Of what was taken for the class, the part that belongs to it, from 0 to 1; 0 if nothing was taken for it.
  ///
  /// For when a false alarm costs much.
  public func precision(of label: Int) -> Double {
    Self.ratio(weight(actual: label, predicted: label), predictedWeight(of: label))
  }

  /// Of what belongs to the class, the part that was found, from 0 to 1; 0 if nothing belongs to it.
  ///
  /// For when a miss costs much.
  public func recall(of label: Int) -> Double {
    Self.ratio(weight(actual: label, predicted: label), support(of: label))
  }

  /// The harmonic mean of precision P and recall R, 2PR / (P + R), from 0 to 1; 0 if the class neither occurs nor was
  /// predicted, or nothing of it was found.
  ///
  /// High only if both are. It does not ask how many samples of the other classes were told apart.
  public func f1(of label: Int) -> Double {
    // In weights it is 2·TP / (2·TP + FP + FN), which is defined even where P or R is not.
    Self.ratio(
      2 * weight(actual: label, predicted: label), support(of: label) + predictedWeight(of: label))
  }

  // MARK: Averages over classes

  /// The precision of all classes in one number; see ``ClassAverage``.
  ///
  /// Classes that neither occur nor were predicted are left out. The micro average is the ``accuracy``: as each sample is
  /// taken for one class, each false alarm of a class is a miss of another.
  public func precision(_ average: ClassAverage) -> Double {
    mean(average) { precision(of: $0) }
  }

  /// The recall of all classes in one number; see ``ClassAverage``.
  ///
  /// Classes that neither occur nor were predicted are left out; those that were predicted but never occur count as 0 in
  /// the macro average, where ``balancedAccuracy`` leaves them out. The weighted and the micro average are the
  /// ``accuracy``.
  public func recall(_ average: ClassAverage) -> Double {
    mean(average) { recall(of: $0) }
  }

  /// The F1 of all classes in one number; see ``ClassAverage``.
  ///
  /// Classes that neither occur nor were predicted are left out. The micro average is the ``accuracy``. The macro average
  /// is the mean of the classes' F1, not the F1 of the mean precision and recall.
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

  /// A quotient of numbers that are not negative; 0 for 0 / 0.
  private static func ratio(_ part: Double, _ whole: Double) -> Double {
    whole == 0 ? 0 : part / whole
  }
}

import ChainruleKernels

/// How good predicted class probabilities are: whether the right class comes first, and whether the probabilities are
/// right.
///
/// ```swift
/// let score = ProbabilityScore(
///   probabilities: [0.7, 0.2, 0.1, 0.3, 0.3, 0.4], classes: 3, actual: [0, 1])
/// score.accuracy          // 0.5
/// score.accuracy(top: 2)  // 0.5: classes 2 and 0 come before class 1; of equal ones, the lower number
/// score.logLoss           // 0.780…: the mean of −ln 0.7 and −ln 0.3
/// ```
///
/// All means are weighted: Σ weight·value / Σ weight. A weight of 2 is the same as having the sample twice, and a
/// weight of 0 leaves it out. The accuracy depends only on the decisions, ``rocAUC(of:)`` only on the order,
/// ``logLoss`` and ``brier`` on the probabilities themselves. These two are proper scores: on average, the true
/// probabilities score best.
public struct ProbabilityScore: Equatable, Sendable {
  /// The number of classes.
  public let classes: Int
  /// The number of samples.
  public var count: Int { actual.count }

  private let probabilities: [Float]
  private let actual: [Int]
  private let weights: SampleWeights
  /// Probabilities per row: one for each class, or only that of class 1.
  private let columns: Int

  /// Scores a probability for each class, such as the outputs of a softmax layer.
  ///
  /// - Parameters:
  ///   - probabilities: (count, classes), row by row. Whether a row sums to 1 isn't checked.
  ///   - classes: the number of classes, at least two.
  ///   - actual: each sample's class, from 0.
  ///   - weights: how much each sample counts; by default all the same.
  /// - Precondition: there is at least one sample; sizes fit; probabilities are from 0 to 1, up to a rounding error;
  ///   weights are finite and not negative, and their sum is above zero.
  public init(probabilities: [Float], classes: Int, actual: [Int], weights: [Double]? = nil) {
    self.init(probabilities, columns: classes, classes: classes, actual: actual, weights: weights)
  }

  /// Scores the probability of class 1 of two, such as the output of a single sigmoid unit.
  ///
  /// - Parameters:
  ///   - probabilities: for each sample, the probability of class 1.
  ///   - actual: each sample's class, 0 or 1.
  ///   - weights: how much each sample counts; by default all the same.
  /// - Precondition: as for ``init(probabilities:classes:actual:weights:)``.
  public init(probabilities: [Float], actual: [Int], weights: [Double]? = nil) {
    self.init(probabilities, columns: 1, classes: 2, actual: actual, weights: weights)
  }

  private init(_ probabilities: [Float], columns: Int, classes: Int, actual: [Int], weights: [Double]?) {
    require(classes > 1, "found \(classes.counted("class", "classes")); there must be two or more")
    require(
      probabilities.count == actual.count * columns,
      "found \(probabilities.count.counted("probability", "probabilities")) for \(actual.count.counted("sample")); "
        + "each sample needs \(columns)"
    )
    for value in probabilities {
      require(value >= 0 && value <= 1.000_01, "found the probability \(value); it must be from 0 to 1")
    }
    for label in actual { Self.check(label, classes) }
    self.probabilities = probabilities
    self.columns = columns
    self.classes = classes
    self.actual = actual
    self.weights = SampleWeights(weights, count: actual.count)
  }

  private static func check(_ label: Int, _ classes: Int) {
    require(
      label >= 0 && label < classes,
      "found the class \(label); of \(classes.counted("class", "classes")) the numbers are 0 to \(classes - 1)")
  }

  // MARK: Decisions

  /// The confusion matrix of the most probable classes, for precision, recall and F1.
  ///
  /// If classes are equally probable, the first one counts. A single probability of ½ or more means class 1.
  public var confusionMatrix: ConfusionMatrix {
    var matrix = ConfusionMatrix(classes: classes)
    for sample in 0..<count {
      matrix.add(actual: actual[sample], predicted: prediction(sample), weight: weights[sample])
    }
    return matrix
  }

  /// The part of the samples whose most probable class is right, from 0 to 1.
  public var accuracy: Double {
    mean { prediction($0) == actual[$0] ? 1 : 0 }
  }

  /// The part of the samples whose right class is among the `k` most probable ones, from 0 to 1. If classes are equally
  /// probable, lower numbers come first, so k = 1 gives the ``accuracy``. With k = ``classes`` it's 1.
  ///
  /// It's for many similar classes, or for models that offer several answers.
  ///
  /// - Precondition: k is from 1 to the number of classes.
  public func accuracy(top k: Int) -> Double {
    require(k > 0 && k <= classes, "found k = \(k); it must be from 1 to the number of classes, \(classes)")
    if k == 1 { return accuracy }
    if k == classes { return 1 }
    return mean { rank(ofActualClassOf: $0) < k ? 1 : 0 }
  }

  // MARK: Probabilities

  /// The mean of −ln p, where p is the predicted probability of the right class; 0 is best.
  ///
  /// Also called cross-entropy, here in nats. Equal probabilities for n classes give ln n. One certain mistake would
  /// make it infinite, so a p below ε = 2⁻²³ ≈ 1.19·10⁻⁷, the precision of a `Float`, counts as ε, and a sample costs
  /// at most 23·ln 2 ≈ 15.94.
  public var logLoss: Double {
    let epsilon = Double(Float.ulpOfOne)
    return mean { -DoubleMath.log(min(1, max(epsilon, probability($0, of: actual[$0])))) }
  }

  /// The mean squared distance between the probabilities and the truth; 0 is best. Unlike ``logLoss``, it's bounded.
  ///
  /// For two classes, it's the mean of (p − y)², where p is the probability of class 1 and y is 1 or 0: from 0 to 1,
  /// and ¼ if p is ½. For more classes, it's the mean of Σ (p − y)² over the classes: from 0 to 2. That is the original
  /// definition (G. W. Brier, "Verification of forecasts expressed in terms of probability", 1950); for two classes it
  /// gives twice today's usual value.
  public var brier: Double {
    mean { sample in
      var sum = 0.0
      for label in (classes == 2 ? 1 : 0)..<classes {
        let distance = probability(sample, of: label) - (actual[sample] == label ? 1 : 0)
        sum += distance * distance
      }
      return sum
    }
  }

  // MARK: Order

  /// The area under the ROC curve of one class against the rest: the probability that a sample of the class scores
  /// higher than a sample of another class. A tie counts half. It's from 0 to 1; ½ is guessing, and below ½ the order
  /// is upside down. `nil` if no sample, or every sample, belongs to the class.
  ///
  /// It measures only the order, at every threshold at once, and rare classes don't distort it. It doesn't tell whether
  /// the probabilities are right.
  public func rocAUC(of label: Int) -> Double? {
    Self.check(label, classes)
    var area = RankArea(capacity: count)
    // With one column, class 0 has the reverse order of class 1, so the area is the same.
    let (column, positive) = columns == 1 ? (0, 1) : (label, label)
    for sample in 0..<count {
      area.add(
        score: probabilities[sample * columns + column], isPositive: actual[sample] == positive,
        weight: weights[sample])
    }
    return area.area()
  }

  /// The area under the ROC curve: for two classes that of class 1, for more classes an average of each against the
  /// rest; see ``rocAUC(of:)`` and ``ClassAverage``. `nil` if all samples belong to one class.
  ///
  /// Classes that don't occur have no area, and are left out. The micro average treats each pair of a sample and a
  /// class as a sample. Weighting by class frequency is from Provost and Domingos, "Well-trained PETs: improving
  /// probability estimation trees", 2000.
  public func rocAUC(_ average: ClassAverage = .macro) -> Double? {
    if classes == 2 { return rocAUC(of: 1) }
    var supports = [Double](repeating: 0, count: classes)
    for sample in 0..<count { supports[actual[sample]] += weights[sample] }
    var occurring = 0
    for support in supports where support > 0 { occurring += 1 }
    if occurring < 2 { return nil }
    if average == .micro { return pooledArea() }
    var sum = 0.0
    var total = 0.0
    for label in 0..<classes {
      guard supports[label] > 0, let area = rocAUC(of: label) else { continue }
      let share = average == .weighted ? supports[label] : 1
      sum += share * area
      total += share
    }
    return sum / total
  }

  private func pooledArea() -> Double? {
    var area = RankArea(capacity: probabilities.count)
    for sample in 0..<count {
      for label in 0..<classes {
        area.add(
          score: probabilities[sample * classes + label], isPositive: actual[sample] == label,
          weight: weights[sample])
      }
    }
    return area.area()
  }

  // MARK: Samples

  private func probability(_ sample: Int, of label: Int) -> Double {
    if columns > 1 { return Double(probabilities[sample * columns + label]) }
    let one = Double(probabilities[sample])
    return label == 1 ? one : 1 - one
  }

  private func prediction(_ sample: Int) -> Int {
    Dataset.classNumber(of: probabilities[(sample * columns)..<((sample + 1) * columns)])
  }

  /// How many classes come before the right one.
  private func rank(ofActualClassOf sample: Int) -> Int {
    let start = sample * columns
    let own = probabilities[start + actual[sample]]
    var before = 0
    for label in 0..<columns {
      let other = probabilities[start + label]
      if other > own || other == own && label < actual[sample] { before += 1 }
    }
    return before
  }

  private func mean(of value: (Int) -> Double) -> Double {
    var sum = 0.0
    for sample in 0..<count where weights[sample] > 0 { sum += weights[sample] * value(sample) }
    return sum / weights.total
  }
}

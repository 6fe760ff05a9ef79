/// How often each class was taken for each class.
///
/// ```swift
/// var matrix = ConfusionMatrix(classes: 3)
/// matrix.add(actual: 0, predicted: 0)
/// matrix.accuracy  // 1
/// ```
public struct ConfusionMatrix: Equatable, Sendable {
  /// How many classes there are.
  public let classes: Int
  private var counts: [Int]

  /// Creates a matrix of zeros.
  ///
  /// - Precondition: there is at least one class.
  public init(classes: Int) {
    precondition(classes > 0, "there must be a class")
    self.classes = classes
    counts = [Int](repeating: 0, count: classes * classes)
  }

  /// Counts a sample of class `actual` that was taken for `predicted`; classes count from 0.
  public mutating func add(actual: Int, predicted: Int) {
    counts[index(actual: actual, predicted: predicted)] += 1
  }

  /// How many samples of class `actual` were taken for `predicted`.
  public func count(actual: Int, predicted: Int) -> Int {
    counts[index(actual: actual, predicted: predicted)]
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

  /// The part that was taken for what it is, from 0 to 1; 0 if nothing was counted.
  public var accuracy: Double {
    total == 0 ? 0 : Double(correct) / Double(total)
  }

  private func index(actual: Int, predicted: Int) -> Int {
    precondition(
      actual >= 0 && actual < classes && predicted >= 0 && predicted < classes, "classes count from 0")
    return actual * classes + predicted
  }
}

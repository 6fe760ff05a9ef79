extension ConfusionMatrix {
  /// The most common class by weight; the first one, if several are equally common.
  public var mostCommonClass: Int {
    var best = 0
    for label in 0..<classes where support(of: label) > support(of: best) { best = label }
    return best
  }

  /// The accuracy of always guessing the ``mostCommonClass``, from 0 to 1; 0 if nothing was counted. A model that isn't
  /// above it has learned nothing useful.
  ///
  /// ```swift
  /// let matrix = ConfusionMatrix(classes: 2, actual: [0, 0, 0, 1], predicted: [0, 0, 1, 1])
  /// matrix.accuracy > matrix.baselineAccuracy  // false: both are 0.75
  /// ```
  public var baselineAccuracy: Double {
    var all = 0.0
    for label in 0..<classes { all += support(of: label) }
    return all == 0 ? 0 : support(of: mostCommonClass) / all
  }

  /// The classes that occur but were never predicted.
  public var neverPredicted: [Int] {
    var labels: [Int] = []
    for label in 0..<classes where support(of: label) > 0 {
      var isPredicted = false
      for actual in 0..<classes where count(actual: actual, predicted: label) > 0 { isPredicted = true }
      if !isPredicted { labels.append(label) }
    }
    return labels
  }
}

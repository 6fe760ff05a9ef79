/// The weights of samples, or 1 for each of them.
struct SampleWeights: Equatable, Sendable {
  private let values: [Double]?
  /// The sum of all weights.
  let total: Double

  /// - Precondition: there is a sample; given weights are as many as there are samples, finite and not negative, and
  ///   their sum is above zero and finite.
  init(_ values: [Double]?, count: Int) {
    precondition(count > 0, "there must be a sample")
    self.values = values
    guard let values else {
      total = Double(count)
      return
    }
    precondition(values.count == count, "each sample needs its weight")
    var sum = 0.0
    for value in values {
      precondition(Self.isAllowed(value), "weights are finite and not negative")
      sum += value
    }
    precondition(sum > 0 && sum.isFinite, "the weights need a finite sum above zero")
    total = sum
  }

  /// Whether a number can be a weight.
  static func isAllowed(_ weight: Double) -> Bool { weight >= 0 && weight.isFinite }

  /// The weight of a sample.
  subscript(sample: Int) -> Double {
    if let values { return values[sample] }
    return 1
  }
}

import ChainruleKernels

/// The samples' weights, or 1 for each.
struct SampleWeights: Equatable, Sendable {
  private let values: [Double]?
  /// The sum of all weights.
  let total: Double

  /// - Precondition: there is at least one sample; `values`, if given, has one weight per sample, finite and not
  ///   negative, and their sum is finite and above zero.
  init(_ values: [Double]?, count: Int) {
    require(count > 0, "found no sample; there must be one or more")
    self.values = values
    guard let values else {
      total = Double(count)
      return
    }
    require(
      values.count == count,
      "found \(values.count.counted("weight")) for \(count.counted("sample")); each sample needs one")
    var sum = 0.0
    for value in values {
      require(Self.isAllowed(value), "found the weight \(value); a weight is finite, and 0 or more")
      sum += value
    }
    require(sum > 0 && sum.isFinite, "the weights sum to \(sum); they need a finite sum above 0")
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

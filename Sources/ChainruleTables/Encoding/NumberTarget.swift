import ChainruleKernels

/// A number that a network predicts, and how it's scaled for the network: (y − mean) / scale.
public struct NumberTarget: Sendable {
  /// The column's name.
  public let name: String
  /// What the network knows as zero.
  public let mean: Double
  /// What the network knows as one. Finite and above zero.
  public let scale: Double
  /// The smallest number in the training rows.
  public let minimum: Double
  /// The largest number in the training rows.
  public let maximum: Double

  /// Creates a target.
  ///
  /// - Precondition: all numbers are finite, and `scale` is above zero.
  public init(name: String, mean: Double, scale: Double, minimum: Double, maximum: Double) {
    require(
      mean.isFinite && scale.isFinite && minimum.isFinite && maximum.isFinite && scale > 0,
      "target “\(name)”: found mean \(mean), scale \(scale), range \(minimum) to \(maximum); expected finite numbers, and "
        + "a scale above zero")
    self.name = name
    self.mean = mean
    self.scale = scale
    self.minimum = minimum
    self.maximum = maximum
  }

  /// The number as the network knows it.
  public func apply(_ number: Double) -> Float {
    let difference = number - mean
    let scaled = difference.isFinite ? difference / scale : number / scale - mean / scale
    // Far outside what `Float` can square there is nothing to learn, and a loss would become infinite.
    return Float(min(max(scaled, -1e15), 1e15))
  }

  /// The number that ``apply(_:)`` scaled.
  public func undo(_ output: Double) -> Double {
    let number = output * scale + mean
    return number.isInfinite ? (number < 0 ? -.greatestFiniteMagnitude : .greatestFiniteMagnitude) : number
  }

  /// The same number, or the end of the training rows' range that is nearest to it.
  public func clamp(_ number: Double) -> Double {
    if number < minimum { return minimum }
    return number > maximum ? maximum : number
  }
}

#if !hasFeature(Embedded)
  extension NumberTarget: Equatable {}
#endif

import ChainruleKernels

/// A number that a network predicts, and how it's scaled for the network: (y − mean) / scale.
public struct NumberTarget: Sendable {
  /// The column's name.
  public let name: String
  /// The number that is zero for the network.
  public let mean: Double
  /// The distance that is one for the network. Finite and above zero.
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

  /// The scaled number, for the network.
  public func apply(_ number: Double) -> Float {
    let difference = number - mean
    let scaled = difference.isFinite ? difference / scale : number / scale - mean / scale
    // Clamped, because `Float` can't square larger numbers, and the loss would be infinite.
    return Float(min(max(scaled, -1e15), 1e15))
  }

  /// The inverse of ``apply(_:)``.
  public func undo(_ output: Double) -> Double {
    let number = output * scale + mean
    return number.isInfinite ? (number < 0 ? -.greatestFiniteMagnitude : .greatestFiniteMagnitude) : number
  }

  /// The number, clamped to the training rows' range.
  public func clamp(_ number: Double) -> Double {
    if number < minimum { return minimum }
    return number > maximum ? maximum : number
  }
}

#if !hasFeature(Embedded)
  extension NumberTarget: Equatable {}
#endif

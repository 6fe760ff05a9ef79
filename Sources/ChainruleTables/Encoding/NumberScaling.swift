import ChainruleKernels

/// How a column's numbers become inputs around zero: (x − center) / scale, then softly limited to −3…3.
///
/// The soft limit, z / √(1 + (z/3)²), hardly changes values near the center, and limits the effect of values far
/// outside the training range.
///
/// ```swift
/// let scaling = NumberScaling(center: 10, scale: 2, fill: 10, minimum: 4, maximum: 16, isLimited: true)
/// scaling.apply(12)  // 0.9487
/// ```
public struct NumberScaling: Sendable, Equatable {
  /// The number that becomes zero.
  public let center: Double
  /// The distance that becomes one. Finite and above zero.
  public let scale: Double
  /// The number that replaces a missing one: the training rows' median.
  public let fill: Double
  /// The smallest number in the training rows.
  public let minimum: Double
  /// The largest number in the training rows.
  public let maximum: Double
  /// Whether the scaled number is softly limited to −3…3.
  public let isLimited: Bool

  /// Creates a scaling.
  ///
  /// - Precondition: all numbers are finite, and `scale` is above zero.
  public init(
    center: Double, scale: Double, fill: Double, minimum: Double, maximum: Double, isLimited: Bool = true
  ) {
    require(
      center.isFinite && fill.isFinite && minimum.isFinite && maximum.isFinite && scale.isFinite && scale > 0,
      "found center \(center), scale \(scale), fill \(fill), range \(minimum) to \(maximum); expected finite numbers, and a "
        + "scale above zero")
    self.center = center
    self.scale = scale
    self.fill = fill
    self.minimum = minimum
    self.maximum = maximum
    self.isLimited = isLimited
  }

  /// Whether a number is outside the training rows' range by more than half that range.
  public func isFarOutside(_ number: Double) -> Bool {
    let margin = maximum / 2 - minimum / 2
    return number > maximum + margin || number < minimum - margin
  }
}

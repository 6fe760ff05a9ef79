/// How one column's numbers become numbers around zero, and back: (x − mean) / scale.
public struct Scaling: Equatable, Sendable {
  /// What becomes zero.
  public let mean: Double
  /// What becomes a distance of one. Finite and above zero.
  public let scale: Double

  /// Changes nothing.
  public static let identity = Scaling(mean: 0, scale: 1)

  /// Creates a scaling.
  ///
  /// - Precondition: both numbers are finite and `scale` is above zero.
  public init(mean: Double, scale: Double) {
    precondition(mean.isFinite && scale.isFinite && scale > 0, "a scale is a finite number above zero")
    self.mean = mean
    self.scale = scale
  }

  /// Standardises: the mean of `numbers` becomes 0, their standard deviation (of the whole population) 1. A constant
  /// column keeps its scale.
  public init(standardizing numbers: some Collection<Double>) {
    let count = Double(numbers.count)
    let mean = numbers.isEmpty ? 0 : numbers.reduce(0) { $0 + $1 / count }
    let variance = numbers.isEmpty ? 0 : numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) / count }
    // What rounding leaves of a constant column's variance is no variance.
    let deviation = variance.squareRoot()
    let isConstant = deviation <= abs(mean) * 1e-14
    self.init(mean: mean, scale: isConstant ? 1 : deviation)
  }

  /// The scaled number.
  public func apply(_ number: Double) -> Float { Float((number - mean) / scale) }

  /// The number that ``apply(_:)`` scaled.
  public func undo(_ number: Float) -> Double { Double(number) * scale + mean }
}

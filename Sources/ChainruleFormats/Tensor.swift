/// A named array of numbers with a shape.
public struct Tensor: Equatable, Sendable {
  /// Its name in the file, such as `layers.0.weight`.
  public let name: String
  /// The size of each dimension; a matrix is (rows, columns).
  public let shape: [Int]
  /// The numbers, the last dimension running fastest.
  public let values: [Float]

  /// Creates a tensor.
  ///
  /// - Precondition: `values` fills the shape.
  public init(name: String, shape: [Int], values: [Float]) {
    precondition(shape.reduce(1, *) == values.count, "a tensor's values must fill its shape")
    self.name = name
    self.shape = shape
    self.values = values
  }
}

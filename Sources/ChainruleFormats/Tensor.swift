import ChainruleKernels
import Foundation

/// A named array of numbers with a shape, stored as in a file.
///
/// ```swift
/// let tensor = Tensor(name: "layers.0.bias", shape: [2], values: [0.5, -1])
/// try tensor.values  // [0.5, -1.0]
/// ```
public struct Tensor: Equatable, Sendable {
  /// Its name in the file, such as `layers.0.weight`.
  public let name: String
  /// The size of each dimension. A matrix is (rows, columns); a single number has no dimensions.
  public let shape: [Int]
  /// How the numbers are stored.
  public let format: NumberFormat
  /// The numbers, little-endian; the last dimension varies fastest.
  public let bytes: Data

  /// Creates a tensor of `Float`.
  ///
  /// - Precondition: `values` fills the shape.
  public init(name: String, shape: [Int], values: [Float]) {
    var bytes = Data(capacity: values.count * 4)
    values.map(\.bitPattern.littleEndian).withUnsafeBytes { bytes.append(contentsOf: $0) }
    require(
      NumberFormat.float32.byteCount(of: shape) == bytes.count,
      "tensor “\(name)”: found \(values.count.counted("value")) for the shape \(TensorFileError.text(shape)), "
        + "expected one for each place"
    )
    self.init(checkedName: name, shape: shape, format: .float32, bytes: bytes)
  }

  /// Creates a tensor of any format from its bytes.
  ///
  /// - Precondition: `bytes` fills the shape.
  public init(name: String, shape: [Int], format: NumberFormat, bytes: Data) {
    require(
      format.byteCount(of: shape) == bytes.count,
      "tensor “\(name)”: found \(bytes.count.counted("byte")) of \(format.rawValue) for the shape "
        + "\(TensorFileError.text(shape)), expected "
        + (format.byteCount(of: shape).map { "\($0)" } ?? "a shape that takes whole bytes"))
    self.init(checkedName: name, shape: shape, format: format, bytes: bytes)
  }

  /// Creates a tensor whose bytes are known to fill its shape.
  init(checkedName name: String, shape: [Int], format: NumberFormat, bytes: Data) {
    self.name = name
    self.shape = shape
    self.format = format
    self.bytes = bytes
  }

  /// The numbers, converted on each call. Floating-point numbers are rounded to the nearest `Float`; Booleans become 0
  /// and 1.
  ///
  /// - Throws: ``TensorFileError`` that names the tensor, if a `Double` is too large for a `Float`, if a `Float` can't
  ///   hold a whole number exactly, and for complex numbers and those of 4 and 6 bits.
  public var values: [Float] {
    get throws(TensorFileError) {
      do throws(TensorFileError) {
        return try format.floats(bytes)
      } catch {
        throw TensorFileError(error.problem, tensor: name)
      }
    }
  }
}

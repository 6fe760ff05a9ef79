import ChainruleKernels
import Foundation

/// The contents of a [safetensors](https://github.com/huggingface/safetensors) file: tensors and text metadata.
///
/// The file is the length of its header (8 bytes, little-endian), the header in JSON, and the tensors' numbers one
/// after another. Reading checks everything, because the file can come from anywhere. It opens the same files as
/// Python's `safetensors`. Numbers are converted to `Float` only when you ask for them.
///
/// ```swift
/// let file = try TensorFile(contentsOf: "model.safetensors")
/// for tensor in file.tensors { print(tensor.name, tensor.format.rawValue, tensor.shape) }
/// let weights = try file.values(of: "layers.0.weight", shape: [8, 4])
/// ```
public struct TensorFile: Equatable, Sendable {
  /// The file's name in messages: its path.
  public let name: String
  /// The tensors, in the order of their numbers in the file. Their names differ in at least one byte.
  public let tensors: [Tensor]
  /// The header's metadata about the whole file.
  public let metadata: [String: String]

  /// The longest header, in bytes: Python's limit.
  static let longestHeader = 100_000_000

  /// Creates a file's contents from tensors.
  ///
  /// - Precondition: the tensors' names are all different.
  public init(name: String, tensors: [Tensor], metadata: [String: String] = [:]) {
    var names: Set<[UInt8]> = []
    for tensor in tensors {
      require(
        names.insert(Array(tensor.name.utf8)).inserted,
        "\(name): found two tensors with the name “\(tensor.name)”; the names in a file are all different")
    }
    self.name = name
    self.tensors = tensors
    self.metadata = metadata
  }

  /// Reads the file at `path`: first the header, which tells how long the rest is, then only that. So a file that never
  /// ends, or a large file of another kind, is refused at once.
  ///
  /// - Throws: ``TensorFileError``.
  public init(contentsOf path: String) throws(TensorFileError) {
    let reader = try TensorFileReader(path)
    defer { reader.close() }
    try self.init(reader.readAll(), name: path)
  }

  /// Reads the bytes of a file.
  ///
  /// - Throws: ``TensorFileError``.
  public init(_ data: Data, name: String) throws(TensorFileError) {
    let data = Data(data)
    let length = try Self.headerLength(data.prefix(8), file: name)
    guard length <= data.count - 8 else {
      throw TensorFileError(.headerTooLong(UInt64(length), available: data.count - 8), file: name)
    }
    let body = 8 + length
    let header = try TensorHeader(data[8..<body], file: name)
    try header.checkOffsets(size: data.count - body, file: name)
    self.name = name
    metadata = header.metadata
    tensors = header.entries.map { entry in
      Tensor(
        checkedName: entry.name, shape: entry.shape, format: entry.format,
        bytes: data[(body + entry.start)..<(body + entry.end)])
    }
  }

  /// The header's length, from the first 8 bytes of a file.
  static func headerLength(_ bytes: Data, file: String) throws(TensorFileError) -> Int {
    guard bytes.count == 8 else { throw TensorFileError(.tooShort(bytes: bytes.count), file: file) }
    let length = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length >= 2, length <= longestHeader else { throw TensorFileError(.badHeaderLength(length), file: file) }
    return Int(length)
  }

  /// The tensor with this name, compared byte by byte: unlike in Swift's `==`, “é” as one scalar isn't “é” as two.
  public subscript(name: String) -> Tensor? { tensors.first { $0.name.utf8.elementsEqual(name.utf8) } }

  /// The numbers of the tensor with this name, which must have this shape and only finite numbers.
  ///
  /// - Throws: ``TensorFileError``, with both shapes if the shape is wrong.
  public func values(of tensorName: String, shape: [Int]) throws(TensorFileError) -> [Float] {
    guard let tensor = self[tensorName] else {
      throw TensorFileError(.missingTensor(known: tensors.map(\.name)), file: name, tensor: tensorName)
    }
    return try values(of: tensor, shape: shape)
  }

  /// The same, for a tensor that is already found.
  ///
  /// - Parameter place: the network's name for the tensor, if that isn't the tensor's name.
  func values(of tensor: Tensor, shape: [Int], place: String? = nil) throws(TensorFileError) -> [Float] {
    guard tensor.shape == shape else {
      throw TensorFileError(
        .wrongShape(found: tensor.shape, expected: shape, place: place), file: name, tensor: tensor.name)
    }
    let values: [Float]
    do throws(TensorFileError) {
      values = try tensor.values
    } catch {
      throw TensorFileError(error.problem, file: name, tensor: tensor.name)
    }
    guard values.allSatisfy(\.isFinite) else { throw TensorFileError(.notFinite, file: name, tensor: tensor.name) }
    return values
  }

  /// The bytes of the file. The same contents give the same bytes.
  ///
  /// Tensors keep their formats and order, except that larger number formats come first. So each number is at a
  /// multiple of its size, for readers that map the file into memory.
  public func encoded() -> Data {
    let ordered = [64, 32, 16, 8, 6, 4].flatMap { bits in tensors.filter { $0.format.bits == bits } }
    var header = TensorHeader.encode(ordered, metadata: metadata)
    while header.count % 8 != 0 { header.append(UInt8(ascii: " ")) }
    var data = Data()
    withUnsafeBytes(of: UInt64(header.count).littleEndian) { data.append(contentsOf: $0) }
    data.append(header)
    for tensor in ordered { data.append(tensor.bytes) }
    return data
  }
}

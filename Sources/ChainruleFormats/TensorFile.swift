import Foundation

/// The contents of a [safetensors](https://github.com/huggingface/safetensors) file: tensors, and text that says what
/// they are.
///
/// The file is the length of its header (8 bytes, little-endian), the header in JSON, and the tensors' numbers one after
/// another. Reading checks everything, as the file may come from anywhere.
///
/// ```swift
/// let file = try TensorFile(contentsOf: "model.safetensors")
/// let first = try file.tensor("layers.0.weight", shape: [8, 4])
/// ```
public struct TensorFile: Equatable, Sendable {
  /// What the file is called in messages: its path.
  public let name: String
  /// The tensors, in the order of their numbers in the file, with different names.
  public let tensors: [Tensor]
  /// What the header says about the whole file.
  public let metadata: [String: String]

  /// The longest header that is read or written, in bytes.
  static let longestHeader = 16 << 20

  /// Gathers tensors to be written.
  ///
  /// - Precondition: the tensors' names are all different.
  public init(name: String, tensors: [Tensor], metadata: [String: String] = [:]) {
    precondition(Set(tensors.map(\.name)).count == tensors.count, "the names of tensors must be different")
    self.name = name
    self.tensors = tensors
    self.metadata = metadata
  }

  /// Reads the file at `path`: first the header, which says how long the rest must be, and then no byte more than that. So a
  /// file that never ends, or a large one of another kind, is refused at once.
  ///
  /// - Throws: ``TensorFileError``.
  public init(contentsOf path: String) throws(TensorFileError) {
    let reader = try TensorFileReader(path)
    defer { reader.close() }
    try self.init(reader.readAll(), name: path)
  }

  /// Reads the bytes of a file; numbers of 16 and 64 bits become `Float`.
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
    var tensors: [Tensor] = []
    for entry in header.entries {
      let bytes = data[(body + entry.start)..<(body + entry.end)]
      let values = entry.format.decode(bytes)
      if entry.format == .float64, let large = entry.format.firstTooLarge(bytes) {
        throw TensorFileError(.tooLarge(large), file: name, tensor: entry.name)
      }
      tensors.append(Tensor(name: entry.name, shape: entry.shape, values: values))
    }
    self.tensors = tensors
  }

  /// How long the header is, from the first 8 bytes of a file.
  static func headerLength(_ bytes: Data, file: String) throws(TensorFileError) -> Int {
    guard bytes.count == 8 else { throw TensorFileError(.tooShort(bytes: bytes.count), file: file) }
    let length = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length >= 2, length <= longestHeader else { throw TensorFileError(.badHeaderLength(length), file: file) }
    return Int(length)
  }

  /// The tensor of that name, which must have that shape and hold finite numbers only.
  ///
  /// - Throws: ``TensorFileError`` with both shapes.
  public func tensor(_ tensorName: String, shape: [Int]) throws(TensorFileError) -> Tensor {
    try check(tensors.first { $0.name == tensorName }, named: tensorName, shape: shape)
  }

  /// The same, for a tensor that was looked for already.
  func check(_ found: Tensor?, named tensorName: String, shape: [Int]) throws(TensorFileError) -> Tensor {
    guard let tensor = found else {
      throw TensorFileError(.missingTensor(known: tensors.map(\.name)), file: name, tensor: tensorName)
    }
    guard tensor.shape == shape else {
      throw TensorFileError(.wrongShape(found: tensor.shape, expected: shape), file: name, tensor: tensorName)
    }
    guard tensor.values.allSatisfy(\.isFinite) else {
      throw TensorFileError(.notFinite, file: name, tensor: tensorName)
    }
    return tensor
  }

  /// The bytes of the file, numbers as F32. The same contents give the same bytes.
  public func encoded() -> Data {
    var header = TensorHeader.encode(tensors, metadata: metadata)
    // Spaces bring the numbers to a multiple of 8, so that a reader may map them into memory.
    while header.count % 8 != 0 { header.append(UInt8(ascii: " ")) }
    var data = Data()
    withUnsafeBytes(of: UInt64(header.count).littleEndian) { data.append(contentsOf: $0) }
    data.append(header)
    for tensor in tensors {
      let bits = tensor.values.map(\.bitPattern.littleEndian)
      bits.withUnsafeBytes { data.append(contentsOf: $0) }
    }
    return data
  }
}

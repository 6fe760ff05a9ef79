import Foundation

/// The header of a safetensors file: where each tensor's numbers lie, and the file's metadata.
struct TensorHeader {
  struct Entry {
    let name: String
    let format: NumberFormat
    let shape: [Int]
    /// Where its numbers start and end, in bytes from the end of the header.
    let start: Int
    let end: Int
  }

  /// In the order of their numbers.
  let entries: [Entry]
  let metadata: [String: String]

  /// Reads the JSON of a header.
  init(_ json: Data, file: String) throws(TensorFileError) {
    let raw: RawHeader
    do {
      raw = try JSONDecoder().decode(RawHeader.self, from: json)
    } catch {
      throw TensorFileError(.badHeader, file: file)
    }
    // The decoder keeps one of two entries with the same name, and doesn't tell.
    if let name = JSONNames.firstDuplicate(in: json) { throw TensorFileError(.duplicateName(name), file: file) }
    var entries: [Entry] = []
    for (name, tensor) in raw.tensors {
      guard let format = NumberFormat(rawValue: tensor.dtype) else {
        throw TensorFileError(.unknownFormat(tensor.dtype), file: file, tensor: name)
      }
      guard tensor.offsets.count == 2, 0 <= tensor.offsets[0], tensor.offsets[0] <= tensor.offsets[1] else {
        throw TensorFileError(.badOffsets(tensor.offsets), file: file, tensor: name)
      }
      entries.append(
        Entry(
          name: name, format: format, shape: tensor.shape, start: tensor.offsets[0], end: tensor.offsets[1]))
    }
    // Where an empty tensor and its neighbour start together, the empty one comes first.
    self.entries = entries.sorted { ($0.start, $0.end, $0.name) < ($1.start, $1.end, $1.name) }
    metadata = raw.metadata ?? [:]
  }

  /// Checks that the tensors lie one after another, without gap or overlap, fill all `size` bytes, and have as many as
  /// their shapes need.
  func checkOffsets(size: Int, file: String) throws(TensorFileError) {
    if let entry = entries.first(where: { $0.end > size }) {
      throw TensorFileError(.truncated(needed: entry.end, found: size), file: file, tensor: entry.name)
    }
    let needed = try checkedSize(file: file)
    guard needed == size else { throw TensorFileError(.trailingBytes(size - needed), file: file) }
  }

  /// How many bytes of numbers there must be, once it's checked that the tensors lie one after another, without gap or
  /// overlap, and have as many as their shapes need.
  func checkedSize(file: String) throws(TensorFileError) -> Int {
    var end = 0
    for entry in entries {
      guard entry.start == end else {
        throw TensorFileError(.badOffsets([entry.start, entry.end]), file: file, tensor: entry.name)
      }
      var bytes = entry.format.size
      for dimension in entry.shape {
        let (product, overflows) = bytes.multipliedReportingOverflow(by: dimension)
        guard dimension >= 0, !overflows else {
          throw TensorFileError(
            .wrongSize(shape: entry.shape, bytes: entry.end - entry.start), file: file, tensor: entry.name)
        }
        bytes = product
      }
      guard bytes == entry.end - entry.start else {
        throw TensorFileError(
          .wrongSize(shape: entry.shape, bytes: entry.end - entry.start), file: file, tensor: entry.name)
      }
      end = entry.end
    }
    return end
  }

  /// The JSON of the header for tensors that lie one after another in this order.
  static func encode(_ tensors: [Tensor], metadata: [String: String]) -> Data {
    var raw = RawHeader(tensors: [:], metadata: metadata.isEmpty ? nil : metadata)
    var offset = 0
    for tensor in tensors {
      let end = offset + tensor.values.count * NumberFormat.float32.size
      raw.tensors[tensor.name] = RawTensor(
        dtype: NumberFormat.float32.rawValue, shape: tensor.shape, offsets: [offset, end])
      offset = end
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return try encoder.encode(raw)
    } catch {
      preconditionFailure("text and whole numbers can always be encoded: \(error)")
    }
  }
}

/// What the JSON says about a tensor.
private struct RawTensor: Codable {
  let dtype: String
  let shape: [Int]
  let offsets: [Int]

  enum CodingKeys: String, CodingKey {
    case dtype, shape
    case offsets = "data_offsets"
  }
}

/// The JSON: tensors by name, and among them one entry for the metadata.
private struct RawHeader: Codable {
  var tensors: [String: RawTensor]
  var metadata: [String: String]?

  private static let metadataName = "__metadata__"

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  init(tensors: [String: RawTensor], metadata: [String: String]?) {
    self.tensors = tensors
    self.metadata = metadata
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Name.self)
    tensors = [:]
    for name in container.allKeys {
      if name.stringValue == Self.metadataName {
        metadata = try container.decodeIfPresent([String: String].self, forKey: name) ?? [:]
      } else {
        tensors[name.stringValue] = try container.decode(RawTensor.self, forKey: name)
      }
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Name.self)
    try container.encodeIfPresent(metadata, forKey: Name(stringValue: Self.metadataName))
    for (name, tensor) in tensors { try container.encode(tensor, forKey: Name(stringValue: name)) }
  }
}

import Foundation

/// The header of a safetensors file: where each tensor's numbers are, and the file's metadata.
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
  /// A name that occurs twice in the header. As in Python, the second entry counts. If the first one's bytes then
  /// belong to no tensor, this explains it.
  private let repeated: String?

  /// Reads the JSON of a header.
  init(_ json: Data, file: String) throws(TensorFileError) {
    var parser = TensorHeaderParser(json, file: file)
    try parser.parse()
    var places: [[UInt8]: Int] = [:]
    var entries: [Entry] = []
    var repeated: String?
    for entry in parser.entries {
      if let place = places.updateValue(entries.count, forKey: Array(entry.name.utf8)) {
        places[Array(entry.name.utf8)] = place
        entries[place] = entry
        repeated = repeated ?? entry.name
      } else {
        entries.append(entry)
      }
    }
    self.repeated = repeated
    // If an empty tensor and its neighbour start at the same place, the empty one comes first.
    self.entries = entries.sorted { ($0.start, $0.end, $0.name) < ($1.start, $1.end, $1.name) }
    metadata = parser.metadata ?? [:]
  }

  /// Checks that the tensors are contiguous, without gap or overlap, fill all `size` bytes, and have as many bytes as
  /// their shapes need.
  func checkOffsets(size: Int, file: String) throws(TensorFileError) {
    if let entry = entries.first(where: { $0.end > size }) {
      throw TensorFileError(.truncated(needed: entry.end, found: size), file: file, tensor: entry.name)
    }
    let needed = try checkedSize(file: file)
    guard needed == size else { throw TensorFileError(.trailingBytes(size - needed), file: file) }
  }

  /// The number of bytes of all numbers, after checking that the tensors are contiguous, without gap or overlap, and
  /// have as many bytes as their shapes need.
  func checkedSize(file: String) throws(TensorFileError) -> Int {
    var end = 0
    for entry in entries {
      guard entry.start == end, entry.end >= entry.start else {
        if let repeated { throw TensorFileError(.duplicateName(repeated), file: file) }
        throw TensorFileError(.badOffsets([entry.start, entry.end]), file: file, tensor: entry.name)
      }
      guard entry.format.byteCount(of: entry.shape) == entry.end - entry.start else {
        throw TensorFileError(
          .wrongSize(shape: entry.shape, bytes: entry.end - entry.start), file: file, tensor: entry.name)
      }
      end = entry.end
    }
    return end
  }

  /// The JSON of the header for contiguous tensors in this order.
  static func encode(_ tensors: [Tensor], metadata: [String: String]) -> Data {
    var fields: [String] = []
    if !metadata.isEmpty {
      let texts = metadata.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(quoted($0.value))" }
      fields.append("\"\(TensorHeaderParser.metadataName)\":{\(texts.joined(separator: ","))}")
    }
    var offset = 0
    for tensor in tensors {
      let end = offset + tensor.bytes.count
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      fields.append(
        "\(quoted(tensor.name)):{\"dtype\":\"\(tensor.format.rawValue)\",\"shape\":[\(shape)],\"data_offsets\":[\(offset),\(end)]}"
      )
      offset = end
    }
    return Data("{\(fields.joined(separator: ","))}".utf8)
  }

  /// A text as a JSON string.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case ..<" ": result += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

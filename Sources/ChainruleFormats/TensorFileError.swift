import ChainruleCore

/// Why a safetensors file can't be read, or does not hold what it should.
public struct TensorFileError: Error, Equatable, Sendable {
  /// What is wrong.
  public enum Problem: Equatable, Sendable {
    /// The file can't be read: because there is none that may be opened, or because reading failed half-way.
    case unreadable(reason: String, isMissing: Bool)
    /// The file ends before its header's length does.
    case tooShort(bytes: Int)
    /// The length of the header is none that a header can have.
    case badHeaderLength(UInt64)
    /// The header is longer than the rest of the file.
    case headerTooLong(UInt64, available: Int)
    /// The header is not the JSON that it should be.
    case badHeader
    /// An object of the header has two entries with the same name.
    case duplicateName(String)
    /// A tensor's numbers have a format that is not read.
    case unknownFormat(String)
    /// A tensor's place is not one: it is reversed, overlaps another one, or leaves a gap.
    case badOffsets([Int])
    /// A tensor lies beyond the end of the file.
    case truncated(needed: Int, found: Int)
    /// A tensor does not have as many bytes as its shape needs.
    case wrongSize(shape: [Int], bytes: Int)
    /// Bytes follow the last tensor.
    case trailingBytes(Int)
    /// No tensor has the name.
    case missingTensor(known: [String])
    /// There is a tensor for which the network has no place.
    case unexpectedTensor(layers: Int)
    /// A tensor has another shape than the network needs.
    case wrongShape(found: [Int], expected: [Int])
    /// A tensor holds an infinite value or NaN.
    case notFinite
    /// A tensor in double precision holds a number that no `Float` can hold.
    case tooLarge(Double)
    /// A running variance is negative.
    case negativeVariance(Float)
    /// The metadata lacks an entry of a Chainrule model.
    case missingMetadata(String)
    /// The model was saved by an older chainrule, in a format that isn't read any more.
    case olderFormat(String)
    /// An entry of the metadata does not make sense.
    case badMetadata(String, String)
  }

  /// What is wrong.
  public let problem: Problem
  /// The file's name, usually its path.
  public let file: String
  /// The tensor that is concerned, if one is.
  public let tensor: String?

  init(_ problem: Problem, file: String, tensor: String? = nil) {
    self.problem = problem
    self.file = file
    self.tensor = tensor
  }
}

extension TensorFileError: CustomStringConvertible {
  /// One line: where, what was found, what was expected, and what to do.
  public var description: String {
    let place = tensor.map { "\(file), tensor “\($0.prefix(60))”: " } ?? "\(file): "
    return (place + advice).oneLine
  }

  private var advice: String {
    switch problem {
    case .unreadable(let reason, _): reason
    case .tooShort(let bytes):
      "not a safetensors file, or a truncated one: it has \(bytes) bytes, its header's length alone takes 8"
    case .badHeaderLength(let length):
      "not a safetensors file: its first 8 bytes should be its header's length, but say \(length); a header has from 2 to "
        + "\(TensorFile.longestHeader) bytes"
    case .headerTooLong(let length, let available):
      "not a safetensors file, or a truncated one: its header should have \(length) bytes, \(available) are left"
    case .badHeader: "not a safetensors file: its header is not the JSON that describes tensors"
    case .duplicateName(let name): "its header has two entries with the name “\(name.prefix(60))”"
    case .unknownFormat(let format):
      "numbers in the format “\(format.prefix(20))” are not read; save them as "
        + NumberFormat.allCases.map(\.rawValue).joined(separator: ", ")
    case .badOffsets(let offsets):
      "its place, bytes \(Self.shape(offsets)), is reversed, overlaps another tensor, or leaves a gap"
    case .truncated(let needed, let found):
      "the file is truncated: \(needed) bytes of numbers are needed, \(found) are there; copy or train it again"
    case .wrongSize(let shape, let bytes): "its shape \(Self.shape(shape)) does not fit its \(bytes) bytes"
    case .trailingBytes(let count): "\(count) bytes follow the last tensor"
    case .missingTensor(let known):
      "there is no such tensor; found \(known.isEmpty ? "none" : known.prefix(8).joined(separator: ", "))"
    case .unexpectedTensor(let layers):
      "the schema has no place for it: its \(layers == 1 ? "layer is layers.0" : "layers are layers.0 to layers.\(layers - 1)")"
        + ", with the tensors that each kind of layer has"
    case .wrongShape(let found, let expected):
      "its shape is \(Self.shape(found)), but the schema needs \(Self.shape(expected))"
    case .notFinite: "it holds an infinite value or NaN"
    case .tooLarge(let value):
      "it holds \(value), but the largest number that can be read is \(Float.greatestFiniteMagnitude)"
    case .negativeVariance(let value): "it holds \(value), but a variance is not negative"
    case .missingMetadata(let key):
      "not a model saved by chainrule: its metadata has no “\(key)”"
    case .olderFormat(let format):
      "a model of an older chainrule (format “\(format)”), which this one doesn't read; train it again from its table"
    case .badMetadata(let key, let reason): "the metadata's “\(key)” \(reason)"
    }
  }

  private static func shape(_ sizes: [Int]) -> String {
    "(" + sizes.map(String.init).joined(separator: ", ") + ")"
  }
}

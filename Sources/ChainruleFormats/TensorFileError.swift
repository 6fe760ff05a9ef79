import ChainruleCore

/// Why a safetensors file can't be read or used.
public struct TensorFileError: Error, Equatable, Sendable {
  /// What is wrong.
  public enum Problem: Equatable, Sendable {
    /// The file doesn't exist, can't be opened, or can't be read.
    case unreadable(reason: String, isMissing: Bool)
    /// The file is shorter than the 8 bytes of the header's length.
    case tooShort(bytes: Int)
    /// The header's length is impossible.
    case badHeaderLength(UInt64)
    /// The header is longer than the rest of the file.
    case headerTooLong(UInt64, available: Int)
    /// The header isn't valid: at this byte, counted from 0, something else was expected.
    case badHeader(byte: Int, expected: String)
    /// An object of the header has two entries with the same name.
    case duplicateName(String)
    /// A tensor's numbers have a format that safetensors doesn't have.
    case unknownFormat(String)
    /// A tensor's offsets are invalid: they're reversed, overlap another tensor's, or leave a gap.
    case badOffsets([Int])
    /// The tensors extend past the end of the file.
    case truncated(needed: Int, found: Int)
    /// A tensor's bytes don't fit its shape.
    case wrongSize(shape: [Int], bytes: Int)
    /// Bytes follow the last tensor.
    case trailingBytes(Int)
    /// No tensor has this name.
    case missingTensor(known: [String])
    /// Tensors and a network's places don't match: the names and shapes of tensors without a place, and of places
    /// without a tensor.
    case unmatched(tensors: [String], places: [String])
    /// Two tensors have the same name after renaming; ``TensorFileError/tensor`` is the second one.
    case renamedAlike(other: String, name: String)
    /// A tensor has the wrong shape; `place` is the network's name for it, if that differs.
    case wrongShape(found: [Int], expected: [Int], place: String?)
    /// A tensor holds an infinite value or NaN.
    case notFinite
    /// A tensor in double precision holds a number that is too large for a `Float`.
    case tooLarge(Double)
    /// A tensor holds a whole number that a `Float` can't hold exactly.
    case inexact(String)
    /// A tensor's numbers have a format that can't become `Float`.
    case notConvertible(NumberFormat)
    /// A running variance is negative.
    case negativeVariance(Float)
    /// The metadata lacks an entry that a Chainrule model needs.
    case missingMetadata(String)
    /// The model was saved by an older Chainrule, in a format that is no longer supported.
    case olderFormat(String)
    /// An entry of the metadata is invalid.
    case badMetadata(String, String)
  }

  /// What is wrong.
  public let problem: Problem
  /// The file's name, usually its path; empty if it isn't known.
  public let file: String
  /// The tensor with the mistake, if it's in one.
  public let tensor: String?

  init(_ problem: Problem, file: String = "", tensor: String? = nil) {
    self.problem = problem
    self.file = file
    self.tensor = tensor
  }
}

extension TensorFileError: CustomStringConvertible {
  /// One line: where, what was found, what was expected, and what to do.
  public var description: String {
    let places = [file.isEmpty ? nil : file, tensor.map { "tensor “\($0.prefix(60))”" }].compactMap { $0 }
    return ((places.isEmpty ? "" : places.joined(separator: ", ") + ": ") + advice).oneLine
  }

  private var advice: String {
    switch problem {
    case .unreadable(let reason, _): reason
    case .tooShort(let bytes):
      "not a safetensors file, or a truncated one: found \(bytes.counted("byte")), but its header's length alone "
        + "takes 8"
    case .badHeaderLength(let length):
      "not a safetensors file: its first 8 bytes should be its header's length, but say \(length); a header has from "
        + "2 to \(TensorFile.longestHeader) bytes"
    case .headerTooLong(let length, let available):
      "not a safetensors file, or a truncated one: its header should have \(length.counted("byte")), found \(available)"
    case .badHeader(let byte, let expected):
      "not a safetensors file: its header isn't the JSON that describes tensors: at its byte \(byte), expected "
        + "\(expected)"
    case .duplicateName(let name): "its header has two entries with the name “\(name.prefix(60))”"
    case .unknownFormat(let format):
      "its numbers have the unknown format “\(format.prefix(20))”; expected one of "
        + NumberFormat.allCases.map(\.rawValue).joined(separator: ", ")
    case .badOffsets(let offsets):
      "its place, bytes \(Self.text(offsets)), is reversed, overlaps another tensor, or leaves a gap"
    case .truncated(let needed, let found):
      "the file is truncated: its numbers need \(needed.counted("byte")), found \(found); copy or train it again"
    case .wrongSize(let shape, let bytes): "its shape \(Self.text(shape)) doesn't fit its \(bytes.counted("byte"))"
    case .trailingBytes(let count): "found \(count.counted("byte")) after the last tensor"
    case .missingTensor(let known):
      "there is no such tensor; found \(known.isEmpty ? "none" : known.prefix(8).joined(separator: ", "))"
    case .unmatched(let tensors, let places): Self.unmatched(tensors, places)
    case .renamedAlike(let other, let name):
      "this tensor and “\(other.prefix(60))” are both called “\(name.prefix(60))”; give each its own name"
    case .wrongShape(let found, let expected, let place):
      "its shape is \(Self.text(found)), but \(place ?? "the schema") needs \(Self.text(expected))"
        + (found.count == 2 && found == expected.reversed() && found != expected
          ? "; transpose it, as PyTorch and chainrule store (outputs, inputs)" : "")
    case .notFinite: "it holds an infinite value or NaN"
    case .tooLarge(let value):
      "it holds \(value), but the largest Float is \(Float.greatestFiniteMagnitude)"
    case .inexact(let number): "it holds the whole number \(number), which Float can't hold exactly"
    case .notConvertible(let format):
      "its numbers are \(format.rawValue), which can't become Float; convert them to F32 in Python"
    case .negativeVariance(let value): "it holds \(value), but a variance can't be negative"
    case .missingMetadata(let key):
      "not a model saved by chainrule: its metadata has no “\(key)”"
    case .olderFormat(let format):
      "a model of an older chainrule (format “\(format)”), which this one doesn't read; train it again from its table"
    case .badMetadata(let key, let reason): "the metadata's “\(key)” \(reason)"
    }
  }

  private static func unmatched(_ tensors: [String], _ places: [String]) -> String {
    let unplaced = tensors.isEmpty ? nil : "the network has no place for \(list(tensors))"
    let missing = places.isEmpty ? nil : "the network needs \(list(places)), and there's no such tensor"
    return [unplaced, missing].compactMap { $0 }.joined(separator: "; ")
      + "; name the tensors layers.0.weight and so on, or pass a renaming"
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(8).joined(separator: ", ") + (names.count > 8 ? " and \(names.count - 8) more" : "")
  }

  /// A shape for messages: `(8, 4)`.
  static func text(_ shape: [Int]) -> String { "(" + shape.map(String.init).joined(separator: ", ") + ")" }
}

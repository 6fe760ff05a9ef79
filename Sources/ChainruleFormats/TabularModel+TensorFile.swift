import Chainrule
import ChainruleKernels
import ChainruleTables
import Foundation

extension TabularModel {
  /// The version of the metadata's format.
  static let format = "2"

  /// The keys of the metadata.
  private enum Key {
    /// The format's version: `2`.
    static let format = "chainrule"
    /// The schema, in brackets.
    static let schema = "schema"
    /// The loss, as on the command line.
    static let loss = "loss"
    /// The seed, as a decimal number.
    static let seed = "seed"
    /// The encoding, as JSON: ``EncodingDocument``.
    static let encoding = "encoding"
    /// How training went, as JSON: ``TrainingRecord``.
    static let training = "training"
  }

  /// The model as tensors and metadata: `layers.N.weight`, (outputs, inputs), and `layers.N.bias`, N from 0.
  public func tensorFile(name: String) -> TensorFile {
    TensorFile(
      name: name, tensors: network.tensors,
      metadata: [
        Key.format: Self.format,
        Key.schema: network.schema.text,
        Key.loss: loss.description,
        Key.seed: "\(seed)",
        Key.encoding: Self.json(EncodingDocument(encoding)),
        Key.training: Self.json(training),
      ])
  }

  /// Reads a model from tensors and metadata, and checks everything.
  ///
  /// - Throws: ``TensorFileError`` if something is missing or doesn't fit.
  public init(_ file: TensorFile) throws(TensorFileError) {
    let format = try file.text(Key.format)
    if format == "1" { throw TensorFileError(.olderFormat(format), file: file.name) }
    guard format == Self.format else {
      throw file.mistake(Key.format, "is “\(format.prefix(20))”; this chainrule reads “\(Self.format)”")
    }
    let schema = try file.schema(Key.schema)
    guard let loss = Loss(name: try file.text(Key.loss)), loss.fits(schema) else {
      throw file.mistake(Key.loss, "isn't a loss for the schema \(schema.text.prefix(200))")
    }
    guard let seed = UInt64(try file.text(Key.seed)) else { throw file.mistake(Key.seed, "is not a whole number") }
    let document = try file.value(Key.encoding, as: EncodingDocument.self)
    let encoding: TableEncoding
    do {
      encoding = try document.encoding()
    } catch {
      throw file.mistake(Key.encoding, error.reason)
    }
    guard encoding.inputCount == schema.inputs, encoding.outputCount == schema.outputs else {
      throw file.mistake(
        Key.schema,
        "is \(schema.text.prefix(200)), but the columns need \(encoding.inputCount.counted("input")) and "
          + "\(encoding.outputCount.counted("output"))"
      )
    }
    let training = try file.value(Key.training, as: TrainingRecord.self)
    if let problem = training.problem { throw file.mistake(Key.training, problem) }
    self.init(
      encoding: encoding, network: try Network(schema, ownTensors: file), loss: loss, seed: seed, training: training)
  }

  private static func json(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // A score can be infinite. JSON has no such number, so it's written as a word.
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "infinity", negativeInfinity: "-infinity", nan: "nan")
    do {
      return String(decoding: try encoder.encode(value), as: UTF8.self)
    } catch {
      trap("a model's metadata can't be encoded: \(error)")
    }
  }

  // MARK: Files

  /// Saves the model at `path`, atomically.
  ///
  /// - Throws: ``SavedFileError``.
  public func save(to path: String) throws(SavedFileError) {
    try SavedFile.write(tensorFile(name: path).encoded(), to: path)
  }

  /// Reads the model at `path`.
  ///
  /// - Throws: ``TensorFileError``.
  public init(contentsOf path: String) throws(TensorFileError) {
    try self.init(TensorFile(contentsOf: path))
  }
}

extension TensorFile {
  fileprivate func mistake(_ key: String, _ reason: String) -> TensorFileError {
    TensorFileError(.badMetadata(key, reason), file: name)
  }

  /// An entry of the metadata.
  fileprivate func text(_ key: String) throws(TensorFileError) -> String {
    guard let text = metadata[key] else { throw TensorFileError(.missingMetadata(key), file: name) }
    return text
  }

  fileprivate func schema(_ key: String) throws(TensorFileError) -> Schema {
    let text = try text(key)
    do { return try Schema(parsing: text) } catch { throw mistake(key, "can't be read: \(error.message)") }
  }

  /// An entry of the metadata in JSON.
  fileprivate func value<Value: Decodable>(_ key: String, as type: Value.Type) throws(TensorFileError) -> Value {
    let text = try text(key)
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "infinity", negativeInfinity: "-infinity", nan: "nan")
    do {
      return try decoder.decode(type, from: Data(text.utf8))
    } catch {
      throw mistake(key, "is not the JSON that it should be")
    }
  }
}

import Chainrule
import ChainruleData
import Foundation

extension Model {
  /// The version of what the metadata holds.
  static let format = "1"

  /// The names of the metadata's entries. Lists and numbers are written in JSON.
  private enum Key {
    static let format = "chainrule"
    static let schema = "schema"
    static let loss = "loss"
    static let seed = "seed"
    static let inputColumns = "input_columns"
    static let inputMeans = "input_means"
    static let inputScales = "input_scales"
    static let targetColumn = "target_column"
    static let classes = "classes"
    static let targetMean = "target_mean"
    static let targetScale = "target_scale"
    static let training = "training"
  }

  /// The model as tensors and metadata: `layers.N.weight`, (outputs, inputs), and `layers.N.bias`, N from 0.
  public func tensorFile(name: String) -> TensorFile {
    var metadata = [
      Key.format: Self.format,
      Key.schema: network.schema.text,
      Key.loss: loss.description,
      Key.seed: "\(seed)",
      Key.inputColumns: Self.json(inputColumns),
      Key.inputMeans: Self.json(inputScalings.map(\.mean)),
      Key.inputScales: Self.json(inputScalings.map(\.scale)),
      Key.targetColumn: targetColumn,
      Key.training: Self.json(training),
    ]
    switch target {
    case .classes(let classes):
      metadata[Key.classes] = Self.json(classes)
    case .number(let scaling):
      metadata[Key.targetMean] = Self.json(scaling.mean)
      metadata[Key.targetScale] = Self.json(scaling.scale)
    }
    return TensorFile(name: name, tensors: network.tensors, metadata: metadata)
  }

  /// Reads a model from tensors and metadata.
  ///
  /// - Throws: ``TensorFileError`` if something is missing or does not fit.
  public init(_ file: TensorFile) throws(TensorFileError) {
    let format = try file.text(Key.format)
    guard format == Self.format else {
      throw TensorFileError(
        .badMetadata(Key.format, "is “\(format.prefix(20))”; this chainrule reads “\(Self.format)”"), file: file.name)
    }
    let schema: Schema
    do {
      schema = try Schema(parsing: file.text(Key.schema))
    } catch let error as SchemaError {
      throw TensorFileError(.badMetadata(Key.schema, "can't be read: \(error.message)"), file: file.name)
    } catch let error as TensorFileError {
      throw error
    } catch {
      preconditionFailure("a schema fails in two ways only: \(error)")
    }
    guard let loss = Loss(name: try file.text(Key.loss)), loss.fits(schema) else {
      throw TensorFileError(.badMetadata(Key.loss, "is no loss for the schema \(schema.text)"), file: file.name)
    }
    guard let seed = UInt64(try file.text(Key.seed)) else {
      throw TensorFileError(.badMetadata(Key.seed, "is not a whole number"), file: file.name)
    }
    let columns = try file.list(Key.inputColumns, of: String.self, count: schema.inputs)
    let means = try file.list(Key.inputMeans, of: Double.self, count: schema.inputs)
    let scales = try file.list(Key.inputScales, of: Double.self, count: schema.inputs)
    var scalings: [Scaling] = []
    for (mean, scale) in zip(means, scales) { scalings.append(try file.scaling(mean, scale, key: Key.inputScales)) }

    let target: Target
    if file.metadata[Key.classes] != nil {
      let classes = try file.value(Key.classes, as: [String].self)
      guard Set(classes).count == classes.count else {
        throw TensorFileError(.badMetadata(Key.classes, "names a class twice"), file: file.name)
      }
      target = .classes(classes)
    } else {
      let mean = try file.value(Key.targetMean, as: Double.self)
      let scale = try file.value(Key.targetScale, as: Double.self)
      target = .number(try file.scaling(mean, scale, key: Key.targetScale))
    }
    guard Self.outputsFit(target, schema: schema) else {
      throw TensorFileError(
        .badMetadata(Key.schema, "is \(schema.text), whose outputs do not fit the target"), file: file.name)
    }
    self.init(
      network: try Network(schema, tensors: file), loss: loss, inputColumns: columns, inputScalings: scalings,
      targetColumn: try file.text(Key.targetColumn), target: target, seed: seed,
      training: try file.value(Key.training, as: [String: String].self))
  }

  private static func json(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return String(decoding: try encoder.encode(value), as: UTF8.self)
    } catch {
      preconditionFailure("text and finite numbers can always be encoded: \(error)")
    }
  }
}

extension TensorFile {
  /// An entry of the metadata.
  fileprivate func text(_ key: String) throws(TensorFileError) -> String {
    guard let text = metadata[key] else { throw TensorFileError(.missingMetadata(key), file: name) }
    return text
  }

  /// An entry of the metadata that is written in JSON.
  fileprivate func value<Value: Decodable>(_ key: String, as type: Value.Type) throws(TensorFileError) -> Value {
    let text = try text(key)
    do {
      return try JSONDecoder().decode(type, from: Data(text.utf8))
    } catch {
      throw TensorFileError(.badMetadata(key, "is not the JSON that it should be"), file: name)
    }
  }

  /// An entry of the metadata that is a list with a value for each input.
  fileprivate func list<Value: Decodable>(
    _ key: String, of type: Value.Type, count: Int
  ) throws(TensorFileError) -> [Value] {
    let values = try value(key, as: [Value].self)
    guard values.count == count else {
      throw TensorFileError(.badMetadata(key, "has \(values.count) values for \(count) inputs"), file: name)
    }
    return values
  }

  fileprivate func scaling(_ mean: Double, _ scale: Double, key: String) throws(TensorFileError) -> Scaling {
    guard mean.isFinite, scale.isFinite, scale > 0 else {
      throw TensorFileError(.badMetadata(key, "holds a scale that is not above zero"), file: name)
    }
    return Scaling(mean: mean, scale: scale)
  }
}

import Chainrule
import Foundation

/// One case: the initial network, the training settings, and the batches, which are used in turn.
struct BenchmarkCase {
  let network: Network
  let loss: Loss
  let optimizer: Optimizer
  let batch: Int
  let inputs: [[Float]]
  let targets: [[Float]]

  /// - Throws: ``WorkerError`` if the description is incomplete, or its file is too short.
  init(_ command: Command) throws {
    guard let text = command.schema, let batch = command.batch, let batches = command.batches,
      let file = command.file, let rate = command.rate
    else {
      throw WorkerError("a case needs schema, batch, batches, file and rate")
    }
    let schema = try Schema(parsing: text)
    switch command.loss {
    case "mse": loss = .meanSquaredError
    case "bce": loss = .binaryCrossEntropy
    case "ce": loss = .crossEntropy
    default: throw WorkerError("loss \(command.loss ?? "(none)"); expected mse, bce or ce")
    }
    switch command.optimizer {
    case "sgd": optimizer = .sgd(learningRate: rate)
    case "adam": optimizer = .adam(learningRate: rate)
    default: throw WorkerError("optimizer \(command.optimizer ?? "(none)"); expected sgd or adam")
    }
    var floats = try FloatReader(file)
    var network = Network(schema, initializer: .zeros)
    var inputCount = schema.inputs
    for (layer, description) in schema.layers.enumerated() {
      let outputCount = description.perceptrons
      network.setWeights(try floats.next(outputCount * inputCount), ofLayer: layer)
      network.setBiases(try floats.next(outputCount), ofLayer: layer)
      inputCount = outputCount
    }
    self.network = network
    self.batch = batch
    inputs = try (0..<batches).map { _ in try floats.next(batch * schema.inputs) }
    targets = try (0..<batches).map { _ in try floats.next(batch * schema.outputs) }
  }

  /// The inputs to predict: up to four pieces with this number of rows.
  func rows(_ count: Int) -> [[Float]] {
    let width = network.schema.inputs
    let flat = inputs.flatMap { $0 }
    let pieces = min(4, flat.count / (width * count))
    return (0..<pieces).map { Array(flat[($0 * count * width)..<(($0 + 1) * count * width)]) }
  }
}

/// Reads a file of little-endian single-precision numbers.
private struct FloatReader {
  private let file: String
  private let data: Data
  private var position = 0

  init(_ file: String) throws {
    self.file = file
    data = try Data(contentsOf: URL(filePath: file))
  }

  mutating func next(_ count: Int) throws -> [Float] {
    let end = position + 4 * count
    if end > data.count { throw WorkerError("\(file) has \(data.count) bytes, expected at least \(end)") }
    let values = [Float](unsafeUninitializedCapacity: count) { buffer, filled in
      data.copyBytes(to: UnsafeMutableRawBufferPointer(buffer), from: position..<end)
      filled = count
    }
    position = end
    return values.map { Float(bitPattern: UInt32(littleEndian: $0.bitPattern)) }
  }
}

/// A worker's error message.
struct WorkerError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

import Chainrule
import ChainruleKernels
import ChainruleTables

/// A trained network together with its encoding, which turns a table's columns into inputs and outputs into
/// predictions.
///
/// ```swift
/// let model = try TabularModel.fit(Table(contentsOf: "penguins.csv"), target: "species")
/// try model.predict(["island": "Biscoe", "bill_length_mm": 39.1]).label  // "Adelie"
/// try model.save(to: "penguins.safetensors")
/// ```
public struct TabularModel: Equatable, Sendable {
  /// How columns become inputs, and outputs become predictions.
  public let encoding: TableEncoding
  /// The network.
  public let network: Network
  /// The loss it was trained with.
  public let loss: Loss
  /// The seed that fixed its weights, its split and its shuffles.
  public let seed: UInt64
  /// How its training went. Add the command and the scores before you save the model.
  public var training: TrainingRecord

  /// Creates a model.
  ///
  /// - Precondition: the network has the encoding's inputs and outputs, and the loss can follow its last layer.
  public init(
    encoding: TableEncoding, network: Network, loss: Loss, seed: UInt64 = 0, training: TrainingRecord = TrainingRecord()
  ) {
    require(
      encoding.inputCount == network.schema.inputs && encoding.outputCount == network.schema.outputs,
      "found a network with \(network.schema.inputs.counted("input")) and \(network.schema.outputs.counted("output")) "
        + "for an encoding with "
        + "\(encoding.inputCount) and \(encoding.outputCount); they must be the same")
    require(
      loss.fits(network.schema),
      "found the loss \(loss) for the schema \(network.schema.text), whose last layer it can't follow")
    self.encoding = encoding
    self.network = network
    self.loss = loss
    self.seed = seed
    self.training = training
  }

  /// The factor that converts a loss to the target's own units: the square of the target's scale for squared errors,
  /// the scale for distances. It's 1 for other losses, for several targets, and if the square is too small or too large
  /// for a `Double`.
  public var lossScale: Double { Self.lossScale(of: loss, encoding: encoding) }

  static func lossScale(of loss: Loss, encoding: TableEncoding) -> Double {
    guard case .numbers(let targets) = encoding.target, targets.count == 1, let power = loss.unitPower else { return 1 }
    let scale = power == 2 ? targets[0].scale * targets[0].scale : targets[0].scale
    return scale.isNormal ? scale : 1
  }

  // MARK: Prediction

  /// Predicts one row, given its cells by column name. Other columns are ignored. A cell that doesn't fit its column's
  /// kind counts as missing.
  ///
  /// - Throws: ``TabularModelError`` if a column is missing, or the network's output isn't a finite number.
  public func predict(_ row: [String: Cell]) throws(TabularModelError) -> Prediction {
    let inputs: [Float]
    do { inputs = try encoding.inputs(from: row) } catch { throw .table(error) }
    let outputs = network.predict(inputs)
    if !outputs.allSatisfy(\.isFinite) { throw .notFinite(row: nil, table: nil) }
    return encoding.decode(outputs)
  }

  /// Predicts the rows of a table, whose columns are found by name. Bad cells count as missing, and the notices report
  /// them.
  ///
  /// - Parameters:
  ///   - table: the table. It needs the model's columns, and may have others. It can have no rows.
  ///   - rows: the rows to predict; by default all of them.
  ///   - kernels: the loops to run.
  /// - Throws: ``TabularModelError`` if a column is missing, or an output isn't a finite number.
  public func predict(
    _ table: Table, rows: [Int]? = nil, kernels: Kernels = .native
  ) throws(TabularModelError) -> Predictions {
    let outputs = try outputs(for: table, rows: rows, kernels: kernels)
    let width = encoding.outputCount
    let values = stride(from: 0, to: outputs.count, by: width).map { encoding.decode(outputs[$0..<($0 + width)]) }
    let notices = try TabularModelError.wrapping { () throws(TableError) in
      try encoding.notices(for: table, rows: rows)
    }
    return Predictions(values: values, notices: notices)
  }

  /// Computes the network's outputs, and checks that all are finite.
  ///
  /// Rows are encoded in pieces, so a large table's inputs are never all in memory.
  ///
  /// - Parameter visit: called for each piece with its inputs, and the positions of its rows in `rows`.
  func outputs(
    for table: Table, rows: [Int]?, kernels: Kernels,
    visit: ([Float], Range<Int>) throws(TabularModelError) -> Void = { _, _ in }
  ) throws(TabularModelError) -> [Float] {
    let count = rows?.count ?? table.rowCount
    var outputs: [Float] = []
    outputs.reserveCapacity(count * encoding.outputCount)
    var start = 0
    repeat {
      let piece = start..<min(start + Self.rowsInPiece, count)
      let inputs = try TabularModelError.wrapping { () throws(TableError) in
        try encoding.inputs(from: table, rows: rows.map { Array($0[piece]) } ?? Array(piece))
      }
      if !inputs.isEmpty {
        outputs += network.predict(inputs, kernels: kernels)
        try visit(inputs, piece)
      }
      start = piece.upperBound
    } while start < count
    if let index = outputs.firstIndex(where: { !$0.isFinite }) {
      let position = index / encoding.outputCount
      throw .notFinite(row: rows?[position] ?? position, table: table.name)
    }
    return outputs
  }

  /// The number of rows that are encoded at a time.
  private static let rowsInPiece = 16_384
}

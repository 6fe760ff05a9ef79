import Chainrule
import ChainruleKernels
import ChainruleTables

/// A trained network with all that a table needs to go through it: what each column means, and what the outputs say.
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

  /// Puts a model together.
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

  /// What to multiply a loss by to have it in the target's own units, where it has one: squared errors grow with the square
  /// of the unit, distances with the unit. Other losses, and those of several targets, stay as the network sees them; so do
  /// those whose unit's square is too small or too large for a `Double`.
  public var lossScale: Double { Self.lossScale(of: loss, encoding: encoding) }

  static func lossScale(of loss: Loss, encoding: TableEncoding) -> Double {
    guard case .numbers(let targets) = encoding.target, targets.count == 1, let power = loss.unitPower else { return 1 }
    let scale = power == 2 ? targets[0].scale * targets[0].scale : targets[0].scale
    return scale.isNormal ? scale : 1
  }

  // MARK: Predicting

  /// What the model says about one row: cells by the names of their columns. Columns that the model doesn't read are passed
  /// over; a cell that isn't what its column holds counts as missing.
  ///
  /// - Throws: ``TabularModelError`` if a column is missing, or the network's output isn't a finite number.
  public func predict(_ row: [String: Cell]) throws(TabularModelError) -> Prediction {
    let inputs: [Float]
    do { inputs = try encoding.inputs(from: row) } catch { throw .table(error) }
    let outputs = network.predict(inputs)
    if !outputs.allSatisfy(\.isFinite) { throw .notFinite(row: nil, table: nil) }
    return encoding.decode(outputs)
  }

  /// What the model says about the rows of a table, whose columns are found by name. It keeps going where a cell is bad: the
  /// notices say which cells were filled, and how often.
  ///
  /// - Parameters:
  ///   - table: the table; it needs the model's columns, may have others, and may have no row.
  ///   - rows: the rows to look at; by default all of them.
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

  /// The network's outputs, all of them finite.
  ///
  /// Rows are encoded in pieces, so a large table's inputs never exist all at once.
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

  /// How many rows are encoded at a time.
  private static let rowsInPiece = 16_384
}

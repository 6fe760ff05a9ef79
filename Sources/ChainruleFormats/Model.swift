import Chainrule
import ChainruleData
import Foundation

/// A trained network with all that a table needs to go through it: which columns it reads, how they are scaled, and what
/// its outputs mean.
///
/// ```swift
/// let model = try Model(contentsOf: "iris.safetensors")
/// let outputs = model.network.predict(try model.inputs(from: Table(contentsOf: "flowers.csv")))
/// ```
public struct Model: Equatable, Sendable {
  /// The network.
  public let network: Network
  /// The loss it was trained with.
  public let loss: Loss
  /// The columns it reads, one for each input.
  public let inputColumns: [String]
  /// How each column is scaled.
  public let inputScalings: [Scaling]
  /// The column it predicts.
  public let targetColumn: String
  /// What its outputs mean.
  public let target: Target
  /// The seed that fixed its weights, its split and its shuffles.
  public let seed: UInt64
  /// How it was trained, for people: settings by name.
  public let training: [String: String]

  /// Puts a model together.
  ///
  /// - Precondition: there is a column and a scaling for each input, the loss fits the schema, and the outputs fit the
  ///   target: one for a number or for two classes, else one for each class.
  public init(
    network: Network, loss: Loss, inputColumns: [String], inputScalings: [Scaling], targetColumn: String,
    target: Target, seed: UInt64, training: [String: String] = [:]
  ) {
    precondition(
      inputColumns.count == network.schema.inputs && inputScalings.count == network.schema.inputs,
      "a model has a column and a scaling for each input")
    precondition(loss.fits(network.schema), "a model's loss must fit its schema")
    precondition(
      Self.outputsFit(target, schema: network.schema), "a model's outputs must fit its target")
    self.network = network
    self.loss = loss
    self.inputColumns = inputColumns
    self.inputScalings = inputScalings
    self.targetColumn = targetColumn
    self.target = target
    self.seed = seed
    self.training = training
  }

  static func outputsFit(_ target: Target, schema: Schema) -> Bool {
    switch target {
    case .classes(let classes): schema.outputs == classes.count || (schema.outputs == 1 && classes.count == 2)
    case .number: schema.outputs == 1
    }
  }

  // MARK: Tables

  /// The network's inputs for the rows of a table, (rows, inputs): the model's columns, found by name, scaled.
  ///
  /// - Throws: ``TableError`` if a column is missing, or a cell is not a number.
  public func inputs(from table: Table) throws(TableError) -> [Float] {
    var inputs = [Float](repeating: 0, count: table.rows.count * inputColumns.count)
    for (input, name) in inputColumns.enumerated() {
      let column = try table.column(named: name)
      let numbers = try table.numbers(inColumn: column, scaledBy: inputScalings[input])
      for (row, number) in numbers.enumerated() { inputs[row * inputColumns.count + input] = number }
    }
    return inputs
  }

  /// The targets that the network should give for the rows of a labelled table, (rows, outputs).
  ///
  /// - Throws: ``TableError`` if the target's column is missing, or a cell is not a number or not a known class.
  public func targets(from table: Table) throws(TableError) -> [Float] {
    let column = try table.column(named: targetColumn)
    switch target {
    case .number(let scaling):
      return try table.numbers(inColumn: column, scaledBy: scaling)
    case .classes(let classes):
      let numbers = try Target.classNumbers(inColumn: column, of: table, classes: classes)
      if network.schema.outputs == 1 { return numbers.map(Float.init) }
      var targets = [Float](repeating: 0, count: numbers.count * classes.count)
      for (row, number) in numbers.enumerated() { targets[row * classes.count + number] = 1 }
      return targets
    }
  }

  /// The samples of a labelled table.
  ///
  /// - Throws: ``TableError``.
  public func dataset(from table: Table) throws(TableError) -> Dataset {
    try Dataset(
      inputs: inputs(from: table), targets: targets(from: table), inputCount: network.schema.inputs,
      targetCount: network.schema.outputs)
  }

  /// What to multiply a loss by to have it in the target column's own units: squared errors grow with the square of the
  /// scale, distances with the scale; other losses stay in standard deviations.
  public var lossScale: Double {
    guard case .number(let scaling) = target else { return 1 }
    switch loss.name {
    case Loss.squaredError.name, Loss.meanSquaredError.name: return scaling.scale * scaling.scale
    case Loss.meanAbsoluteError.name, Loss.quantile(0.5).name: return scaling.scale
    default: return 1
    }
  }

  /// How often each class is taken for each class.
  ///
  /// - Precondition: the target is a class, and there is a sample.
  public func confusionMatrix(on data: Dataset) -> ConfusionMatrix {
    guard case .classes(let classes) = target else { preconditionFailure("only classes can be confused") }
    let outputs = network.predict(data.inputs, kernels: .native)
    var matrix = ConfusionMatrix(classes: classes.count)
    for row in 0..<data.count {
      let range = (row * data.targetCount)..<((row + 1) * data.targetCount)
      matrix.add(actual: data.classNumber(row), predicted: Self.classNumber(outputs[range]))
    }
    return matrix
  }

  /// How near the predictions come, in the target's own units.
  ///
  /// - Precondition: the target is a number, and there is a sample.
  public func score(on data: Dataset) -> RegressionScore {
    guard case .number(let scaling) = target else { preconditionFailure("classes have no distance") }
    return RegressionScore(
      actual: data.targets.map(scaling.undo),
      predicted: network.predict(data.inputs, kernels: .native).map(scaling.undo))
  }

  /// The class of one row's outputs or targets: the largest one, or with one output the second class from 0.5 on.
  public static func classNumber(_ outputs: some RandomAccessCollection<Float>) -> Int {
    Dataset.classNumber(of: outputs)
  }

  // MARK: Files

  /// Saves the model at `path`, whole or not at all.
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

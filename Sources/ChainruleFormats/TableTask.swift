import Chainrule
import ChainruleData

/// A table made ready for a network to learn from: what each column means, how it is scaled, and which rows are held out.
///
/// ```swift
/// let table = try Table(contentsOf: "iris.csv")
/// let task = try TableTask(table, target: "species", schema: "4, 8 relu, 3 softmax", seed: 1)
/// var run = try TrainingRun(network: Network(task.schema, seed: 1), data: task.training, loss: task.loss)
/// try run.train()
/// let model = task.model(run.network)
/// model.confusionMatrix(on: task.heldOut).accuracy
/// ```
public struct TableTask: Sendable {
  /// The table.
  public let table: Table
  /// The network's shape.
  public let schema: Schema
  /// What training is to make small.
  public let loss: Loss
  /// Fixes which rows are held out.
  public let seed: UInt64
  /// The column to predict.
  public let targetColumn: String
  /// What the column means.
  public let target: Target
  /// The other columns, one for each input.
  public let inputColumns: [String]
  /// How each of them is scaled.
  public let inputScalings: [Scaling]
  /// The samples to train on.
  public let training: Dataset
  /// The samples held out to see how well a model does on rows that it never saw; there may be none.
  public let heldOut: Dataset
  /// What brings a loss to the target's own units, where it can: ``Model/lossScale``.
  public let lossScale: Double

  /// Decides what the columns mean, divides the rows, and scales numbers by the rows to train on.
  ///
  /// - Parameters:
  ///   - table: the table.
  ///   - targetColumn: the column to predict; all others are inputs.
  ///   - schema: the network's shape; its last layer decides between classes and a number (``Target/infer(_:of:schema:loss:)``).
  ///   - loss: what to make small; by default what suits the last layer.
  ///   - holdout: the part of the rows to hold out, of each class in proportion, from 0 up to, and without, 1.
  ///   - seed: fixes which rows are held out.
  ///   - shuffles: whether rows are drawn; if not, the last ones are held out.
  ///   - standardizes: whether numbers are brought to mean 0 and standard deviation 1.
  /// - Throws: ``TableTaskError``.
  public init(
    _ table: Table, target targetColumn: String, schema: Schema, loss: Loss? = nil, holdout: Double = 0.2,
    seed: UInt64 = 0, shuffles: Bool = true, standardizes: Bool = true
  ) throws(TableTaskError) {
    do {
      try self.init(
        checking: table, target: targetColumn, schema: schema, loss: loss ?? .standard(for: schema), holdout: holdout,
        seed: seed, shuffles: shuffles, standardizes: standardizes)
    } catch let error as TableError {
      throw .table(error)
    } catch let error as TargetError {
      throw .target(error)
    } catch let error as TableTaskError {
      throw error
    } catch {
      preconditionFailure("a task fails in three ways only: \(error)")
    }
  }

  private init(
    checking table: Table, target targetColumn: String, schema: Schema, loss: Loss, holdout: Double, seed: UInt64,
    shuffles: Bool, standardizes: Bool
  ) throws {
    let column = try table.column(named: targetColumn)
    let inputs = table.header.indices.filter { $0 != column }
    guard inputs.count == schema.inputs else {
      throw TableTaskError.wrongInputCount(
        columns: inputs.map { table.header[$0] }, table: table.name, target: targetColumn, schema: schema)
    }
    var target = try Target.infer(column, of: table, schema: schema, loss: loss)

    let split: Split
    if !shuffles {
      split = Split(lastOf: table.rows.count, fraction: holdout)
    } else if case .classes(let classes) = target {
      let numbers = try Target.classNumbers(inColumn: column, of: table, classes: classes)
      split = Split(classes: numbers, fraction: holdout, seed: seed)
    } else {
      split = Split(of: table.rows.count, fraction: holdout, seed: seed)
    }

    func scaling(_ column: Int) throws(TableError) -> Scaling {
      let numbers = try table.numbers(inColumn: column)
      return standardizes ? Scaling(standardizing: split.training.map { numbers[$0] }) : .identity
    }
    inputScalings = try inputs.map(scaling)
    if case .number = target, schema.outputActivation == .linear { target = .number(try scaling(column)) }

    self.table = table
    self.schema = schema
    self.loss = loss
    self.seed = seed
    self.targetColumn = targetColumn
    self.target = target
    inputColumns = inputs.map { table.header[$0] }
    // What a model does with a table does not depend on its weights.
    let model = Model(
      network: Network(schema, initializer: .zeros), loss: loss, inputColumns: inputColumns,
      inputScalings: inputScalings, targetColumn: targetColumn, target: target, seed: seed)
    let all = try model.dataset(from: table)
    training = all.samples(split.training)
    heldOut = all.samples(split.heldOut)
    lossScale = model.lossScale
  }

  /// The model that a network has become.
  ///
  /// - Parameter training: how it was trained, for people: settings by name.
  public func model(_ network: Network, training: [String: String] = [:]) -> Model {
    Model(
      network: network, loss: loss, inputColumns: inputColumns, inputScalings: inputScalings,
      targetColumn: targetColumn, target: target, seed: seed, training: training)
  }
}

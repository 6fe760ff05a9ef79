import ChainruleCore

/// A table made ready for a network to learn from: what its columns mean, the network's shape, and the rows to train
/// on, to choose the best epoch by, and to test with.
///
/// ```swift
/// let task = try TableTask(table, targets: ["species"], seed: 1)
/// var run = try TrainingRun(network: Network(task.schema, seed: 1), data: task.training, loss: task.loss)
/// try run.train()
/// ```
public struct TableTask: Sendable {
  /// The table.
  public let table: Table
  /// What its columns mean, learned from the rows to train on.
  public let encoding: TableEncoding
  /// The network's shape.
  public let schema: Schema
  /// What training makes small.
  public let loss: Loss
  /// The samples to train on.
  public let training: Dataset
  /// The samples to choose the best epoch by, if any.
  public let validation: Dataset?
  /// The samples held out to see how well a model does, if any.
  public let test: Dataset?
  /// The rows of ``training``, in order.
  public let trainingRows: [Int]
  /// The rows of ``validation``, in order.
  public let validationRows: [Int]
  /// The rows of ``test``, in order.
  public let testRows: [Int]
  /// Rows left out because they have no target.
  public let rowsWithoutTarget: Int
  /// What is written as target in rows left out because it's no number, or a class without a row to train on.
  public let unknownTargets: [TextCount]
  /// How many rows of each class there are to train on; `nil` if the target is a number.
  public let classCounts: [Int]?

  /// Decides what the columns mean, divides the rows, and encodes each part.
  ///
  /// - Parameters:
  ///   - table: the table.
  ///   - targets: the column to predict, or several columns of numbers. The others are inputs.
  ///   - options: what a person decided about the columns.
  ///   - schema: the network's shape; by default one hidden layer of 100 ReLUs.
  ///   - loss: what training makes small; by default what suits the target.
  ///   - test: the part of the rows to hold out, from 0 up to, and without, 1.
  ///   - validation: the part of the other rows to choose the best epoch by, from 0 up to, and without, 1.
  ///   - rule: how both are chosen.
  ///   - seed: fixes the choice.
  /// - Throws: ``TableError``, which lists every bad column.
  public init(
    _ table: Table, targets: [String], options: EncodingOptions = EncodingOptions(),
    schema: SchemaChoice = .standard, loss: Loss? = nil, test: Double = 0.2, validation: Double = 0,
    rule: SplitRule = .random, seed: UInt64 = 0
  ) throws(TableError) {
    fatalError()
  }

  /// Decides what the columns mean and encodes the rows that are named.
  ///
  /// - Parameters:
  ///   - trainingRows: the rows to train on, from which the encoding is learned.
  ///   - validationRows: the rows to choose the best epoch by.
  ///   - testRows: the rows to see by how well a model does.
  /// - Throws: ``TableError``, which lists every bad column.
  public init(
    _ table: Table, targets: [String], options: EncodingOptions = EncodingOptions(),
    schema: SchemaChoice = .standard, loss: Loss? = nil, trainingRows: [Int], validationRows: [Int] = [],
    testRows: [Int] = []
  ) throws(TableError) {
    fatalError()
  }
}

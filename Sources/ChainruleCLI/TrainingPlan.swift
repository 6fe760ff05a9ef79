import Chainrule
import ChainruleData
import ChainruleFormats

/// A table made ready for a network to learn from: what each column means, how it is scaled, and which rows are held out.
struct TrainingPlan {
  let table: Table
  let schema: Schema
  let loss: Loss
  let seed: UInt64
  let targetColumn: String
  let target: Target
  let inputColumns: [String]
  let inputScalings: [Scaling]
  /// The samples to train on and, if there are any, those held out.
  let data: (training: Dataset, heldOut: Dataset?)

  init(
    table: Table, targetColumn: String, schema: Schema, loss: Loss, holdout: Double, seed: UInt64, shuffles: Bool,
    standardizes: Bool
  ) throws {
    let column = try table.column(named: targetColumn)
    let inputs = table.header.indices.filter { $0 != column }
    guard inputs.count == schema.inputs else {
      let columns = inputs.map { table.header[$0] }
      throw Failure(code: .data, message: Self.wrongInputCount(columns, table, targetColumn, schema))
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
    data = (all.rows(split.training), split.heldOut.isEmpty ? nil : all.rows(split.heldOut))
    lossScale = model.lossScale
  }

  /// What brings a loss to the target's own units.
  let lossScale: Double

  private static func wrongInputCount(
    _ columns: [String], _ table: Table, _ target: String, _ schema: Schema
  ) -> String {
    let names = columns.prefix(12).joined(separator: ", ") + (columns.count > 12 ? ", …" : "")
    let advice =
      columns.isEmpty ? "add columns to learn from" : "start the schema with \(columns.count), or change the columns"
    return "the schema has \(schema.inputs) input\(schema.inputs == 1 ? "" : "s"), but \(table.name) has "
      + "\(columns.count) column\(columns.count == 1 ? "" : "s") beside the target “\(target)”"
      + (columns.isEmpty ? "" : " (\(names))") + "; \(advice)"
  }

  /// The model that a network has become.
  func model(_ network: Network, training: [String: String]) -> Model {
    Model(
      network: network, loss: loss, inputColumns: inputColumns, inputScalings: inputScalings,
      targetColumn: targetColumn, target: target, seed: seed, training: training)
  }

  /// What to tell about a trained model.
  func report(_ model: Model) -> String {
    var parts = [(name: "training", data: data.training)]
    if let heldOut = data.heldOut { parts.append(("held out", heldOut)) }
    return "\(schema.text), \(schema.parameterCount) parameters, learnt “\(targetColumn)” from \(table.name)\n\n"
      + Evaluation.report(model, parts)
  }
}

extension Dataset {
  /// The samples with these numbers.
  fileprivate func rows(_ rows: [Int]) -> Dataset {
    var inputs: [Float] = []
    var targets: [Float] = []
    inputs.reserveCapacity(rows.count * inputCount)
    targets.reserveCapacity(rows.count * targetCount)
    for row in rows {
      inputs += self.inputs[(row * inputCount)..<((row + 1) * inputCount)]
      targets += self.targets[(row * targetCount)..<((row + 1) * targetCount)]
    }
    return Dataset(inputs: inputs, targets: targets, inputCount: inputCount, targetCount: targetCount)
  }
}

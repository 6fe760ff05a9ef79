import Chainrule
import ChainruleFormats
import ChainruleTables

/// The rows of a table for a model that goes on learning: its encoding stays.
struct ContinuedTask {
  let training: Dataset
  let validation: Dataset?
  let test: Dataset?
  let trainingRows: [Int]
  let validationRows: [Int]
  let leftOutRows: [String]

  init(_ model: TabularModel, table: Table, command: TrainCommand, hasValidation: Bool) throws {
    let encoding = model.encoding
    let targets = try encoding.targets(from: table, rows: nil)
    if let labels = encoding.target.labels, !targets.unknown.isEmpty {
      let unknown = TextFormat.list(targets.unknown.map { "“\($0.text)” (\(TextFormat.count($0.count, "row")))" }, limit: 5)
      throw Failure(
        code: .data,
        message: "\(table.name), column “\(encoding.target.names[0])”: the model to continue doesn't know \(unknown); "
          + "its classes are \(TextFormat.list(labels)); train a new model, or remove these rows")
    }
    guard !targets.rows.isEmpty else {
      throw Failure(code: .data, message: "\(table.name): no row has a target")
    }
    leftOutRows = LeftOutRows.words(missing: targets.missing, unknown: targets.unknown)
    let data = try encoding.dataset(from: table, rows: targets.rows)
    let classes = encoding.target.labels == nil ? nil : (0..<data.count).map { data.classNumber($0) }
    let seed = command.optimization.seed
    let isLast = command.optimization.noShuffle
    // Positions in `data`, so that nothing is encoded twice.
    func divide(_ rows: [Int], _ fraction: Double, _ seed: UInt64) -> Split {
      isLast
        ? Split(lastOf: rows, fraction: fraction)
        : Split(rows: rows, classes: classes.map { all in rows.map { all[$0] } }, fraction: fraction, seed: seed)
    }
    let outer = divide(Array(0..<data.count), command.judging.heldOutPart, seed)
    let part = TrainingPreparation.validationPart(command, rows: data.count, hasTable: hasValidation)
    let inner = divide(outer.training, part, seed &+ 1)
    training = data.samples(inner.training)
    validation = inner.heldOut.isEmpty ? nil : data.samples(inner.heldOut)
    test = outer.heldOut.isEmpty ? nil : data.samples(outer.heldOut)
    trainingRows = inner.training.map { targets.rows[$0] }
    validationRows = inner.heldOut.map { targets.rows[$0] }
  }
}

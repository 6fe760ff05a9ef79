import Chainrule
import ChainruleTables

/// The parts of the rows that are tested in turn, each by a model of its own.
struct FoldPlan {
  private let table: Table
  private let targets: [String]
  private let options: EncodingOptions
  private let rule: SplitRule
  private let seed: UInt64
  let folds: Folds

  init(
    _ task: TableTask, count: Int, targets: [String], options: EncodingOptions, rule: SplitRule, seed: UInt64
  ) throws {
    table = task.table
    self.targets = targets
    self.options = options
    self.rule = rule
    self.seed = seed
    let rows = (task.trainingRows + task.validationRows + task.testRows).sorted()
    if case .group(let column) = rule {
      let groups = try RowGroups.numbers(table, column: column, rows: rows)
      let different = Set(groups).count
      guard count <= different else {
        throw Failure(
          code: .usage,
          message: "--folds \(count): “\(column)” has \(TextFormat.count(different, "group")) only; take fewer folds")
      }
      folds = Folds(rows: rows, groups: groups, count: count, seed: seed)
    } else {
      guard count <= rows.count else {
        throw Failure(
          code: .usage, message: "--folds \(count): the table has \(TextFormat.count(rows.count, "row")) with a target")
      }
      let known = try task.encoding.targets(from: table, rows: rows)
      folds = Folds(rows: rows, classes: Self.classes(known, task.encoding), count: count, seed: seed)
    }
  }

  /// The task of one part: trained on all others, of which a part chooses the epoch.
  func task(_ index: Int, schema: SchemaChoice, loss: Loss?, validation: Double) throws -> TableTask {
    let split = folds.split(index)
    var training = split.training
    var chosen: [Int] = []
    if validation > 0 {
      let inner: Split
      if case .group(let column) = rule {
        inner = Split(
          rows: training, groups: try RowGroups.numbers(table, column: column, rows: training), fraction: validation,
          seed: seed)
      } else {
        inner = Split(rows: training, fraction: validation, seed: seed)
      }
      training = inner.training
      chosen = inner.heldOut
    }
    return try TableTask(
      table, targets: targets, options: options, schema: schema, loss: loss, trainingRows: training,
      validationRows: chosen, testRows: split.heldOut)
  }

  private static func classes(_ targets: EncodedTargets, _ encoding: TableEncoding) -> [Int]? {
    guard encoding.target.labels != nil else { return nil }
    let width = targets.outputCount
    return targets.rows.indices.map { row in
      Dataset.classNumber(of: targets.values[(row * width)..<((row + 1) * width)])
    }
  }
}

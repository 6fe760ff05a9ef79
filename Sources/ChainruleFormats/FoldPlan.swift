import Chainrule
import ChainruleTables

/// Which rows belong to which fold, and which of the others choose the best epoch.
struct FoldPlan {
  private let folds: Folds
  /// By row: its class, and its group.
  private var classes: [Int]?
  private var groups: [Int]?
  private let seed: UInt64

  init(
    _ table: Table, targets: [String], group: String?, count: Int, encoding: EncodingOptions, seed: UInt64
  ) throws {
    self.seed = seed
    // Only to know the rows that have a target, and their classes: each fold is encoded by its own training rows.
    let all = try TableEncoding.fit(table, targets: targets, options: encoding)
    let found = try all.targets(from: table)
    if let labels = all.classes(of: found) {
      var byRow = [Int](repeating: 0, count: table.rowCount)
      for (row, label) in zip(found.rows, labels) { byRow[row] = label }
      classes = byRow
    }
    var available = found.rows.count
    if let group {
      let column = try table.column(named: group)
      var numbers: [String?: Int] = [:]
      var byRow = [Int](repeating: 0, count: table.rowCount)
      for row in found.rows {
        let text = column.text(at: row)
        let number = numbers[text] ?? numbers.count
        numbers[text] = number
        byRow[row] = number
      }
      groups = byRow
      available = numbers.count
    }
    guard count >= 2, count <= available else {
      throw TabularModelError.badFolds(count, available: available, table: table.name)
    }
    if let groups {
      folds = Folds(rows: found.rows, groups: found.rows.map { groups[$0] }, count: count, seed: seed)
    } else {
      let labels = classes.map { classes in found.rows.map { classes[$0] } }
      folds = Folds(rows: found.rows, classes: labels, count: count, seed: seed)
    }
  }

  /// The rows to train on, with those that choose the best epoch, and the rows of the fold.
  func split(_ index: Int, validationFraction: Double?) -> (training: Split, test: [Int]) {
    let outer = folds.split(index)
    var options = TrainingOptions()
    options.validationFraction = validationFraction
    let fraction = options.validationFraction(rows: outer.training.count)
    if let groups {
      let own = outer.training.map { groups[$0] }
      let isDivisible = Set(own).count > 1
      return (
        Split(rows: outer.training, groups: own, fraction: isDivisible ? fraction : 0, seed: seed), outer.heldOut
      )
    }
    let labels = classes.map { classes in outer.training.map { classes[$0] } }
    return (Split(rows: outer.training, classes: labels, fraction: fraction, seed: seed), outer.heldOut)
  }
}

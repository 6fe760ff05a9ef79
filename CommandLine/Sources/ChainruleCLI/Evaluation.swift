import Chainrule
import ChainruleData
import ChainruleFormats
import Foundation

/// How well a model does on samples, in words and numbers.
enum Evaluation {
  /// What to tell about a model that has been trained.
  static func report(_ model: Model, trainedFor task: TableTask) -> String {
    var parts = [(name: "training", data: task.training)]
    if task.heldOut.count > 0 { parts.append(("held out", task.heldOut)) }
    let schema = task.schema
    return
      "\(schema.text), \(schema.parameterCount) parameters, learnt “\(task.targetColumn)” from \(task.table.name)\n\n"
      + report(model, parts)
  }

  /// A table with a column for each part of the data; for classes, also the last part's confusion matrix.
  static func report(_ model: Model, _ parts: [(name: String, data: Dataset)]) -> String {
    var grid = [[""] + parts.map(\.name), ["rows"] + parts.map { "\($0.data.count)" }]
    grid.append(
      ["loss (\(model.loss.description))"]
        + parts.map {
          number(Double(model.network.meanLoss(model.loss, on: $0.data, kernels: .native)) * model.lossScale)
        })
    switch model.target {
    case .classes(let classes):
      let matrices = parts.map { model.confusionMatrix(on: $0.data) }
      grid.append(["accuracy"] + matrices.map { String(format: "%.1f %%", 100 * $0.accuracy) })
      let last = matrices[matrices.count - 1]
      var text = aligned(grid)
      text += "\nactual classes down, predicted ones across, \(parts[parts.count - 1].name) rows\n"
      let rows = classes.indices.map { actual in
        [classes[actual]] + classes.indices.map { "\(last.count(actual: actual, predicted: $0))" }
      }
      return text + aligned([[""] + classes] + rows) + "\n"
    case .number:
      let scores = parts.map { model.score(on: $0.data) }
      grid.append(["R²"] + scores.map { $0.rSquared.map(number) ?? "–" })
      grid.append(["root mean squared error"] + scores.map { number($0.rootMeanSquaredError) })
      return aligned(grid) + "\n"
    }
  }

  /// Four digits that count.
  static func number(_ value: Double) -> String { String(format: "%.4g", value) }

  /// Rows of cells in columns: the first one flush left, the others flush right.
  private static func aligned(_ grid: [[String]]) -> String {
    let widths = grid[0].indices.map { column in grid.map { $0[column].count }.max() ?? 0 }
    return grid.map { row in
      row.enumerated().map { column, cell in
        let blanks = String(repeating: " ", count: widths[column] - cell.count)
        return column == 0 ? cell + blanks : "  " + blanks + cell
      }.joined() + "\n"
    }.joined()
  }
}

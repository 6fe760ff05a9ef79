import Chainrule
import ChainruleData
import ChainruleFormats
import Foundation

/// How well a model does on samples, in words and numbers.
enum Evaluation {
  /// A table with a column for each part of the data; for classes, also the last part's confusion matrix.
  static func report(_ model: Model, _ parts: [(name: String, data: Dataset)]) -> String {
    var grid = [[""] + parts.map(\.name), ["rows"] + parts.map { "\($0.data.count)" }]
    grid.append(
      ["loss (\(model.loss.name))"]
        + parts.map { number(Double(model.network.meanLoss(model.loss, on: $0.data)) * model.lossScale) })
    switch model.target {
    case .classes(let classes):
      let matrices = parts.map { confusion(model, $0.data, classes: classes.count) }
      grid.append(["accuracy"] + matrices.map { String(format: "%.1f %%", 100 * $0.accuracy) })
      let last = matrices[matrices.count - 1]
      var text = aligned(grid)
      text += "\nactual classes down, predicted ones across, \(parts[parts.count - 1].name) rows\n"
      let rows = classes.indices.map { actual in
        [classes[actual]] + classes.indices.map { "\(last.count(actual: actual, predicted: $0))" }
      }
      return text + aligned([[""] + classes] + rows) + "\n"
    case .number(let scaling):
      let scores = parts.map { score(model, $0.data, scaling: scaling) }
      grid.append(["R²"] + scores.map { $0.rSquared.map(number) ?? "–" })
      grid.append(["root mean squared error"] + scores.map { number($0.rootMeanSquaredError) })
      return aligned(grid) + "\n"
    }
  }

  private static func confusion(_ model: Model, _ data: Dataset, classes: Int) -> ConfusionMatrix {
    let outputs = model.network.predict(data.inputs)
    var matrix = ConfusionMatrix(classes: classes)
    for row in 0..<data.count {
      let range = (row * data.targetCount)..<((row + 1) * data.targetCount)
      matrix.add(
        actual: Model.classNumber(data.targets[range]), predicted: Model.classNumber(outputs[range]))
    }
    return matrix
  }

  private static func score(_ model: Model, _ data: Dataset, scaling: Scaling) -> RegressionScore {
    RegressionScore(
      actual: data.targets.map(scaling.undo), predicted: model.network.predict(data.inputs).map(scaling.undo))
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

import ChainruleFormats

/// The scores of a cross-validation as a table.
struct FoldText {
  let result: CrossValidation

  /// The names of scores, in the order of the table.
  private static let names = [
    ("loss", "loss"), ("accuracy", "accuracy"), ("balanced_accuracy", "balanced accuracy"), ("precision", "precision"),
    ("recall", "recall"), ("f1", "F1"), ("auc", "AUC"), ("log_loss", "log loss"), ("r2", "R²"),
    ("mae", "mean absolute error"), ("rmse", "root mean squared error"),
  ]

  /// The table, with a line for each score.
  var text: String {
    let mean = result.mean
    let deviation = result.deviation
    var grid = [["\(result.folds.count) folds", "mean", "deviation", "lowest", "highest"]]
    for (name, shown) in Self.names {
      guard let value = mean[name] else { continue }
      let values = result.folds.compactMap { $0.scores[name] }
      grid.append([
        shown, TextFormat.number(value), TextFormat.number(deviation[name]), TextFormat.number(values.min()),
        TextFormat.number(values.max()),
      ])
    }
    return TextFormat.aligned(grid)
  }
}

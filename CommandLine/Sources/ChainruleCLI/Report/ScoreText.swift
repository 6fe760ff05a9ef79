import ChainruleFormats

/// Scores as text.
struct ScoreText {
  let parts: [EvaluatedPart]

  /// A confusion matrix with more classes doesn't fit in a terminal.
  private static let largestMatrix = 12

  /// Everything: a column for each part, then the last part in detail.
  var text: String {
    guard let last = parts.last else { return "" }
    var sections = [overview]
    if let classes = last.evaluation.classes {
      sections.append(classTable(classes, rows: last.part))
      if classes.perClass.count <= Self.largestMatrix { sections.append(matrix(classes, rows: last.part)) }
    }
    if last.evaluation.numbers.count > 1 { sections.append(targetTable(last.evaluation.numbers, rows: last.part)) }
    if !warnings.isEmpty { sections.append(warnings.map { "Note: \($0)\n" }.joined()) }
    return sections.joined(separator: "\n")
  }

  private var overview: String {
    let evaluations = parts.map(\.evaluation)
    var grid = [[""] + parts.map(\.part)]
    func add(_ name: String, _ value: (Evaluation) -> String) { grid.append([name] + evaluations.map(value)) }
    add("rows") { TextFormat.grouped($0.rows) }
    add("loss (\(evaluations[0].lossName))") { TextFormat.number($0.loss) }
    if evaluations[0].classes != nil {
      func add(_ name: String, _ value: (ClassEvaluation) -> String) {
        grid.append([name] + evaluations.map { $0.classes.map(value) ?? "–" })
      }
      add("accuracy") { TextFormat.percent($0.accuracy) }
      add("  of always guessing the most common class") { TextFormat.percent($0.baselineAccuracy) }
      add("precision, mean of the classes") { TextFormat.number($0.precision) }
      add("recall, mean of the classes") { TextFormat.number($0.recall) }
      add("F1, mean of the classes") { TextFormat.number($0.f1) }
      add("AUC") { TextFormat.number($0.auc) }
    } else if evaluations[0].numbers.count == 1 {
      func add(_ name: String, _ value: (NumberEvaluation) -> String) {
        grid.append([name] + evaluations.map { $0.numbers.first.map(value) ?? "–" })
      }
      add("R²") { TextFormat.number($0.rSquared) }
      add("mean absolute error") { TextFormat.number($0.meanAbsoluteError) }
      add("root mean squared error") { TextFormat.number($0.rootMeanSquaredError) }
      add("  of always guessing the mean") { TextFormat.number($0.baselineError) }
    }
    return TextFormat.aligned(grid)
  }

  private func classTable(_ classes: ClassEvaluation, rows: String) -> String {
    var grid = [["\(rows) rows, by class", "rows", "precision", "recall", "F1", "AUC"]]
    for score in classes.perClass {
      grid.append([
        TextFormat.short(score.label), TextFormat.grouped(score.rows),
        score.predicted > 0 ? TextFormat.number(score.precision) : "–",
        score.rows > 0 ? TextFormat.number(score.recall) : "–", score.rows > 0 ? TextFormat.number(score.f1) : "–",
        TextFormat.number(score.auc),
      ])
    }
    return TextFormat.aligned(grid)
  }

  private func matrix(_ classes: ClassEvaluation, rows: String) -> String {
    let names = classes.perClass.map { TextFormat.short($0.label, 20) }
    let lines = zip(names, classes.confusion).map { [$0] + $1.map(TextFormat.grouped) }
    return "actual classes down, predicted classes across, \(rows) rows\n" + TextFormat.aligned([[""] + names] + lines)
  }

  private func targetTable(_ targets: [NumberEvaluation], rows: String) -> String {
    var grid = [
      ["\(rows) rows, by target", "R²", "mean absolute error", "root mean squared error", "guessing the mean"]
    ]
    for target in targets {
      grid.append([
        TextFormat.short(target.column), TextFormat.number(target.rSquared),
        TextFormat.number(target.meanAbsoluteError), TextFormat.number(target.rootMeanSquaredError),
        TextFormat.number(target.baselineError),
      ])
    }
    return TextFormat.aligned(grid)
  }

  /// Reasons to doubt the model, by the last part.
  var warnings: [String] {
    guard let last = parts.last else { return [] }
    var warnings = last.evaluation.warnings
    if last.evaluation.classes?.neverPredicted.isEmpty == false { warnings[0] += "; --balance may help" }
    if last.evaluation.rows < 10 {
      let count = TextFormat.count(last.evaluation.rows, "row")
      warnings.insert("\(count) can't show how good a model is", at: 0)
    }
    return warnings
  }
}

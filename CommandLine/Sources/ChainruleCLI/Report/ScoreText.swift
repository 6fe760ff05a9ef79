import Chainrule

/// Scores as a person reads them.
struct ScoreText {
  let parts: [PartScore]
  /// What the loss is called.
  let loss: String

  /// A confusion matrix of more classes doesn't fit a terminal.
  private static let largestMatrix = 12

  /// Everything: a column for each part, then the last part in detail.
  var text: String {
    guard let last = parts.last else { return "" }
    var sections = [overview]
    switch last.scores {
    case .classes(let classes, let score):
      sections.append(classTable(classes, score, rows: last.name))
      if classes.count <= Self.largestMatrix { sections.append(matrix(classes, score, rows: last.name)) }
    case .numbers(let targets): if targets.count > 1 { sections.append(targetTable(targets, rows: last.name)) }
    }
    let warnings = warnings
    if !warnings.isEmpty { sections.append(warnings.map { "Note: \($0)\n" }.joined()) }
    return sections.joined(separator: "\n")
  }

  private var overview: String {
    var grid = [[""] + parts.map(\.name)]
    func add(_ name: String, _ value: (PartScore) -> String) { grid.append([name] + parts.map(value)) }
    add("rows") { TextFormat.grouped($0.rows) }
    add("loss (\(loss))") { TextFormat.number($0.loss) }
    switch parts[0].scores {
    case .classes:
      func add(_ name: String, _ value: (ProbabilityScore) -> String) {
        grid.append([name] + parts.map { if case .classes(_, let score) = $0.scores { value(score) } else { "–" } })
      }
      add("accuracy") { TextFormat.percent($0.accuracy) }
      add("always the most common class") { TextFormat.percent($0.confusionMatrix.baselineAccuracy) }
      add("F1, mean of classes") { TextFormat.number($0.confusionMatrix.f1(.macro)) }
      add("AUC") { TextFormat.number($0.rocAUC()) }
    case .numbers:
      func add(_ name: String, _ value: (RegressionScore) -> String) {
        grid.append(
          [name]
            + parts.map {
              if case .numbers(let targets) = $0.scores, targets.count == 1 { value(targets[0].score) } else { "–" }
            })
      }
      if case .numbers(let targets) = parts[0].scores, targets.count == 1 {
        add("R²") { TextFormat.number($0.rSquared) }
        add("mean absolute error") { TextFormat.number($0.meanAbsoluteError) }
        add("root mean squared error") { TextFormat.number($0.rootMeanSquaredError) }
        add("the same, always guessing the mean") { TextFormat.number($0.baselineError) }
      }
    }
    return TextFormat.aligned(grid)
  }

  private func classTable(_ classes: [String], _ score: ProbabilityScore, rows: String) -> String {
    let matrix = score.confusionMatrix
    var grid = [["\(rows) rows, by class", "rows", "precision", "recall", "F1", "AUC"]]
    for (index, name) in classes.enumerated() {
      let isPresent = matrix.support(of: index) > 0
      grid.append([
        TextFormat.short(name), TextFormat.grouped(Int(matrix.support(of: index))),
        TextFormat.number(matrix.precision(of: index)), isPresent ? TextFormat.number(matrix.recall(of: index)) : "–",
        isPresent ? TextFormat.number(matrix.f1(of: index)) : "–", TextFormat.number(score.rocAUC(of: index)),
      ])
    }
    return TextFormat.aligned(grid)
  }

  private func matrix(_ classes: [String], _ score: ProbabilityScore, rows: String) -> String {
    let matrix = score.confusionMatrix
    let names = classes.map { TextFormat.short($0, 20) }
    let lines = classes.indices.map { actual in
      [names[actual]] + classes.indices.map { TextFormat.grouped(matrix.count(actual: actual, predicted: $0)) }
    }
    return "actual classes down, predicted classes across, \(rows) rows\n"
      + TextFormat.aligned([[""] + names] + lines)
  }

  private func targetTable(_ targets: [(name: String, score: RegressionScore)], rows: String) -> String {
    var grid = [
      ["\(rows) rows, by target", "R²", "mean absolute error", "root mean squared error", "always guessing the mean"]
    ]
    for (name, score) in targets {
      grid.append([
        TextFormat.short(name), TextFormat.number(score.rSquared), TextFormat.number(score.meanAbsoluteError),
        TextFormat.number(score.rootMeanSquaredError), TextFormat.number(score.baselineError),
      ])
    }
    return TextFormat.aligned(grid)
  }

  // MARK: What a person should know

  /// What the numbers of the last part say about the model, where they say nothing good.
  var warnings: [String] {
    guard let part = parts.last, part.name != "training" || parts.count == 1 else { return [] }
    var warnings: [String] = []
    if part.rows < 10 {
      warnings.append("\(TextFormat.count(part.rows, "row")) can't show how good a model is")
    }
    switch part.scores {
    case .classes(let classes, let score):
      let matrix = score.confusionMatrix
      let missed = matrix.neverPredicted
      if !missed.isEmpty {
        let names = TextFormat.list(missed.map { "“\(classes[$0])”" })
        let rows = Int(missed.reduce(0) { $0 + matrix.support(of: $1) })
        warnings.append(
          "the model never predicts \(names) (\(TextFormat.count(rows, "\(part.name) row"))); try --balance")
      }
      if matrix.accuracy <= matrix.baselineAccuracy {
        let common = TextFormat.short(classes[matrix.mostCommonClass])
        warnings.append("the model is no better than always guessing the most common class, “\(common)”")
      }
    case .numbers(let targets):
      for (name, score) in targets where score.rootMeanSquaredError >= score.baselineError && score.baselineError > 0 {
        let subject = targets.count == 1 ? "the model" : "for “\(TextFormat.short(name))” the model"
        warnings.append("\(subject) is no better than always guessing the mean, \(TextFormat.number(score.actualMean))")
      }
    }
    return warnings
  }
}

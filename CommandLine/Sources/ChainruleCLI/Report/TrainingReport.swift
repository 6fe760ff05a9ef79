import ChainruleFormats

/// The result of a training: for people, for programs, and for the model's file.
struct TrainingReport {
  /// The model, with its record complete.
  let model: TabularModel
  private let preparation: TrainingPreparation
  private let parts: [EvaluatedPart]
  private let folds: CrossValidation?
  private let file: OutputFile

  /// Evaluates the model on all parts of the rows.
  init(
    _ session: TrainingSession, _ preparation: TrainingPreparation, command: String, file: OutputFile
  ) throws {
    self.preparation = preparation
    self.file = file
    folds = session.folds
    var model = session.model
    parts = try preparation.evaluate(model)
    model.training.command = command
    model.training.notices = preparation.notices
    if let test = parts.last, test.part.hasPrefix("test") {
      model.training.testRows = test.evaluation.rows
      model.training.scores = test.evaluation.scores
    }
    if let folds {
      for (name, value) in folds.mean { model.training.scores["folds_\(name)"] = value }
    }
    self.model = model
  }

  /// The report for a person.
  var text: String {
    var sections = [ModelText(model).summary(table: preparation.table.name, leftOutRows: preparation.leftOutRows)]
    if !preparation.notices.isEmpty {
      sections.append(preparation.notices.map { "Note: \(TextFormat.printable($0))\n" }.joined())
    }
    sections.append(ScoreText(parts: parts).text)
    if let folds { sections.append(FoldText(result: folds).text) }
    sections.append(LossCurve(model.training).text())
    sections.append(ending)
    return sections.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// Where the model was saved, and what to do next.
  private var ending: String {
    var lines: [String] = []
    switch model.training.ending {
    case .completed: break
    case .converged: lines.append("training ended after epoch \(model.training.epochs): the loss no longer fell")
    case .stopped: lines.append("training was stopped in epoch \(model.training.epochs + 1)")
    case .diverged:
      lines.append(
        "training ended after epoch \(model.training.epochs), because a number was no longer finite; "
          + "lower --learning-rate"
      )
    }
    if !file.isStandardOutput {
      lines.append(
        "saved \(TextFormat.printable(file.path))\(file.existing == .model ? ", replacing an older model" : "")")
      lines.append("next: chainrule predict \(TextFormat.printable(TextFormat.shellQuoted(file.path))) new.csv")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// The report for a program.
  var json: TrainingReportJSON {
    TrainingReportJSON(
      table: preparation.table.name, model: ModelJSON(model), rowsLeftOut: preparation.leftOutRows,
      scores: parts, folds: folds?.folds, foldMean: folds?.mean, foldDeviation: folds?.deviation,
      warnings: ScoreText(parts: parts).warnings, saved: file.isStandardOutput ? nil : file.path)
  }
}

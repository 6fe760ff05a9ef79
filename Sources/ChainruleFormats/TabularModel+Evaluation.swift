import Chainrule
import ChainruleTables

extension TabularModel {
  /// Evaluates the model on the rows of a table that has its columns and its target.
  ///
  /// Rows without a target, or with one that the model doesn't know, are left out and counted.
  ///
  /// - Parameters:
  ///   - table: the table.
  ///   - rows: the rows to evaluate on; by default all of them.
  ///   - kernels: the loops to run.
  /// - Throws: ``TabularModelError`` if a column is missing, no row is left, or an output isn't a finite number.
  public func evaluate(
    on table: Table, rows: [Int]? = nil, kernels: Kernels = .native
  ) throws(TabularModelError) -> Evaluation {
    let targets = try TabularModelError.wrapping { () throws(TableError) in
      try encoding.targets(from: table, rows: rows)
    }
    if targets.rows.isEmpty { throw .noRows(table: table.name) }
    var loss = 0.0
    let outputs = try outputs(
      for: table, rows: targets.rows, kernels: kernels
    ) { (inputs, piece) throws(TabularModelError) in
      let width = targets.outputCount
      let data = Dataset(
        inputs: inputs, targets: Array(targets.values[(piece.lowerBound * width)..<(piece.upperBound * width)]),
        inputCount: encoding.inputCount, targetCount: width)
      do throws(TrainingError) {
        loss += Double(try network.meanLoss(self.loss, on: data, kernels: kernels)) * Double(piece.count)
      } catch {
        if case .nonFinite = error { throw .notFinite(row: nil, table: table.name) }
        throw .training(error)
      }
    }
    let meanLoss = loss / Double(targets.rows.count) * lossScale

    var classes: ClassEvaluation?
    var numbers: [NumberEvaluation] = []
    switch encoding.target {
    case .classes(_, let labels):
      classes = ClassEvaluation(
        labels: labels, probabilities: probabilities(outputs, classes: labels.count),
        actual: encoding.classes(of: targets) ?? [], areProbabilities: encoding.outputForm != .margin)
    case .numbers(let columns):
      numbers = try scores(of: columns, in: table, rows: targets.rows, outputs: outputs)
    }
    guard meanLoss.isFinite, numbers.allSatisfy(\.isFinite) else {
      throw .notFinite(row: nil, table: table.name)
    }
    return Evaluation(
      rows: targets.rows.count, rowsWithoutTarget: targets.missing, rowsWithUnknownTarget: targets.unknownCount,
      lossName: self.loss.description, loss: meanLoss, classes: classes, numbers: numbers)
  }

  /// The probabilities, row by row.
  private func probabilities(_ outputs: [Float], classes: Int) -> [Float] {
    let width = encoding.outputCount
    var probabilities: [Float] = []
    probabilities.reserveCapacity(outputs.count / width * classes)
    for start in stride(from: 0, to: outputs.count, by: width) {
      guard case .label(_, let values) = encoding.decode(outputs[start..<(start + width)]) else { continue }
      // With a loss for numbers, outputs can be outside the range of probabilities.
      for value in values { probabilities.append(Float(min(1, max(0, value)))) }
    }
    return probabilities
  }

  private func scores(
    of columns: [NumberTarget], in table: Table, rows: [Int], outputs: [Float]
  ) throws(TabularModelError) -> [NumberEvaluation] {
    var predicted = [[Double]](repeating: [], count: columns.count)
    for start in stride(from: 0, to: outputs.count, by: columns.count) {
      guard case .numbers(let values) = encoding.decode(outputs[start..<(start + columns.count)]) else { continue }
      for (index, value) in values.enumerated() { predicted[index].append(value) }
    }
    var evaluations: [NumberEvaluation] = []
    for (index, target) in columns.enumerated() {
      let column = try TabularModelError.wrapping { () throws(TableError) in try table.column(named: target.name) }
      let score = RegressionScore(actual: rows.map { column.number(at: $0) }, predicted: predicted[index])
      evaluations.append(NumberEvaluation(column: target.name, score: score))
    }
    return evaluations
  }
}

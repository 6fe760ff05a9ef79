import Chainrule
import ChainruleFormats
import ChainruleTables
import Foundation
import Testing

/// From a table to predictions.
@Suite struct TabularModelTests {
  /// Flowers whose kind depends on two widths, as a realistic table: with an identifier, text and missing cells.
  static func flowers(count: Int = 150, seed: UInt64 = 1) throws -> Table {
    var random = RandomSource(seed: seed)
    var csv = "id,width,length,ground,kind\n"
    for row in 0..<count {
      let (width, length) = (random.normal(), random.normal())
      let ground = ["sand", "clay", "NA"][row % 3]
      let kind = width + length > 0.6 ? "rose" : width - length > 0.5 ? "iris" : "lily"
      csv += "\(row + 1),\(row % 17 == 0 ? "" : "\(width)"),\(10 + 3 * length),\(ground),\(row == 5 ? "" : kind)\n"
    }
    return try Table(csv: csv, name: "flowers.csv")
  }

  /// Prices that depend on a size and a colour.
  static func prices(count: Int = 200, seed: UInt64 = 1) throws -> Table {
    var random = RandomSource(seed: seed)
    var csv = "size,colour,price\n"
    for row in 0..<count {
      let size = 50 + 20 * random.normal()
      csv += "\(size),\(row % 2 == 0 ? "red" : "blue"),\(1_000 + 30 * size + (row % 2 == 0 ? 400 : 0))\n"
    }
    return try Table(csv: csv, name: "prices.csv")
  }

  static func options(epochs: Int = 60, _ change: (inout TrainingOptions) -> Void = { _ in }) -> TrainingOptions {
    var options = TrainingOptions()
    options.epochs = epochs
    options.optimizer.learningRate = 0.01
    options.seed = 3
    change(&options)
    return options
  }

  /// The number with this name in the thrown error.
  private func problem(_ body: () throws -> Void) -> String {
    do {
      try body()
      return ""
    } catch {
      return "\(error)"
    }
  }

  // MARK: Refusals

  @Test func mistakesAreSaidInOneLine() throws {
    let table = try Self.flowers()
    let model = try TabularModel.fit(table, target: "kind", options: Self.options(epochs: 1))
    let messages = [
      problem { _ = try TabularModel.fit(table, target: "knd") },
      problem { _ = try TabularModel.fit(table, targets: ["kind", "nothing"]) },
      problem { _ = try TabularModel.fit(table, target: "kind", options: Self.options(epochs: -1)) },
      problem {
        _ = try TabularModel.fit(Self.prices(), target: "price", options: Self.options { $0.loss = .crossEntropy })
      },
      problem {
        _ = try TabularModel.fit(
          table, target: "kind", options: Self.options { $0.schema = .full("9, 4 relu, 3 softmax") })
      },
      problem { _ = try model.predict(Table(csv: "width\n1\n", name: "t.csv")) },
      problem { _ = try model.predict(["width": 1]) },
      problem { _ = try model.evaluate(on: Table(csv: "width,length,ground\n1,2,sand\n", name: "t.csv")) },
      problem { _ = try model.evaluate(on: Table(csv: "width,length,ground,kind\n1,2,sand,\n", name: "t.csv")) },
      problem { _ = try model.continued(on: Table(csv: "width,length,ground,kind\n1,2,sand,oak\n", name: "t.csv")) },
      problem { _ = try TabularModel.crossValidate(table, target: "kind", folds: 1) },
      problem { _ = try TabularModel.crossValidate(table, target: "kind", folds: 1_000) },
      problem { _ = try TabularModel.crossValidate(table, target: "kind", group: "nowhere") },
    ]
    for (index, message) in messages.enumerated() {
      #expect(!message.isEmpty && !message.contains("\n"), "message \(index): \(message)")
    }
    #expect(messages[5].contains("length") && messages[5].contains("ground"))
    #expect(messages[9].contains("oak"))
  }

  @Test("an output that isn't finite is an error, never a prediction")
  func notFinite() throws {
    let good = try TabularModel.fit(Self.flowers(), target: "kind", options: Self.options(epochs: 1))
    var network = good.network
    for layer in network.schema.layers.indices {
      network.setWeights(network.weights(ofLayer: layer).map { _ in 3e38 }, ofLayer: layer)
    }
    let model = TabularModel(encoding: good.encoding, network: network, loss: good.loss)
    let table = try Self.flowers(count: 20, seed: 2)
    let message = problem { _ = try model.predict(table) }
    #expect(message.contains("flowers.csv, row") && message.contains("isn't a finite number"))
    #expect(problem { _ = try model.evaluate(on: table) }.contains("finite"))
    #expect(problem { _ = try model.predict(["width": 1, "length": 12, "ground": "sand"]) }.contains("finite"))
  }

  // MARK: Learning

  @Test func classesAreLearnedFromATableAsItComes() throws {
    let model = try TabularModel.fit(Self.flowers(), target: "kind", options: Self.options())
    let evaluation = try model.evaluate(on: Self.flowers(count: 300, seed: 2))
    let classes = try #require(evaluation.classes)
    #expect(classes.accuracy > 0.8 && classes.accuracy > classes.baselineAccuracy)
    #expect(try #require(classes.logLoss) < classes.baselineLogLoss)
    #expect(evaluation.rows == 299 && evaluation.rowsWithoutTarget == 1 && evaluation.warnings == [])
    #expect(classes.perClass.map(\.label) == ["iris", "lily", "rose"])
    #expect(classes.confusion.flatMap { $0 }.reduce(0, +) == 299)
    #expect(model.encoding.leftOut.map(\.name) == ["id"])
    #expect(try model.predict(["width": 2, "length": 16, "ground": "sand"]).label == "rose")
    #expect(try JSONDecoder().decode(Evaluation.self, from: JSONEncoder().encode(evaluation)) == evaluation)
  }

  @Test func numbersAreLearnedInTheirOwnUnits() throws {
    let model = try TabularModel.fit(Self.prices(), target: "price", options: Self.options(epochs: 150))
    let evaluation = try model.evaluate(on: Self.prices(count: 200, seed: 2))
    let price = try #require(evaluation.numbers.first)
    #expect(price.column == "price" && price.rootMeanSquaredError < price.baselineError / 3)
    #expect(try #require(price.rSquared) > 0.9 && evaluation.warnings == [])
    #expect(abs(evaluation.loss.squareRoot() - price.rootMeanSquaredError) < 0.5 * price.rootMeanSquaredError)
    let number = try #require(try model.predict(["size": 60, "colour": "red"]).number)
    #expect(abs(number - 3_200) < 300)
  }

  /// 1e-170 squared is 0, and 1e170 squared is infinite.
  @Test("numbers whose squares overflow are evaluated like others", arguments: ["e-200", "e-170", "e170"])
  func extremeUnits(exponent: String) throws {
    let csv = (0..<60).map { "\($0),\(3 + 2 * $0)\(exponent)\n" }.joined()
    let table = try Table(csv: "size,price\n" + csv, name: "prices.csv")
    let model = try TabularModel.fit(table, target: "price", options: Self.options(epochs: 150))
    let evaluation = try model.evaluate(on: table)
    #expect(evaluation.loss > 0 && evaluation.loss < 0.1)
    let price = try #require(evaluation.numbers.first)
    #expect(try #require(price.rSquared) > 0.9)
    #expect(price.rootMeanSquaredError > 0 && price.rootMeanSquaredError < price.baselineError / 3)
  }

  @Test func severalNumbersAtOnce() throws {
    let model = try TabularModel.fit(Self.prices(), targets: ["price", "size"], options: Self.options(epochs: 5))
    guard case .numbers(let numbers) = try model.predict(["colour": "red"]) else {
      Issue.record("expected numbers")
      return
    }
    #expect(numbers.count == 2)
    #expect(try model.evaluate(on: Self.prices()).numbers.map(\.column) == ["price", "size"])
  }

  @Test func theSameSeedGivesTheSameModel() throws {
    let table = try Self.flowers()
    let first = try TabularModel.fit(table, target: "kind", options: Self.options(epochs: 3))
    let second = try TabularModel.fit(table, target: "kind", options: Self.options(epochs: 3))
    let other = try TabularModel.fit(table, target: "kind", options: Self.options(epochs: 3) { $0.seed = 4 })
    #expect(first == second && first.network != other.network)
  }

  @Test("prediction continues after a bad cell, and reports it; a table without rows isn't an error")
  func badCells() throws {
    let model = try TabularModel.fit(Self.flowers(), target: "kind", options: Self.options(epochs: 3))
    let table = try Table(csv: "width,length,ground,more\n1,2,rock,x\noops,,sand,y\n1e300,9,clay,z\n", name: "t.csv")
    let predictions = try model.predict(table)
    #expect(predictions.values.count == 3 && !predictions.notices.isEmpty)
    for prediction in predictions.values {
      guard case .label(_, let probabilities) = prediction else { continue }
      #expect(abs(probabilities.reduce(0, +) - 1) < 1e-5)
    }
    #expect(try model.predict(table, rows: [2]).values == [predictions.values[2]])
    #expect(try model.predict(table, rows: []).values.isEmpty)
  }

  // MARK: Progress and endings

  @Test("every epoch is reported, and the record has the history")
  func progress() throws {
    var told: [TrainingProgress] = []
    let model = try TabularModel.fit(Self.flowers(), target: "kind", options: Self.options(epochs: 30)) {
      told.append($0)
    }
    let record = model.training
    #expect(told.map(\.epoch) == Array(1...30) && told.allSatisfy { $0.epochs == 30 })
    let best = try #require(told.indices.min { told[$0].validationLoss ?? .nan < told[$1].validationLoss ?? .nan })
    #expect(record.bestEpoch == best + 1 && told[29].bestEpoch == best + 1)
    #expect(record.epochs == 30 && record.ending == .completed && record.history.count == 30)
    #expect(record.rows + record.validationRows == 149 && record.validationRows == 15)
    #expect(record.rowsWithoutTarget == 1 && record.settings["epochs"] == "30" && record.version != nil)
  }

  @Test("a long history is thinned, but keeps its ends")
  func history() throws {
    let model = try TabularModel.fit(
      Self.prices(count: 60), target: "price", options: Self.options(epochs: 301) { $0.schema = .layers([]) })
    #expect(model.training.history.count == TrainingRecord.mostPoints)
    #expect(model.training.history.first?.epoch == 1 && model.training.history.last?.epoch == 301)
  }

  @Test("a training that's stopped, even within an epoch, keeps the best network")
  func stopping() throws {
    var steps = 0
    let model = try TabularModel.fit(
      Self.flowers(), target: "kind", options: Self.options(),
      shouldStop: {
        steps += 1
        return steps > 32
      })
    #expect(model.training.ending == .stopped && model.training.epochs == 6)
    #expect(model.training.bestEpoch != nil)
    #expect(try model.evaluate(on: Self.flowers()).rows == 149)
    let none = try TabularModel.fit(Self.flowers(), target: "kind", options: Self.options(), shouldStop: { true })
    #expect(none.training.epochs == 0 && none.training.bestEpoch == nil)
  }

  @Test("a cancelled task ends its training")
  func cancelling() async throws {
    let table = try Self.prices()
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try TabularModel.fit(table, target: "price", options: Self.options(epochs: 1_000_000))
    }
    #expect(try await task.value.training.ending == .stopped)
  }

  @Test("patience ends it early; if the best epoch isn't kept, the last one is")
  func patience() throws {
    let options = Self.options(epochs: 400) {
      $0.patience = 5
      $0.optimizer.learningRate = 0.05
    }
    let model = try TabularModel.fit(Self.flowers(), target: "kind", options: options)
    #expect(model.training.ending == .converged && model.training.epochs < 400)
    #expect(model.training.bestEpoch == model.training.epochs - 5)
    let last = try TabularModel.fit(
      Self.flowers(), target: "kind", options: Self.options(epochs: 2) { $0.keepsBestEpoch = false })
    #expect(last.training.bestEpoch == nil)
  }

  @Test("validation rows can come from another table")
  func validation() throws {
    let model = try TabularModel.fit(
      Self.flowers(), target: "kind", options: Self.options(epochs: 5), validation: Self.flowers(count: 40, seed: 9))
    #expect(model.training.rows == 149 && model.training.validationRows == 39)
  }

  @Test("a rate that's far too high gives an error that names the step, or a working model")
  func tooHigh() throws {
    let options = Self.options(epochs: 3) { $0.optimizer = .sgd(learningRate: 1e9) }
    let message = problem { _ = try TabularModel.fit(Self.prices(), target: "price", options: options) }
    #expect(message.contains("step") && message.contains("finite"))
  }

  // MARK: More rows, and folds

  @Test("training continues with more rows, even with columns in another order")
  func continuing() throws {
    let model = try TabularModel.fit(Self.prices(count: 80), target: "price", options: Self.options(epochs: 5))
    let news = try Self.prices(count: 200, seed: 4)
    var csv = "price,extra,colour,size\n"
    for row in 0..<news.rowCount {
      let cells = try ["price", "colour", "size"].map { try news.column(named: $0).text(at: row) ?? "" }
      csv += "\(cells[0]),x,\(cells[1]),\(cells[2])\n"
    }
    let turned = try Table(csv: csv, name: "news.csv")
    let better = try model.continued(on: turned, options: Self.options(epochs: 60))
    #expect(better.encoding == model.encoding)
    #expect(try better == model.continued(on: news, options: Self.options(epochs: 60)))
    let test = try Self.prices(count: 100, seed: 5)
    #expect(try better.evaluate(on: test).loss < model.evaluate(on: test).loss)
  }

  @Test("each row is tested once, by a model that wasn't trained on it or its group")
  func folds() throws {
    let table = try Self.flowers()
    let result = try TabularModel.crossValidate(table, target: "kind", folds: 3, options: Self.options(epochs: 30))
    #expect(result.folds.count == 3 && result.folds.map(\.rows).reduce(0, +) == 149)
    let accuracies = result.folds.compactMap(\.classes?.accuracy)
    #expect(abs(try #require(result.mean["accuracy"]) - accuracies.reduce(0, +) / 3) < 1e-12)
    #expect(try #require(result.mean["accuracy"]) > 0.7 && result.deviation["accuracy"] != nil)
    let grouped = try TabularModel.crossValidate(
      table, target: "kind", folds: 3, group: "ground", options: Self.options(epochs: 2))
    #expect(grouped.folds.map(\.rows).sorted() == [49, 50, 50])
  }

  @Test("a model that learned nothing gets a warning")
  func warnings() throws {
    let good = try TabularModel.fit(Self.flowers(), target: "kind", options: Self.options(epochs: 1))
    var network = good.network
    let last = network.schema.layers.count - 1
    network.setWeights(network.weights(ofLayer: last).map { _ in 0 }, ofLayer: last)
    network.setBiases([0, 5, 0], ofLayer: last)
    let model = TabularModel(encoding: good.encoding, network: network, loss: good.loss)
    let warnings = try model.evaluate(on: Self.flowers()).warnings.joined(separator: "; ")
    #expect(
      warnings.contains("never predicts “iris”, “rose”") && warnings.contains("no better than always guessing “lily”"))
  }

  @Test("a smoothed loss accepts the same targets as the plain one", arguments: [Float(0), 0.1])
  func smoothing(amount: Float) throws {
    var csv = "x,y\n"
    for row in 0..<100 { csv += "\(row % 10),\(row % 10 > 4 ? 2 : 1)\n" }
    let table = try Table(csv: csv, name: "labels.csv")
    let options = Self.options(epochs: 20) { $0.loss = .binaryCrossEntropy(smoothing: amount) }
    let model = try TabularModel.fit(table, target: "y", options: options)
    #expect(model.encoding.target.labels == ["1", "2"])
    #expect(try #require(model.evaluate(on: table).classes).accuracy == 1)
  }
}

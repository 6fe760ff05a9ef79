import ChainruleCore
import ChainruleTables
import Testing

struct TableTaskTests {
  private let trees: Table

  init() throws {
    trees = try table([
      "site": repeated(["a", "b", "c", "d", "e", "f", "g", "h"], 240),
      "width": (0..<240).map { "\(Double($0 * 37 % 100) / 10)" },
      "day": (0..<240).map { "\(2000 - $0)" },
      "y": (0..<240).map { "\(Double($0 * 37 % 100) * 3 + 7)" },
      "kind": (0..<240).map { $0 % 12 == 11 ? nil : $0 % 3 == 0 ? "oak" : "ash" },
    ])
  }

  // MARK: What doesn't fit

  @Test func `A whole schema has to fit the inputs`() throws {
    let error = message {
      _ = try TableTask(
        trees, targets: ["kind"], options: EncodingOptions(only: ["width", "day"]),
        schema: .full("3, 8 relu, 1 sigmoid"))
    }
    #expect(
      error
        == "t.csv: the schema has 3 inputs, but 2 columns of the table become 2; start the schema with 2, or leave the "
        + "inputs and the last layer out")
  }

  @Test(arguments: [
    ("2, 3 softmax", "3 softmax"), ("2, 1 tanh", "1 tanh"), ("2, 4 relu, 2 sigmoid", "2 sigmoid"),
  ])
  func `A last layer that can't tell the classes apart`(schema: String, last: String) throws {
    let choice = try SchemaChoice(parsing: schema)
    let error = message {
      _ = try TableTask(trees, targets: ["kind"], options: EncodingOptions(only: ["width", "day"]), schema: choice)
    }
    #expect(
      error
        == "t.csv: the schema ends in “\(last)”, but predicting the 2 classes of “kind” (ash, oak) takes “1 sigmoid” or “2 "
        + "softmax”; change the last layer, or leave the inputs and the last layer out")
  }

  @Test func `A last layer that can't give the number, and a loss that can't measure it`() throws {
    let options = EncodingOptions(only: ["width"], task: .numbers)
    #expect(
      message { _ = try TableTask(trees, targets: ["y"], options: options, schema: .full("1, 5")) }
        == "t.csv: the schema ends in “5”, but predicting the number “y” takes “1”; change the last layer, or leave the inputs "
        + "and the last layer out")
    #expect(
      message { _ = try TableTask(trees, targets: ["y"], options: options, loss: .binaryCrossEntropy(smoothing: 0.1)) }
        == "t.csv: the loss “binary-cross-entropy 0.1” doesn't fit the number “y” predicted by “1”; leave it out, or choose "
        + "another")
    #expect(
      message { _ = try TableTask(trees, targets: ["kind"], loss: .poisson) }?.contains("“poisson” doesn't fit") == true
    )
  }

  @Test func `Rules that name bad columns`() {
    #expect(
      message { _ = try TableTask(trees, targets: ["kind"], rule: .group("sit")) }?
        .contains("column “sit”: there is no such column (did you mean “site”?)") == true)
    #expect(
      message { _ = try TableTask(trees, targets: ["kind"], rule: .time("site")) }
        == "t.csv: column “site”: rows can't be ordered by it: it holds neither numbers nor dates (a); choose a column of times"
    )
    #expect(
      message { _ = try TableTask.folds(trees, targets: ["kind"], count: 9, rule: .group("site")) }
        == "t.csv: column “site” makes 8 groups, which can't be divided into 9 parts; choose another column, or fewer parts"
    )
    #expect(
      message { _ = try TableTask(trees, targets: ["kid"]) }?.contains("did you mean “kind”?") == true)
  }

  @Test(arguments: [1.5, 1, -0.1, .infinity, .nan])
  func `A part to hold out must be in 0..<1`(fraction: Double) {
    let expected =
      "t.csv: found \(fraction) as the part of the rows to hold out, expected a number in 0..<1, such as 0.2"
    #expect(message { _ = try TableTask(trees, targets: ["kind"], test: fraction) } == expected)
    #expect(message { _ = try TableTask(trees, targets: ["kind"], validation: fraction) } == expected)
    for rule: SplitRule in [.random, .last, .group("site"), .time("day")] {
      #expect(message { _ = try TableTask.split(trees, targets: ["kind"], fraction: fraction, rule: rule) } == expected)
    }
    // Even where there is nothing to divide.
    #expect(message { _ = try TableTask.split(trees, targets: ["kind"], rows: [0], fraction: fraction) } == expected)
  }

  @Test(arguments: [SplitRule.random, .last, .group("site"), .time("day")])
  func `There are two folds or more`(rule: SplitRule) {
    for (count, found) in [(1, "1 fold"), (0, "0 folds"), (-1, "-1 folds")] {
      #expect(
        message { _ = try TableTask.folds(trees, targets: ["kind"], count: count, rule: rule) }
          == "t.csv: found \(found), expected 2 or more, such as 5")
    }
  }

  @Test func `Poisson counts from zero`() throws {
    let data = try table(["a": repeated(["1", "2", "3"], 30), "y": (0..<30).map { "\($0 - 3)" }])
    #expect(
      message { _ = try TableTask(data, targets: ["y"], loss: .poisson) }?.contains("holds negative numbers (-3)")
        == true)
  }

  // MARK: Schemas

  @Test func `Inputs and outputs come from the table`() throws {
    let options = EncodingOptions(ignore: ["y"])
    #expect(try TableTask(trees, targets: ["kind"], options: options).schema == "10, 256 relu, 1 sigmoid")
    let choice = try SchemaChoice(parsing: "64 relu, dropout 0.5, 32 relu")
    #expect(
      try TableTask(trees, targets: ["kind"], options: options, schema: choice).schema
        == "10, 64 relu, dropout 0.5, 32 relu, 1 sigmoid")
    #expect(
      try TableTask(trees, targets: ["y", "width"], schema: .layers([])).schema.outputs == 2)
    #expect(
      try TableTask(trees, targets: ["site"], options: options, schema: choice).schema.layers.last
        == Schema.Layer(8, .softmax))
  }

  @Test(arguments: [
    ("8 relu, 2 softmax", "1, 8 relu, 2 softmax"), ("8 relu, 1 sigmoid", "1, 8 relu, 1 sigmoid"),
    ("[[8, \"relu\"], [8, \"relu\"]]", "1, 8 relu, 8 relu, 1 sigmoid"),
    ("batchnorm relu", "1, batchnorm relu, 1 sigmoid"),
    ("1, 8 relu, 2 softmax", "1, 8 relu, 2 softmax"),
  ])
  func `Schemas can leave out what the table determines`(text: String, schema: Schema) throws {
    let task = try TableTask(
      trees, targets: ["kind"], options: EncodingOptions(only: ["width"]), schema: SchemaChoice(parsing: text))
    #expect(task.schema == schema)
    #expect(task.training.targetCount == schema.outputs && task.encoding.outputCount == schema.outputs)
  }

  @Test(arguments: ["", "8 relu,", "8 rleu", "64 relu 0.5", "8, relu"])
  func `Mistakes in a schema`(text: String) { #expect(throws: SchemaError.self) { try SchemaChoice(parsing: text) } }

  // MARK: Targets

  @Test(arguments: [
    Loss.binaryCrossEntropy, .binaryCrossEntropy(smoothing: 0.1), .crossEntropy(smoothing: 0.1), .hinge,
  ])
  func `A loss for classes means classes, whatever its number`(loss: Loss) throws {
    let data = try table(["a": repeated(["1", "2", "3"], 60), "y": repeated(["1", "2"], 60)])
    let task = try TableTask(data, targets: ["y"], loss: loss)
    #expect(task.encoding.target == .classes(name: "y", labels: ["1", "2"]))
    #expect(Set(task.training.targets) == [0, 1] && task.loss == loss)
  }

  @Test func `A loss or a last layer for numbers means numbers`() throws {
    let data = try table(["a": repeated(["1", "2", "3"], 60), "y": repeated(["1", "2", "4"], 60)])
    #expect(try TableTask(data, targets: ["y"]).encoding.target.task == .classes)
    #expect(try TableTask(data, targets: ["y"], loss: .huber()).encoding.target.task == .numbers)
    #expect(try TableTask(data, targets: ["y"], schema: .full("1, 4 relu, 1")).encoding.target.task == .numbers)
    let many = try table(["a": repeated(["1", "2", "3"], 600), "y": repeated((1...29).map { "\($0)" }, 600)])
    #expect(try TableTask(many, targets: ["y"]).encoding.target.task == .numbers)
    #expect(
      try TableTask(many, targets: ["y"], schema: .layers([.init(29, .softmax)])).encoding.target.task == .classes)
  }

  @Test(arguments: [("1 sigmoid", Float(0), Float(1)), ("1 tanh", -1, 1), ("1 relu", 0, .infinity)])
  func `Numbers are scaled to what the last layer gives`(last: String, low: Float, high: Float) throws {
    let options = EncodingOptions(only: ["width"])
    let task = try TableTask(
      trees, targets: ["y"], options: options, schema: .full(Schema(parsing: "1, 8 relu, \(last)")))
    for target in task.training.targets { #expect(target >= low && target <= high) }
    // A network's output can be any number in the range.
    #expect(
      task.encoding.numbers(in: task.training.targets[0...0])[0].isNearly(
        7 + 3 * Double(task.trainingRows[0] * 37 % 100)))
  }

  @Test func `The Poisson loss's outputs are logarithms`() throws {
    let data = try table(["a": repeated(["1", "2", "3"], 60), "y": repeated(["0", "3", "9", "20"], 60)])
    let task = try TableTask(data, targets: ["y"], loss: .poisson)
    #expect(task.encoding.outputForm == .logarithms && task.training.targets.allSatisfy { $0 >= 0 })
    guard case .numbers(let targets) = task.encoding.target else { throw Unexpected() }
    #expect(task.encoding.numbers(in: [0])[0].isNearly(targets[0].scale))
  }

  @Test func `The hinge loss's outputs are margins`() throws {
    let task = try TableTask(trees, targets: ["kind"], loss: .hinge)
    #expect(task.encoding.outputForm == .margin && task.schema.layers.last == Schema.Layer(1))
    #expect(task.encoding.decode([0.25]).label == "oak" && task.encoding.decode([-0.25]).label == "ash")
  }

  // MARK: Rows

  @Test func `Rows are divided, each class in proportion, and those without a target counted`() throws {
    let task = try TableTask(trees, targets: ["kind"], test: 0.25, validation: 0.2, seed: 5)
    #expect(task.rowsWithoutTarget == 20 && task.rowsWithUnknownTarget == 0)
    #expect(task.testRows.count == 55 && task.validationRows.count == 33 && task.trainingRows.count == 132)
    #expect(Set(task.testRows + task.validationRows + task.trainingRows).count == 220)
    #expect(task.test?.count == 55 && task.validation?.count == 33 && task.training.count == 132)
    // 80 oaks and 140 ashes.
    #expect(task.classCounts == [84, 48])
    #expect(task.test?.targets.count { $0 == 1 } == 20)
    let none = try TableTask(trees, targets: ["kind"], test: 0)
    #expect(none.test == nil && none.validation == nil && none.training.count == 220)
  }

  @Test func `The parts are the rows of the table`() throws {
    let task = try TableTask(trees, targets: ["kind"], test: 0.25, validation: 0.2, seed: 5)
    #expect(task.training == (try task.encoding.dataset(from: trees, rows: task.trainingRows)))
    #expect(task.test == (try task.encoding.dataset(from: trees, rows: task.testRows)))
    let all = try task.encoding.dataset(from: trees)
    #expect(all.count == 220 && all.inputs.allSatisfy { $0.isFinite })
  }

  @Test func `Scaling is learned from the training rows alone`() throws {
    var cells = (0..<100).map { "\($0)" }
    cells[99] = "1000000"
    let data = try table(["a": cells, "y": repeated(["u", "v"], 100)])
    let task = try TableTask(data, targets: ["y"], test: 0.1, rule: .last)
    let known = try TableEncoding.fit(data, targets: ["y"], trainingRows: Array(0..<90))
    #expect(task.encoding == known)
    guard case .number(let scaling) = task.encoding.inputs[0].coding else { throw Unexpected() }
    #expect(scaling.maximum == 89)
  }

  @Test func `Groups and times`() throws {
    let groups = try TableTask(trees, targets: ["kind"], rule: .group("site"), seed: 2)
    #expect(Set(groups.testRows.map { $0 % 8 }).isDisjoint(with: Set(groups.trainingRows.map { $0 % 8 })))
    #expect(!groups.testRows.isEmpty)
    let times = try TableTask(trees, targets: ["kind"], rule: .time("day"))
    // Days fall from row to row.
    #expect(times.testRows == Array((0..<240).filter { $0 % 12 != 11 }.prefix(44)))
    let folds = try TableTask.folds(trees, targets: ["kind"], count: 4, rule: .group("site"), seed: 1)
    let split = folds.split(0)
    let task = try TableTask(trees, targets: ["kind"], trainingRows: split.training, testRows: split.heldOut)
    #expect(task.testRows == split.heldOut && task.training.count + split.heldOut.count == 220)
  }

  @Test func `A class that only held-out rows have is left out and counted`() throws {
    let data = try table(["a": repeated(["1", "2", "3"], 60), "y": repeated(["u", "v"], 58) + ["w", "w"]])
    let task = try TableTask(data, targets: ["y"], rule: .last)
    #expect(task.encoding.target.labels == ["u", "v"])
    #expect(task.rowsWithUnknownTarget == 2 && task.unknownTargets.map(\.text) == ["w"])
    #expect(task.test?.count == 10)
  }

  // MARK: Properties

  @Test func `The columns' order changes nothing`() throws {
    let turned = try Table(
      columns: trees.columns.reversed().map { column in
        (name: column.name, cells: (0..<column.count).map { column.text(at: $0) })
      })
    let (first, second) = (try TableTask(trees, targets: ["kind"]), try TableTask(turned, targets: ["kind"]))
    #expect(first.trainingRows == second.trainingRows && first.training.targets == second.training.targets)
    #expect(Set(first.encoding.inputs.map(\.name)) == Set(second.encoding.inputs.map(\.name)))
    // The first encoding finds its columns in the other table.
    #expect(try first.encoding.dataset(from: turned) == first.encoding.dataset(from: trees))
  }

  @Test func `The same seed gives the same split, another one a different split`() throws {
    let first = try TableTask(trees, targets: ["kind"], seed: 1)
    #expect(first.testRows == (try TableTask(trees, targets: ["kind"], seed: 1).testRows))
    #expect(first.testRows != (try TableTask(trees, targets: ["kind"], seed: 2).testRows))
  }
}

extension Double {
  /// Whether two numbers are equal up to a `Float`'s rounding.
  fileprivate func isNearly(_ other: Double) -> Bool { abs(self - other) <= 1e-5 * max(1, abs(other)) }
}

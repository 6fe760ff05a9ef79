import ChainruleTables
import Testing

struct TargetEncodingTests {
  private func table(_ cells: [String?]) throws -> Table {
    try Table(
      columns: [(name: "a", cells: repeated(["1", "2", "3"], cells.count)), (name: "y", cells: cells)], name: "t.csv")
  }

  private func fit(_ cells: [String?], _ options: EncodingOptions = EncodingOptions()) throws -> TableEncoding {
    try TableEncoding.fit(table(cells), targets: ["y"], options: options)
  }

  @Test func `A table without the target can be encoded, but has no targets`() throws {
    let encoding = try fit(repeated(["ash", "oak"], 20))
    let later = try Table(columns: [(name: "a", cells: ["1"])])
    #expect(try encoding.inputs(from: later).count == 1)
    #expect(message { _ = try encoding.dataset(from: later) }?.contains("“y”: there is no such column") == true)
  }

  @Test func `NA isn't a class, and its rows are left out and counted`() throws {
    let cells = repeated(["ash", "NA", "oak", nil, "?", "elm"], 60)
    let encoding = try fit(cells)
    #expect(encoding.target == .classes(name: "y", labels: ["ash", "elm", "oak"]))
    let targets = try encoding.targets(from: table(cells))
    #expect(targets.missing == 30 && targets.unknownCount == 0)
    #expect(targets.rows.prefix(6) == [0, 2, 5, 6, 8, 11])
    #expect(targets.values.prefix(9) == [1, 0, 0, 0, 0, 1, 0, 1, 0])
    #expect(try encoding.dataset(from: table(cells)).count == 30)
  }

  @Test func `A class that training didn't have is left out and counted`() throws {
    let encoding = try fit(repeated(["ash", "oak"], 20))
    let targets = try encoding.targets(from: table(["ash", "elm", "oak", "elm", "fir", nil]))
    #expect(targets.rows == [0, 2] && targets.values == [0, 1])
    #expect(targets.missing == 1 && targets.unknownCount == 3)
    #expect(targets.unknown.map(\.text) == ["elm", "fir"] && targets.unknown.map(\.count) == [2, 1])
  }

  @Test(arguments: [
    (["0", "1"], 40, TaskKind.classes), (["0.0", "1.0", "1"], 40, .classes), (["-1", "1"], 4, .classes),
    (["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], 100, .classes),
    (["3", "4", "5", "6", "7", "8"], 60, .classes),
    (["4", "6", "8"], 32, .classes), (["1.0", "1.5", "2.0", "2.5"], 60, .numbers),
    (["100", "200", "500"], 60, .numbers),
    (["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], 20, .numbers), (["TRUE", "FALSE"], 20, .classes),
    ((1...29).map { "\($0)" }, 600, .numbers), (["low", "high"], 20, .classes),
  ])
  func `Classes or a number`(values: [String], count: Int, task: TaskKind) throws {
    let cells = repeated(values, count)
    #expect(try fit(cells).target.task == task, "\(values)")
    // If all are numbers, the user can decide otherwise.
    if Double(values[0]) != nil {
      #expect(try fit(cells, EncodingOptions(task: .classes)).target.task == .classes)
      #expect(try fit(cells, EncodingOptions(task: .numbers)).target.task == .numbers)
    }
  }

  @Test func `Debatable decisions give a notice`() throws {
    #expect(
      try fit(repeated((3...8).map { "\($0)" }, 60)).notices.map(\.description) == [
        "“y” has 6 different whole numbers: each is treated as a class; ask for the task “numbers” to predict a number"
      ])
    #expect(
      try fit(repeated((1...29).map { "\($0)" }, 600)).notices.map(\.description) == [
        "“y” has 29 different whole numbers and is predicted as a number; ask for the task “classes” to tell them apart"
      ])
    #expect(try fit(repeated(["0", "1"], 60)).notices.isEmpty)
    #expect(try fit(repeated((3...8).map { "\($0)" }, 60), EncodingOptions(task: .numbers)).notices.isEmpty)
  }

  @Test func `Classes are in the order of their numbers, or of their letters`() throws {
    #expect(try fit(repeated(["10", "2", "-1"], 30)).target.labels == ["-1", "2", "10"])
    #expect(try fit(repeated(["b", "Z", "a10", "a2"], 40)).target.labels == ["Z", "a10", "a2", "b"])
    #expect(try fit(repeated(["1", "1.0", "0", "0.0"], 40)).target.labels == ["0", "1"])
  }

  @Test func `Labels that are the same number are the same class`() throws {
    let encoding = try fit(repeated(["0", "1"], 20))
    #expect(try encoding.targets(from: table(["1.0", "0.0", "1e0", "01"])).values == [1, 0, 1])
  }

  @Test func `Labels that differ in case are different; notices report them, and classes with one row`() throws {
    let encoding = try fit(repeated(["yes", "no"], 20) + ["Yes"])
    #expect(encoding.target.labels == ["Yes", "no", "yes"])
    #expect(
      encoding.notices.map(\.description) == [
        "the class “Yes” of “y” has only one row to train on",
        "“Yes” and “yes” are two classes of “y” that differ only in upper and lower case",
      ])
  }

  @Test func `Numbers are scaled by mean and standard deviation`() throws {
    // 2, 4, 4, 4, 5, 5, 7, 9.5: the mean is 5.0625.
    let encoding = try fit(["2", "4", "4", "4", "5", "5", "7", "9"], EncodingOptions(task: .numbers))
    #expect(encoding.target == .numbers([NumberTarget(name: "y", mean: 5, scale: 2, minimum: 2, maximum: 9)]))
    #expect(try encoding.targets(from: table(["9", "5", "1", "x", nil])).values == [2, 0, -2])
  }

  @Test func `Huge and tiny targets are scaled too`() throws {
    for exponent in ["e-170", "e-300", "e300", "e307"] {
      let cells = ["2", "4", "4", "4", "5", "5", "7", "9"].map { $0 + exponent }
      let encoding = try fit(cells, EncodingOptions(task: .numbers))
      for (value, right) in zip(try encoding.targets(from: table(cells)).values, [-1.5, -0.5, -0.5, -0.5, 0, 0, 1, 2]) {
        #expect(abs(value - Float(right)) < 1e-6)
      }
      for value in try encoding.targets(from: table(["1e308", "-1e308"])).values { #expect(value.isFinite) }
    }
  }

  @Test func `Predicted numbers stay within the training rows' range, unless disabled`() throws {
    let cells = ["2", "4", "4", "4", "5", "5", "7", "9"]
    let encoding = try fit(cells, EncodingOptions(task: .numbers))
    #expect(encoding.decode([1]) == .numbers([7]))
    #expect(encoding.decode([100]) == .numbers([9]))
    #expect(encoding.decode([-100]) == .numbers([2]))
    let free = try fit(cells, EncodingOptions(clampsPredictions: false, task: .numbers))
    #expect(free.decode([100]) == .numbers([205]))
  }

  @Test func `Several numbers`() throws {
    let data = try Table(
      columns: [
        (name: "a", cells: ["1", "2", "4", "8"]), (name: "y1", cells: ["0", "2", nil, "4"]),
        (name: "y2", cells: ["-1", "-3", "5", "x"]),
      ], name: "t.csv")
    let encoding = try TableEncoding.fit(data, targets: ["y1", "y2"])
    #expect(encoding.outputCount == 2 && encoding.inputs.map(\.name) == ["a"])
    #expect(encoding.target.names == ["y1", "y2"])
    let targets = try encoding.targets(from: data)
    #expect(targets.rows == [0, 1] && targets.missing == 1 && targets.unknownCount == 1)
    let prediction = encoding.decode(Array(targets.values[2..<4]))
    guard case .numbers(let numbers) = prediction else { throw Unexpected() }
    #expect(abs(numbers[0] - 2) < 1e-6 && abs(numbers[1] + 3) < 1e-6)
  }

  @Test func `Classes come with probabilities`() throws {
    let two = try fit(repeated(["ash", "oak"], 20))
    #expect(two.outputCount == 1 && two.outputForm == .probability)
    #expect(two.decode([0.25]) == .label("ash", probabilities: [0.75, 0.25]))
    #expect(two.predictions([0.75, 0.25]).map(\.label) == ["oak", "ash"])
    let three = try fit(repeated(["ash", "oak", "elm"], 30))
    #expect(three.outputCount == 3)
    #expect(three.decode([0.25, 0.5, 0.25]) == .label("elm", probabilities: [0.25, 0.5, 0.25]))
  }

  @Test func `Many different numbers can be classes, if requested`() throws {
    let numbers = (0..<900).map { Double($0 % 300) }
    let data = try Table(columns: [(name: "a", numbers: numbers), (name: "y", numbers: numbers.map { 2 * $0 })])
    let encoding = try TableEncoding.fit(data, targets: ["y"], options: EncodingOptions(task: .classes))
    #expect(encoding.outputCount == 300 && encoding.target.labels?[299] == "598")
    #expect(try encoding.targets(from: data, rows: [299]).values[299] == 1)
  }
}
